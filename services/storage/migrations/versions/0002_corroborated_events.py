"""Whether an event may be shown is a column: pages read no others."""

from collections.abc import Mapping
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from services.batches import batches

revision = "0002"
down_revision = "0001"

VOICES = 3
"""Distinct voices from which on an event may be shown, as this revision found it (SCOPE)."""
KEYS = 500
"""Keys in one IN, and rows held at a time."""


def upgrade() -> None:
    """The column, filled from the documents, and the index by which pages find events."""
    op.add_column("events", sa.Column("corroborated", sa.Boolean(), nullable=False, server_default=sa.false()))
    events = sa.table("events", sa.column("id"), sa.column("corroborated", sa.Boolean()), sa.column("document"))
    connection = op.get_bind()
    rows = connection.execute(sa.select(events.c.id, events.c.document).execution_options(yield_per=KEYS))
    shown = [key for key, document in rows if _corroborated(orjson.loads(document))]
    for keys in batches(shown, KEYS):
        connection.execute(sa.update(events).where(events.c.id.in_(keys)).values(corroborated=sa.true()))
    where = sa.text("corroborated = 1" if connection.dialect.name == "sqlite" else "corroborated = true")
    op.create_index("events_corroborated", "events", ["last_seen_at"], sqlite_where=where, postgresql_where=where)


def _corroborated(event: Mapping[str, Any]) -> bool:
    told = event.get("by_authority") or {}
    enough = event.get("confirmed") or event.get("voices", 0) >= VOICES or told.get("media") or told.get("official")
    return event.get("merged_into") is None and bool(enough)
