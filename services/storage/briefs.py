"""Frozen daily briefs."""

from collections.abc import Sequence

from sqlalchemy import select

from services.ports import BriefRecord
from services.storage import codec
from services.storage.errors import StaleVersion
from services.storage.statements import insert_new
from services.storage.tables import briefs
from services.storage.transaction import Transaction


class SqlBriefStore:
    """BriefStore over `briefs`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, record: BriefRecord) -> None:
        """Store a revision that is not there yet. Raises StaleVersion otherwise."""
        row = {"date": record.date, "revision": record.revision, "document": codec.encode(record)}
        if self._transaction.execute(insert_new(self._transaction.dialect, briefs), row).rowcount != 1:
            raise StaleVersion(f"{record.date} 日报第{record.revision}版已经印发，不能改动。")

    def get(self, date: str) -> BriefRecord | None:
        """The latest revision."""
        statement = select(briefs.c.document).where(briefs.c.date == date).order_by(briefs.c.revision.desc()).limit(1)
        row = self._transaction.execute(statement).scalar()
        return None if row is None else codec.decode(BriefRecord, row)

    def dates(self) -> Sequence[str]:
        """Newest first."""
        return list(
            self._transaction.execute(select(briefs.c.date).distinct().order_by(briefs.c.date.desc())).scalars()
        )
