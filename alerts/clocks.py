"""The clocks of an alert: started, met, missed; pure functions of `now`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from alerts.model import Alert, Deadline, DeadlineKind
from alerts.response import TierResponse
from analyzer.model import Event

PUBLIC = (DeadlineKind.PUBLIC_STATEMENT, DeadlineKind.PRESS, DeadlineKind.ANSWER)
"""Clocks on the answer to the public: they run from when the desk knew, whatever the tier is raised to."""


def started(event: Event, response: TierResponse, now: datetime) -> tuple[Deadline, ...]:
    """All clocks of a tier. Those on the public answer count from when the desk learned of the event."""
    known = event.known_at or now
    return tuple(
        Deadline(kind=kind, due_at=(known if kind in PUBLIC else now) + limit)
        for kind, limit in response.limits().items()
    )


def restarted(alert: Alert, event: Event, response: TierResponse, now: datetime) -> tuple[Deadline, ...]:
    """Clocks after a raise: the graver tier's limits; what the public has been told stays told."""
    told = {d.kind: d for d in alert.deadlines if d.kind in PUBLIC}
    return tuple(
        replace(fresh, met_at=told[fresh.kind].met_at, missed_at=told[fresh.kind].missed_at)
        if fresh.kind in told
        else fresh
        for fresh in started(event, response, now)
    )


def met(deadlines: Iterable[Deadline], kinds: Iterable[DeadlineKind], at: datetime) -> tuple[Deadline, ...]:
    """Clocks of these kinds stopped at `at`, also the ones already missed (a late answer is an answer)."""
    wanted = set(kinds)
    return tuple(replace(d, met_at=at) if d.kind in wanted and d.met_at is None else d for d in deadlines)


def missed(deadlines: Iterable[Deadline], now: datetime) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """All clocks, the overdue ones marked, and the newly missed ones alone. A follow-up clock is never a miss here."""
    after, new = [], []
    for deadline in deadlines:
        if deadline.running and deadline.due_at <= now and deadline.kind is not DeadlineKind.FOLLOW_UP:
            late = replace(deadline, missed_at=deadline.due_at)
            new.append(late)
            after.append(late)
        else:
            after.append(deadline)
    return tuple(after), tuple(new)


def pushed(deadlines: Iterable[Deadline], kind: DeadlineKind, due_at: datetime) -> tuple[Deadline, ...]:
    """One clock set to a new time."""
    return tuple(Deadline(kind=kind, due_at=due_at) if d.kind is kind else d for d in deadlines)
