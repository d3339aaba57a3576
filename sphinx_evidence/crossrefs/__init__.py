"""Proving that cross-references lead somewhere, and that what is numbered is referred to."""
