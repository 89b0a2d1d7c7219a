"""The unit of work over SQL."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from services.search.absent import AbsentSearchIndex
from services.search.ports import SearchIndex
from services.search.sqlite import SqliteSearchIndex
from services.storage.alerts import SqlAlertStore
from services.storage.audit import SqlAuditLog
from services.storage.beats import SqlBeatStore
from services.storage.engine import Mode
from services.storage.events import SqlEventStore
from services.storage.feedback import SqlFeedbackStore
from services.storage.handovers import SqlHandoverStore
from services.storage.marks import Marks
from services.storage.outbox import SqlOutbox
from services.storage.posts import SqlPostQueue
from services.storage.reports import SqlReportStore
from services.storage.sources import SqlSourceStore
from services.storage.tallies import TallyBook
from services.storage.tasks import SqlTaskStore
from services.storage.transaction import Transaction


class SqlUnitOfWork:
    """All stores over one transaction, which begins with the first statement.

    On SQLite a writer holds the one write lock from there to the commit: analyse and send outside of it.
    """

    def __init__(self, engine: Engine, marks: Marks, mode: Mode = Mode.WORK) -> None:
        self.transaction = transaction = Transaction(engine, mode)
        tallies = TallyBook(transaction)
        sqlite = transaction.dialect == "sqlite"
        self.search: SearchIndex = SqliteSearchIndex(transaction) if sqlite else AbsentSearchIndex()
        self.posts = SqlPostQueue(transaction, marks, self.search, tallies)
        self.events = SqlEventStore(transaction)
        self.alerts = SqlAlertStore(transaction)
        self.reports = SqlReportStore(transaction)
        self.outbox = SqlOutbox(transaction)
        self.tasks = SqlTaskStore(transaction)
        self.feedback = SqlFeedbackStore(transaction)
        self.handovers = SqlHandoverStore(transaction)
        self.sources = SqlSourceStore(transaction, tallies)
        self.beats = SqlBeatStore(transaction)
        self.audit = SqlAuditLog(transaction)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.transaction.rollback()

    def commit(self) -> None:
        """Make it durable."""
        self.transaction.commit()
