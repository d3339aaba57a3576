"""What a check reports, how it is suppressed, and how it is fixed."""
