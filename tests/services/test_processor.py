from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.engine import Desk
from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import AlertState, DeadlineKind, Purpose, ReportKind
from analyzer.model import EventStatus, Scope, Tier
from crawlers.model import Authority
from services.bootstrap import build_engine
from services.errors import NotFound
from services.processor import Processor
from services.replaying.replay import RolesThemselves
from services.storage.database import open_database
from services.storage.memory import MemoryRecord
from tests.alerts.cases import PLAN
from tests.builders import NOON, at, fact, post, reading
from tests.services.desk import SEEN, WAREHOUSE, FakeReader, a_fire


class Office:
    """A processor with its record; everything is one call and one transaction."""

    def __init__(self, record):
        desk = Desk(response=PLAN.response, directory=RolesThemselves(), district=PLAN.district)
        self.record, self.processor = record, Processor(build_engine(PLAN, FakeReader()), desk)

    def do(self, work):
        with self.record.unit_of_work() as uow:
            done = work(uow)
            uow.commit()
        return done

    def take(self, pairs, now=NOON):
        return self.do(lambda uow: self.processor.take(uow, pairs, now))

    def due(self, now):
        return self.do(lambda uow: self.processor.due(uow, now))

    def act(self, action, now, by="duty_operator", into="", **more):
        alert = self.alert()
        return self.do(lambda uow: self.processor.act(uow, alert.id, Act(action=action, by=by, **more), now, into))

    def alert(self):
        with self.record.view() as uow:
            (alert,) = uow.alerts.all()
        return alert

    def see(self, look):
        with self.record.view() as uow:
            return look(uow)

    def everything(self):
        """All that is stored, comparable between records."""
        with self.record.view() as uow:
            events = sorted(uow.events.all(), key=lambda e: e.id)
            alerts = sorted(uow.alerts.all(), key=lambda a: a.id)
            return {
                "events": events,
                "ratings": [uow.events.rating(e.id) for e in events],
                "members": [list(uow.events.member_ids(e.id)) for e in events],
                "alerts": alerts,
                "history": [list(uow.alerts.history(a.id)) for a in alerts],
                "reports": [list(uow.reports.of_event(e.id)) for e in events],
                "messages": sorted(uow.outbox.all(limit=10_000), key=lambda n: n.id),
                "tasks": list(uow.tasks.open()),
                "tallies": uow.sources.tallies(),
            }


@pytest.fixture(params=["memory", "sqlite"])
def office(request, tmp_path):
    record = MemoryRecord() if request.param == "memory" else open_database(f"sqlite:///{tmp_path / 'minqing.db'}")
    yield Office(record)
    record.dispose()


def test_three_voices_open_an_alert_with_its_first_report_and_messages(office):
    office.take(a_fire("a", "b", "c"))

    alert = office.alert()
    (report,) = office.see(lambda uow: uow.reports.of_event(alert.event_id))
    messages = office.see(lambda uow: uow.outbox.all())
    assert (alert.tier, alert.state) == (Tier.III, AlertState.TRIGGERED)
    assert (report.kind, report.number) == (ReportKind.FIRST, "首报〔2026〕1号")
    assert {(m.recipient, m.report_id, m.step) for m in messages} == {
        ("duty_operator", report.id, 0),
        ("duty_leader", report.id, 0),
    }


def test_what_happened_where_no_list_knows_is_called_after_its_name_or_its_hour(office):
    def title(word, *texts, hour=0, topic="service.gas"):
        said = [post(f"{text}，{SEEN[n]}", told=at(hour), voice=f"{word}{n}") for n, text in enumerate(texts)]
        office.take([(one, reading(one, topic, terms=(word,))) for one in said], at(hour))
        (event,) = office.see(lambda uow: [e for e in uow.events.all() if e.first_seen_at == at(hour)])
        return event.title

    assert title("阀门", "翠湖花苑没有煤气", "翠湖花苑断气了", "一上午没气") == "翠湖花苑供气问题"
    assert title("灶台", "云锦名邸停气", "我住云锦名邸，没气做饭", "没气", hour=30) == "云锦名邸供气问题"
    nowhere = title("信号", "手机没信号", "打不出电话", "断网了", hour=60, topic="service.telecom")
    assert nowhere == "示范区11月6日0时通信问题"


def test_two_voices_are_a_task_and_nothing_else(office):
    office.take(a_fire("a", "b"))

    (task,) = office.see(lambda uow: uow.tasks.open())
    assert "仅2人反映" in task.reason
    assert not office.see(lambda uow: uow.alerts.all())
    assert not office.see(lambda uow: uow.outbox.all())
    assert not office.see(lambda uow: uow.reports.of_event(task.event_id))


