"""The record: SQLAlchemy Core over SQLite and PostgreSQL."""
