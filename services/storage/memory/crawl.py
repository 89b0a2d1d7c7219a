"""CrawlStore in memory."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from crawlers.model import Memo, Outcome, Post, Visit
from services.ports import Excerpt
from services.storage.memory import posts
from services.storage.memory.rest import MemorySourceStore
from services.storage.memory.tables import Tables
from services.storage.retention import is_stale


class MemoryCrawlStore:
    """Every call is a transaction. Posts told longer ago than `keep` are not stored."""

    def __init__(self, tables: Tables, lock: threading.RLock, keep: timedelta | None = None) -> None:
        self._tables = tables
        self._lock = lock
        self._keep = keep
        self._told: dict[str, list[datetime]] = defaultdict(list)

    def put(self, post: Post) -> Outcome:
        """Insert, revise or recognise."""
        return self.put_all([post])[0]

    def put_all(self, posts: Sequence[Post], memos: Sequence[tuple[str, Memo]] = ()) -> Sequence[Outcome]:
        """Insert, revise or recognise each, and overwrite the memos, all or nothing."""
        with self._transaction() as tables:
            for source_id, memo in memos:
                tables.journal.put(tables.memos, (source_id, memo.url), memo)
            return [self._put(tables, post) for post in posts]

    def memo(self, source_id: str, url: str) -> Memo | None:
        """What is remembered of a URL."""
        with self._lock:
            return self._tables.memos.get((source_id, url))

    def memos_of(self, source_id: str, urls: Collection[str]) -> Mapping[str, Memo]:
        """What is remembered of these URLs."""
        return {url: memo for url in urls if (memo := self.memo(source_id, url)) is not None}

    def remember(self, source_id: str, memo: Memo) -> None:
        """Overwrite what is remembered of a URL."""
        self.put_all((), [(source_id, memo)])

    def visited(self, visit: Visit) -> None:
        """Count a visit in, with the moments at which its new posts were told."""
        with self._transaction() as tables:
            MemorySourceStore(tables).visited(visit, self._told.pop(visit.source_id, ()))

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None:
        """Put an unreadable item aside; what is there already for this reason is not put there twice."""
        with self._transaction() as tables:
            same = (n for n, held in tables.quarantine.items() if (held.source_id, held.reason) == (source_id, reason))
            number = next(same, None) or tables.next("quarantine")
            held = Excerpt(source_id=source_id, at=at, reason=reason, excerpt=excerpt)
            tables.journal.put(tables.quarantine, number, held)

    def close(self) -> None:
        """Nothing to close."""

    def _put(self, tables: Tables, post: Post) -> Outcome:
        if is_stale(post, self._keep):
            return Outcome.STALE
        outcome = posts.put(tables, post)
        if outcome is Outcome.NEW:
            self._told[post.source_id].append(post.told_at)
        return outcome

    @contextmanager
    def _transaction(self) -> Iterator[Tables]:
        with self._lock:
            try:
                yield self._tables
                self._tables.journal.commit()
            finally:
                self._tables.journal.rollback()