def test_what_more_voices_tell_is_a_figure_of_the_alert_and_asked_no_more(office):
    *two, third = a_fire("a", "b", "c")
    office.take(two)
    office.take([third], at(minutes=5))

    assert office.see(lambda uow: uow.tasks.open()) == []
    assert "仅2人反映" in office.see(lambda uow: uow.alerts.history(office.alert().id))[-1].note


def test_a_single_claim_that_a_paper_overtakes_is_asked_no_more(office):
    def asked():
        return [task.reason for task in office.see(lambda uow: uow.tasks.open())]

    office.take(a_fire("a", "b", "c"))
    office.take(a_fire("d", deaths=7, told=at(minutes=1), text="仓库里抬出七个"), at(minutes=1))
    assert asked() == ["有个别人称死亡7人，未获佐证，请核实"]

    office.take(a_fire(None, deaths=8, told=at(minutes=2), authority=Authority.MEDIA), at(minutes=2))
    assert asked() == []


def test_what_is_out_of_scope_is_counted_and_gone(office):
    chat = post("今天吃什么", voice="a")

    office.take([(chat, replace(reading(chat), scope=Scope.OUT, topics=()))])

    assert office.see(lambda uow: uow.posts.get([chat.id])) == []
    assert office.see(lambda uow: uow.events.all()) == []
    assert office.see(lambda uow: uow.sources.tallies()[""].out_of_scope) == 1


def test_nothing_is_due_before_its_time_and_nothing_twice(office):
    office.take(a_fire("a", "b", "c"))

    assert office.due(at(minutes=14)) == 0
    assert office.due(at(minutes=15)) > 0
    assert office.due(at(minutes=15)) == 0


def test_an_alert_that_nobody_acknowledges_climbs_step_by_step(office):
    office.take(a_fire("a", "b", "c"))

    told = []
    for minutes in (15, 30, 60):
        office.due(at(minutes=minutes))
        told.append((office.alert().step, office.alert().state))
    climbed = [m for m in office.see(lambda uow: uow.outbox.all()) if m.purpose is Purpose.ESCALATION]

    assert told == [(step, AlertState.ESCALATED) for step in (1, 2, 3)]
    assert [(m.step, m.recipient) for m in sorted(climbed, key=lambda m: m.step)] == [
        (1, "duty_leader"),
        (2, "deputy_head"),
        (3, "head"),
    ]


def test_steps_that_were_slept_through_are_all_taken_at_once(office):
    office.take(a_fire("a", "b", "c"))

    office.due(at(3))

    assert office.alert().step == 3
    assert {m.step for m in office.see(lambda uow: uow.outbox.all()) if m.purpose is Purpose.ESCALATION} == {1, 2, 3}


def test_an_acknowledged_alert_climbs_no_further_until_it_expires(office):
    office.take(a_fire("a", "b", "c"))
    office.act(Action.ACKNOWLEDGE, at(minutes=10))

    office.due(at(minutes=90))
    assert office.alert().state is AlertState.ACKNOWLEDGED

    office.due(at(minutes=10 + 120))
    assert office.alert().state is AlertState.ESCALATED


def test_graver_news_raises_the_alert_and_asks_for_another_acknowledgement(office):
    office.take(a_fire("a", "b", "c"))
    office.act(Action.ACKNOWLEDGE, at(minutes=10))

    office.take(a_fire("d", "e", deaths=12, told=at(minutes=20), text="永固仓库火灾又有人遇难"), at(minutes=20))

    alert = office.alert()
    reports = office.see(lambda uow: uow.reports.of_event(alert.event_id))
    assert (alert.tier, alert.state) == (Tier.II, AlertState.TRIGGERED)
    assert [r.kind for r in reports] == [ReportKind.FIRST, ReportKind.FOLLOW_UP]


def test_an_official_answer_stops_the_clock_on_the_answer(office):
    office.take(a_fire("a", "b", "c"))
    (said,) = a_fire(
        "", deaths=3, told=at(1), text="示范区通报永固仓库火情", authority=Authority.OFFICIAL, source_id="gov"
    )

    office.take([said], at(1))

    (clock,) = [d for d in office.alert().deadlines if d.kind is DeadlineKind.ANSWER]
    assert clock.met_at == at(1)


def test_closing_issues_the_final_report_and_ends_the_event(office):
    office.take(a_fire("a", "b", "c"))
    office.act(Action.ACKNOWLEDGE, at(minutes=10))

    office.act(Action.CLOSE, at(5), note="火已扑灭，善后完毕")
    office.take(a_fire("d", told=at(6), text="永固仓库那边路还封着"), at(6))

    alert = office.alert()
    assert alert.state is AlertState.CLOSED
    assert [r.kind for r in office.see(lambda uow: uow.reports.of_event(alert.event_id))][-1] is ReportKind.FINAL
    assert office.see(lambda uow: uow.events.get(alert.event_id)).status is EventStatus.CLOSED
    assert office.due(at(100)) == 0


