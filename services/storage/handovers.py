"""Notes with which shifts are handed over."""

from collections.abc import Sequence

from sqlalchemy import select

from alerts.model import Handover
from services.storage import codec
from services.storage.statements import upsert
from services.storage.tables import handovers
from services.storage.transaction import Transaction

_NEWEST = (handovers.c.written_at.desc(), handovers.c.id.desc())


class SqlHandoverStore:
    """HandoverStore over `handovers`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def save(self, handover: Handover) -> None:
        """Insert or overwrite."""
        row = {
            "id": handover.id,
            "role": handover.role,
            "written_at": handover.written_at,
            "document": codec.encode(handover),
        }
        self._transaction.execute(upsert(self._transaction.dialect, handovers), row)

    def latest(self, role: str) -> Handover | None:
        """The last one written for a role."""
        statement = select(handovers.c.document).where(handovers.c.role == role).order_by(*_NEWEST).limit(1)
        row = self._transaction.execute(statement).scalar()
        return None if row is None else codec.decode(Handover, row)

    def all(self, *, limit: int = 50) -> Sequence[Handover]:
        """Newest first."""
        statement = select(handovers.c.document).order_by(*_NEWEST).limit(limit)
        return [codec.decode(Handover, row) for row in self._transaction.execute(statement).scalars()]
