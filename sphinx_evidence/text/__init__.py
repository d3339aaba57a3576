"""Text and places: lines, words in their source, letters, whole files."""
