"""The states of an alert: a pure state machine. docs/alerts.md draws it; a test compares the two."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from alerts import clocks
from alerts.errors import NotAllowed
from alerts.model import Alert, AlertState, DeadlineKind, LogEntry, Request
from alerts.response import Response, TierResponse
from analyzer.model import Event, Tier

SYSTEM = "system"


class Action(StrEnum):
    """What moves an alert: time (escalate, expire), the rating (raise) or a person (all others)."""

    ESCALATE = "escalate"
    EXPIRE = "expire"
    RAISE = "raise"
    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"
    ASSIGN = "assign"
    ANSWER = "answer"
    CLOSE = "close"
    FALSE_ALARM = "false_alarm"
    LOWER = "lower"
    HAND_OVER = "hand_over"

    @property
    def chinese(self) -> str:
        """The action as people read it."""
        return {
            "escalate": "升级催办",
            "expire": "签收失效",
            "raise": "升级",
            "acknowledge": "签收",
            "verify": "开始核实",
            "assign": "转办",
            "answer": "登记回应",
            "close": "办结",
            "false_alarm": "误报",
            "lower": "降级",
            "hand_over": "移交",
        }[self.value]


S, A = AlertState, Action
_UNATTENDED = (S.TRIGGERED, S.ESCALATED)
_ATTENDED = (S.ACKNOWLEDGED, S.VERIFYING, S.ASSIGNED, S.ANSWERED)
_LIVE = (*_UNATTENDED, *_ATTENDED)

TABLE: Mapping[tuple[AlertState, Action], AlertState] = (
    {(state, A.ESCALATE): S.ESCALATED for state in _UNATTENDED}
    | {(state, A.EXPIRE): S.ESCALATED for state in (S.ACKNOWLEDGED, S.VERIFYING)}
    | {(state, A.RAISE): S.TRIGGERED for state in _LIVE}
    | {(state, A.ACKNOWLEDGE): S.ACKNOWLEDGED for state in _UNATTENDED}
    | {(state, A.VERIFY): S.VERIFYING for state in _LIVE}
    | {(state, A.ASSIGN): S.ASSIGNED for state in _LIVE}
    | {(state, A.ANSWER): S.ANSWERED for state in _LIVE}
    | {(state, A.CLOSE): S.CLOSED for state in _ATTENDED}
    | {(state, A.FALSE_ALARM): S.FALSE_ALARM for state in _LIVE}
    | {(state, A.LOWER): state for state in _LIVE}
    | {(state, A.HAND_OVER): state for state in _ATTENDED}
)
"""Every allowed move; what is not here is refused."""


def next_state(state: AlertState, action: Action) -> AlertState:
    """The state after `action`. Raises NotAllowed with a sentence that says why."""
    try:
        return TABLE[state, action]
    except KeyError:
        raise NotAllowed(f"预警当前为“{state.chinese}”，不能执行“{action.chinese}”。") from None


def opened(event: Event, tier: Tier, response: Response, now: datetime) -> Alert:
    """A new alert, at step 0, all clocks running; its first report is issued with it."""
    wanted = response.tiers[tier]
    running = clocks.started(event, wanted, now)
    alert = Alert(
        id=f"A{event.id.removeprefix('E')}-{event.episode}",
        event_id=event.id,
        episode=event.episode,
        tier=tier,
        state=S.TRIGGERED,
        opened_at=now,
        escalate_at=_step_at(wanted, 1, now),
        deadlines=clocks.met(running, (DeadlineKind.FIRST_REPORT,), now),
        reports=1,
        reported_version=event.version,
    )
    return public_answer(alert, event)


def raised(alert: Alert, event: Event, tier: Tier, response: Response, now: datetime) -> Alert:
    """A graver tier: nobody has acknowledged that one yet, so everything starts again."""
    wanted = response.tiers[tier]
    running = clocks.restarted(alert, event, wanted, now)
    return replace(
        alert,
        tier=tier,
        state=next_state(alert.state, A.RAISE),
        step=0,
        escalate_at=_step_at(wanted, 1, now),
        acknowledgement_ends_at=None,
        request=None,
        deadlines=clocks.met(running, (DeadlineKind.FIRST_REPORT,), now),
        version=alert.version + 1,
    )


def escalated(alert: Alert, response: Response) -> Alert:
    """The next step taken; its successor is due `after` counted from the first."""
    wanted = response.tiers[alert.tier]
    step = alert.step + 1
    base = (alert.escalate_at or alert.opened_at) - wanted.steps[min(step, len(wanted.steps) - 1)].after
    return replace(
        alert,
        state=next_state(alert.state, A.ESCALATE),
        step=step,
        escalate_at=_step_at(wanted, step + 1, base),
        version=alert.version + 1,
    )


def expired(alert: Alert, response: Response, now: datetime) -> Alert:
    """Nothing followed the acknowledgement: escalation resumes at once, from the next step."""
    wanted = response.tiers[alert.tier]
    again = min(alert.step + 1, len(wanted.steps) - 1)
    return replace(
        alert,
        state=next_state(alert.state, A.EXPIRE),
        step=again,
        owner=None,
        acknowledgement_ends_at=None,
        escalate_at=_step_at(wanted, again + 1, now - wanted.steps[again].after),
        version=alert.version + 1,
    )


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


def acted(alert: Alert, action: Action, by: str, response: Response, now: datetime, department: str = "") -> Alert:
    """Verify, assign or answer: each is an acknowledgement too, and keeps it alive or ends its need."""
    state = next_state(alert.state, action)
    kinds = [DeadlineKind.ACKNOWLEDGE]
    kinds += list(clocks.PUBLIC) if action is A.ANSWER else []
    lasts = response.tiers[alert.tier].acknowledgement_lasts
    return replace(
        alert,
        state=state,
        owner=by,
        department=department or alert.department,
        acknowledged_at=alert.acknowledged_at or now,
        acknowledgement_ends_at=now + lasts if action is A.VERIFY else None,
        escalate_at=None,
        deadlines=clocks.met(alert.deadlines, kinds, now),
        version=alert.version + 1,
    )


def handed_over(alert: Alert, to: str) -> Alert:
    """Another owner, nothing else changes."""
    return replace(alert, state=next_state(alert.state, A.HAND_OVER), owner=to, version=alert.version + 1)


def settled(
    alert: Alert, action: Action, by: str, reason: str, response: Response, now: datetime, tier: Tier | None = None
) -> Alert:
    """Close, false alarm or lower: a person and a reason; for grave tiers two different persons."""
    state = next_state(alert.state, action)
    if not reason.strip():
        raise NotAllowed(f"“{action.chinese}”必须写明理由。")
    if action is A.LOWER and (tier is None or tier >= alert.tier):
        raise NotAllowed("降级必须指定一个更低的级别。")
    if response.tiers[alert.tier].second_person:
        waiting = alert.request
        if waiting is None or waiting.action != action or waiting.tier != tier:
            asked = Request(action=action, actor=by, reason=reason, at=now, tier=tier)
            return replace(alert, request=asked, version=alert.version + 1)
        if waiting.actor == by:
            raise NotAllowed(f"{alert.tier.chinese}预警的“{action.chinese}”须由另一人确认。")
    if tier is not None:
        return replace(alert, tier=tier, request=None, version=alert.version + 1)
    return replace(
        alert,
        state=state,
        request=None,
        escalate_at=None,
        acknowledgement_ends_at=None,
        closed_at=now,
        closed_reason=reason,
        version=alert.version + 1,
    )


def public_answer(alert: Alert, event: Event) -> Alert:
    """The event's own official answer stops the clocks on the public answer."""
    if event.answered_at is None:
        return alert
    kinds = (DeadlineKind.PUBLIC_STATEMENT, DeadlineKind.ANSWER)
    return replace(alert, deadlines=clocks.met(alert.deadlines, kinds, event.answered_at))


def entry(alert: Alert, action: Action, by: str, note: str, at: datetime) -> LogEntry:
    """One line of the alert's history."""
    return LogEntry(at=at, actor=by, action=action.value, note=note, alert_id=alert.id)


def _step_at(response: TierResponse, step: int, base: datetime) -> datetime | None:
    """When a step is due, None when there is no such step."""
    wanted = response.step(step)
    return None if wanted is None else base + wanted.after
