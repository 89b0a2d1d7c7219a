"""Outbox in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.delivery import same_message
from alerts.model import Notification, NotificationState
from alerts.ports import ANY, Over
from services.storage.errors import StorageError
from services.storage.memory.tables import Tables
from services.storage.outbox import AHEAD, LONGEST_WAIT, overwrites, pool, rank

WAITING = frozenset({NotificationState.PENDING, NotificationState.RETRY, NotificationState.SENDING})


class MemoryOutbox:
    """Messages that wait to be sent; `sends=False` only writes down which were decided, as a replay does."""

    def __init__(self, tables: Tables, *, sends: bool = True) -> None:
        self._tables = tables
        self._queue = tables.outbox
        self._sends = sends

    def add(self, notification: Notification) -> bool:
        """Store it unless its id is known."""
        if notification.id in self._tables.notifications:
            return False
        self._tables.journal.put(self._tables.notifications_of[notification.alert_id], notification.id, None)
        if self._sends:
            self._queue.join(notification.id, (rank(notification), notification.alert_id))
            self._store(notification)
        else:
            self._tables.journal.put(self._tables.notifications, notification.id, notification)
        return True

    def claim(
        self, *, limit: int, now: datetime, until: datetime, holder: str = "", over: Over = ANY
    ) -> Sequence[Notification]:
        """Due messages in the order of their turns, each mild one with all that may go with it."""
        claimed: dict[str, Notification] = {}
        for key in self._due(now, over)[:limit]:
            if key not in claimed:
                claimed |= {one.id: one for one in self._with_its_bundle(key, now)}
        for one in claimed.values():
            self._queue.hold(one.id, until, holder)
            self._tables.journal.put(self._tables.notifications, one.id, one)
        return sorted(claimed.values(), key=lambda n: (rank(n), n.created_at, n.id))

    def release(self, holder: str) -> int:
        """Whatever a dead holder had in hand may be claimed again; how many messages."""
        mine = [key for key, place in self._queue.places.items() if place.holder == holder]
        for key in mine:
            self._queue.hold(key, None, "")
        return len(mine)

    def record(self, notification: Notification) -> None:
        """Store the outcome of an attempt. Raises StorageError for an unknown id."""
        stored = self._tables.notifications.get(notification.id)
        if stored is None:
            raise StorageError(f"发件箱中没有消息 {notification.id}。")
        if overwrites(stored.state, notification.state):
            self._store(notification)

    def get(self, notification_id: str) -> Notification | None:
        """One message."""
        return self._tables.notifications.get(notification_id)

    def siblings(self, notification: Notification) -> Sequence[Notification]:
        """The same message over other channels."""
        keys = self._tables.notifications_of.get(notification.alert_id, {})
        found = (self._tables.notifications[key] for key in keys if key != notification.id)
        return [one for one in found if same_message(one, notification)]

    def told_at(self, recipient: str, channel: str) -> datetime | None:
        """When a person was last sent something mild."""
        return self._tables.told_at.get(pool(recipient, channel))

    def waiting(self) -> int:
        """How many still have to go out, due or not."""
        return len(self._queue.places)

    def oldest_due(self, now: datetime) -> datetime | None:
        """Due time of what has waited longest and is in nobody's hands."""
        due = [place.due_at for place in self._queue.places.values() if place.due_at <= now and place.free(now)]
        return min(due, default=None)

    def is_due(self, now: datetime, over: Over = ANY) -> bool:
        """Whether a claim would find anything."""
        return bool(self._due(now, over))

    def all(
        self, *, alert_id: str | None = None, state: NotificationState | None = None, limit: int = 500
    ) -> Sequence[Notification]:
        """Newest first."""
        everything = self._tables.notifications
        keys = everything if alert_id is None else self._tables.notifications_of.get(alert_id, {})
        found = (everything[key] for key in keys)
        wanted = [one for one in found if state is None or one.state is state]
        return sorted(wanted, key=lambda one: (one.created_at, one.id), reverse=True)[:limit]

    def decided(self) -> Sequence[Notification]:
        """All of them, in the order in which they were decided."""
        return list(self._tables.notifications.values())

    def _due(self, now: datetime, over: Over) -> list[str]:
        places = self._queue.places
        due = [key for key, place in places.items() if self._is_due(key, place.due_at, now) and place.free(now)]
        created = self._tables.notifications
        due = [key for key in due if over.covers(created[key].channel)]
        return sorted(due, key=lambda key: (*places[key][:2], created[key].created_at, key))

    def _is_due(self, key: str, due_at: datetime, now: datetime) -> bool:
        one = self._tables.notifications[key]
        lost = one.state is NotificationState.RETRY and due_at > now + LONGEST_WAIT
        return due_at <= now or due_at == one.created_at or lost or one.created_at > now + AHEAD

    def _with_its_bundle(self, key: str, now: datetime) -> Iterator[Notification]:
        """The message itself, and what goes with it: its old bundle, or a new one of all that waits unbundled."""
        leader = self._tables.notifications[key]
        yield replace(leader, state=NotificationState.SENDING, bundle=leader.bundle or (key if leader.mild else ""))
        if not leader.mild:
            return
        for other, place in self._queue.places.items():
            mate = self._tables.notifications[other]
            if other != key and mate.bundle == leader.bundle and _pool(mate) == _pool(leader) and place.free(now):
                yield replace(mate, state=NotificationState.SENDING, bundle=leader.bundle or key)

    def _store(self, notification: Notification) -> None:
        self._tables.journal.put(self._tables.notifications, notification.id, notification)
        mine, sent_at = _pool(notification), notification.sent_at
        if mine and sent_at:
            told_at = self._tables.told_at
            self._tables.journal.put(told_at, mine, max(sent_at, told_at.get(mine, sent_at)))
        if notification.state in WAITING:
            due_at = notification.next_attempt_at or notification.created_at
            self._queue.wait(notification.id, rank(notification), due_at)
        else:
            self._queue.leave(notification.id)


def _pool(notification: Notification) -> str | None:
    return pool(notification.recipient, notification.channel) if notification.mild else None
