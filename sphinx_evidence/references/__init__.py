"""How works are cited in the text and listed: Harvard author-year, with the status of each."""
