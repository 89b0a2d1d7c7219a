"""The clocks of an alert: started, met, missed; pure functions of `now`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from alerts.holidays import WorkCalendar
from alerts.model import Alert, Deadline, DeadlineKind
from alerts.response import TierResponse, WorkingDays, due
from analyzer.model import Event

PUBLIC = (DeadlineKind.PUBLIC_STATEMENT, DeadlineKind.PRESS, DeadlineKind.ANSWER)
"""Clocks on the answer to the public: they run from when the desk knew, whatever the tier is raised to."""
_BY_TIER = (DeadlineKind.PUBLIC_STATEMENT, DeadlineKind.PRESS)
"""What only the tier asks for; an answer is owed for every concern, alert or not (国办发〔2016〕61号)."""
_NEVER = datetime.max.replace(tzinfo=UTC)
CALENDAR = WorkCalendar()
"""The public calendar, for callers without changes of their own."""


def started(
    event: Event, response: TierResponse, now: datetime, calendar: WorkCalendar = CALENDAR
) -> tuple[Deadline, ...]:
    """All clocks of a tier but the final report's, which starts when the public has been answered.

    Those on the public answer count from when the desk learned of the event. A statement or press conference is asked
    for by the tier alone: where its time was over before the tier was reached, it counts from now.
    """
    known = event.known_at or now

    def due_at(kind: DeadlineKind, limit: timedelta | WorkingDays) -> datetime:
        moment = due(known if kind in PUBLIC else now, limit, calendar)
        return due(now, limit, calendar) if kind in _BY_TIER and moment <= now else moment

    return tuple(
        follow_up(response, now) if kind is DeadlineKind.FOLLOW_UP else Deadline(kind=kind, due_at=due_at(kind, limit))
        for kind, limit in response.limits().items()
        if kind is not DeadlineKind.FINAL_REPORT
    )


def follow_up(response: TierResponse, now: datetime) -> Deadline:
    """The follow-up cadence after a report: what changes is reported when it is known, so that it only runs on."""
    every = response.clocks.follow_up
    return Deadline(kind=DeadlineKind.FOLLOW_UP, due_at=now + every, every=every)


def restarted(
    alert: Alert, event: Event, response: TierResponse, now: datetime, calendar: WorkCalendar = CALENDAR
) -> tuple[Deadline, ...]:
    """Clocks after a raise: the graver tier's limits; what the public has been told, or not in time, stays so.

    A clock on the public answer that only the graver tier demands cannot have been missed before: where its time
    is over already, it runs from the raise.
    """
    before = {d.kind: d for d in alert.deadlines if d.kind in PUBLIC}
    told = {kind: d for kind, d in before.items() if not d.running}
    since_known = started(event, response, now, calendar)
    since_raise = started(replace(event, known_at=now), response, now, calendar)
    return tuple(
        told.get(old.kind) or (new if old.kind not in before and old.due_at <= now else old)
        for old, new in zip(since_known, since_raise, strict=True)
    )


def carried(
    fresh: Iterable[Deadline],
    old: Alert,
    event: Event,
    response: TierResponse,
    now: datetime,
    calendar: WorkCalendar = CALENDAR,
) -> tuple[Deadline, ...]:
    """Clocks of the next episode: what the public was told in the one before counts; what was late is told there.

    A clock on the public answer whose time is over runs from now on.
    """
    told = {d.kind: d.met_at for d in old.deadlines if d.kind in PUBLIC and d.met_at is not None}
    from_now = {d.kind: d for d in started(replace(event, known_at=now), response, now, calendar)}
    over = {d.kind for d in fresh if d.kind in PUBLIC and d.running and d.due_at <= now}
    return tuple(
        replace(d, met_at=d.met_at or told[d.kind]) if d.kind in told else from_now[d.kind] if d.kind in over else d
        for d in fresh
    )


def relaxed(
    alert: Alert, event: Event, response: TierResponse, now: datetime, calendar: WorkCalendar = CALENDAR
) -> tuple[Deadline, ...]:
    """Clocks after a lowering: what runs has the milder tier's limits from the same beginning, the rest is history.

    The follow-up cadence runs out once more as it was and then as often as the milder tier wants.
    """
    fresh = {d.kind: d for d in started(event, response, alert.tiered_at or alert.opened_at, calendar)}
    wanted = response.limits()

    def milder(deadline: Deadline) -> Deadline:
        if deadline.every is not None:
            return replace(deadline, due_at=deadline.next_at(now), every=response.clocks.follow_up)
        follows = deadline.kind is DeadlineKind.FOLLOW_UP or not deadline.running
        return deadline if follows else fresh.get(deadline.kind, deadline)

    return tuple(milder(d) for d in alert.deadlines if d.kind in wanted or not d.running)


def met(deadlines: Iterable[Deadline], kinds: Iterable[DeadlineKind], at: datetime) -> tuple[Deadline, ...]:
    """Clocks of these kinds stopped at `at`, also the ones already missed (a late answer is an answer)."""
    wanted = set(kinds)
    return tuple(replace(d, met_at=at) if d.kind in wanted and d.met_at is None else d for d in deadlines)


def resumed(deadlines: Iterable[Deadline], kinds: Iterable[DeadlineKind]) -> tuple[Deadline, ...]:
    """Clocks of these kinds as if nothing had stopped them; a miss stays one."""
    wanted = set(kinds)
    return tuple(replace(d, met_at=None) if d.kind in wanted else d for d in deadlines)


def owed(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """What people still have to do: the call upward and what the public must be told."""
    return tuple(d for d in deadlines if d.met_at is None and d.kind in {DeadlineKind.PHONE_REPORT, *PUBLIC})


def urgency(alert: Alert) -> tuple[bool, int, datetime, datetime, str]:
    """Sorts alerts as they are to be dealt with: drills last, the gravest first, then what is due first."""
    waiting = (d for d in alert.deadlines if d.met_at is None and d.kind is not DeadlineKind.FOLLOW_UP)
    due = min((d.due_at for d in waiting), default=_NEVER)
    return alert.drill, -alert.tier, due, alert.opened_at, alert.id


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


def earlier(alert: Alert, by: timedelta, now: datetime) -> Alert:
    """All that is still to come `by` earlier, but not in the past: it was set by a clock that was so far ahead."""

    def pulled(moment: datetime) -> datetime:
        return max(min(now, moment), moment - by)

    return replace(
        alert,
        escalate_at=alert.escalate_at and pulled(alert.escalate_at),
        acknowledgement_ends_at=alert.acknowledgement_ends_at and pulled(alert.acknowledgement_ends_at),
        snoozed_until=alert.snoozed_until and pulled(alert.snoozed_until),
        deadlines=tuple(replace(d, due_at=pulled(d.due_at)) if d.running else d for d in alert.deadlines),
    )


def exchanged(deadlines: Iterable[Deadline], new: Deadline) -> tuple[Deadline, ...]:
    """One clock, by its kind, set anew."""
    return tuple(new if d.kind is new.kind else d for d in deadlines)


def with_final(
    deadlines: tuple[Deadline, ...], response: TierResponse, since: datetime, calendar: WorkCalendar = CALENDAR
) -> tuple[Deadline, ...]:
    """The final report's clock beside the others, where the plan has one and it does not run yet."""
    limit = response.limits().get(DeadlineKind.FINAL_REPORT)
    if limit is None or any(d.kind is DeadlineKind.FINAL_REPORT for d in deadlines):
        return deadlines
    return (*deadlines, Deadline(kind=DeadlineKind.FINAL_REPORT, due_at=due(since, limit, calendar)))
