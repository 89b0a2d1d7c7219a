"""Alerts and their history."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, false, func, insert, select, update

from alerts.model import Alert, LogEntry
from services.batches import batches
from services.storage import codec
from services.storage.errors import StaleVersion
from services.storage.statements import KEYS, insert_new
from services.storage.tables import alert_log, alerts
from services.storage.transaction import Transaction

_LOG = insert(alert_log)


class SqlAlertStore:
    """AlertStore over `alerts` and `alert_log`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def save(self, alert: Alert) -> None:
        """Store the version after the stored one, or version 1 of a new alert. Raises StaleVersion otherwise."""
        row = _row(alert)
        if alert.version == 1:
            done = self._transaction.execute(insert_new(self._transaction.dialect, alerts), row)
        else:
            fresh = {f"new_{name}": value for name, value in row.items() if name != "id"}
            done = self._transaction.execute(_update(), {**fresh, "key": alert.id, "before": alert.version - 1})
        if done.rowcount != 1:
            raise StaleVersion(f"预警 {alert.id} 已被他人更新，请刷新后重试。")

    def get(self, alert_id: str) -> Alert | None:
        """One alert."""
        return self._one(select(alerts.c.document).where(alerts.c.id == alert_id))

    def of_event(self, event_id: str) -> Alert | None:
        """The alert of the event's latest episode."""
        return self._one(
            select(alerts.c.document)
            .where(alerts.c.event_id == event_id)
            .order_by(alerts.c.episode.desc(), alerts.c.opened_at.desc())
            .limit(1)
        )

    def episodes(self, event_id: str) -> Sequence[Alert]:
        """All alerts of the event, the latest last."""
        return self._many(
            select(alerts.c.document)
            .where(alerts.c.event_id == event_id)
            .order_by(alerts.c.episode, alerts.c.opened_at, alerts.c.id)
        )

    def of_events(self, event_ids: Collection[str]) -> Mapping[str, Alert]:
        """Of each event that has any, the alert of its latest episode."""
        mine = select(alerts.c.document).where(alerts.c.event_id.in_(bindparam("keys", expanding=True)))
        earliest_first = mine.order_by(alerts.c.episode, alerts.c.opened_at)
        rows = (
            row
            for keys in batches(event_ids, KEYS)
            for row in self._transaction.execute(earliest_first, {"keys": keys}).scalars()
        )
        return {alert.event_id: alert for alert in (codec.decode(Alert, row) for row in rows)}

    def open(self) -> Sequence[Alert]:
        """All that are not final, oldest first."""
        return self._many(
            select(alerts.c.document).where(alerts.c.final == false()).order_by(alerts.c.opened_at, alerts.c.id)
        )

    def due(self, now: datetime, limit: int = 200) -> Sequence[Alert]:
        """Those with something due at `now`, longest due first."""
        return self._many(
            select(alerts.c.document).where(alerts.c.due_at <= now).order_by(alerts.c.due_at, alerts.c.id).limit(limit)
        )

    def next_due(self) -> datetime | None:
        """The earliest moment at which anything is due."""
        moment: datetime | None = self._transaction.execute(select(func.min(alerts.c.due_at))).scalar()
        return moment

    def all(self, *, limit: int = 500) -> Sequence[Alert]:
        """Newest first."""
        return self._many(
            select(alerts.c.document).order_by(alerts.c.opened_at.desc(), alerts.c.id.desc()).limit(limit)
        )

    def log(self, entry: LogEntry) -> None:
        """Add a line."""
        self._transaction.queue(_LOG, {"alert_id": entry.alert_id, "document": codec.encode(entry)})

    def history(self, alert_id: str) -> Sequence[LogEntry]:
        """Lines in the order in which they were written."""
        statement = select(alert_log.c.document).where(alert_log.c.alert_id == alert_id).order_by(alert_log.c.seq)
        return [codec.decode(LogEntry, row) for row in self._transaction.execute(statement).scalars()]

    def last_line(self) -> LogEntry | None:
        """The line of any history that was written last."""
        statement = select(alert_log.c.document).order_by(alert_log.c.seq.desc()).limit(1)
        row = self._transaction.execute(statement).scalar()
        return None if row is None else codec.decode(LogEntry, row)

    def _one(self, statement: Select[Any]) -> Alert | None:
        row = self._transaction.execute(statement).scalar()
        return None if row is None else codec.decode(Alert, row)

    def _many(self, statement: Select[Any]) -> list[Alert]:
        return [codec.decode(Alert, row) for row in self._transaction.execute(statement).scalars()]


@cache
def _update() -> Executable:
    """The version after the stored one; made once, because every decision needs it."""
    names = [column.name for column in alerts.columns if column.name != "id"]
    stored = (alerts.c.id == bindparam("key")) & (alerts.c.version == bindparam("before"))
    return update(alerts).where(stored).values({name: bindparam(f"new_{name}") for name in names})


def _row(alert: Alert) -> dict[str, Any]:
    return {
        "id": alert.id,
        "event_id": alert.event_id,
        "episode": alert.episode,
        "final": alert.state.final,
        "opened_at": alert.opened_at,
        "due_at": alert.due_at,
        "version": alert.version,
        "document": codec.encode(alert),
    }
