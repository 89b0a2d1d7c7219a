"""How an alert is lowered, ended, merged into another and begun anew: by persons, for grave tiers by two."""

from dataclasses import replace
from datetime import datetime

from alerts import clocks, news
from alerts.clocks import CALENDAR
from alerts.errors import NotAllowed
from alerts.holidays import WorkCalendar
from alerts.lifecycle import Action, next_state, opened, step_at
from alerts.model import Alert, AlertState, DeadlineKind, Overruled, Report, Request
from alerts.reports import changes
from alerts.reports.wording import moment
from alerts.response import Response
from analyzer.model import Event, FactKind, Rating, Tier

HARM = frozenset({FactKind.DEATHS, FactKind.MISSING, FactKind.SERIOUS_INJURED, FactKind.INJURED})
"""Figures whose change after the end opens an alert again: 国务院令第493号 art. 13."""


def settled(
    alert: Alert,
    action: Action,
    by: str,
    reason: str,
    event: Event,
    response: Response,
    now: datetime,
    *,
    tier: Tier | None = None,
    rated: Tier | None = None,
    into: Alert | None = None,
    calendar: WorkCalendar = CALENDAR,
) -> Alert:
    """Close, false alarm, lower or merge: a person and a reason; for grave tiers two different persons.

    `rated` is the tier that the facts reach, which a lowering overrules.
    """
    state = next_state(alert.state, action)
    _check(alert, action, reason, tier, into)
    if response.tiers[alert.tier].second_person and not _agreed(alert, action, by, tier, into):
        asked = Request(
            action=action.value, actor=by, reason=reason, at=now, tier=tier, into=into.id if into is not None else None
        )
        return replace(alert, request=asked, version=alert.version + 1)
    if action is Action.LOWER and tier is not None:
        told = Overruled(tier=max(alert.tier, rated or alert.tier), figures=_greatest(event))
        return replace(_lowered(alert, event, tier, response, now, calendar), overruled=told)
    return ended(alert, state, reason, event, response, now, into.id if into is not None else None)


def _check(alert: Alert, action: Action, reason: str, tier: Tier | None, into: Alert | None) -> None:
    """Raises NotAllowed where something is missing or does not fit."""
    if not reason.strip():
        raise NotAllowed(f"“{action.chinese}”必须写明理由。")
    if action is Action.LOWER and (tier is None or tier >= alert.tier):
        raise NotAllowed("降级必须指定一个更低的级别。")
    if action is not Action.MERGE:
        return
    if into is None or into.id == alert.id:
        raise NotAllowed("合并必须指定并入哪一个预警。")
    if into.state.final:
        raise NotAllowed(f"预警 {into.id} 已经结束，不能并入，请先将它重启或改并入别的预警。")
    if into.tier < alert.tier:
        raise NotAllowed(f"只能并入级别相同或更高的预警；请反过来，将 {into.id} 并入本预警。")
    if into.drill != alert.drill:
        raise NotAllowed("演练与真实预警不能合并。")


def _agreed(alert: Alert, action: Action, by: str, tier: Tier | None, into: Alert | None) -> bool:
    """Whether another person has asked for just this. Raises NotAllowed when the same person asks twice."""
    waiting = alert.request
    if waiting is None or (waiting.action, waiting.tier, waiting.into) != (action.value, tier, into and into.id):
        return False
    if waiting.actor == by:
        raise NotAllowed(f"{alert.tier.chinese}预警的“{action.chinese}”须由另一人确认。")
    return True


def _greatest(event: Event) -> dict[FactKind, float]:
    """The greatest value of each figure, whoever states it."""
    sides = {kind: (f.claimed, f.verified) for kind, f in event.figures.items() if kind is not FactKind.HOURS}
    return {kind: max(told) for kind, both in sides.items() if (told := [v for v in both if v is not None])}


def goes_beyond(alert: Alert, event: Event, tier: Tier) -> bool:
    """Whether the facts are graver than the alert's tier, and than what a person has judged already."""
    known = alert.overruled
    if tier <= alert.tier:
        return False
    if known is None or tier > known.tier:
        return True
    return any(value > known.figures.get(kind, 0) for kind, value in _greatest(event).items())


