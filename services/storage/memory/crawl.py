"""CrawlStore in memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from crawlers.model import Memo, Outcome, Post, Visit
from services.storage.memory import posts
from services.storage.memory.tables import Excerpt, Tables
from services.storage.sources import after


class MemoryCrawlStore:
    """Every call is a transaction."""

    def __init__(self, tables: Tables, lock: threading.RLock) -> None:
        self._tables = tables
        self._lock = lock

    def put(self, post: Post) -> Outcome:
        """Insert, revise or recognise."""
        with self._transaction() as tables:
            return posts.put(tables, post)

    def memo(self, source_id: str, url: str) -> Memo | None:
        """What is remembered of a URL."""
        with self._lock:
            return self._tables.memos.get((source_id, url))

    def remember(self, source_id: str, memo: Memo) -> None:
        """Overwrite what is remembered of a URL."""
        with self._transaction() as tables:
            tables.journal.put(tables.memos, (source_id, memo.url), memo)

    def visited(self, visit: Visit) -> None:
        """Count a visit in."""
        with self._transaction() as tables:
            state = after(tables.sources.get(visit.source_id), visit)
            tables.journal.put(tables.sources, visit.source_id, state)

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None:
        """Put an unreadable item aside."""
        with self._transaction() as tables:
            number = tables.next("quarantine")
            tables.journal.put(tables.quarantine, number, Excerpt(source_id, reason, excerpt, at))

    def close(self) -> None:
        """Nothing to close."""

    @contextmanager
    def _transaction(self) -> Iterator[Tables]:
        with self._lock:
            try:
                yield self._tables
                self._tables.journal.commit()
            finally:
                self._tables.journal.rollback()
