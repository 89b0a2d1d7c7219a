"""Who may look, and what is remembered of it."""
