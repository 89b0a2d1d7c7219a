"""The audit log in SQL; on both databases triggers refuse to change or delete a line."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, insert, select, text
from sqlalchemy.exc import DBAPIError

from services.audit import AuditEntry, Broken, Head, first_broken, following
from services.storage.errors import Unavailable
from services.storage.statements import upsert
from services.storage.tables import audit, audit_head
from services.storage.transaction import Transaction

_ADD = insert(audit)
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7246391)")
"""A number of our own: two PostgreSQL sessions must not both follow the same line."""
UNREADABLE = (DBAPIError, Unavailable, ValueError, TypeError, OverflowError)
_COLUMNS = ("seq", "at", "actor", "action", "target", "note", "previous", "hash")


class SqlAuditLog:
    """AuditLog over `audit`; a line commits with what it tells of."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def append(self, *, at: datetime, actor: str, action: str, target: str, note: str = "") -> AuditEntry:
        """Add a line."""
        if self._transaction.dialect == "postgresql":
            self._transaction.execute(_ONE_AT_A_TIME)
        entry = following(self._head(), at=at, actor=actor, action=action, target=target, note=note)
        self._transaction.execute(_ADD, {name: getattr(entry, name) for name in _COLUMNS})
        head = {"one": 1, "seq": entry.seq, "hash": entry.hash}
        self._transaction.execute(_move(self._transaction.dialect), head)
        return entry

    def entries(self, *, limit: int = 100, before: int | None = None) -> Sequence[AuditEntry]:
        """Newest first; `before` a line's number."""
        statement = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        if before is not None:
            statement = statement.where(audit.c.seq < before)
        return list(self._read(statement))

    def verify(self) -> Broken | None:
        """Every line, from the first."""
        try:
            return first_broken(self._read(select(audit).order_by(audit.c.seq)), self._head())
        except UNREADABLE:
            broken = self._unreadable()
            if broken is None:
                raise
            return broken

    def _unreadable(self) -> Broken | None:
        """The first line that holds no text, or no moment, any more; the driver reads ahead, so each by itself."""
        for seq in list(self._transaction.execute(select(audit.c.seq).order_by(audit.c.seq)).scalars()):
            try:
                list(self._read(select(audit).where(audit.c.seq == seq)))
            except UNREADABLE:
                return Broken(seq=seq, reason=f"审计记录第{seq}条无法读取，内容被改动。")
        return None

    def _head(self) -> Head:
        row = self._transaction.execute(select(audit_head.c.seq, audit_head.c.hash)).first()
        return Head() if row is None else Head(seq=row.seq, hash=row.hash)

    def _read(self, statement: Select[Any]) -> Iterator[AuditEntry]:
        for row in self._transaction.execute(statement.execution_options(yield_per=1000)).mappings():
            yield AuditEntry(**{name: row[name] for name in _COLUMNS})


@cache
def _move(dialect: str) -> Executable:
    return upsert(dialect, audit_head)
