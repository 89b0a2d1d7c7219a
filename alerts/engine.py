"""What follows from an assessed event, a clock or a person's act: pure decisions with their reason."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts import clocks, lifecycle
from alerts.lifecycle import SYSTEM, Action
from alerts.model import (
    Alert,
    Deadline,
    DeadlineKind,
    Decision,
    LogEntry,
    Notification,
    Purpose,
    Report,
    Task,
)
from alerts.ports import Directory
from alerts.reports import changes, correction, final, first, follow_up
from alerts.reports.dossier import Extras
from alerts.reports.wording import moment
from alerts.response import Response
from analyzer.model import Event, EventStatus, FactKind, Rating, Tier

SETTLED = (EventStatus.RESOLVED, EventStatus.REFUTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """All that a decision looks at: the event, its rating, its alert and the reports issued so far.

    `extras` fetches what else a report tells (posts behind it, history, names); it is asked only when one is written.
    """

    event: Event
    rating: Rating
    alert: Alert | None
    reports: Sequence[Report] = ()
    extras: Callable[[], Extras] = Extras


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The rules decisions follow: the plan's response half, who is on duty, and the district's name."""

    response: Response
    directory: Directory
    district: str

    def on_assessment(self, matter: Matter, now: datetime) -> Decision:
        """An event has been rated: open, raise, report a change, or leave it."""
        tasks = _tasks(matter, now)
        alert, tier = matter.alert, matter.rating.tier
        if alert is None or alert.state.final:
            if tier is None or (alert is not None and tier <= alert.tier):
                return Decision(alert=None, reason=matter.rating.note or "未达到任何级别", tasks=tasks)
            return replace(self._open(matter, tier, now), tasks=tasks)
        if tier is not None and tier > alert.tier:
            return replace(self._raise(matter, alert, tier, now), tasks=tasks)
        return replace(self._change(matter, alert, now), tasks=tasks)

    def on_due(self, matter: Matter, now: datetime) -> Decision:
        """Time has come for something: an acknowledgement expires, a step is due, a clock has run out."""
        alert = matter.alert
        if alert is None or alert.state.final:
            return Decision(alert=None, reason="预警已结束")
        if alert.acknowledgement_ends_at is not None and alert.acknowledgement_ends_at <= now:
            return self._expire(matter, alert, now)
        if alert.escalate_at is not None and alert.escalate_at <= now:
            return self._escalate(matter, alert, now)
        after, new = clocks.missed(alert.deadlines, now)
        if new:
            return self._miss(matter, replace(alert, deadlines=after, version=alert.version + 1), new, now)
        return self._follow_up_clock(matter, alert, now)

    def on_action(
        self,
        matter: Matter,
        action: Action,
        *,
        by: str,
        now: datetime,
        note: str = "",
        to: str = "",
        tier: Tier | None = None,
    ) -> Decision:
        """A person acts. Raises NotAllowed with a Chinese sentence where the state or the rules forbid it."""
        alert = matter.alert
        if alert is None:
            return Decision(alert=None, reason="没有这个预警")
        if action is Action.ACKNOWLEDGE:
            moved = lifecycle.acknowledged(alert, by, self.response, now)
        elif action in {Action.VERIFY, Action.ASSIGN, Action.ANSWER}:
            moved = lifecycle.acted(alert, action, by, self.response, now, department=to)
        elif action is Action.HAND_OVER:
            moved = lifecycle.handed_over(alert, to)
        else:
            moved = lifecycle.settled(alert, action, by, note, self.response, now, tier)
        waiting = moved.request is not None
        reason = f"{action.chinese}：{note or to or '—'}" + ("（待第二人确认）" if waiting else "")
        reports: tuple[Report, ...] = ()
        if moved.state.final and not waiting:
            reports = (
                final.build(
                    matter.event, matter.rating, moved, matter.reports, now, district=self.district, **matter.extras()
                ),
            )
        return Decision(
            alert=moved,
            reason=reason,
            reports=reports,
            notifications=self._tell_all(moved, reports, now, "终报"),
            log=(lifecycle.entry(moved, action, by, reason, now),),
        )

    def _open(self, matter: Matter, tier: Tier, now: datetime) -> Decision:
        event = matter.event
        if matter.alert is not None:
            event = replace(event, episode=matter.alert.episode + 1)
        alert = lifecycle.opened(event, tier, self.response, now)
        report = first.build(event, matter.rating, alert, now, district=self.district, **matter.extras())
        reason = f"达到{tier.chinese}：{_because(matter.rating, tier)}"
        return self._told(alert, Action.RAISE, reason, (report,), now, steps=(0,), opening=True)

    def _raise(self, matter: Matter, alert: Alert, tier: Tier, now: datetime) -> Decision:
        moved = lifecycle.raised(alert, matter.event, tier, self.response, now)
        report = self._next_report(matter, moved, now)
        reason = f"由{alert.tier.chinese}升为{tier.chinese}：{_because(matter.rating, tier)}"
        return self._told(moved, Action.RAISE, reason, (report,), now, steps=(0,))

    def _change(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        """Something people were told has changed: a report at once, or when the quiet time is over."""
        answered = lifecycle.public_answer(alert, matter.event)
        alert = answered if answered == alert else replace(answered, version=alert.version + 1)
        kept = None if answered.version == alert.version else alert
        last = matter.reports[-1] if matter.reports else None
        if last is None or not changed(last, matter.event):
            return Decision(alert=kept, reason="无需续报")
        ready = last.issued_at + self.response.quiet
        if now < ready and not _urgent(last, matter.event):
            pushed = clocks.pushed(alert.deadlines, DeadlineKind.FOLLOW_UP, ready)
            if pushed == alert.deadlines:
                return Decision(alert=kept, reason="已安排续报")
            moved = replace(alert, deadlines=pushed, version=matter.alert.version + 1 if matter.alert else 1)
            return Decision(alert=moved, reason="距上次报告太近，到时合并续报")
        return self._report_change(matter, alert, now)

    def _report_change(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        report = self._next_report(matter, alert, now)
        limit = self.response.tiers[alert.tier].clocks.follow_up
        moved = replace(
            alert,
            deadlines=clocks.pushed(alert.deadlines, DeadlineKind.FOLLOW_UP, now + limit),
            version=(matter.alert.version if matter.alert else 0) + 1,
        )
        return self._told(moved, Action.VERIFY, f"{report.kind.chinese}：情况有变化", (report,), now)

    def _next_report(self, matter: Matter, alert: Alert, now: datetime) -> Report:
        """A correction when a verified figure fell or the whole was denied, else a follow-up."""
        last = matter.reports[-1] if matter.reports else None
        build = correction.build if last is not None and fallen(last, matter.event) else follow_up.build
        return build(matter.event, matter.rating, alert, matter.reports, now, district=self.district, **matter.extras())

    def _expire(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        moved = lifecycle.expired(alert, self.response, now)
        reason = f"{alert.owner or '签收人'}签收后未见下一步，签收失效，恢复催办"
        return self._told(
            moved,
            Action.EXPIRE,
            reason,
            matter.reports[-1:],
            now,
            steps=range(moved.step + 1),
            purpose=Purpose.EXPIRED,
            issued=True,
        )

    def _escalate(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        moved = lifecycle.escalated(alert, self.response)
        reason = f"无人签收，执行第{moved.step}步催办"
        return self._told(
            moved,
            Action.ESCALATE,
            reason,
            matter.reports[-1:],
            now,
            steps=(moved.step,),
            purpose=Purpose.ESCALATION,
            issued=True,
        )

    def _miss(self, matter: Matter, alert: Alert, new: tuple[Deadline, ...], now: datetime) -> Decision:
        reason = "、".join(f"{d.kind.chinese}超时（时限{moment(d.due_at)}）" for d in new)
        told = tuple(
            self._notify(alert, target, (), matter.reports[-1:], now, Purpose.MISS, reason, mark=new[0].kind.value)
            for target in self.response.misses
        )
        return Decision(
            alert=alert,
            reason=reason,
            notifications=tuple(n for group in told for n in group),
            log=(LogEntry(at=now, actor=SYSTEM, action="miss", note=reason, alert_id=alert.id),),
        )

    def _follow_up_clock(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        """The follow-up cadence: report what has changed, else let the clock run on."""
        due = [d for d in alert.deadlines if d.kind is DeadlineKind.FOLLOW_UP and d.running and d.due_at <= now]
        if not due:
            return Decision(alert=None, reason="尚无到期事项")
        last = matter.reports[-1] if matter.reports else None
        if last is not None and changed(last, matter.event):
            return self._report_change(matter, alert, now)
        limit = self.response.tiers[alert.tier].clocks.follow_up
        pushed = clocks.pushed(alert.deadlines, DeadlineKind.FOLLOW_UP, now + limit)
        return Decision(
            alert=replace(alert, deadlines=pushed, version=alert.version + 1), reason="无新情况，续报时限顺延"
        )

    def _told(
        self,
        alert: Alert,
        action: Action,
        reason: str,
        reports: Sequence[Report],
        now: datetime,
        *,
        steps: Iterable[int] | None = None,
        purpose: Purpose = Purpose.REPORT,
        opening: bool = False,
        issued: bool = False,
    ) -> Decision:
        """A decision with its messages; `issued` reports are only referred to."""
        numbers = tuple(range(alert.step + 1)) if steps is None else tuple(steps)
        notes = tuple(
            note
            for number in numbers
            for step in [self.response.tiers[alert.tier].step(number)]
            if step is not None
            for target in step.notify
            for note in self._notify(alert, target, step.channels, reports, now, purpose, reason)
        )
        lines = [
            LogEntry(at=now, actor=SYSTEM, action="open" if opening else action.value, note=reason, alert_id=alert.id)
        ]
        if not notes:
            lines.append(
                LogEntry(
                    at=now, actor=SYSTEM, action="nobody", note="值班表中此刻无人可通知，请立即补班", alert_id=alert.id
                )
            )
        return Decision(
            alert=replace(alert, reports=alert.reports if issued or opening else alert.reports + len(reports)),
            reason=reason,
            reports=() if issued else tuple(reports),
            notifications=_distinct(notes),
            log=tuple(lines),
        )

    def _tell_all(
        self, alert: Alert, reports: Sequence[Report], now: datetime, reason: str
    ) -> tuple[Notification, ...]:
        """A report to everybody who has been told of this alert so far."""
        if not reports:
            return ()
        return self._told(alert, Action.CLOSE, reason, reports, now).notifications

    def _notify(
        self,
        alert: Alert,
        target: str,
        channels: Sequence[str],
        reports: Sequence[Report],
        now: datetime,
        purpose: Purpose,
        reason: str,
        mark: str = "",
    ) -> tuple[Notification, ...]:
        """One message per person and channel, each with a key that depends on what it says and to whom."""
        report = reports[-1].id if reports else None
        return tuple(
            Notification(
                id=_key(alert.id, report or "", purpose.value, str(alert.version), mark, person.id, channel),
                recipient=person.id,
                channel=channel,
                created_at=now,
                reason=reason,
                purpose=purpose,
                alert_id=alert.id,
                event_id=alert.event_id,
                report_id=report,
                step=alert.step,
            )
            for person in self.directory.resolve(target, now)
            for channel in (channels or person.channels)
            if channel in person.channels
        )


def changed(last: Report, event: Event) -> bool:
    """Whether anything people were told in the last report is different now. Running hours are no news."""
    ended = event.status in SETTLED and event.status is not last.status
    return ended or any(change.kind is not FactKind.HOURS for change in changes.between(last.figures, event.figures))


def fallen(last: Report, event: Event) -> bool:
    """Whether people were told too much, or the whole has been denied."""
    if event.status is EventStatus.REFUTED and last.status is not EventStatus.REFUTED:
        return True
    found = changes.between(last.figures, event.figures)
    return any(change.fell for change in found if change.kind is not FactKind.HOURS)


def _urgent(last: Report, event: Event) -> bool:
    """A correction, an ending, or the first verified figure does not wait for the quiet time."""
    verified = any(f.verified is not None for f in event.figures.values())
    told = any(f.verified is not None for f in last.figures.values())
    ended = event.status in SETTLED and event.status is not last.status
    return ended or fallen(last, event) or (verified and not told)


def _tasks(matter: Matter, now: datetime) -> tuple[Task, ...]:
    why = matter.rating.verify
    if not why:
        return ()
    return (Task(id=_key(matter.event.id, why)[:20], event_id=matter.event.id, at=now, reason=why),)


def _because(rating: Rating, tier: Tier) -> str:
    reached = [r for r in rating.reasons if r.tier is tier]
    return "；".join(f"{r.observed}（{r.basis.chinese}，门槛{r.threshold}）" for r in reached)


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _distinct(notes: Iterable[Notification]) -> tuple[Notification, ...]:
    return tuple({note.id: note for note in notes}.values())
