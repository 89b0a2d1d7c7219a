"""Any course of an alert, made up by hypothesis: news, waiting, acts; what must hold holds after every step."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from alerts import lifecycle, news
from alerts.engine import Desk
from alerts.errors import NotAllowed
from alerts.lifecycle import SYSTEM, Action
from alerts.matter import Act, Matter
from alerts.model import AlertState, DeadlineKind, Purpose, ReportKind
from alerts.reports.wording import moment
from analyzer.model import EventStatus, Tier
from services.replaying.replay import RolesThemselves
from tests.alerts.cases import DISTRICT, PLAN, fire, rated
from tests.builders import NOON, figure

PEOPLE = st.sampled_from(["甲", "乙", "丙"])
NOTES = st.sampled_from(["", "已核对", "火已扑灭"])
MANUAL = [action for action in Action if action.manual]
GRAVE = {Tier.I, Tier.II}
LONGEST_WAIT = max(tier.ceiling + tier.steps[-1].after for tier in PLAN.response.tiers.values())


class Course(RuleBasedStateMachine):
    """One event's alerts, one after the other, beside another alert that it may be merged into."""

    @initialize(deaths=st.sampled_from([3, 10]))
    def begin(self, deaths):
        self.desk = Desk(response=PLAN.response, directory=RolesThemselves(), district=DISTRICT)
        self.now, self.event = NOON, fire(deaths)
        self.alerts, self.reports, self.notes, self.log = {}, [], {}, []
        self.asked, self.touched = None, False
        other = replace(fire(30), id="E20261103-ffffffffff")
        self.other = lifecycle.opened(other, Tier.I, PLAN.response, NOON)
        self.store(self.desk.on_assessment(self.matter(), self.now))

    @property
    def alert(self):
        return list(self.alerts.values())[-1]

    def matter(self):
        alert = self.alert if self.alerts else None
        return Matter(event=self.event, rating=rated(self.event, self.now), alert=alert, reports=self.reports)

    def store(self, decision):
        after = decision.alert
        if after is not None:
            before = self.alerts.get(after.id)
            assert after.version == (before.version if before else 0) + 1
            if before is None:
                assert after.episode == len(self.alerts) + 1
                self.asked = None
            if after.state is AlertState.TRIGGERED and (before is None or before.tier is not after.tier):
                self.touched, self.asked = False, None
            self.alerts[after.id] = after
        assert not {r.id for r in decision.reports} & {r.id for r in self.reports}
        self.reports += decision.reports
        self.notes |= {note.id: note for note in decision.notifications}
        self.log += decision.log

    def tick(self):
        for _ in range(40):
            alert = self.alert
            if alert.due_at is None or alert.due_at > self.now:
                return
            decision = self.desk.on_due(self.matter(), self.now)
            assert decision.alert is not None, decision.reason
            self.store(decision)
        raise AssertionError("a clock does not move on")

    @rule(minutes=st.integers(1, 4000))
    def sleep(self, minutes):
        """The service was down, or the clock was stepped."""
        self.now += timedelta(minutes=minutes)
        self.tick()

    @rule(minutes=st.integers(1, 600))
    def watch(self, minutes):
        """Everything is done at its own time."""
        end = self.now + timedelta(minutes=minutes)
        while (due := self.alert.due_at) is not None and due <= end:
            self.now = max(self.now, due)
            self.tick()
        self.now = end

    @rule(deaths=st.sampled_from([0, 1, 3, 4, 10, 12, 30, 35]), verified=st.booleans())
    def news(self, deaths, verified):
        figures = {**self.event.figures}
        figures |= fire(figures={"deaths": figure(deaths, deaths if verified else None)}).figures
        self.event = replace(self.event, figures=figures, version=self.event.version + 1, last_seen_at=self.now)
        before = self.alert
        self.store(self.desk.on_assessment(self.matter(), self.now))
        tier = rated(self.event, self.now).tier
        if not before.state.final and before.overruled is None and tier is not None and tier > before.tier:
            assert self.alert.state is AlertState.TRIGGERED
            assert self.alert.tier is tier

    @rule()
    def nothing_new(self):
        """What a person has judged stands."""
        before = self.alert
        self.store(self.desk.on_assessment(self.matter(), self.now))
        assert self.alert.id == before.id
        assert (self.alert.tier, self.alert.state) == (before.tier, before.state)

    @rule(status=st.sampled_from([EventStatus.ACTIVE, EventStatus.RESOLVED, EventStatus.REFUTED]))
    def turn(self, status):
        self.event = replace(self.event, status=status, version=self.event.version + 1)
        self.store(self.desk.on_assessment(self.matter(), self.now))

    @rule()
    def official(self):
        if self.event.answered_at is None:
            self.event = replace(self.event, answered_at=self.now, version=self.event.version + 1)
            self.store(self.desk.on_assessment(self.matter(), self.now))

    @rule(
        action=st.sampled_from(MANUAL),
        by=PEOPLE,
        note=NOTES,
        tier=st.sampled_from([None, *Tier]),
        to=st.sampled_from(["", "fire"]),
        minutes=st.integers(-10, 2000),
    )
    def act(self, action, by, note, tier, to, minutes):
        self.try_to(action, by, note, tier, to, minutes)

    @rule(
        action=st.sampled_from([Action.LOWER, Action.CLOSE, Action.FALSE_ALARM, Action.MERGE]),
        by=st.sampled_from(["甲", "乙"]),
        tier=st.sampled_from([Tier.III, Tier.IV]),
    )
    def settle(self, action, by, tier):
        """What takes two persons at times, often enough to meet each other."""
        self.try_to(action, by, "已核对", tier, "", 0)

    def try_to(self, action, by, note, tier, to, minutes):
        before, reports, asked = self.alert, len(self.reports), self.asked
        later = self.now + timedelta(minutes=minutes)
        wanted = Act(action=action, by=by, note=note, to=to, tier=tier, until=later, at=later, into=self.other)
        try:
            decision = self.desk.on_action(self.matter(), wanted, self.now)
        except NotAllowed:
            return
        self.store(decision)
        self.touched = self.touched or action is not Action.PHONE
        wish = (action, tier if action is Action.LOWER else None)
        ended = self.alert.id == before.id and self.alert.state.final
        lowered = self.alert.id == before.id and self.alert.tier < before.tier
        if before.tier in GRAVE and (ended or lowered):
            assert asked is not None, "one person alone"
            assert asked[1] == wish
            assert asked[0] != by
        if self.alert.request is None:
            self.asked = None
        elif self.alert.request != before.request:
            self.asked = (by, wish)
        if ended and action is not Action.MERGE:
            assert [r.kind for r in self.reports[reports:]] == [ReportKind.FINAL]

    @precondition(lambda self: not self.alert.state.final)
    @rule()
    def two_persons_close(self):
        """So that courses get past the end often enough."""
        for action, by in ((Action.VERIFY, "丁"), (Action.CLOSE, "丁"), (Action.CLOSE, "戊")):
            if not self.alert.state.final:
                self.store(self.desk.on_action(self.matter(), Act(action=action, by=by, note="处置完毕"), self.now))
        self.asked, self.touched = None, True
        assert self.alert.state is AlertState.CLOSED

    @invariant()
    def nothing_is_overdue(self):
        if hasattr(self, "alerts"):
            self.tick()
            assert self.alert.due_at is None or self.alert.due_at > self.now
            assert self.alert.due_at is None or not self.alert.state.final

    @invariant()
    def what_has_changed_has_been_told_or_has_its_time(self):
        """So that nobody need look at an alert whose follow-up cadence runs on."""
        if hasattr(self, "alerts") and not self.alert.state.final and news.changed(self.reports[-1], self.event):
            (clock,) = (d for d in self.alert.deadlines if d.kind is DeadlineKind.FOLLOW_UP)
            assert clock.every is None
            assert self.now < clock.due_at <= self.now + PLAN.response.quiet

    @invariant()
    def no_escalation_is_lost(self):
        if not hasattr(self, "alerts") or not self.alert.state.unattended:
            return
        alert = self.alert
        assert alert.escalate_at is not None
        assert alert.escalate_at <= self.now + LONGEST_WAIT
        if not self.touched:
            passed = self.now - alert.tiered_at
            taken = sum(step.after <= passed for step in PLAN.response.tiers[alert.tier].steps) - 1
            assert alert.step >= taken
            told = {n.step for n in self.notes.values() if n.purpose is Purpose.ESCALATION and n.alert_id == alert.id}
            assert told >= set(range(1, taken + 1))

    @invariant()
    def every_miss_is_recorded_and_told_once(self):
        if not hasattr(self, "alerts"):
            return
        lines = Counter(
            (line.alert_id, part) for line in self.log if line.action == "miss" for part in line.note.split("、")
        )
        assert set(lines.values()) <= {1}
        for alert in self.alerts.values():
            for clock in alert.deadlines:
                if clock.missed_at is not None:
                    assert clock.kind is not DeadlineKind.FOLLOW_UP
                    assert lines[alert.id, f"{clock.kind.chinese}超时（时限{moment(clock.due_at)}）"] == 1

    @invariant()
    def every_alert_has_its_papers(self):
        if not hasattr(self, "alerts"):
            return
        for alert in self.alerts.values():
            kinds = Counter(r.kind for r in self.reports if r.alert_id == alert.id)
            assert kinds[ReportKind.FIRST] == 1
            ended = alert.state in {AlertState.CLOSED, AlertState.FALSE_ALARM}
            assert kinds[ReportKind.FINAL] == ended
            assert alert.reports == sum(kinds.values()) - ended
        assert all(line.actor for line in self.log)
        assert {line.actor for line in self.log} <= {SYSTEM, *"甲乙丙丁戊"}


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=60, stateful_step_count=25)
