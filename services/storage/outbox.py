"""Messages that wait to be sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, Row, Select, and_, bindparam, func, or_, select, update

from alerts.delivery import BACKOFF, same_message
from alerts.model import Notification, NotificationState
from alerts.ports import ANY, Over
from services.storage import codec
from services.storage.errors import StorageError
from services.storage.statements import insert_new
from services.storage.tables import DEAD, WAITING, notifications
from services.storage.transaction import Transaction

T = notifications.c
LONGEST_WAIT = BACKOFF[-1]
AHEAD = timedelta(minutes=1)
"""What was written by a clock that was so far ahead is not held back by it until then: it goes at once."""
LONGEST_LEASE = timedelta(days=1)
"""Far above any lease that is asked for. What is due or leased for longer was written before the clock was set back."""
FREE = or_(T.lease_until.is_(None), T.lease_until <= bindparam("now"), T.lease_until > bindparam("lease_never"))
DUE = or_(
    T.due_at <= bindparam("now"),
    T.due_at == T.created_at,  # at once, whatever the clock has done since
    and_(T.state == NotificationState.RETRY.value, T.due_at > bindparam("wait_never")),
    T.created_at > bindparam("ahead"),
)


def moments(now: datetime) -> dict[str, datetime]:
    """What DUE and FREE are asked with."""
    return {
        "now": now,
        "wait_never": now + LONGEST_WAIT,
        "ahead": now + AHEAD,
        "lease_never": now + LONGEST_LEASE,
    }


def rank(notification: Notification) -> int:
    """An alert's first messages go before all others."""
    return 0 if notification.first else 1


def pool(recipient: str, channel: str) -> str:
    """What mild messages to one person over one channel have in common."""
    return f"{recipient}|{channel}"


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
        row = {
            **_changing(notification),
            "id": notification.id,
            "alert_id": notification.alert_id,
            "channel": notification.channel,
            "rank": rank(notification),
            "turn": self._turn(notification),
            "created_at": notification.created_at,
            "pool": pool(notification.recipient, notification.channel) if notification.mild else None,
        }
        return self._transaction.execute(insert_new(self._transaction.dialect, notifications), row).rowcount == 1

    def claim(
        self, *, limit: int, now: datetime, until: datetime, holder: str = "", over: Over = ANY
    ) -> Sequence[Notification]:
        """Due messages in the order of their turns, each mild one with all that may go with it."""
        lease = {"until": until, "mine": holder, **moments(now)}
        picked = self._transaction.execute(_claim(over.but), {"most": limit, "over": over.channels, **lease})
        rows = sorted(picked, key=_in_turn)
        pools: dict[str, list[str]] = {}
        for row in rows:
            if row.pool and not row.bundle:
                pools.setdefault(row.pool, []).append(row.id)
        for key, ours in pools.items():
            rows += self._transaction.run(_bundle(), {"key": key, "leader": ours[0], "ours": ours, **lease}).all()
        for leader in {row.bundle for row in rows if row.bundle}:
            rows += self._transaction.run(_mates(), {"leader": leader, **lease}).all()
        return sorted({row.id: _claimed(row) for row in rows}.values(), key=_order)

    def release(self, holder: str) -> int:
        """Whatever a dead holder had in hand may be claimed again; how many messages."""
        mine = update(notifications).where(WAITING, T.holder == holder).values(lease_until=None, holder=None)
        return self._transaction.execute(mine).rowcount

    def record(self, notification: Notification) -> None:
        """Store the outcome of an attempt and end the lease. Raises StorageError for an unknown id."""
        mine = T.id == notification.id
        stored = self._transaction.execute(select(T.state).where(mine).with_for_update()).scalar()
        if stored is None:
            raise StorageError(f"发件箱中没有消息 {notification.id}。")
        if overwrites(NotificationState(stored), notification.state):
            self._transaction.run(update(notifications).where(mine).values(_changing(notification)))

    def get(self, notification_id: str) -> Notification | None:
        """One message."""
        row = self._transaction.execute(_columns().where(T.id == notification_id)).first()
        return None if row is None else _message(row)

    def siblings(self, notification: Notification) -> Sequence[Notification]:
        """The same message over other channels."""
        together = _columns().where(T.created_at == notification.created_at, _of_alert(notification.alert_id))
        found = (_message(row) for row in self._transaction.execute(together))
        return [one for one in found if one.id != notification.id and same_message(one, notification)]

    def told_at(self, recipient: str, channel: str) -> datetime | None:
        """When a person was last sent something mild."""
        statement = select(func.max(T.sent_at)).where(T.pool == pool(recipient, channel))
        moment: datetime | None = self._transaction.execute(statement).scalar()
        return moment

    def waiting(self) -> int:
        """How many still have to go out, due or not."""
        statement = select(func.count()).select_from(notifications).where(WAITING)
        return int(self._transaction.execute(statement).scalar_one())

    def oldest_due(self, now: datetime) -> datetime | None:
        """Due time of what has waited longest and is in nobody's hands."""
        statement = select(func.min(T.due_at)).where(WAITING, T.due_at <= bindparam("now"), FREE)
        moment: datetime | None = self._transaction.execute(statement, moments(now)).scalar()
        return moment

    def is_due(self, now: datetime, over: Over = ANY) -> bool:
        """Whether a claim would find anything."""
        found = self._transaction.execute(_due(over.but).limit(1), {"over": over.channels, **moments(now)})
        return found.first() is not None

    def all(
        self, *, alert_id: str | None = None, state: NotificationState | None = None, limit: int = 500
    ) -> Sequence[Notification]:
        """Newest first."""
        statement = _columns().order_by(T.created_at.desc(), T.id.desc()).limit(limit)
        if alert_id is not None:
            statement = statement.where(T.alert_id == alert_id)
        if state is not None:
            statement = statement.where(DEAD if state is NotificationState.DEAD else T.state == state.value)
        return [_message(row) for row in self._transaction.execute(statement)]

    def _turn(self, notification: Notification) -> int:
        """Fair share: one after the alert's own last turn, but not before those who are being served."""
        given = {"rank": rank(notification), "alert": notification.alert_id}
        served, own = self._transaction.execute(_turns(notification.alert_id is None), given).one()
        return max(served or 0, 0 if own is None else own + 1)


