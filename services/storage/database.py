"""Opening the record, and what is done to it as a whole."""

import secrets
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import OperationalError

from services.search.model import SearchPage, SearchQuery
from services.storage.crawl import SqlCrawlStore
from services.storage.engine import BUSY_SECONDS, Mode, driver, make_engine
from services.storage.errors import Unavailable
from services.storage.marks import Marks
from services.storage.migrate import migrate
from services.storage.retention import Purged, oldest_left, purge_posts, purge_rest, purge_unread
from services.storage.statements import insert_new
from services.storage.tables import TRIED, WAITING, intake, meta, notifications
from services.storage.transaction import Transaction
from services.storage.work import SqlUnitOfWork

WAITS_FOR_READERS = 1
"""Seconds that a wipe waits for readers of the intake."""
LOCK_NOT_AVAILABLE = "55P03"
_FORGET_PAGES = """DELETE FROM memos WHERE source_id IN (SELECT json_extract(document, '$.source_id') FROM intake)"""


def open_database(url: str, holder: str = "") -> "Database":
    """The record at `sqlite:///folder/file.db` or `postgresql://…`, made and migrated where needed.

    Any number of processes may open it at once; `holder` is what this one is called in it. Raises Unreachable with a
    Chinese sentence.
    """
    engine = make_engine(url, holder)
    migrate(engine)
    return Database(engine, _marks(engine))


