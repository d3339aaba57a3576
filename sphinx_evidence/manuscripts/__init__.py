"""Manuscripts: documents in plain text or Markdown that end with their own list of references."""