def _lowered(
    alert: Alert, event: Event, tier: Tier, response: Response, now: datetime, calendar: WorkCalendar
) -> Alert:
    """A milder tier: its steps and limits count from where the graver one's did."""
    wanted = response.tiers[tier]
    step = min(alert.step, len(wanted.steps) - 1)
    following = step_at(wanted, step + 1, alert.tiered_at or alert.opened_at)
    return replace(
        alert,
        tier=tier,
        step=step,
        escalate_at=max(following, now) if following is not None and alert.state.unattended else None,
        request=None,
        deadlines=clocks.relaxed(alert, event, wanted, now, calendar),
        version=alert.version + 1,
    )


def ended(
    alert: Alert,
    state: AlertState,
    reason: str,
    event: Event,
    response: Response,
    now: datetime,
    into: str | None = None,
) -> Alert:
    """Nothing more is due; until `reopen_until` it may begin anew."""
    return replace(
        alert,
        state=state,
        request=None,
        escalate_at=None,
        acknowledgement_ends_at=None,
        snoozed_until=None,
        deadlines=clocks.met(alert.deadlines, (DeadlineKind.FINAL_REPORT,), now),
        closed_at=now,
        closed_reason=reason,
        merged_into=into,
        reopen_until=None if into is not None else now + response.correction.of(event.topic),
        version=alert.version + 1,
    )


def why_again(alert: Alert, event: Event, rating: Rating, last: Report | None, now: datetime) -> str:
    """Why new facts open an ended alert again, as a clause; empty when they do not."""
    tier = rating.tier
    if tier is None or alert.drill:
        return ""
    if goes_beyond(alert, event, tier):
        return f"结束后达到更高级别（原为{alert.tier.chinese}）"
    if alert.state is AlertState.FALSE_ALARM and rating.verified is not None and _verified_since(alert, event):
        return "原按误报结束，现经官方核实"
    if alert.state is AlertState.CLOSED and last is not None and _harm_changed(alert, event, last, now):
        return f"更正期内伤亡数字变化（期限{moment(alert.reopen_until or now)}）"
    return ""


def untrue(alert: Alert, event: Event, last: Report | None, now: datetime) -> bool:
    """Whether the last report of a closed alert, which nothing begins anew, stands in need of a correction."""
    if alert.state is not AlertState.CLOSED or alert.drill or last is None:
        return False
    return news.denied(last, event) or _harm_changed(alert, event, last, now)


def _harm_changed(alert: Alert, event: Event, last: Report, now: datetime) -> bool:
    """Whether casualties are told otherwise within the time of corrections."""
    within = alert.reopen_until is not None and now <= alert.reopen_until
    return within and any(change.kind in HARM for change in changes.between(last.figures, event.figures))


def _verified_since(alert: Alert, event: Event) -> bool:
    """Whether a figure has been verified after the alert had ended."""
    ended = alert.closed_at
    return any(
        f.verified_at is not None and ended is not None and f.verified_at > ended for f in event.figures.values()
    )


def reopened(
    alert: Alert,
    event: Event,
    tier: Tier,
    response: Response,
    now: datetime,
    calendar: WorkCalendar = CALENDAR,
) -> Alert:
    """The next episode's alert; the old one stays as it ended."""
    event = replace(event, episode=alert.episode + 1)
    fresh = opened(event, tier, response, now, calendar=calendar, drill=alert.drill)
    clocks_now = clocks.carried(fresh.deadlines, alert, event, response.tiers[tier], now, calendar)
    return replace(fresh, deadlines=clocks_now, answered_at=alert.answered_at)


AGAIN = "后又有三人以上反映，请核实是否再次发生，属实即重启预警"
"""How what `told_again` asks ends."""


def told_again(alert: Alert) -> str:
    """What the operator is asked where enough people tell of what was ended, which opens nothing by itself; once."""
    return f"{moment(alert.closed_at or alert.opened_at)}{alert.state.chinese}{AGAIN}"


def may_reopen(alert: Alert, event: Event, reason: str, now: datetime) -> None:
    """Raises NotAllowed where a person may not begin an ended alert anew: what is told since its end he always may."""
    next_state(alert.state, Action.REOPEN)
    if not reason.strip():
        raise NotAllowed("“重启”必须写明理由。")
    fresh = alert.closed_at is not None and event.last_seen_at > alert.closed_at
    if not fresh and (alert.reopen_until is None or now > alert.reopen_until):
        until = f"（至{moment(alert.reopen_until)}止）" if alert.reopen_until is not None else ""
        raise NotAllowed(f"已过更正期限{until}，不能重启；有新情况会另立预警。")
