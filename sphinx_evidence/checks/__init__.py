"""Proving a project: the gate before every builder, and the builder that reports."""
