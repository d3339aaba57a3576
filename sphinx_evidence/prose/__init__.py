"""Finding author-year citations in plain prose, and the works that they mean."""
