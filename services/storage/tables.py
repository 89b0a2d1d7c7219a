"""The tables. Every domain object is its key columns and one JSON document (codec.py).

A moment that something is due at is a column: a restart loses nothing.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal_column,
    true,
)

from services.storage.types import UtcDateTime

metadata = MetaData()

Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is spelt INTEGER."""

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

intake = Table(
    "intake",
    metadata,
    # Numbers are never given twice, so that `seq` follows the order of arrival for ever.
    Column("seq", Serial, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("told_at", UtcDateTime, nullable=False),
    Column("collected_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", BigInteger, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("document", Text, nullable=False),
    Index("intake_told", "told_at", "id"),
    sqlite_autoincrement=True,
)
"""Posts nobody has read yet. Apart from the kept ones, so that it can be wiped (Database.checkpoint)."""

posts = Table(
    "posts",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("source_id", String, nullable=False),
    Column("topic", String),
    Column("told_at", UtcDateTime, nullable=False),
    Column("collected_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Index("posts_told", "told_at", "id"),
    Index("posts_collected", "collected_at", "seq"),
)
"""Kept posts with their readings; seq is the intake's, and the search index's rowid."""

known_posts = Table(
    "known_posts",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("digest", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("day", String(10), nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Posts whose text is gone: keyed hashes of id and text, so that they are not read again."""

tallies = Table(
    "tallies",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("read", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("out_of_scope", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Index("tallies_day", "day"),
)

sources = Table("sources", metadata, Column("id", String, primary_key=True), Column("document", Text, nullable=False))

memos = Table(
    "memos",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("document", Text, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String, primary_key=True),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False, index=True),
    Column("corroborated", Boolean, nullable=False),
    Column("document", Text, nullable=False),
)
Index(
    "events_corroborated",
    events.c.last_seen_at,
    sqlite_where=events.c.corroborated == true(),
    postgresql_where=events.c.corroborated == true(),
)
"""Most events are told by one or two: pages, which show none of them, do not read them."""

members = Table(
    "members",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("post_id", String, nullable=False, unique=True),
    Column("event_id", String, nullable=False),
    Index("members_event", "event_id", "seq"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
    Index("ratings_event", "event_id", "seq"),
)

regroupings = Table(
    "regroupings",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
)
"""People's merges and splits; `at` is when one was made or, later, undone."""

alerts = Table(
    "alerts",
    metadata,
    Column("id", String, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("episode", Integer, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Index("alerts_event", "event_id", "episode"),
    Index("alerts_opened", "opened_at", "id"),
    Index("alerts_due", "due_at", "id"),
)
Index(
    "alerts_open",
    alerts.c.opened_at,
    alerts.c.id,
    sqlite_where=alerts.c.final == false(),
    postgresql_where=alerts.c.final == false(),
)

alert_log = Table(
    "alert_log",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("alert_id", String),
    Column("document", Text, nullable=False),
    Index("alert_log_alert", "alert_id", "seq"),
)

report_numbers = Table(
    "report_numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("event_id", String),
    Column("period", String(10)),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
    UniqueConstraint("kind", "year", "ordinal"),
    Index("reports_event", "event_id", "seq"),
    Index("reports_period", "kind", "period", "seq"),
    Index("reports_issued", "issued_at"),
    Index("reports_kind", "kind", "seq"),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", String, primary_key=True),
    Column("alert_id", String),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("turn", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("lease_until", UtcDateTime),
    Column("holder", String),
    # Mild messages to one person over one channel are a pool; what was claimed out of it together is a bundle.
    Column("pool", String),
    Column("bundle", String),
    Column("document", Text, nullable=False),
    Index("notifications_alert", "alert_id", "created_at"),
    Index("notifications_created", "created_at", "id"),
    Index("notifications_flow", "alert_id", "rank", "turn"),
)
WAITING = notifications.c.state.in_(
    [literal_column("'pending'"), literal_column("'retry'"), literal_column("'sending'")]
)
"""That a message still has to go out. Literals: with parameters SQLite would not see that the partial index fits."""
TRIED = notifications.c.state.in_([literal_column("'retry'"), literal_column("'sending'")])
"""That a message has been in hand before."""
Index(
    "notifications_waiting",
    notifications.c.rank,
    notifications.c.turn,
    notifications.c.created_at,
    notifications.c.id,
    notifications.c.due_at,
    notifications.c.lease_until,
    notifications.c.channel,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)

DEAD = notifications.c.state == literal_column("'dead'")
Index("notifications_dead", notifications.c.created_at, notifications.c.id, sqlite_where=DEAD, postgresql_where=DEAD)
POOLED = notifications.c.pool.is_not(None)
Index("notifications_pool", notifications.c.pool, notifications.c.sent_at, sqlite_where=POOLED, postgresql_where=POOLED)

beats = Table(
    "beats",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("beat", BigInteger, nullable=False),
)
"""Who is alive and who leads: a count that its holder raises; who watches it stand still knows that he is dead."""

tasks = Table(
    "tasks",
    metadata,
    Column("id", String, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("document", Text, nullable=False),
)
Index(
    "tasks_open",
    tasks.c.event_id,
    unique=True,
    sqlite_where=tasks.c.done_at.is_(None),
    postgresql_where=tasks.c.done_at.is_(None),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
    Index("handovers_role", "role", "written_at"),
    Index("handovers_written", "written_at", "id"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
)
"""What operators have verified of events."""

feedback = Table(
    "feedback",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
)
"""The latest verdict on each event."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("target", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""Where the log ends, so that lines cut off its end are missed."""