def test_what_is_not_allowed_is_said_and_changes_nothing(office):
    office.take(a_fire("a", "b", "c"))
    before = office.everything()

    with pytest.raises(NotAllowed, match="不能执行"):
        office.act(Action.CLOSE, at(1), note="随便")
    with pytest.raises(NotFound, match="没有编号为 A-none 的预警"):
        office.do(lambda uow: office.processor.act(uow, "A-none", Act(action=Action.ACKNOWLEDGE, by="a"), NOON))

    assert office.everything() == before


def test_the_same_posts_taken_twice_change_nothing(office):
    pairs = a_fire("a", "b", "c")
    office.take(pairs)
    before = office.everything()

    office.take(pairs, at(minutes=1))

    after = office.everything()
    assert after["messages"] == before["messages"]
    assert after["reports"] == before["reports"]
    assert after["tallies"] == before["tallies"]
    assert after["members"] == before["members"]


def drop(minutes, *, kind="fire", voice="a", deaths=0):
    """One step of a random course."""
    return st.tuples(st.just(kind), minutes, voice, deaths)


COURSE = st.lists(
    st.one_of(
        drop(st.integers(0, 90), voice=st.sampled_from("abcdef"), deaths=st.sampled_from([0, 1, 3, 12])),
        drop(st.integers(0, 90), kind="official", voice=st.just(""), deaths=st.sampled_from([1, 4, 12])),
        drop(st.integers(0, 90), kind="chat", voice=st.just("g"), deaths=st.just(0)),
        drop(st.integers(0, 900), kind="wait", voice=st.just(""), deaths=st.just(0)),
        drop(
            st.integers(0, 30),
            kind="act",
            voice=st.sampled_from([Action.ACKNOWLEDGE, Action.VERIFY, Action.ASSIGN, Action.ANSWER, Action.CLOSE]),
            deaths=st.just(0),
        ),
    ),
    max_size=12,
)


def pairs_of(kind, voice, deaths, now, number):
    """The post of one step; its id tells it from all others, and is the same for both records."""
    said = post(
        f"永固仓库第{number}条消息",
        voice=voice or None,
        authority=Authority.OFFICIAL if kind == "official" else Authority.PUBLIC,
        told=now,
        id=f"{number:064x}",
    )
    if kind == "chat":
        return [(said, replace(reading(said), scope=Scope.OUT, topics=()))]
    facts = [fact(value=deaths)] if deaths else []
    return [(said, reading(said, "hazard.fire", *facts, places=(WAREHOUSE,)))]


def play(office, course):
    """Run a course; what people and clocks did, refusals included."""
    now, said = NOON, []
    for number, (kind, minutes, who, deaths) in enumerate(course):
        now += timedelta(minutes=minutes)
        said.append(office.due(now))
        if kind == "act":
            try:
                said.append(office.act(who, now, note="处置完毕").reason)
            except (NotAllowed, ValueError) as refused:
                said.append(type(refused).__name__)
        elif kind != "wait":
            said.append(office.take(pairs_of(kind, who, deaths, now, number), now))
    return said


@settings(max_examples=40)
@given(COURSE)
def test_memory_and_sqlite_come_to_the_same(tmp_path_factory, course):
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('record') / 'minqing.db'}")
    try:
        memory, sqlite = Office(MemoryRecord()), Office(database)
        assert play(memory, course) == play(sqlite, course)
        assert memory.everything() == sqlite.everything()
    finally:
        database.dispose()


def test_an_event_of_which_nobody_speaks_any_more_is_stored_as_asleep(office):
    (key,) = office.take(a_fire("a", "b", "c"))

    def settled(now):
        done = office.do(lambda uow: office.processor.settle(uow, now))
        return done, office.see(lambda uow: uow.events.get(key).status)

    assert settled(NOON + timedelta(days=2)) == (0, EventStatus.ACTIVE)
    assert settled(NOON + timedelta(days=4)) == (1, EventStatus.SLEEPING)
    assert settled(NOON + timedelta(days=5)) == (0, EventStatus.SLEEPING)


def test_a_closed_event_stays_closed_when_it_is_quiet(office):
    (key,) = office.take(a_fire("a", "b", "c"))
    stored = office.see(lambda uow: uow.events.get(key))
    office.do(lambda uow: uow.events.save(replace(stored, status=EventStatus.CLOSED)))
    assert office.do(lambda uow: office.processor.settle(uow, NOON + timedelta(days=4))) == 0
