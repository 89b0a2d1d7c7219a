"""A record in memory with the same doors as the one in SQL."""

import threading
from collections.abc import Container
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from alerts.model import NotificationState
from services.search.model import SearchPage, SearchQuery
from services.storage.days import beijing_day
from services.storage.memory.alerts import MemoryAlertStore, MemoryHandoverStore, MemoryTaskStore
from services.storage.memory.beats import MemoryBeatStore
from services.storage.memory.crawl import MemoryCrawlStore
from services.storage.memory.events import MemoryEventStore
from services.storage.memory.outbox import MemoryOutbox
from services.storage.memory.posts import MemoryPostQueue, MemorySearchIndex
from services.storage.memory.reports import MemoryReportStore
from services.storage.memory.rest import MemoryAuditLog, MemoryFeedbackStore, MemorySourceStore
from services.storage.memory.tables import Known, Tables
from services.storage.retention import Purged


class MemoryUnitOfWork:
    """One transaction at a time: the others wait from its `with` to its end. It remembers nothing of its own."""

    def __init__(self, tables: Tables, lock: threading.RLock, *, texts: bool, sends: bool) -> None:
        self._tables = tables
        self._lock = lock
        self.search = MemorySearchIndex(tables)
        self.posts = MemoryPostQueue(tables, texts=texts)
        self.events = MemoryEventStore(tables)
        self.alerts = MemoryAlertStore(tables)
        self.reports = MemoryReportStore(tables)
        self.outbox = MemoryOutbox(tables, sends=sends)
        self.tasks = MemoryTaskStore(tables)
        self.feedback = MemoryFeedbackStore(tables)
        self.handovers = MemoryHandoverStore(tables)
        self.sources = MemorySourceStore(tables)
        self.beats = MemoryBeatStore(tables)
        self.audit = MemoryAuditLog(tables)

    def __enter__(self) -> Self:
        self._lock.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tables.journal.rollback()
        self._lock.release()

    def commit(self) -> None:
        """Nothing before this is undone any more."""
        self._tables.journal.commit()


class MemoryRecord:
    """`texts=False` keeps of posts only what reports quote: a long replay needs no more, unless people regroup.

    `sends=False` keeps no line of messages that wait.
    """

    def __init__(self, *, texts: bool = True, sends: bool = True) -> None:
        self._tables = Tables()
        self._lock = threading.RLock()
        self._work = MemoryUnitOfWork(self._tables, self._lock, texts=texts, sends=sends)

    def unit_of_work(self) -> MemoryUnitOfWork:
        """One transaction; the same object serves them all, for each waits for the one before."""
        return self._work

    def view(self) -> MemoryUnitOfWork:
        """One transaction that nobody commits."""
        return self.unit_of_work()

    def crawl_store(self, keep: timedelta | None = None) -> MemoryCrawlStore:
        """What a crawl writes to; posts told longer ago than `keep` are not stored."""
        return MemoryCrawlStore(self._tables, self._lock, keep)

    def search(self, query: SearchQuery) -> SearchPage:
        """Kept posts by their text."""
        with self.view() as view:
            return view.search.search(query)

    def reindex(self) -> int:
        """Nothing to build; how many posts there are."""
        return len(self._tables.kept)

    def take_over(self, now: datetime) -> None:
        """End every lease and let what has been tried be tried again at `now`."""
        with self.unit_of_work() as work:
            self._tables.unread.wake(now)
            for key, place in self._tables.outbox.places.items():
                tried = self._tables.notifications[key].state is not NotificationState.PENDING
                self._tables.outbox.wait(key, place.rank, now if tried else place.due_at)
            work.commit()

    def checkpoint(self) -> bool:
        """No file holds anything."""
        return True

    def compact(self) -> bool:
        """No file holds anything."""
        return True

    def purge(self, now: datetime, posts_older_than: timedelta) -> Purged:
        """Delete texts, readings and excerpts that are older. What is known of posts stays as long as the process."""
        tables, before = self._tables, now - posts_older_than
        with self._lock:
            old = [kept for kept in tables.kept.values() if kept.post.collected_at < before]
            for kept in old:
                del tables.kept[kept.post.id]
                tables.told[beijing_day(kept.post.told_at)].pop(kept.post.id, None)
                tables.known[kept.post.id] = Known(kept.post.revision, kept.digest)
            unread = [post.id for _, post in tables.intake.values() if post.collected_at < before]
            for post_id in unread:
                del tables.intake[post_id]
                tables.unread.drop(post_id)
            tables.journal.commit()
            aside = [number for number, excerpt in tables.quarantine.items() if excerpt.at < before]
            for number in aside:
                del tables.quarantine[number]
            left = min((kept.post.collected_at for kept in tables.kept.values()), default=None)
        return Purged(posts=len(old) + len(unread), quarantined=len(aside), oldest_left=left)

    def forget_posts(self, at: datetime, remembered: Container[str]) -> None:
        """What reports quote of the posts of events that were last told of on that day, but for those `remembered`."""
        tables, day = self._tables, beijing_day(at)
        with self._lock:
            for event_id in tables.seen_on.get(day, {}):
                if event_id not in remembered:
                    for post_id in tables.members.get(event_id, {}):
                        tables.kept.pop(post_id, None)
            tables.told.pop(day, None)

    def dispose(self) -> None:
        """Nothing to close."""
