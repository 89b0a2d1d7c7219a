"""Events, their members and their ratings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, Select, bindparam, func, insert, select, true

from analyzer.model import Event, Finding, Rating, Reading
from analyzer.ports import Member
from analyzer.regrouping import Regrouping
from crawlers.model import Post
from services.batches import batches
from services.storage import codec
from services.storage.statements import KEYS, upsert
from services.storage.statements import insert as portable_insert
from services.storage.tables import events, findings, members, posts, ratings, regroupings
from services.storage.transaction import Transaction

BATCH = 500
"""Rows that `members` holds at a time."""
_MEMBERS = (
    select(members.c.event_id, posts.c.document, posts.c.reading)
    .join_from(posts, members, members.c.post_id == posts.c.id)
    .order_by(posts.c.told_at, posts.c.id)
)


class SqlEventStore:
    """EventStore over `events`, `members` and `ratings`. Writes go out in batches."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def save(self, event: Event) -> None:
        """Insert or overwrite."""
        row = {
            "id": event.id,
            "first_seen_at": event.first_seen_at,
            "last_seen_at": event.last_seen_at,
            "corroborated": event.corroborated,
            "document": codec.encode(event),
        }
        self._transaction.queue(_save(self._transaction.dialect), row)

    def get(self, event_id: str) -> Event | None:
        """One event."""
        row = self._transaction.execute(_get(), {"event": event_id}).scalar()
        return None if row is None else codec.decode(Event, row)

    def join(self, event_id: str, post_id: str) -> None:
        """Make the post a member of this event, and of no other."""
        self._transaction.queue(_join(self._transaction.dialect), {"event_id": event_id, "post_id": post_id})

    def rate(self, rating: Rating, at: datetime) -> None:
        """Add to the event's ratings."""
        row = {"event_id": rating.event_id, "at": at, "document": codec.encode(rating)}
        self._transaction.queue(_rate(), row)

    def rating(self, event_id: str) -> Rating | None:
        """The latest one."""
        row = self._transaction.execute(_rating(), {"event": event_id}).scalar()
        return None if row is None else codec.decode(Rating, row)

    def latest(self, event_ids: Collection[str]) -> Mapping[str, Rating]:
        """The latest one of each event that is rated."""
        rows = (
            row
            for keys in batches(event_ids, KEYS)
            for row in self._transaction.execute(_latest(), {"keys": keys}).scalars()
        )
        return {rating.event_id: rating for rating in (codec.decode(Rating, row) for row in rows)}

    def history(self, event_id: str) -> Sequence[tuple[datetime, Rating]]:
        """Every rating of one event, the oldest first."""
        statement = (
            select(ratings.c.at, ratings.c.document).where(ratings.c.event_id == event_id).order_by(ratings.c.seq)
        )
        return [(at, codec.decode(Rating, row)) for at, row in self._transaction.execute(statement)]

    def find(self, finding: Finding) -> None:
        """Insert or overwrite."""
        row = {"id": finding.id, "at": finding.at, "document": codec.encode(finding)}
        self._transaction.execute(upsert(self._transaction.dialect, findings), row)

    def findings(self, *, since: datetime | None = None) -> Sequence[Finding]:
        """Those made at or after `since`, oldest first."""
        statement = select(findings.c.document).order_by(findings.c.at, findings.c.id)
        if since is not None:
            statement = statement.where(findings.c.at >= since)
        return [codec.decode(Finding, row) for row in self._transaction.execute(statement).scalars()]

    def regroup(self, regrouping: Regrouping) -> None:
        """Insert or overwrite."""
        row = {"id": regrouping.id, "at": regrouping.changed_at, "document": codec.encode(regrouping)}
        self._transaction.execute(upsert(self._transaction.dialect, regroupings), row)

    def regroupings(self, *, since: datetime | None = None) -> Sequence[Regrouping]:
        """Those made or undone at or after `since`, in the order in which they were made."""
        statement = select(regroupings.c.document)
        if since is not None:
            statement = statement.where(regroupings.c.at >= since)
        moves = (codec.decode(Regrouping, row) for row in self._transaction.execute(statement).scalars())
        return sorted(moves, key=lambda one: (one.at, one.id))

    def members(self, *, since: datetime) -> Iterable[Member]:
        """Members told at or after `since`, in the order in which they were told; to be read within the transaction."""
        yield from self._read(_MEMBERS.where(posts.c.told_at >= since))

    def members_of(self, event_ids: Iterable[str]) -> Iterable[Member]:
        """Members of these events whose texts are still kept; to be read within the transaction."""
        yield from self._read(_MEMBERS.where(members.c.event_id.in_(sorted(event_ids))))

    def newest(self, event_id: str, count: int) -> Sequence[Member]:
        """The last members whose texts are still kept, the last to join first."""
        found = self._transaction.execute(_newest(), {"event": event_id, "count": count})
        return [_member(*row) for row in found]

    def topics(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Members told in this time, by topic."""
        statement = (
            select(posts.c.topic, func.count())
            .join_from(posts, members, members.c.post_id == posts.c.id)
            .where(posts.c.told_at >= since, posts.c.told_at < until, posts.c.topic.is_not(None))
            .group_by(posts.c.topic)
            .order_by(posts.c.topic)
        )
        return {row[0]: row[1] for row in self._transaction.execute(statement)}

    def _read(self, statement: Select[tuple[str, str, str]]) -> Iterable[Member]:
        for event_id, post, reading in self._transaction.execute(statement.execution_options(yield_per=BATCH)):
            yield _member(event_id, post, reading)

    def member_ids(self, event_id: str) -> Sequence[str]:
        """Ids in the order in which they joined; they stay when the texts are purged."""
        statement = select(members.c.post_id).where(members.c.event_id == event_id).order_by(members.c.seq)
        return list(self._transaction.execute(statement).scalars())

    def of_post(self, post_id: str) -> str | None:
        """Id of the event that the post is a member of."""
        statement = select(members.c.event_id).where(members.c.post_id == post_id)
        return self._transaction.execute(statement).scalar_one_or_none()

    def all(self, *, since: datetime | None = None) -> Sequence[Event]:
        """Events last seen at or after `since`, by first sight."""
        return self._seen(select(events.c.document), since)

    def corroborated(self, *, since: datetime | None = None) -> Sequence[Event]:
        """Of them those that may be shown."""
        return self._seen(select(events.c.document).where(events.c.corroborated == true()), since)

    def _seen(self, statement: Select[tuple[str]], since: datetime | None) -> Sequence[Event]:
        statement = statement.order_by(events.c.first_seen_at, events.c.id)
        if since is not None:
            statement = statement.where(events.c.last_seen_at >= since)
        return [codec.decode(Event, row) for row in self._transaction.execute(statement).scalars()]


def _member(event_id: str, post: str, reading: str) -> Member:
    return Member(event_id=event_id, post=codec.decode(Post, post), reading=codec.decode(Reading, reading))


@cache
def _newest() -> Executable:
    mine = _MEMBERS.where(members.c.event_id == bindparam("event")).order_by(None)
    return mine.order_by(members.c.seq.desc()).limit(bindparam("count"))


@cache
def _save(dialect: str) -> Executable:
    return upsert(dialect, events)


@cache
def _join(dialect: str) -> Executable:
    statement = portable_insert(dialect, members)
    return statement.on_conflict_do_update(index_elements=["post_id"], set_={"event_id": statement.excluded.event_id})


@cache
def _rate() -> Executable:
    return insert(ratings)


@cache
def _get() -> Executable:
    return select(events.c.document).where(events.c.id == bindparam("event"))


@cache
def _rating() -> Executable:
    mine = select(ratings.c.document).where(ratings.c.event_id == bindparam("event"))
    return mine.order_by(ratings.c.seq.desc()).limit(1)


@cache
def _latest() -> Executable:
    mine = ratings.c.event_id.in_(bindparam("keys", expanding=True))
    last = select(func.max(ratings.c.seq)).where(mine).group_by(ratings.c.event_id)
    return select(ratings.c.document).where(ratings.c.seq.in_(last))
