"""The states of an alert: a pure state machine. docs/alerts.md draws it; a test compares the two.

How an alert ends and begins anew is in ending.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from alerts import clocks
from alerts.clocks import CALENDAR
from alerts.errors import NotAllowed
from alerts.holidays import WorkCalendar
from alerts.model import Alert, AlertState, Call, DeadlineKind, LogEntry
from alerts.reports.wording import moment
from alerts.response import Response, TierResponse
from analyzer.model import Event, Tier

SYSTEM = "system"


class Action(StrEnum):
    """What moves an alert: time (escalate, expire, wake, remind), the rating (raise) or a person (all others)."""

    ESCALATE = "escalate"
    EXPIRE = "expire"
    WAKE = "wake"
    REMIND = "remind"
    RAISE = "raise"
    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"
    ASSIGN = "assign"
    PHONE = "phone"
    ANSWER = "answer"
    PRESS = "press"
    RETRACT = "retract"
    HAND_OVER = "hand_over"
    SNOOZE = "snooze"
    LOWER = "lower"
    CLOSE = "close"
    FALSE_ALARM = "false_alarm"
    MERGE = "merge"
    REOPEN = "reopen"

    @property
    def chinese(self) -> str:
        """The action as people read it."""
        return _ACTIONS[self.value]

    @property
    def manual(self) -> bool:
        """Whether a person does it."""
        return self not in {Action.ESCALATE, Action.EXPIRE, Action.WAKE, Action.REMIND, Action.RAISE}


_ACTIONS = {
    "escalate": "升级催办",
    "expire": "签收失效",
    "wake": "暂缓到期",
    "remind": "催办办理",
    "raise": "升级",
    "acknowledge": "签收",
    "verify": "开始核实",
    "assign": "转办",
    "phone": "登记电话报告",
    "answer": "登记回应",
    "press": "登记发布会",
    "retract": "撤回回应",
    "hand_over": "移交",
    "snooze": "暂缓",
    "lower": "降级",
    "close": "办结",
    "false_alarm": "误报",
    "merge": "合并",
    "reopen": "重启",
}

S, A = AlertState, Action
_UNATTENDED = (S.TRIGGERED, S.ESCALATED)
_TAKEN = (S.ACKNOWLEDGED, S.VERIFYING)
_WITH_DEPARTMENT = (S.ASSIGNED, S.ANSWERED)
_ATTENDED = (*_TAKEN, *_WITH_DEPARTMENT)
_LIVE = (*_UNATTENDED, *_ATTENDED)

TABLE: Mapping[tuple[AlertState, Action], AlertState] = (
    {(state, A.ESCALATE): S.ESCALATED for state in _UNATTENDED}
    | {(state, A.EXPIRE): S.ESCALATED for state in _TAKEN}
    | {(state, A.WAKE): S.ESCALATED for state in _TAKEN}
    | {(state, A.WAKE): state for state in _WITH_DEPARTMENT}
    | {(S.ASSIGNED, A.REMIND): S.ASSIGNED}
    | {(state, A.RAISE): S.TRIGGERED for state in _LIVE}
    | {(state, A.ACKNOWLEDGE): S.ACKNOWLEDGED for state in _UNATTENDED}
    | {(state, A.VERIFY): S.VERIFYING for state in _LIVE}
    | {(state, A.ASSIGN): S.ASSIGNED for state in _LIVE}
    | {(state, A.PHONE): state for state in _LIVE}
    | {(state, A.ANSWER): S.ANSWERED for state in _LIVE}
    | {(state, A.PRESS): S.ANSWERED for state in _LIVE}
    | {(state, A.RETRACT): state for state in (*_TAKEN, S.ASSIGNED)}
    | {(S.ANSWERED, A.RETRACT): S.VERIFYING}
    | {(state, A.HAND_OVER): state for state in _ATTENDED}
    | {(state, A.SNOOZE): state for state in _ATTENDED}
    | {(state, A.LOWER): state for state in _LIVE}
    | {(state, A.CLOSE): S.CLOSED for state in _ATTENDED}
    | {(state, A.FALSE_ALARM): S.FALSE_ALARM for state in _LIVE}
    | {(state, A.MERGE): S.MERGED for state in _LIVE}
    | {(state, A.REOPEN): S.TRIGGERED for state in (S.CLOSED, S.FALSE_ALARM)}
)
"""Every allowed move; what is not here is refused. A reopening leaves the old alert and begins the next episode's."""


def next_state(state: AlertState, action: Action) -> AlertState:
    """The state after `action`. Raises NotAllowed with a sentence that says why."""
    try:
        return TABLE[state, action]
    except KeyError:
        raise NotAllowed(f"预警当前为“{state.chinese}”，不能执行“{action.chinese}”。") from None


