"""The main job on one post, one clock or one person's act: engine and desk joined, stored as one transaction.

The running service and `minqing replay` use the same code, over different records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from alerts import drills, taking_back
from alerts.beijing import day_of
from alerts.drills import Drill, Told
from alerts.ending import HARM, told_again
from alerts.engine import Desk
from alerts.errors import NotAllowed
from alerts.lifecycle import given, line
from alerts.matter import Act, Matter
from alerts.model import Alert, AlertState, Decision, LogEntry, Notification, Report
from alerts.news import denied
from alerts.pacing import held, weighed
from alerts.reports import changes
from alerts.reports.dossier import Extras, Statement
from alerts.reports.wording import moment
from analyzer.engine import Engine
from analyzer.model import VOICES_NEEDED, Event, EventStatus, Nature, Rating, Reading, Scope
from analyzer.rating import restated
from analyzer.regrouping import parted
from crawlers.model import Authority, Post
from services.errors import NotFound
from services.ports import UnitOfWork

ROUNDS = 20
"""Most clocks of one alert taken in one go: more would mean that a decision does not move its clock."""

SETTLES_EVERY = timedelta(minutes=10)
AWAKE = frozenset({EventStatus.ACTIVE, EventStatus.RESOLVED})

LATELY = 20
"""Posts of an ended event that are looked through for whether people tell of it anew."""

TOLD_AT_EACH_END = 50
"""Posts of an event that a report may cite: so many of the first and of the last."""


class Processor:
    """Engine (memory of open events) and desk (rules), working in the caller's transaction.

    `names` is what people and departments are called, by id.
    """

    def __init__(self, engine: Engine, desk: Desk, names: Mapping[str, str] | None = None) -> None:
        self.engine = engine
        self.desk = desk
        self.names = names or {}
        self._settled_at: datetime | None = None

    def take(self, uow: UnitOfWork, read: Iterable[tuple[Post, Reading]], now: datetime) -> list[str]:
        """Read posts: each kept or discarded and joined to its event; then every touched event rated and decided once.

        What matches no topic is discarded, unreadable posts too. Returns the ids of the touched events.
        """
        joined: dict[str, list[str]] = {}
        for post, reading in read:
            if reading.scope is Scope.OUT or not reading.topics:
                uow.posts.discard(post)
                continue
            uow.posts.keep(post, reading)
            key = self.engine.absorb(post, reading, now)
            if key is not None:
                joined.setdefault(key, []).append(post.id)
        for key, post_ids in joined.items():
            self.reassess(uow, key, now, post_ids)
        return list(joined)

    def due(self, uow: UnitOfWork, now: datetime) -> int:
        """Everything whose time has come; how many things were done."""
        done = 0
        for key in self.engine.due(now):
            self.reassess(uow, key, now)
            done += 1
        for alert in uow.alerts.due(now):
            done += self.run_clocks(uow, alert, now)
        return done

    def settle(self, uow: UnitOfWork, now: datetime) -> int:
        """Store which events have fallen asleep, every now and then; how many. Their rating does not change by it."""
        since, self._settled_at = self._settled_at, now
        if since is not None and abs(now - since) < SETTLES_EVERY:
            self._settled_at = since
            return 0
        quiet = map(uow.events.get, self.engine.quiet(since, now))
        asleep = [event for event in quiet if event is not None and event.status in AWAKE]
        for event in asleep:
            uow.events.save(replace(event, status=EventStatus.SLEEPING))
        return len(asleep)

    def review(self, uow: UnitOfWork, now: datetime) -> None:
        """Rate every open event again: the plan has changed."""
        for event in self.engine.events(now):
            self.reassess(uow, event.id, now)

    def act(self, uow: UnitOfWork, alert_id: str, act: Act, now: datetime, into: str = "") -> Decision:
        """A person's act; `into` is the alert to merge into. Raises NotFound, or NotAllowed with a sentence."""
        alert = uow.alerts.get(alert_id)
        if alert is None:
            raise NotFound(f"没有编号为 {alert_id} 的预警。")
        latest = uow.alerts.of_event(alert.event_id)
        if latest is not None and latest.id != alert.id:
            raise NotAllowed(f"预警 {alert_id} 已另立新一期 {latest.id}，请在新的一期上操作。")
        event = uow.events.get(alert.event_id)
        if event is not None and event.merged_into is not None:
            raise NotAllowed(f"“{event.title}”已并入 {event.merged_into}，请在那里办理，或先撤销合并。")
        if into:
            act = replace(act, into=uow.alerts.get(into))
            if act.into is None:
                raise NotFound(f"没有编号为 {into} 的预警，不能并入。")
            if not self.desk.response.tiers[alert.tier].second_person:  # whom two agree on may be undoing the split
                self.require_unparted(uow, alert.event_id, act.into.event_id)
        decision = self.desk.on_action(self.matter(uow, alert, now), act, now)
        self.store(uow, decision)
        self._follow(uow, alert, decision, now)
        if decision.alert is not None and decision.alert.answered_at != alert.answered_at:
            self.reassess(uow, alert.event_id, now)
        return decision

    def unmerge(self, uow: UnitOfWork, event_id: str, by: str, now: datetime) -> None:
        """The event is no part of another any more: its alert begins anew."""
        alert = uow.alerts.of_event(event_id)
        if alert is not None:
            decision = self.desk.on_unmerge(self.matter(uow, alert, now), by, now)
            self.store(uow, decision)
            self._follow(uow, alert, decision, now)

    def require_unparted(self, uow: UnitOfWork, one: str, other: str) -> None:
        """Raises NotAllowed where a person has split these events, or parts of them, from each other."""
        split = parted(uow.events.regroupings(), one, other)
        if split is not None:
            who = self.names.get(split.by, split.by)
            raise NotAllowed(
                f"这两个事件曾由{who}拆分（{moment(split.at)}，编号 {split.id}），不再合并；确需合并请先撤销那次拆分。"
            )

    def drill(self, uow: UnitOfWork, drill: Drill, now: datetime) -> Decision:
        """Begin a drill. Raises NotAllowed with a sentence."""
        event = drills.scene(drill, now)
        rating = drills.rated(event, self.engine.plan, now, drill.tier)
        decision = self.desk.on_drill(drill, event, rating, now)
        uow.events.save(event)
        uow.events.rate(rating, now)
        self.store(uow, decision)
        return decision

    def tell_drill(self, uow: UnitOfWork, alert_id: str, told: Told, now: datetime) -> Decision:
        """The drill's script goes on. Raises NotFound, or NotAllowed with a sentence."""
        _, event, rating, decision = self.foresee_drill(uow, alert_id, told, now)
        uow.events.save(event)
        uow.events.rate(rating, now)
        self.store(uow, decision)
        return decision

    def foresee_drill(
        self, uow: UnitOfWork, alert_id: str, told: Told, now: datetime
    ) -> tuple[Matter, Event, Rating, Decision]:
        """The drill before, its event and rating after that, and what follows; nothing is stored. Raises as above."""
        alert = uow.alerts.get(alert_id)
        if alert is None:
            raise NotFound(f"没有编号为 {alert_id} 的演练。")
        before = self.matter(uow, alert, now)
        event = drills.develop(before.event, told, now)
        rating = drills.rated(event, self.engine.plan, now, drills.supposed(before.rating))
        extras = partial(self._extras, uow, event, alert, told.line(alert, now))
        after = Matter(event=event, rating=rating, alert=alert, reports=before.reports, extras=extras)
        decision = self.desk.on_drill_told(after, told, now)
        return before, event, rating, decision

    def _follow(self, uow: UnitOfWork, before: Alert | None, decision: Decision, now: datetime) -> None:
        """The engine's memory and the stored event learn how the alert ended or began anew, or an answer."""
        after = decision.alert
        answered = after is not None and before is not None and after.answered_at != before.answered_at
        goes_on = after is not None and before is not None and before.id == after.id and not after.state.final
        if after is None or ((after.drill or goes_on) and not answered):
            return
        self._mark(after)
        event = self.engine.event(after.event_id, now) or uow.events.get(after.event_id)
        if event is not None:
            # Another process may be the one that remembers the event; it is told by the record, in `reassess`.
            ended = after.state.settled and event.status is not EventStatus.REFUTED
            status = EventStatus.CLOSED if ended else event.status
            event = taking_back.without(event, before, after) if before is not None else event
            answered_at = event.answered_at or after.answered_at
            uow.events.save(replace(event, status=status, episode=after.episode, answered_at=answered_at))

    def _mark(self, alert: Alert) -> None:
        """What people have said of the event by acting on its alert."""
        closed = alert.state.settled
        self.engine.mark(alert.event_id, closed=closed, episode=alert.episode, answered_at=alert.answered_at)

    def reassess(self, uow: UnitOfWork, key: str, now: datetime, post_ids: Iterable[str] = ()) -> None:
        """Rate an event as it stands, store it, and decide what follows."""
        alert = uow.alerts.of_event(key)
        if alert is not None:
            self._mark(alert)
        assessment = self.engine.assess(key, now)
        if assessment is None:
            return
        event, rating = assessment.event, assessment.rating
        uow.events.save(event)
        for post_id in post_ids:
            uow.events.join(key, post_id)
        if assessment.changed:
            uow.events.rate(rating, now)
        if alert is None and rating.tier is None and not rating.verify:
            return
        reports = uow.reports.of_event(event.id) if alert is not None else ()
        extras = partial(self._extras, uow, event, alert)
        again = self._again(uow, event, alert) or _beside(event, alert, reports)
        matter = Matter(event=event, rating=rating, alert=alert, reports=reports, extras=extras, again=again)
        decision = self.desk.on_assessment(matter, now)
        self.store(uow, decision)
        current = decision.alert or alert
        if not rating.verify and current is not None and not current.state.final:
            self._withdraw(uow, current, now)
        if alert is not None:
            self._follow(uow, alert, decision, now)

    @staticmethod
    def _again(uow: UnitOfWork, event: Event, alert: Alert | None) -> str:
        """What is asked where three people of one day tell of what a person has ended; empty where they do not."""
        ended = alert.closed_at if alert is not None and alert.state.settled and not alert.drill else None
        if alert is None or ended is None or event.last_seen_at <= ended:
            return ""
        voices: dict[date, set[str]] = defaultdict(set)
        for member in uow.events.newest(event.id, LATELY):
            post, reading = member.post, member.reading
            over = reading.resolves or reading.refutes or reading.nature is not Nature.CURRENT
            if post.authority is Authority.PUBLIC and post.told_at > ended and not over:
                voices[day_of(post.collected_at)].add(post.voice or post.id)
        return told_again(alert) if any(len(told) >= VOICES_NEEDED for told in voices.values()) else ""

    @staticmethod
    def _withdraw(uow: UnitOfWork, alert: Alert, now: datetime) -> None:
        """What single voices claimed is told by more, or overtaken: it is a figure of the alert, and asked no more."""
        task = uow.tasks.withdraw(alert.event_id)
        if task is not None:
            note = f"此说法已由更多来源或核实结果涵盖，不再单独核实：{task.reason}"
            uow.alerts.log(line(alert, "withdraw", note, now))

    def run_clocks(self, uow: UnitOfWork, alert: Alert, now: datetime) -> int:
        """Every overdue clock of one alert, one decision each, until none is left."""
        matter = self.matter(uow, alert, now)
        for round_ in range(ROUNDS):
            due_at = alert.due_at
            if due_at is None or due_at > now:
                return round_
            # A clock changes neither event nor rating; the reports only where it issues one.
            matter = matter if matter.alert is alert else replace(matter, alert=alert)
            decision = self.desk.on_due(matter, now)
            self.store(uow, decision)
            if decision.alert is None:
                return round_
            alert = decision.alert
            if decision.reports:
                matter = self.matter(uow, alert, now)
        return ROUNDS

    def matter(self, uow: UnitOfWork, alert: Alert, now: datetime) -> Matter:
        """All that a decision about the alert looks at; a report tells its rating as of `now`."""
        event = uow.events.get(alert.event_id)
        rating = uow.events.rating(alert.event_id)
        if event is None or rating is None:
            raise NotFound(f"预警 {alert.id} 的事件 {alert.event_id} 不在库中。")
        return Matter(
            event=event,
            rating=rating,
            alert=alert,
            reports=uow.reports.of_event(event.id),
            extras=partial(self._extras, uow, event, alert),
            retell=partial(restated, event=event, plan=self.engine.plan, now=now, above=alert.tier),
        )

    def _extras(self, uow: UnitOfWork, event: Event, alert: Alert | None, *more: LogEntry) -> Extras:
        """What a report tells beyond the event: posts behind it (media and authorities are quoted), and its history."""
        history = (*(uow.alerts.history(alert.id) if alert is not None else ()), *more)
        if alert is not None and alert.drill:
            said = list(drills.statements(history))
            return Extras(statements=said, history=drills.acts(history), names=self.names)
        ids = uow.events.member_ids(event.id)
        chosen = dict.fromkeys((*ids[:TOLD_AT_EACH_END], *ids[-TOLD_AT_EACH_END:]))
        statements = [
            Statement(
                post_id=post.id,
                authority=post.authority,
                told_at=post.told_at,
                headline="" if post.authority is Authority.PUBLIC else post.title,
            )
            for post in uow.posts.get(chosen)
        ]
        return Extras(
            statements=sorted(statements, key=lambda s: (s.told_at, s.post_id)),
            history=history,
            names=self.names,
        )

    def store(self, uow: UnitOfWork, decision: Decision) -> None:
        """The whole decision, in the caller's transaction; numbers are given here."""
        for report in decision.reports:
            uow.reports.issue(report)
        if decision.alert is not None:
            uow.alerts.save(decision.alert)
            self._pass_on(uow, decision.alert)
        for notification in decision.notifications:
            uow.outbox.add(self._paced(uow, weighed(notification, decision)))
        for task in decision.tasks:
            uow.tasks.add(task)
        for entry in decision.log:
            uow.alerts.log(entry)

    def _pass_on(self, uow: UnitOfWork, merged: Alert) -> None:
        """The departments that have an alert have the one that it goes on in: else nobody asks them any more."""
        into = uow.alerts.get(merged.merged_into) if merged.merged_into is not None else None
        missing = [key for key in merged.departments if into is not None and key not in into.departments]
        if into is None or not missing:
            return
        uow.alerts.save(replace(given(into, missing), version=into.version + 1))
        said = "、".join(self.names.get(key, key) for key in missing)
        at = merged.closed_at or into.opened_at
        uow.alerts.log(line(into, "merge", f"{merged.id}并入，其责任部门{said}一并在此办理", at))

    def _paced(self, uow: UnitOfWork, notification: Notification) -> Notification:
        """Several mild messages to one person within a few minutes become one mail."""
        if not notification.mild:
            return notification
        told_at = uow.outbox.told_at(notification.recipient, notification.channel)
        return held(notification, told_at, self.desk.response.bundle)


def _beside(event: Event, alert: Alert | None, reports: Sequence[Report]) -> str:
    """What is asked where an alert goes on in another one's, and its event tells of casualties that none reports."""
    if alert is None or alert.state is not AlertState.MERGED or not reports:
        return ""
    if denied(reports[-1], event):
        return "预警已并入另一预警，此后官方否认了这里的情况，那里的报告不含：请核实"
    changed = any(change.kind in HARM for change in changes.between(reports[-1].figures, event.figures))
    return (
        "预警已并入另一预警，此后伤亡数字又有变化，那里的报告不含：请核实；是同一件事的，请合并两个事件"
        if changed
        else ""
    )
