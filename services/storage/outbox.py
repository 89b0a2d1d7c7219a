"""Messages that wait to be sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, func, or_, select, update

from alerts.model import Notification, NotificationState, Purpose
from services.storage import codec
from services.storage.errors import StorageError
from services.storage.statements import insert_new
from services.storage.tables import WAITING, notifications
from services.storage.transaction import Transaction


def rank(notification: Notification) -> int:
    """An alert's first messages go before all others."""
    return 0 if notification.step == 0 and notification.purpose is Purpose.REPORT else 1


def overwrites(stored: NotificationState, new: NotificationState) -> bool:
    """Whether an outcome may replace what is stored.

    A worker whose lease ran out may come back late: what another one sent stays sent, and what a person
    cancelled is not tried again. That it was sent after all is always worth knowing.
    """
    if new is NotificationState.SENT:
        return True
    if stored is NotificationState.SENT:
        return False
    return not (stored is NotificationState.CANCELLED and new in {NotificationState.RETRY, NotificationState.DEAD})


class SqlOutbox:
    """Outbox over `notifications`; the state is a column, the rest of a message its document."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, notification: Notification) -> bool:
        """Store it unless its id is known."""
        statement = insert_new(self._transaction.dialect, notifications)
        return self._transaction.execute(statement, _row(notification)).rowcount == 1

    def claim(self, *, limit: int, now: datetime, until: datetime) -> Sequence[Notification]:
        """Due messages, an alert's first ones before the others, then the oldest."""
        rows = self._transaction.execute(_claim(), {"most": limit, "now": now, "until": until})
        claimed = [replace(codec.decode(Notification, row), state=NotificationState.SENDING) for row in rows.scalars()]
        return sorted(claimed, key=lambda n: (rank(n), n.created_at, n.id))

    def record(self, notification: Notification) -> None:
        """Store the outcome of an attempt and end the lease. Raises StorageError for an unknown id."""
        mine = notifications.c.id == notification.id
        stored = self._transaction.execute(select(notifications.c.state).where(mine).with_for_update()).scalar()
        if stored is None:
            raise StorageError(f"发件箱中没有消息 {notification.id}。")
        if overwrites(NotificationState(stored), notification.state):
            self._transaction.run(update(notifications).where(mine).values(_row(notification)))

    def get(self, notification_id: str) -> Notification | None:
        """One message."""
        row = self._transaction.execute(_columns().where(notifications.c.id == notification_id)).first()
        return None if row is None else _message(row)

    def waiting(self) -> int:
        """How many still have to go out, due or not."""
        statement = select(func.count()).select_from(notifications).where(WAITING)
        return int(self._transaction.execute(statement).scalar_one())

    def all(self, *, alert_id: str | None = None, limit: int = 500) -> Sequence[Notification]:
        """Newest first."""
        statement = _columns().order_by(notifications.c.created_at.desc(), notifications.c.id.desc()).limit(limit)
        if alert_id is not None:
            statement = statement.where(notifications.c.alert_id == alert_id)
        return [_message(row) for row in self._transaction.execute(statement)]


def _columns() -> Any:
    return select(notifications.c.state, notifications.c.document)


def _message(row: Row[Any]) -> Notification:
    return replace(codec.decode(Notification, row.document), state=NotificationState(row.state))


def _row(notification: Notification) -> dict[str, Any]:
    return {
        "id": notification.id,
        "alert_id": notification.alert_id,
        "state": notification.state.value,
        "rank": rank(notification),
        "created_at": notification.created_at,
        "due_at": notification.next_attempt_at or notification.created_at,
        "lease_until": None,
        "document": codec.encode(notification),
    }


@cache
def _claim() -> Executable:
    table = notifications.c
    picked = (
        select(table.id)
        .where(
            WAITING,
            table.due_at <= bindparam("now"),
            or_(table.lease_until.is_(None), table.lease_until <= bindparam("now")),
        )
        .order_by(table.rank, table.created_at, table.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return (
        update(notifications)
        .where(table.id.in_(select(picked.c.id)))
        .values(state=NotificationState.SENDING.value, lease_until=bindparam("until"))
        .returning(table.document)
    )
