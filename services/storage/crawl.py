"""The crawl process's view of the record: every call is a short transaction of its own."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Engine, Executable, Row, bindparam, delete, insert, literal, select, union_all, update

from crawlers.model import Memo, Outcome, Post, Visit
from services.storage import codec
from services.storage.days import beijing_day
from services.storage.engine import Mode
from services.storage.marks import Marks
from services.storage.posts import admit
from services.storage.sources import SqlSourceStore
from services.storage.statements import upsert
from services.storage.tables import intake, known_posts, memos, posts, quarantine
from services.storage.tallies import TallyBook
from services.storage.transaction import Transaction

STILL_LISTED = timedelta(days=7)
"""How often it is written down that a source still shows a post whose text is gone."""


class SqlCrawlStore:
    """CrawlStore over an engine of its own, which `close` ends."""

    def __init__(self, engine: Engine, marks: Marks) -> None:
        self._engine = engine
        self._transaction = Transaction(engine, Mode.CRAWL)
        self._marks = marks

    def put(self, post: Post) -> Outcome:
        """Insert, revise or recognise."""
        with self._transaction as transaction:
            tallies = TallyBook(transaction)
            outcome = self._put(post)
            tallies.count(post, read=1, duplicates=int(outcome is Outcome.DUPLICATE))
            transaction.commit()
        return outcome

    def memo(self, source_id: str, url: str) -> Memo | None:
        """What is remembered of a URL."""
        statement = select(memos.c.document).where(memos.c.source_id == source_id, memos.c.url == url)
        with self._transaction as transaction:
            row = transaction.execute(statement).scalar()
        return None if row is None else codec.decode(Memo, row)

    def remember(self, source_id: str, memo: Memo) -> None:
        """Overwrite what is remembered of a URL."""
        row = {"source_id": source_id, "url": memo.url, "document": codec.encode(memo)}
        with self._transaction as transaction:
            transaction.execute(_remember(transaction.dialect), row)
            transaction.commit()

    def visited(self, visit: Visit) -> None:
        """Count a visit in."""
        with self._transaction as transaction:
            SqlSourceStore(transaction, TallyBook(transaction)).visited(visit)
            transaction.commit()

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None:
        """Put an unreadable item aside."""
        row = {"source_id": source_id, "at": at, "reason": reason, "excerpt": excerpt}
        with self._transaction as transaction:
            transaction.execute(insert(quarantine), row)
            transaction.commit()

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _put(self, post: Post) -> Outcome:
        found = self._transaction.execute(_find(), {"id": post.id, "key": self._marks.of_id(post.id)}).first()
        if found is None:
            number = admit(self._transaction, self._marks, post)
            return Outcome.DUPLICATE if number is None else Outcome.NEW
        if found.digest == self._marks.of_text(post):
            self._still_listed(post, found)
            return Outcome.DUPLICATE
        return self._revise(post, found.revision + 1)

    def _revise(self, post: Post, revision: int) -> Outcome:
        """The next revision waits in the intake; a kept one stays as it is until the new one has been read."""
        self._transaction.run(delete(intake).where(intake.c.id == post.id))
        number = admit(self._transaction, self._marks, replace(post, revision=revision))
        return Outcome.DUPLICATE if number is None else Outcome.REVISED

    def _still_listed(self, post: Post, found: Row[tuple[int, int, int, str]]) -> None:
        """A post whose marks would be forgotten, but which the source goes on showing, is remembered on."""
        if found.day and found.day < beijing_day(post.collected_at - STILL_LISTED):
            mine = known_posts.c.key == self._marks.of_id(post.id)
            self._transaction.run(update(known_posts).where(mine).values(day=beijing_day(post.collected_at)))


@cache
def _find() -> Executable:
    """Where a post is known from, the newest revision first."""
    tables = [
        select(literal(place).label("place"), table.c.revision, table.c.digest, literal("").label("day")).where(
            table.c.id == bindparam("id")
        )
        for place, table in enumerate((intake, posts))
    ]
    gone = select(literal(2).label("place"), known_posts.c.revision, known_posts.c.digest, known_posts.c.day).where(
        known_posts.c.key == bindparam("key")
    )
    found = union_all(*tables, gone).subquery()
    return select(found).order_by(found.c.place).limit(1)


@cache
def _remember(dialect: str) -> Executable:
    return upsert(dialect, memos)
