"""One spider kind a file."""
