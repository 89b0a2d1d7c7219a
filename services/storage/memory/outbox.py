"""Outbox in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from alerts.model import Notification, NotificationState
from services.storage.errors import StorageError
from services.storage.memory.tables import Tables
from services.storage.outbox import overwrites, rank

WAITING = frozenset({NotificationState.PENDING, NotificationState.RETRY, NotificationState.SENDING})


class MemoryOutbox:
    """Messages that wait to be sent."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, notification: Notification) -> bool:
        """Store it unless its id is known."""
        if notification.id in self._tables.notifications:
            return False
        self._tables.journal.put(self._tables.notifications_of[notification.alert_id], notification.id, None)
        self._store(notification)
        return True

    def claim(self, *, limit: int, now: datetime, until: datetime) -> Sequence[Notification]:
        """Due messages, an alert's first ones before the others, then the oldest."""
        return [self._send(key, until) for key in self._tables.outbox.due(now, limit)]

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

    def waiting(self) -> int:
        """How many still have to go out, due or not."""
        return len(self._tables.outbox)

    def all(self, *, alert_id: str | None = None, limit: int = 500) -> Sequence[Notification]:
        """Newest first."""
        everything = self._tables.notifications
        keys = everything if alert_id is None else self._tables.notifications_of.get(alert_id, {})
        found = [everything[key] for key in keys]
        return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)[:limit]

    def decided(self) -> Sequence[Notification]:
        """All of them, in the order in which they were decided."""
        return list(self._tables.notifications.values())

    def _send(self, key: str, until: datetime) -> Notification:
        sending = replace(self._tables.notifications[key], state=NotificationState.SENDING)
        self._tables.journal.put(self._tables.notifications, key, sending)
        self._tables.outbox.sleep(key, until)
        return sending

    def _store(self, notification: Notification) -> None:
        self._tables.journal.put(self._tables.notifications, notification.id, notification)
        if notification.state in WAITING:
            due_at = notification.next_attempt_at or notification.created_at
            self._tables.outbox.put(notification.id, due_at, (rank(notification), notification.created_at))
        else:
            self._tables.outbox.drop(notification.id)
