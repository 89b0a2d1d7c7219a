"""Schema changes, oldest first; Alembic runs them."""
