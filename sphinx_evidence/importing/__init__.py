"""A manuscript in Word as a new project: pages, references, record and tools; without Sphinx."""
