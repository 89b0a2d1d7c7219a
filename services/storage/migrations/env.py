"""Alembic runs this; the connection comes from services/storage/migrate.py."""

from alembic import context

from services.storage.tables import metadata


def ours(name: str | None, kind: str, _parent: object) -> bool:
    """Whether a table is one of ours: the search index keeps itself in tables of its own."""
    return kind != "table" or name in metadata.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=ours,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
