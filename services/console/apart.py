"""Events that a split or an undone merge has left with fewer than three voices, as the duty operator sees them.

What they say stays where SCOPE puts it, in the masked excerpt of a verify task; how they came to be apart, and the way
back, is for whoever parted them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.clocks import urgency
from alerts.model import Alert, Task
from analyzer.model import Event
from analyzer.regrouping import Regrouping
from services.ports import UnitOfWork

SHOWN = timedelta(days=30)
"""How long the board says that a split left nothing to see: after it the events are forgotten."""
Moved = tuple[Regrouping, str, str]
"""A move, with the titles of both events."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """An event that is not shown upward, without anything that its posts say."""

    event: Event
    task: Task | None
    alert: Alert | None
    moves: Sequence[Moved]


def apart(uow: UnitOfWork, event_id: str) -> Apart | None:
    """The event as who moved its posts, or has its alert, may see it; None for one that has neither."""
    event, moves, alert = uow.events.get(event_id), moves_of(uow, event_id), uow.alerts.of_event(event_id)
    alert = None if alert is None or alert.state.final else alert
    if event is None or not (moves or alert):
        return None
    task = next((task for task in uow.tasks.open() if task.event_id == event_id), None)
    return Apart(event=event, task=task, moves=moves, alert=alert)


def silent(uow: UnitOfWork) -> list[tuple[Alert, Event]]:
    """Alerts that still run though too few people tell of their event by now."""
    found = ((alert, uow.events.get(alert.event_id)) for alert in sorted(uow.alerts.open(), key=urgency))
    return [(alert, event) for alert, event in found if event is not None and not event.corroborated]


def unseen(uow: UnitOfWork, now: datetime, besides: Collection[str] = ()) -> list[Moved]:
    """Splits that left two events of which neither is shown, nor is among those `besides`; the latest first."""
    moves = uow.events.regroupings(since=now - SHOWN)
    left = (move for move in reversed(moves) if not {move.source, move.target} & set(besides))
    return [_titled(uow, move) for move in left if move.stands and not _seen(uow, move)]


def moves_of(uow: UnitOfWork, event_id: str) -> list[Moved]:
    """What people merged and split of an event, the oldest first."""
    return [_titled(uow, move) for move in uow.events.regroupings() if event_id in {move.source, move.target}]


def _seen(uow: UnitOfWork, move: Regrouping) -> bool:
    return any(
        event is not None and (event.corroborated or event.merged_into is not None)
        for event in map(uow.events.get, (move.source, move.target))
    )


def _titled(uow: UnitOfWork, move: Regrouping) -> Moved:
    return move, _title(uow, move.source), _title(uow, move.target)


def _title(uow: UnitOfWork, event_id: str) -> str:
    event = uow.events.get(event_id)
    return event.title if event is not None else event_id