class Database:
    """The record. Its units of work belong to one thread each."""

    def __init__(self, engine: Engine, marks: Marks) -> None:
        self._engine = engine
        self._marks = marks
        self._file = _file(engine)

    def is_replaced(self) -> bool:
        """Whether the file is gone or another one by now: open connections keep the old one, new ones get the other."""
        return self._file is not None and _file(self._engine) != self._file

    def unit_of_work(self) -> SqlUnitOfWork:
        """One transaction that may write."""
        return SqlUnitOfWork(self._engine, self._marks)

    def view(self) -> SqlUnitOfWork:
        """One transaction that only reads: a consistent picture, which waits for no writer and holds up none."""
        return SqlUnitOfWork(self._engine, self._marks, Mode.VIEW)

    def crawl_store(self, keep: timedelta | None = None) -> SqlCrawlStore:
        """What a crawl writes to, with connections of its own; posts told longer ago than `keep` are not stored."""
        return SqlCrawlStore(make_engine(self._engine.url.render_as_string(hide_password=False)), self._marks, keep)

    def search(self, query: SearchQuery) -> SearchPage:
        """Kept posts by their text."""
        with self.view() as view:
            return view.search.search(query)

    def reindex(self) -> int:
        """Build the search index anew; how many posts it holds."""
        with self.unit_of_work() as work:
            count = work.search.reindex()
            work.commit()
        return count

    def take_over(self, now: datetime) -> None:
        """End every lease and let what has been tried be tried again at `now`: for who is alone with the record.

        What waits for the end of somebody's quiet hours goes on waiting.
        """
        with Transaction(self._engine) as transaction:
            transaction.execute(update(intake).where(intake.c.lease_until.is_not(None)).values(lease_until=None))
            transaction.execute(update(notifications).where(WAITING).values(lease_until=None, holder=None))
            transaction.execute(update(notifications).where(TRIED).values(due_at=now))
            transaction.commit()

    def free_intake(self) -> None:
        """End the leases on unread posts: for who has just come to lead, as leaders alone read."""
        with Transaction(self._engine) as transaction:
            transaction.execute(update(intake).where(intake.c.lease_until.is_not(None)).values(lease_until=None))
            transaction.commit()

    def checkpoint(self) -> bool:
        """Wipe what was deleted from all files; False when a long reader was in the way (try again later).

        SQLite zeroes deleted rows, but moving rows between pages may leave copies behind. Therefore the intake, where
        all text begins, is emptied as a whole and filled again with what is still unread. Then the log is emptied.
        """
        if self._engine.dialect.name == "postgresql":
            return self._vacuum("FULL intake", wait=WAITS_FOR_READERS)
        with Transaction(self._engine) as transaction:
            for statement in (
                text("CREATE TEMP TABLE unread AS SELECT * FROM intake"),
                text("DELETE FROM intake"),
                text("INSERT INTO intake SELECT * FROM unread ORDER BY seq"),
                text("DROP TABLE unread"),
            ):
                transaction.execute(statement)
            transaction.commit()
        busy, *_ = self._outside("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy

    def compact(self) -> bool:
        """Rewrite the whole file without any trace of what was purged: once a day, when it is quiet."""
        if self._engine.dialect.name == "postgresql":
            return self._vacuum("FULL", wait=BUSY_SECONDS)
        with Transaction(self._engine) as transaction:
            transaction.execute(text("INSERT INTO search(search) VALUES ('optimize')"))
            transaction.commit()
        self._outside("VACUUM")
        return self.checkpoint()

    def copy_to(self, path: Path) -> None:
        """Write the record as it stands into a new file; what is unread stays out, for most of it is out of scope.

        Its sources' pages are not remembered there as read: whoever goes on from the copy reads them once more.
        SQLite alone; others may go on reading and writing. Raises Unavailable.
        """
        sqlite = driver()
        try:
            with closing(sqlite.connect(self._engine.url.database, isolation_level=None)) as own:
                own.execute("VACUUM INTO ?", (str(path),))
            with closing(sqlite.connect(path, isolation_level=None)) as copy:
                copy.execute(_FORGET_PAGES)
                copy.execute("DELETE FROM intake")
                copy.execute("VACUUM")
        except sqlite.Error as error:
            raise Unavailable.because(error) from error

    def purge(self, now: datetime, posts_older_than: timedelta) -> Purged:
        """Delete texts, readings and excerpts that are older, in short transactions; `compact` wipes their traces."""
        done = Purged()
        before = now - posts_older_than
        while True:
            with self.unit_of_work() as work:
                count = purge_posts(work.transaction, self._marks, work.search, before)
                work.commit()
            if not count:
                break
            done = replace(done, posts=done.posts + count)
        with Transaction(self._engine) as transaction:
            unread = purge_unread(transaction, before)
            excerpts, known = purge_rest(transaction, now, posts_older_than)
            left = oldest_left(transaction)
            transaction.commit()
        return replace(done, posts=done.posts + unread, quarantined=excerpts, known=known, oldest_left=left)

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _vacuum(self, what: str, wait: float) -> bool:
        """False when somebody was in the way for so many seconds: all others queue up behind one who waits here."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text(f"SET lock_timeout = '{wait}s'"))
            try:
                connection.execute(text(f"VACUUM {what}"))
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                    raise Unavailable.because(error.orig) from error
                return False
            finally:
                connection.invalidate()
        return True

    def _outside(self, statement: str) -> tuple[Any, ...]:
        """Run what must not stand in a transaction; its first row."""
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(statement)
            return tuple(cursor.fetchone() or ())
        finally:
            connection.invalidate()


def _file(engine: Engine) -> tuple[int, int] | None:
    """What tells SQLite's file from any other; None where there is none."""
    if engine.dialect.name != "sqlite":
        return None
    try:
        stat = Path(str(engine.url.database)).stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _marks(engine: Engine) -> Marks:
    """The database's own key, made by the first process that opens it."""
    statement = select(meta.c.value).where(meta.c.key == "marks")
    with Transaction(engine, Mode.VIEW) as transaction:
        key = transaction.execute(statement).scalar()
    if key is None:
        with Transaction(engine) as transaction:
            row = {"key": "marks", "value": secrets.token_hex(32)}
            transaction.execute(insert_new(engine.dialect.name, meta), row)
            key = transaction.execute(statement).scalar_one()
            transaction.commit()
    return Marks(bytes.fromhex(key))