_TAKEN = (T.id, T.rank, T.turn, T.created_at, T.pool, T.bundle, T.document)


def _in_turn(row: Row[Any]) -> tuple[Any, ...]:
    return row.rank, row.turn, row.created_at, row.id


def _of_alert(alert_id: str | None) -> ColumnElement[bool]:
    return T.alert_id.is_(None) if alert_id is None else T.alert_id == alert_id


def _columns() -> Any:
    return select(T.state, T.bundle, T.document)


def _message(row: Row[Any]) -> Notification:
    stored = codec.decode(Notification, row.document)
    return replace(stored, state=NotificationState(row.state), bundle=row.bundle or "")


def _claimed(row: Row[Any]) -> Notification:
    stored = codec.decode(Notification, row.document)
    return replace(stored, state=NotificationState.SENDING, bundle=row.bundle or "")


def _order(notification: Notification) -> tuple[int, datetime, str]:
    return rank(notification), notification.created_at, notification.id


def _changing(notification: Notification) -> dict[str, Any]:
    """What an outcome changes; the lease ends with it."""
    return {
        "state": notification.state.value,
        "due_at": notification.next_attempt_at or notification.created_at,
        "sent_at": notification.sent_at,
        "lease_until": None,
        "holder": None,
        "bundle": notification.bundle or None,
        "document": codec.encode(notification),
    }


def _take(picked: Select[Any], **more: Any) -> Executable:
    """Put messages into the hands of a holder. What another one has locked is passed over: nobody waits for a claim."""
    chosen = picked.with_for_update(skip_locked=True).cte("picked")
    taken = {"state": NotificationState.SENDING.value, "lease_until": bindparam("until"), "holder": bindparam("mine")}
    return update(notifications).where(T.id.in_(select(chosen.c.id))).values({**taken, **more}).returning(*_TAKEN)


@cache
def _due(but: bool) -> Select[Any]:  # noqa: FBT001  # chooses the statement
    channels: BindParameter[Any] = bindparam("over", expanding=True)
    return select(T.id).where(WAITING, DUE, FREE, T.channel.not_in(channels) if but else T.channel.in_(channels))


@cache
def _claim(but: bool) -> Executable:  # noqa: FBT001  # chooses the statement
    return _take(_due(but).order_by(T.rank, T.turn, T.created_at, T.id).limit(bindparam("most")))


@cache
def _bundle() -> Executable:
    """Ours, which are in hand already, and whatever else waits for the same person, due or held back."""
    mine = or_(T.id.in_(bindparam("ours", expanding=True)), FREE)
    together = select(T.id).where(WAITING, T.pool == bindparam("key"), T.bundle.is_(None), mine)
    return _take(together, bundle=bindparam("leader"))


@cache
def _mates() -> Executable:
    """What was bundled before stays together."""
    return _take(select(T.id).where(WAITING, T.pool.is_not(None), T.bundle == bindparam("leader"), FREE))


@cache
def _turns(nobodys: bool) -> Executable:  # noqa: FBT001  # chooses the statement
    alert = T.alert_id.is_(None) if nobodys else T.alert_id == bindparam("alert")
    same = T.rank == bindparam("rank")
    served = select(func.min(T.turn)).where(WAITING, same).scalar_subquery()
    own = select(func.max(T.turn)).where(alert, same).scalar_subquery()
    return select(served, own)
