"""Manuscripts in Word: read as a person sees them, and given back with comments; without Sphinx."""
