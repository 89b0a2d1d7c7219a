"""交接班: a shift is taken over with a note of the one before, and with what he had in hand."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.errors import NotAllowed
from alerts.model import Alert, Handover
from alerts.reports.wording import moment
from alerts.roster import Roster

EARLY = timedelta(hours=1)
"""How long before his shift somebody may take over."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """A role's shift at a moment: who has it, since when, until when."""

    role: str
    people: tuple[str, ...]
    start: datetime
    end: datetime


def written(role: str, by: str, note: str, alerts: Sequence[Alert], now: datetime) -> Handover:
    """The note of the one who goes; alerts that are his are named in it. Raises NotAllowed without a note."""
    if not note.strip():
        raise NotAllowed("交班必须写明交接事项；没有未办事项也请写“无未办事项”。")
    mine = tuple(alert.id for alert in alerts if alert.owner == by and not alert.state.final)
    digest = hashlib.sha256(f"{role}|{by}|{now.isoformat()}".encode()).hexdigest()[:16]
    return Handover(id=f"H-{digest}", role=role, outgoing=by, note=note.strip(), written_at=now, alerts=mine)


def taken(pending: Handover | None, roster: Roster, role: str, by: str, now: datetime) -> Handover:
    """The note taken over. Raises NotAllowed without one, for its writer, and for who is not on the roster."""
    name = roster.names.get(role, role)
    if pending is None:
        raise NotAllowed(f"“{name}”还没有交接班记录，不能接班：请交班人先写明交接事项，人已离开时由带班领导代写。")
    if pending.outgoing == by:
        raise NotAllowed("接班人不能是交班人本人，请由接班的人操作。")
    expected = [person for at in (now, now + EARLY) for person in roster.on_duty(role, at)]
    if by not in {person.id for person in expected}:
        names = "、".join(dict.fromkeys(person.name for person in expected)) or "无人"
        raise NotAllowed(f"值班表中此刻及一小时内的“{name}”是{names}；换人请先在 roster.yaml 登记替班。")
    return replace(pending, incoming=by, taken_at=now)


def leaving(roster: Roster, role: str, by: str, now: datetime) -> set[str]:
    """Who had the shift before that of `by`, also in another's place, and has none now: what he has in hand goes on."""
    mine = (shift for at in (now, now + EARLY) if (shift := watch(roster, role, at)) and by in shift.people)
    shift = next(mine, None)
    if shift is None:
        return set()
    before = shift.start - timedelta(seconds=1)
    planned = (s for s in roster.shifts_between(role, before.date() - 2 * _DAY, before.date() + _DAY))
    had = {s.person for s in planned if s.start <= before < s.end}
    return (had | {person.id for person in roster.on_duty(role, before)}) - set(shift.people)


def watch(roster: Roster, role: str, at: datetime) -> Watch | None:
    """The shift that has begun last and is not over; None for roles that do not take turns."""
    day = at.date()
    running = [s for s in roster.shifts_between(role, day - 2 * _DAY, day + _DAY) if s.start <= at < s.end]
    if not running:
        return None
    last = max(shift.start for shift in running)
    mine = [shift for shift in running if shift.start == last]
    people = tuple(person.id for person in roster.on_duty(role, at))
    return Watch(role=role, people=people, start=last, end=min(shift.end for shift in mine))


def missing(roster: Roster, role: str, latest: Handover | None, now: datetime) -> str:
    """What is wrong when a shift has changed hands and nobody has taken it over; empty when nothing is."""
    present = watch(roster, role, now)
    if present is None:
        return ""
    before = {person.id for person in roster.on_duty(role, present.start - timedelta(seconds=1))}
    if not before or before & set(present.people):
        return ""
    if latest is not None and latest.taken_at is not None and latest.taken_at >= present.start - EARLY:
        return ""
    names = "、".join(roster.names.get(key, key) for key in present.people)
    begun = f"“{roster.names.get(role, role)}”已于{moment(present.start)}换班（{names}），"
    if latest is not None and latest.taken_at is None:
        outgoing = roster.names.get(latest.outgoing, latest.outgoing)
        return f"{begun}{outgoing}已于{moment(latest.written_at)}写好交接事项，尚未接班。"
    return f"{begun}尚未交接班。"
