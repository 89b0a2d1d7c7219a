"""Statements that both databases know, though SQLAlchemy spells them by dialect."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

KEYS = 500
"""Keys in one IN; SQLite takes 32,766."""


def insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that has ON CONFLICT."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_new(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Insert unless any unique key is there already; the row count says which. PostgreSQL must not see an error."""
    return insert(dialect, table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def upsert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Insert, or overwrite all columns but the key."""
    statement = insert(dialect, table)
    keys = [c.name for c in table.primary_key]
    return statement.on_conflict_do_update(
        index_elements=keys, set_={c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    )


def increase(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Insert, or add all columns but the key to what is there."""
    statement = insert(dialect, table)
    keys = [c.name for c in table.primary_key]
    return statement.on_conflict_do_update(
        index_elements=keys,
        set_={c.name: table.c[c.name] + statement.excluded[c.name] for c in table.columns if c.name not in keys},
    )
