"""The crawl process's view of the record: every call is a short transaction of its own."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Engine, Executable, bindparam, insert, select, update

from crawlers.model import Memo, Outcome, Post, Visit
from services.batches import batches
from services.storage import codec
from services.storage.arrivals import arrive
from services.storage.engine import Mode
from services.storage.marks import Marks
from services.storage.retention import is_stale
from services.storage.sources import SqlSourceStore
from services.storage.statements import KEYS, upsert
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

    def put_all(self, posts: Sequence[Post], memos: Sequence[tuple[str, Memo]] = ()) -> Sequence[Outcome]:
        """Insert, revise or recognise each, and overwrite the memos, all or nothing."""
        current = [post for post in posts if not is_stale(post, self._keep)]
        outcomes = iter(self._arrived(current, memos) if current or memos else ())
        return [Outcome.STALE if is_stale(post, self._keep) else next(outcomes) for post in posts]

    def memo(self, source_id: str, url: str) -> Memo | None:
        """What is remembered of a URL."""
        return self.memos_of(source_id, [url]).get(url)

    def memos_of(self, source_id: str, urls: Collection[str]) -> Mapping[str, Memo]:
        """What is remembered of these URLs."""
        found: dict[str, Memo] = {}
        with self._transaction as transaction:
            for wanted in batches(urls, KEYS):
                rows = transaction.execute(_memos(), {"source_id": source_id, "urls": wanted})
                found.update((url, codec.decode(Memo, document)) for url, document in rows)
        return found

    def remember(self, source_id: str, memo: Memo) -> None:
        """Overwrite what is remembered of a URL."""
        self.put_all((), [(source_id, memo)])

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

    def _arrived(self, posts: Sequence[Post], read: Sequence[tuple[str, Memo]]) -> Sequence[Outcome]:
        latest = {(source_id, memo.url): codec.encode(memo) for source_id, memo in read}
        rows = [{"source_id": key[0], "url": key[1], "document": latest[key]} for key in sorted(latest)]
        with self._transaction as transaction:
            if rows:
                transaction.execute(_remember(transaction.dialect), rows)
            tallies = TallyBook(transaction)
            outcomes = arrive(transaction, self._marks, posts) if posts else []
            for post, outcome in zip(posts, outcomes, strict=True):
                tallies.count(post, read=1, duplicates=int(outcome is Outcome.DUPLICATE))
            transaction.commit()
        for post, outcome in zip(posts, outcomes, strict=True):
            if outcome is Outcome.NEW:
                self._told[post.source_id].append(post.told_at)
        return outcomes


@cache
def _memos() -> Executable:
    mine = (memos.c.source_id == bindparam("source_id"), memos.c.url.in_(bindparam("urls", expanding=True)))
    return select(memos.c.url, memos.c.document).where(*mine)


@cache
def _remember(dialect: str) -> Executable:
    return upsert(dialect, memos)
