"""Operators' verdicts on events."""

from collections.abc import Sequence

from sqlalchemy import select

from alerts.feedback import Feedback
from services.storage import codec
from services.storage.statements import upsert
from services.storage.tables import feedback
from services.storage.transaction import Transaction


class SqlFeedbackStore:
    """FeedbackStore over `feedback`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def give(self, given: Feedback) -> None:
        """Insert or overwrite."""
        row = {"event_id": given.event_id, "at": given.at, "document": codec.encode(given)}
        self._transaction.execute(upsert(self._transaction.dialect, feedback), row)

    def all(self) -> Sequence[Feedback]:
        """Oldest first."""
        statement = select(feedback.c.document).order_by(feedback.c.at, feedback.c.event_id)
        return [codec.decode(Feedback, row) for row in self._transaction.execute(statement).scalars()]
