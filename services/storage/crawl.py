"""The crawl process's view of the record: every call is a short transaction of its own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Engine, Executable, insert, select, update

from crawlers.model import Memo, Outcome, Post, Visit
from services.storage import codec
from services.storage.arrivals import arrive
from services.storage.engine import Mode
from services.storage.marks import Marks
from services.storage.retention import is_stale
from services.storage.sources import SqlSourceStore
from services.storage.statements import upsert
from services.storage.tables import memos, quarantine
from services.storage.tallies import TallyBook
from services.storage.transaction import Transaction


class SqlCrawlStore:
    """BatchCrawlStore over an engine of its own, which `close` ends.

    Posts told longer ago than `keep` are not stored.
    """

    def __init__(self, engine: Engine, marks: Marks, keep: timedelta | None = None) -> None:
        self._engine = engine
        self._transaction = Transaction(engine, Mode.CRAWL)
        self._marks = marks
        self._keep = keep
        self._told: dict[str, list[datetime]] = defaultdict(list)

    def put(self, post: Post) -> Outcome:
        """Insert, revise or recognise."""
        return self.put_all([post])[0]

    def put_all(self, posts: Sequence[Post]) -> Sequence[Outcome]:
        """Insert, revise or recognise each."""
        current = [post for post in posts if not is_stale(post, self._keep)]
        outcomes = iter(self._arrived(current) if current else ())
        return [Outcome.STALE if is_stale(post, self._keep) else next(outcomes) for post in posts]

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
        """Count a visit in, with the moments at which its new posts were told."""
        told = self._told.pop(visit.source_id, ())
        with self._transaction as transaction:
            SqlSourceStore(transaction, TallyBook(transaction)).visited(visit, told)
            transaction.commit()

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None:
        """Put an unreadable item aside; what is there already for this reason is not put there twice."""
        row = {"source_id": source_id, "at": at, "reason": reason, "excerpt": excerpt}
        same = (quarantine.c.source_id == source_id, quarantine.c.reason == reason)
        with self._transaction as transaction:
            if not transaction.execute(update(quarantine).where(*same).values(at=at, excerpt=excerpt)).rowcount:
                transaction.execute(insert(quarantine), row)
            transaction.commit()

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _arrived(self, posts: Sequence[Post]) -> list[Outcome]:
        with self._transaction as transaction:
            tallies = TallyBook(transaction)
            outcomes = arrive(transaction, self._marks, posts)
            for post, outcome in zip(posts, outcomes, strict=True):
                tallies.count(post, read=1, duplicates=int(outcome is Outcome.DUPLICATE))
            transaction.commit()
        for post, outcome in zip(posts, outcomes, strict=True):
            if outcome is Outcome.NEW:
                self._told[post.source_id].append(post.told_at)
        return outcomes


@cache
def _remember(dialect: str) -> Executable:
    return upsert(dialect, memos)
