"""Links: whether they answer, what is known of each, and what readers see where one is gone."""
