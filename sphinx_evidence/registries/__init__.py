"""What registries know of the works of a bibliography, kept in a lock, and what it proves."""
