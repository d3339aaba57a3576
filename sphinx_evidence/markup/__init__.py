"""Markup that was not read, in the text that readers would see; neither Sphinx nor docutils."""
