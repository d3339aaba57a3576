"""Markup that was not read as its author meant it; neither Sphinx nor docutils."""
