"""Spider kinds, one a file."""
