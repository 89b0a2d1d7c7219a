"""What follows from an assessed event, a clock or a person's act: pure decisions with their reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts import clocks, drills, ending, lifecycle, news, taking_back, urging
from alerts.clocks import CALENDAR
from alerts.drills import Drill, Told
from alerts.errors import NotAllowed
from alerts.holidays import WorkCalendar
from alerts.lifecycle import SYSTEM, Action, line
from alerts.matter import Act, Matter
from alerts.model import (
    Alert,
    AlertState,
    Call,
    Deadline,
    DeadlineKind,
    Decision,
    LogEntry,
    Notification,
    Purpose,
    Report,
)
from alerts.ports import Directory
from alerts.reports import correction, final, first, follow_up
from alerts.reports.changes import gist
from alerts.reports.dossier import Extras
from alerts.reports.wording import PENDING, moment
from alerts.response import Response
from alerts.telling import Teller, Word
from alerts.urging import Urger
from analyzer.model import Event, EventStatus, Rating, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The rules decisions follow: the plan's response half, who is on duty, the district's name and working days.

    `names` is what people and departments are called, by id.
    """

    response: Response
    directory: Directory
    district: str
    calendar: WorkCalendar = CALENDAR
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def _teller(self) -> Teller:
        return Teller(response=self.response, directory=self.directory, names=self.names)

    @property
    def _urger(self) -> Urger:
        return Urger(response=self.response, teller=self._teller, names=self.names, calendar=self.calendar)

    def on_assessment(self, matter: Matter, now: datetime) -> Decision:
        """An event has been rated: open, raise, report a change, or leave it."""
        tasks = matter.tasks(now)
        alert, tier = matter.alert, matter.rating.tier
        if alert is not None and not alert.state.final:
            graver = tier is not None and ending.goes_beyond(alert, matter.event, tier)
            decision = self._raise(matter, alert, tier, now) if graver and tier else self._change(matter, alert, now)
            return replace(decision, tasks=tasks)
        if alert is not None:
            return replace(self._ended(matter, alert, now), tasks=tasks)
        if tier is None:
            return Decision(alert=None, reason=matter.rating.note or "未达到任何级别", tasks=tasks)
        return replace(self._open(matter, tier, now), tasks=tasks)

    def _ended(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        """What follows where more is told of what a person has ended: it begins anew, or its record is put right."""
        tier = matter.rating.tier
        why = ending.why_again(alert, matter.event, matter.rating, matter.last, now)
        if why and tier is not None:
            return self._reopen(matter, alert, tier, SYSTEM, why, now)
        if not matter.silent and ending.untrue(alert, matter.event, matter.last, now):
            return self._report_change(matter, alert, now)
        return Decision(alert=None, reason=matter.rating.note or "预警已结束")

    def on_unmerge(self, matter: Matter, by: str, now: datetime) -> Decision:
        """The event is no part of another any more: its alert, which went on there, begins anew."""
        alert, tier = matter.alert, matter.rating.tier
        if alert is None or alert.state is not AlertState.MERGED or tier is None:
            return Decision(alert=None, reason="没有需要重启的预警")
        return self._reopen(matter, alert, tier, by, "合并已撤销", now)

    def on_due(self, matter: Matter, now: datetime) -> Decision:
        """Time has come for something: an acknowledgement expires, a step is due, a clock has run out."""
        alert = matter.alert
        if alert is None or alert.state.final:
            return Decision(alert=None, reason="预警已结束")
        if alert.snoozed_until is not None and alert.snoozed_until <= now:
            return self._urger.wake(matter, alert, now)
        if alert.acknowledgement_ends_at is not None and alert.acknowledgement_ends_at <= now:
            return (self._urger.remind if urging.handled(alert) else self._urger.expire)(matter, alert, now)
        if alert.escalate_at is not None and alert.escalate_at <= now:
            return self._urger.escalate(matter, alert, now)
        after, new = clocks.missed(alert.deadlines, now)
        if new:
            return self._urger.miss(matter, replace(alert, deadlines=after, version=alert.version + 1), new, now)
        return self._follow_up_clock(matter, alert, now)

    def on_action(self, matter: Matter, act: Act, now: datetime) -> Decision:
        """A person acts. Raises NotAllowed with a Chinese sentence where the state or the rules forbid it."""
        alert = matter.alert
        if alert is None:
            return Decision(alert=None, reason="没有这个预警")
        if act.action is Action.REOPEN:
            ending.may_reopen(alert, matter.event, act.note, now)
            return self._reopen(matter, alert, matter.rating.tier or alert.tier, act.by, act.note, now)
        moved = self._moved(matter, alert, act, now)
        waiting = moved.request if moved.request is not None and moved.request != alert.request else None
        reason = act.said(self.names) + (PENDING if waiting else "")
        told = lifecycle.entry(moved, act.action, act.by, reason, now)
        reports: tuple[Report, ...] = ()
        ended = moved.state.final and moved.merged_into is None
        if ended and not matter.silent:
            extras = matter.extras()
            extras["history"] = [*extras.get("history", ()), told]
            report = final.build(
                matter.event, matter.told, moved, matter.reports, now, district=self.district, **extras
            )
            reports = (report,)
        return Decision(
            alert=moved,
            reason=reason,
            reports=reports,
            notifications=(
                self._withdrawn(matter, moved, act, now)
                if ended and matter.silent
                else self._told_of(matter, moved, act, reports, waiting=waiting is not None, now=now)
            ),
            log=(told,),
        )

    def on_drill(self, drill: Drill, event: Event, rating: Rating, now: datetime) -> Decision:
        """A drill begins: an alert like any other, marked everywhere. Raises NotAllowed."""
        by, tier = drill.opening.by, rating.tier
        self._may_drill(by, now)
        if tier is None:
            raise NotAllowed("假设的情况按预案达不到任何级别，请写明级别，或写明数字（如“3人死亡”）。")
        alert = lifecycle.opened(event, tier, self.response, now, calendar=self.calendar, drill=True)
        told = drill.opening.line(alert, now)
        extras = Extras(statements=list(drills.statements([told])), names=self.names)
        report = first.build(event, rating, alert, now, district=self.district, **extras)
        reason = f"演练开始（{tier.chinese}）：{drill.title}"
        decision = self._opened(alert, report, reason, now)
        begun = LogEntry(at=now, actor=by, action="open", note=reason, alert_id=alert.id)
        return replace(decision, log=(begun, told, *decision.log))

    def on_drill_told(self, matter: Matter, told: Told, now: datetime) -> Decision:
        """The script goes on; what follows is what would follow from a real post. Raises NotAllowed."""
        alert = matter.alert
        self._may_drill(told.by, now)
        if alert is None or not alert.drill:
            raise NotAllowed("只有演练可以输入假设的情况，真实事件请登记核实结果。")
        if alert.state.final:
            raise NotAllowed("演练已结束，请另行发起。")
        decision = self.on_assessment(matter, now)
        return replace(decision, tasks=(), log=(told.line(alert, now), *decision.log))

    def _may_drill(self, by: str, now: datetime) -> None:
        if not any(by in {target, *self._held(target, now)} for target in self.response.drills):
            allowed = "、".join(self._name(target) for target in self.response.drills)
            raise NotAllowed(f"演练只能由此刻在岗的{allowed}发起和推进。")

    def _held(self, target: str, now: datetime) -> set[str]:
        return {person.id for person in self.directory.resolve(target, now)}

    def _moved(self, matter: Matter, alert: Alert, act: Act, now: datetime) -> Alert:
        """The alert after a person's act."""
        response = self.response
        match act.action:
            case Action.ACKNOWLEDGE:
                return lifecycle.acknowledged(alert, act.by, response, now)
            case Action.VERIFY | Action.ASSIGN | Action.ANSWER | Action.PRESS:
                return lifecycle.acted(
                    alert, act.action, act.by, act.note, response, now, act.to, self.calendar, instead=act.instead
                )
            case Action.PHONE:
                call = Call(at=act.at or now, caller=act.by, called=act.to, note=act.note)
                return lifecycle.phoned(alert, call, now)
            case Action.HAND_OVER:
                return lifecycle.handed_over(alert, act.to, act.note)
            case Action.SNOOZE:
                return lifecycle.snoozed(alert, act.until, act.note, response, now)
            case _:
                return self._settled(matter, alert, act, now)

    def _settled(self, matter: Matter, alert: Alert, act: Act, now: datetime) -> Alert:
        """What takes a reason, and for grave tiers a second person."""
        if act.action is Action.RETRACT:
            answers = taking_back.standing(matter.extras().get("history", ()))
            return taking_back.taken_back(alert, matter.event, answers, act.by, act.note, self.response, now)
        if act.action not in {Action.LOWER, Action.CLOSE, Action.FALSE_ALARM, Action.MERGE}:
            raise NotAllowed(f"“{act.action.chinese}”由系统执行，不能由人登记。")
        return ending.settled(
            alert,
            act.action,
            act.by,
            act.note,
            matter.event,
            self.response,
            now,
            tier=act.tier if act.action is Action.LOWER else None,
            rated=matter.rating.tier,
            into=act.into if act.action is Action.MERGE else None,
            calendar=self.calendar,
        )

    def _told_of(
        self, matter: Matter, moved: Alert, act: Act, reports: Sequence[Report], *, waiting: bool, now: datetime
    ) -> tuple[Notification, ...]:
        """Who hears of a person's act at once: the one who has to do something now, or all when it has ended."""
        if reports:
            return self._teller.so_far(
                moved, Word(at=now, purpose=Purpose.REPORT, reason=reports[-1].kind.chinese, report=reports[-1])
            )
        last, said = matter.last, act.note or act.action.chinese
        if waiting:
            why = f"{self._name(act.by)}申请{act.action.chinese}：{said}，请另一人核对后确认{_owed(moved, act)}"
            word = Word(at=now, purpose=Purpose.REQUEST, reason=why, report=last)
            return self._teller.targets(moved, self.response.misses, word)
        if act.action is Action.ASSIGN and moved.department:
            word = Word(
                at=now, purpose=Purpose.ASSIGNED, reason=self._asked(moved, said, act.to, now), report=last, loud=True
            )
            asked = self._teller.targets(moved, (act.to,) if act.to else moved.departments, word)
            return (*asked, *self._relieved(matter, moved, now))
        if act.action is Action.RETRACT:
            why = f"登记的公众回应已撤回，回应时限继续计算：{said}"
            return self._teller.so_far(moved, Word(at=now, purpose=Purpose.SERVICE, reason=why, report=last, loud=True))
        if act.action is Action.HAND_OVER:
            word = Word(at=now, purpose=Purpose.HANDED_OVER, reason=f"此事移交给您：{said}", report=last, loud=True)
            return self._teller.target(moved, act.to, word)
        return ()

    def _relieved(self, matter: Matter, moved: Alert, now: datetime) -> tuple[Notification, ...]:
        """Departments that had it and have it no longer hear so: nobody waits for them, nor they for us."""
        before = matter.alert.departments if matter.alert is not None else ()
        gone = [key for key in before if key not in moved.departments]
        why = f"此事已改由{self._name(moved.department)}办理，贵单位不再办理，不再催办"
        word = Word(at=now, purpose=Purpose.SERVICE, reason=why, report=matter.last, loud=True, mark="relieved")
        return self._teller.targets(moved, gone, word)

    def _withdrawn(self, matter: Matter, moved: Alert, act: Act, now: datetime) -> tuple[Notification, ...]:
        """Who was told of what too few people tell by now hears that it has ended; no final report says more of it."""
        why = f"此前报送的事件{act.action.chinese}：{act.note}"
        return self._teller.so_far(moved, Word(at=now, purpose=Purpose.SERVICE, reason=why, report=matter.last))

    def _asked(self, moved: Alert, said: str, to: str, now: datetime) -> str:
        """What a department is asked for, and by when the public must hear of it."""
        due = next((d for d in moved.deadlines if d.kind is DeadlineKind.ANSWER and d.met_at is None), None)
        by = ""
        if due is not None:
            limit = moment(due.due_at)
            by = f"，{limit}前须回应公众" if due.due_at > now else f"，回应公众已超时（时限{limit}），请立即回应"
        helps = "" if to in {"", moved.department} else f"协同{self._name(moved.department)}"
        return f"请贵单位{helps}办理并回复{self.district}民情值班台{by}：{said}"

    def _open(self, matter: Matter, tier: Tier, now: datetime) -> Decision:
        alert = lifecycle.opened(matter.event, tier, self.response, now, calendar=self.calendar)
        report = first.build(matter.event, matter.told, alert, now, district=self.district, **matter.extras())
        reason = f"达到{tier.chinese}：{matter.because(tier)}"
        decision = self._opened(alert, report, reason, now)
        return replace(decision, log=(line(alert, "open", reason, now), *decision.log))

    def _reopen(self, matter: Matter, old: Alert, tier: Tier, by: str, why: str, now: datetime) -> Decision:
        """The next episode: a new alert with its own first report; the old one's history says so."""
        event = replace(matter.event, episode=old.episode + 1)
        if event.status is EventStatus.CLOSED:
            event = replace(event, status=EventStatus.ACTIVE)
        alert = ending.reopened(old, event, tier, self.response, now, self.calendar)
        report = first.build(event, matter.told, alert, now, district=self.district, **matter.extras())
        reason = f"第{alert.episode}次触发（{tier.chinese}）：{why}"
        decision = self._opened(alert, report, reason, now)
        log = (
            LogEntry(at=now, actor=by, action=Action.REOPEN.value, note=f"重启为 {alert.id}：{why}", alert_id=old.id),
            LogEntry(at=now, actor=by, action="open", note=reason, alert_id=alert.id),
        )
        return replace(decision, log=(*log, *decision.log))

    def _opened(self, alert: Alert, report: Report, reason: str, now: datetime) -> Decision:
        word = Word(at=now, purpose=Purpose.REPORT, reason=reason, report=report)
        notes = self._teller.steps(alert, (0,), word)
        unreached = self._teller.unreached(alert, (0,), now)
        return Decision(alert=alert, reason=reason, reports=(report,), notifications=notes, log=unreached)

    def _raise(self, matter: Matter, alert: Alert, tier: Tier, now: datetime) -> Decision:
        """Graver: told at once, whatever was said a minute ago and whoever sleeps."""
        moved = lifecycle.raised(alert, matter.event, tier, self.response, now, self.calendar)
        moved = replace(moved, reports=moved.reports + 1)
        report = self._next_report(matter, moved, now)
        reason = f"由{alert.tier.chinese}升为{tier.chinese}：{matter.because(tier)}"
        word = Word(at=now, purpose=Purpose.REPORT, reason=reason, report=report, loud=True)
        liaisons = self._teller.targets(moved, moved.departments, word)
        notes = self._teller.steps(moved, (0,), word)
        return Decision(
            alert=moved,
            reason=reason,
            reports=(report,),
            notifications=(*notes, *(n for n in liaisons if n not in notes)),
            log=(line(moved, Action.RAISE.value, reason, now), *self._teller.unreached(moved, (0,), now)),
        )

    def _change(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        """Something people were told has changed: a report at once, or when the quiet time is over."""
        answered = self._answered(matter.event, alert, now)
        alert = answered if answered == alert else replace(answered, version=alert.version + 1)
        kept = None if answered.version == alert.version else alert
        last = matter.last
        if last is None or matter.silent or not news.changed(last, matter.event):
            return Decision(alert=kept, reason="无需续报")
        ready = last.issued_at + self.response.quiet
        if now < ready and not news.urgent(last, matter.event):
            pushed = clocks.exchanged(alert.deadlines, Deadline(kind=DeadlineKind.FOLLOW_UP, due_at=ready))
            if pushed == alert.deadlines:
                return Decision(alert=kept, reason="已安排续报")
            moved = replace(alert, deadlines=pushed, version=matter.alert.version + 1 if matter.alert else 1)
            return Decision(alert=moved, reason="距上次报告太近，到时合并续报")
        return self._report_change(matter, alert, now)

    def _answered(self, event: Event, alert: Alert, now: datetime) -> Alert:
        """What the event's own course settles: the public's answer, and when the final report falls due."""
        answered = lifecycle.public_answer(alert, event)
        if event.status not in news.SETTLED:
            return answered
        wanted = self.response.tiers[alert.tier]
        return replace(answered, deadlines=clocks.with_final(answered.deadlines, wanted, now, self.calendar))

    def _report_change(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        report = self._next_report(matter, alert, now)
        moved = replace(
            alert,
            deadlines=alert.deadlines if alert.state.final else self._running_on(alert, now),
            reports=alert.reports + 1,
            version=(matter.alert.version if matter.alert else 0) + 1,
        )
        reason = f"{report.kind.chinese}：{gist(report)}"
        notes = self._teller.so_far(moved, Word(at=now, purpose=Purpose.REPORT, reason=reason, report=report))
        unreached = self._teller.unreached(moved, range(moved.step + 1), now)
        return Decision(
            alert=moved,
            reason=reason,
            reports=(report,),
            notifications=notes,
            log=(line(moved, report.kind.value, reason, now), *unreached),
        )

    def _next_report(self, matter: Matter, alert: Alert, now: datetime) -> Report:
        """A correction when a verified figure fell or the whole was denied, else a follow-up."""
        last = matter.last
        build = correction.build if last is not None and news.fallen(last, matter.event) else follow_up.build
        return build(matter.event, matter.told, alert, matter.reports, now, district=self.district, **matter.extras())

    def _follow_up_clock(self, matter: Matter, alert: Alert, now: datetime) -> Decision:
        """The quiet time is over: report what has changed; what has changed back lets the cadence run on."""
        waiting = (d for d in alert.deadlines if d.kind is DeadlineKind.FOLLOW_UP and d.running and d.every is None)
        if not any(d.due_at <= now for d in waiting):
            return Decision(alert=None, reason="尚无到期事项")
        last = matter.last
        if last is not None and not matter.silent and news.changed(last, matter.event):
            return self._report_change(matter, alert, now)
        moved = replace(alert, deadlines=self._running_on(alert, now), version=alert.version + 1)
        return Decision(alert=moved, reason="无新情况，续报时限顺延")

    def _running_on(self, alert: Alert, now: datetime) -> tuple[Deadline, ...]:
        """The clocks with a follow-up cadence that begins now."""
        return clocks.exchanged(alert.deadlines, clocks.follow_up(self.response.tiers[alert.tier], now))

    def _name(self, key: str | None) -> str:
        """What a person or department is called."""
        return self.names.get(key, key) if key else ""


def _owed(alert: Alert, act: Act) -> str:
    """What closing would leave undone, for the one who is asked to agree."""
    kinds = [deadline.kind.chinese for deadline in clocks.owed(alert.deadlines)] if act.action is Action.CLOSE else []
    return f"（尚未办：{'、'.join(kinds)}）" if kinds else ""
