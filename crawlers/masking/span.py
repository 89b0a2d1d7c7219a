"""One stretch of personal data."""

Span = tuple[int, int, str]
"""Start, end (half open, code points) and the token that takes its place."""
