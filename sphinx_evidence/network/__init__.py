"""Asking hosts and registries: politely, with a clock of its own, and with what is kept of it."""
