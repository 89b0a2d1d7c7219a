"""An answer to the public that was recorded by mistake is taken back: what it stopped goes on as if it had not been."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from alerts import clocks
from alerts.errors import NotAllowed
from alerts.lifecycle import Action, next_state, public_answer, reminder
from alerts.model import Alert, AlertState, Deadline, DeadlineKind, LogEntry
from alerts.news import SETTLED
from alerts.response import Response
from analyzer.model import Event

_RECORDED = (Action.ANSWER, Action.PRESS)


def standing(history: Iterable[LogEntry]) -> list[datetime]:
    """When the answers were recorded that have not been taken back, the last one last."""
    found: list[datetime] = []
    for entry in history:
        if entry.action in _RECORDED:
            found.append(entry.at)
        elif entry.action == Action.RETRACT and found:
            found.pop()
    return found


def taken_back(
    alert: Alert, event: Event, answers: Sequence[datetime], by: str, note: str, response: Response, now: datetime
) -> Alert:
    """The alert without the last of these recorded answers. Raises NotAllowed where there is none, or no reason.

    A miss stays one, and clocks that have run out meanwhile become one: the public has not been answered.
    """
    state = next_state(alert.state, Action.RETRACT)
    if not answers:
        raise NotAllowed("没有登记过对公众的回应，不必撤回。")
    if not note.strip():
        raise NotAllowed("“撤回回应”必须写明理由。")
    last = answers[-1]
    moved = replace(
        alert,
        state=state,
        owner=by,
        answered_at=None if alert.answered_at == last else alert.answered_at,
        snoozed_until=None,
        deadlines=tuple(_running(clock, last) for clock in alert.deadlines),
        version=alert.version + 1,
    )
    moved = public_answer(moved, without(event, alert, moved))
    if not (moved.answered_at or without(event, alert, moved).answered_at or event.status in SETTLED):
        final = DeadlineKind.FINAL_REPORT
        moved = replace(moved, deadlines=tuple(d for d in moved.deadlines if d.kind is not final or d.missed_at))
    lasts = now + response.tiers[alert.tier].acknowledgement_lasts
    return replace(
        moved, acknowledgement_ends_at=reminder(moved, response, now) if state is AlertState.ASSIGNED else lasts
    )


def without(event: Event, before: Alert, after: Alert) -> Event:
    """The event without the answer that was taken back; an office's own stays."""
    return replace(event, answered_at=after.answered_at) if _rested_on(event, before, after) else event


def _rested_on(event: Event, before: Alert, after: Alert) -> bool:
    return before.answered_at is not None and after.answered_at is None and event.answered_at == before.answered_at


def _running(clock: Deadline, last: datetime) -> Deadline:
    return replace(clock, met_at=None) if clock.kind in clocks.PUBLIC and clock.met_at == last else clock