def opened(
    event: Event,
    tier: Tier,
    response: Response,
    now: datetime,
    *,
    calendar: WorkCalendar = CALENDAR,
    drill: bool = False,
) -> Alert:
    """A new alert, at step 0, all clocks running; its first report is issued with it."""
    wanted = response.tiers[tier]
    running = clocks.started(event, wanted, now, calendar)
    alert = Alert(
        id=f"A{event.id.removeprefix('E')}-{event.episode}",
        event_id=event.id,
        episode=event.episode,
        tier=tier,
        state=S.TRIGGERED,
        opened_at=now,
        tiered_at=now,
        escalate_at=step_at(wanted, 1, now),
        deadlines=clocks.met(running, (DeadlineKind.FIRST_REPORT,), now),
        reports=1,
        reported_version=event.version,
        drill=drill,
    )
    return public_answer(alert, event)


def raised(
    alert: Alert, event: Event, tier: Tier, response: Response, now: datetime, calendar: WorkCalendar = CALENDAR
) -> Alert:
    """A graver tier: nobody has acknowledged that one yet, so everything starts again."""
    wanted = response.tiers[tier]
    running = clocks.restarted(alert, event, wanted, now, calendar)
    graver = replace(
        alert,
        tier=tier,
        state=next_state(alert.state, A.RAISE),
        tiered_at=now,
        step=0,
        escalate_at=step_at(wanted, 1, now),
        acknowledgement_ends_at=None,
        snoozed_until=None,
        request=None,
        overruled=None,
        deadlines=clocks.met(running, (DeadlineKind.FIRST_REPORT,), now),
        version=alert.version + 1,
    )
    return public_answer(graver, event)


def escalated(alert: Alert, response: Response, now: datetime) -> Alert:
    """The next step taken; its successor is due `after` counted from the first. Repeats slept through are left out."""
    wanted = response.tiers[alert.tier]
    step = alert.step + 1
    base = (alert.escalate_at or alert.opened_at) - _after(wanted, step)
    following = step_at(wanted, step + 1, base)
    if following is not None and step + 1 >= len(wanted.steps) and following <= now:
        following = now + _after(wanted, step + 1) - _after(wanted, step)
    return replace(
        alert,
        state=next_state(alert.state, A.ESCALATE),
        step=step,
        escalate_at=following,
        version=alert.version + 1,
    )


def expired(alert: Alert, response: Response, now: datetime) -> Alert:
    """Nothing followed the acknowledgement: escalation resumes at once, from the next step."""
    return _resumed(alert, A.EXPIRE, response, now)


def woken(alert: Alert, response: Response, now: datetime) -> Alert:
    """The end of a snooze: what nobody works on is escalated, what a department has is asked for again."""
    if alert.state in _TAKEN:
        return _resumed(alert, A.WAKE, response, now)
    return replace(
        alert,
        state=next_state(alert.state, A.WAKE),
        snoozed_until=None,
        acknowledgement_ends_at=reminder(alert, response, now),
        version=alert.version + 1,
    )


def reminded(alert: Alert, response: Response, now: datetime, *, again: bool) -> Alert:
    """The department has been asked, or need not be asked any more (`again` False)."""
    return replace(
        alert,
        state=next_state(alert.state, A.REMIND),
        acknowledgement_ends_at=reminder(alert, response, now) if again else None,
        version=alert.version + 1,
    )


def _resumed(alert: Alert, action: Action, response: Response, now: datetime) -> Alert:
    wanted = response.tiers[alert.tier]
    again = min(alert.step + 1, len(wanted.steps) - 1)
    return replace(
        alert,
        state=next_state(alert.state, action),
        step=again,
        owner=None,
        acknowledgement_ends_at=None,
        snoozed_until=None,
        escalate_at=step_at(wanted, again + 1, now - _after(wanted, again)),
        version=alert.version + 1,
    )


def reminder(alert: Alert, response: Response, now: datetime) -> datetime | None:
    """When the department is asked again; None where the plan asks nobody."""
    every = response.tiers[alert.tier].remind
    return now + every if every is not None and alert.state is S.ASSIGNED else None


def acknowledged(alert: Alert, by: str, response: Response, now: datetime) -> Alert:
    """Somebody has taken it on; escalation stops until the acknowledgement expires."""
    return replace(
        alert,
        state=next_state(alert.state, A.ACKNOWLEDGE),
        owner=by,
        acknowledged_at=now,
        acknowledgement_ends_at=now + response.tiers[alert.tier].acknowledgement_lasts,
        escalate_at=None,
        deadlines=clocks.met(alert.deadlines, (DeadlineKind.ACKNOWLEDGE,), now),
        version=alert.version + 1,
    )


