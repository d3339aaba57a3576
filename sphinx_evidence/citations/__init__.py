"""Proving citations against the bibliography, in both directions."""
