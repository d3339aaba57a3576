"""What every part needs of a running build: to log findings, to abort, to date the edition."""