def acted(
    alert: Alert,
    action: Action,
    by: str,
    note: str,
    response: Response,
    now: datetime,
    department: str = "",
    calendar: WorkCalendar = CALENDAR,
    *,
    instead: bool = False,
) -> Alert:
    """Verify, assign, answer or press: each is an acknowledgement too, and keeps it alive or ends its need."""
    moved = replace(alert, state=next_state(alert.state, action), owner=by)
    moved = given(moved, (department,) if department else (), instead=instead)
    if action in _ANSWERS and not note.strip():
        raise NotAllowed(f"“{action.chinese}”必须写明由谁、在何处、说了什么。")
    if action is A.ASSIGN and not moved.department:
        raise NotAllowed("转办必须写明转给哪个部门。")
    wanted = response.tiers[alert.tier]
    deadlines = clocks.met(alert.deadlines, (DeadlineKind.ACKNOWLEDGE, *_ANSWERS.get(action, ())), now)
    if action in _ANSWERS:
        deadlines = clocks.with_final(deadlines, wanted, now, calendar)
    lasts = now + wanted.acknowledgement_lasts if action is A.VERIFY else reminder(moved, response, now)
    return replace(
        moved,
        acknowledged_at=alert.acknowledged_at or now,
        answered_at=alert.answered_at or (now if action in _ANSWERS else None),
        acknowledgement_ends_at=lasts,
        snoozed_until=None,
        escalate_at=None,
        deadlines=deadlines,
        version=alert.version + 1,
    )


def given(alert: Alert, departments: Sequence[str], *, instead: bool = False) -> Alert:
    """Who has it now: nobody is dropped by one more, which helps the first, unless it is to have it instead."""
    if not departments:
        return alert
    first, *others = dict.fromkeys((*(() if instead else alert.departments), *departments))
    return replace(alert, department=first, assisting=tuple(others))


_ANSWERS = {
    A.ANSWER: (DeadlineKind.PUBLIC_STATEMENT, DeadlineKind.ANSWER),
    A.PRESS: clocks.PUBLIC,
}
"""Clocks that a recorded answer stops; a press conference is a statement and an answer as well."""


def phoned(alert: Alert, call: Call, now: datetime) -> Alert:
    """A phone report that was made: who told whom, and when."""
    if not call.called.strip():
        raise NotAllowed("登记电话报告必须写明打给了谁。")
    if call.at > now:
        raise NotAllowed("通话时间晚于现在，请改正。")
    if call.at < alert.opened_at:
        raise NotAllowed(f"通话时间早于预警触发（{moment(alert.opened_at)}），请改正。")
    deadlines = alert.deadlines
    if call.at >= (alert.tiered_at or alert.opened_at):
        deadlines = clocks.met(deadlines, (DeadlineKind.PHONE_REPORT,), call.at)
    return replace(
        alert,
        state=next_state(alert.state, A.PHONE),
        calls=(*alert.calls, call),
        deadlines=deadlines,
        version=alert.version + 1,
    )


def handed_over(alert: Alert, to: str, note: str) -> Alert:
    """Another owner, nothing else changes."""
    state = next_state(alert.state, A.HAND_OVER)
    if not to:
        raise NotAllowed("移交必须指定接手的人。")
    if not note.strip():
        raise NotAllowed("移交必须写明交接事项。")
    return replace(alert, state=state, owner=to, version=alert.version + 1)


def snoozed(alert: Alert, until: datetime | None, reason: str, response: Response, now: datetime) -> Alert:
    """Nothing is asked until then; clocks go on, and a raise ends it."""
    state = next_state(alert.state, A.SNOOZE)
    longest = now + response.tiers[alert.tier].snooze_at_most
    if not reason.strip():
        raise NotAllowed("“暂缓”必须写明理由。")
    if until is None or not now < until <= longest:
        raise NotAllowed(f"暂缓必须写明到什么时候，须晚于现在、不晚于{moment(longest)}。")
    return replace(
        alert,
        state=state,
        snoozed_until=until,
        acknowledgement_ends_at=None,
        version=alert.version + 1,
    )


def public_answer(alert: Alert, event: Event) -> Alert:
    """The event's own official answer stops the clocks on the public answer."""
    if event.answered_at is None:
        return alert
    return replace(alert, deadlines=clocks.met(alert.deadlines, _ANSWERS[A.ANSWER], event.answered_at))


def unanswered(alert: Alert, event: Event) -> Alert:
    """The answer that stopped them belongs to another event: the clocks on the public answer run again."""
    if event.answered_at is not None or alert.answered_at is not None or alert.state.final:
        return alert
    deadlines = clocks.resumed(alert.deadlines, _ANSWERS[A.ANSWER])
    return alert if deadlines == alert.deadlines else replace(alert, deadlines=deadlines, version=alert.version + 1)


def entry(alert: Alert, action: Action, by: str, note: str, at: datetime) -> LogEntry:
    """One line of the alert's history."""
    return LogEntry(at=at, actor=by, action=action.value, note=note, alert_id=alert.id)


def line(alert: Alert, action: str, note: str, at: datetime) -> LogEntry:
    """What the system did, as a line of the alert's history."""
    return LogEntry(at=at, actor=SYSTEM, action=action, note=note, alert_id=alert.id)


def step_at(response: TierResponse, step: int, base: datetime) -> datetime | None:
    """When a step is due, None when there is no such step."""
    after = response.after(step)
    return None if after is None else base + after


def _after(response: TierResponse, step: int) -> timedelta:
    """How long after the first a step is taken; one that there is not, as long as the last."""
    after = response.after(step)
    return response.steps[-1].after if after is None else after
