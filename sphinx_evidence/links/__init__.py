"""Links: whether they still answer, what is known of each, and what readers see of one that is gone."""
