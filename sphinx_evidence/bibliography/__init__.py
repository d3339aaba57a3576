"""Reading .bib files, with the line of everything in them."""
