"""Which message of a decision jumps the queue, and which may wait a little to go out with others."""

from dataclasses import replace
from datetime import datetime, timedelta

from alerts.lifecycle import Action
from alerts.model import Decision, Notification, Purpose
from alerts.quiet import GRAVE

_OPENING = frozenset({"open", Action.RAISE.value})
"""Lines of the log that say that people learn of something new or graver."""
_MILD = frozenset({Purpose.REPORT, Purpose.MISS})
"""What can wait a few minutes; who is urged is urged at once."""


def weighed(notification: Notification, decision: Decision) -> Notification:
    """The message marked as first of its alert, as mild, or as neither. Grave tiers and urging are never mild."""
    first = any(line.action in _OPENING for line in decision.log)
    grave = decision.alert is None or decision.alert.tier >= GRAVE
    return replace(notification, first=first, mild=not first and not grave and notification.purpose in _MILD)


def held(notification: Notification, told_at: datetime | None, window: timedelta) -> Notification:
    """A mild message within `window` of the last one to the same person waits for its end, and goes with others."""
    if not notification.mild or told_at is None or told_at + window <= notification.created_at:
        return notification
    ready = told_at + window
    return replace(notification, next_attempt_at=max(ready, notification.next_attempt_at or ready))
