from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from alerts import clocks, ending, lifecycle
from alerts.beijing import BEIJING
from alerts.engine import Desk
from alerts.errors import NotAllowed
from alerts.holidays import WorkCalendar
from alerts.lifecycle import Action
from alerts.matter import Matter
from alerts.model import Call, DeadlineKind
from alerts.response import Correction, Limit, WorkingDays, due
from analyzer.model import Tier
from services.replaying.replay import RolesThemselves
from tests.alerts.cases import DISTRICT, PLAN, fire, rated
from tests.builders import NOON, at, event

RESPONSE = PLAN.response
LIMIT = TypeAdapter(Limit)


def clock(alert, kind):
    return next((d for d in alert.deadlines if d.kind is kind), None)


def opened(tier=Tier.III, **more):
    return lifecycle.opened(event(**more), tier, RESPONSE, at())


@pytest.mark.parametrize(
    ("written", "limit"),
    [("15m", timedelta(minutes=15)), ("7d", timedelta(days=7)), ("5wd", WorkingDays(5)), ("5个工作日", WorkingDays(5))],
)
def test_a_limit_is_a_time_or_a_number_of_working_days(written, limit):
    assert LIMIT.validate_python(written) == limit


@pytest.mark.parametrize("written", ["0wd", "5", "wd", "-1wd", "5 weeks", ""])
def test_any_other_limit_is_refused_with_a_way_to_write_it(written):
    with pytest.raises(ValidationError, match="5wd"):
        LIMIT.validate_python(written)


def test_working_days_skip_the_national_day_week_and_count_the_saturday_that_makes_up_for_it():
    before = datetime(2025, 9, 30, 15, 0, tzinfo=BEIJING)
    assert due(before, WorkingDays(1), clocks.CALENDAR) == datetime(2025, 10, 9, 15, 0, tzinfo=BEIJING)
    assert due(before, WorkingDays(3), clocks.CALENDAR) == datetime(2025, 10, 11, 15, 0, tzinfo=BEIJING)


def test_the_districts_own_holiday_counts():
    own = WorkCalendar(holidays=frozenset({date(2026, 11, 4)}))
    assert due(NOON, WorkingDays(1), own) == at(48)


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1)).map(lambda m: m.replace(tzinfo=UTC))


@given(MOMENTS, st.integers(1, 20))
def test_more_working_days_are_never_earlier_and_end_on_a_working_day(since, count):
    end = due(since, WorkingDays(count), clocks.CALENDAR)
    assert end > due(since, WorkingDays(count - 1), clocks.CALENDAR) if count > 1 else end > since
    assert clocks.CALENDAR.is_workday(end.astimezone(BEIJING).date())
    assert end.astimezone(BEIJING).time() == since.astimezone(BEIJING).time()


def test_the_final_reports_clock_starts_with_the_answer_and_stops_with_the_end():
    alert = opened()
    assert clock(alert, DeadlineKind.FINAL_REPORT) is None
    answered = lifecycle.acted(alert, Action.ANSWER, "甲", "已发通报", RESPONSE, at(1))
    assert clock(answered, DeadlineKind.FINAL_REPORT).due_at == at(1 + 7 * 24)
    again = lifecycle.acted(answered, Action.PRESS, "甲", "发布会", RESPONSE, at(30))
    assert clock(again, DeadlineKind.FINAL_REPORT) == clock(answered, DeadlineKind.FINAL_REPORT)
    closed = ending.settled(again, Action.CLOSE, "甲", "善后完毕", event(), RESPONSE, at(40))
    assert clock(closed, DeadlineKind.FINAL_REPORT).met_at == at(40)


def test_a_call_stops_the_phone_clock_of_the_tier_it_was_made_for():
    alert = opened()
    call = Call(at=at(minutes=5), caller="甲", called="乙")
    phoned = lifecycle.phoned(alert, call, at(minutes=6))
    assert clock(phoned, DeadlineKind.PHONE_REPORT).met_at == at(minutes=5)
    raised = lifecycle.raised(phoned, event(), Tier.II, RESPONSE, at(minutes=10))
    assert clock(raised, DeadlineKind.PHONE_REPORT).running
    late = lifecycle.phoned(raised, call, at(minutes=11))
    assert clock(late, DeadlineKind.PHONE_REPORT).running
    assert late.calls == (call, call)


def test_a_miss_before_a_raise_stays_a_miss():
    alert = opened()
    after, new = clocks.missed(alert.deadlines, at(49))
    assert {d.kind for d in new} >= {DeadlineKind.ANSWER, DeadlineKind.PHONE_REPORT}
    late = replace(alert, deadlines=after)
    raised = clocks.restarted(late, event(), RESPONSE.tiers[Tier.II], at(49))
    (answer,) = [d for d in raised if d.kind is DeadlineKind.ANSWER]
    assert (answer.due_at, answer.missed_at) == (at(48), at(48))


def test_lowering_gives_running_clocks_the_milder_limits_from_the_same_beginning():
    grave = lifecycle.raised(opened(), event(), Tier.II, RESPONSE, at(1))
    asked = ending.settled(grave, Action.LOWER, "甲", "核实有误", event(), RESPONSE, at(2), tier=Tier.IV)
    lowered = ending.settled(asked, Action.LOWER, "乙", "同意", event(), RESPONSE, at(2), tier=Tier.IV)
    assert clock(lowered, DeadlineKind.ACKNOWLEDGE).due_at == at(1.5)
    assert clock(lowered, DeadlineKind.ANSWER).due_at == at(48)
    assert clock(lowered, DeadlineKind.PRESS) is None
    assert clock(lowered, DeadlineKind.FIRST_REPORT).met_at == at(1)
    assert lowered.escalate_at == at(2)  # its second step, half an hour after the raise, is overdue already


def test_the_correction_window_is_that_of_the_topic():
    window = Correction.model_validate({"window": "30d", "topics": {"hazard.fire": "7d"}})
    assert window.of("hazard.fire") == timedelta(days=7)
    assert window.of("hazard.collapse") == timedelta(days=30)
    assert RESPONSE.correction.of("hazard.traffic") == timedelta(days=7)


def test_a_snooze_needs_a_reason_and_an_end_not_too_far_off():
    seen = lifecycle.acknowledged(opened(), "甲", RESPONSE, at())
    for until, reason in ((at(1), " "), (None, "等回电"), (at(), "等回电"), (at(8.1), "等回电")):
        with pytest.raises(NotAllowed, match="必须写明"):
            lifecycle.snoozed(seen, until, reason, RESPONSE, at())
    assert lifecycle.snoozed(seen, at(8), "等回电", RESPONSE, at()).due_at <= at(8)


def test_a_raise_ends_a_snooze():
    seen = lifecycle.acknowledged(opened(), "甲", RESPONSE, at())
    snoozed = lifecycle.snoozed(seen, at(8), "等回电", RESPONSE, at())
    assert lifecycle.raised(snoozed, event(), Tier.II, RESPONSE, at(1)).snoozed_until is None


def test_what_a_clock_that_was_ahead_has_set_comes_earlier_but_never_before_now():
    ahead = lifecycle.opened(event(), Tier.III, RESPONSE, at(5))
    moved = clocks.earlier(ahead, timedelta(hours=5), at())
    assert moved.escalate_at == opened().escalate_at
    running = [d for d in opened().deadlines if d.running]
    assert [clock(moved, d.kind).due_at for d in running if d.kind not in clocks.PUBLIC] == [
        d.due_at for d in running if d.kind not in clocks.PUBLIC
    ]
    far = clocks.earlier(ahead, timedelta(days=9), at())
    assert {d.due_at for d in far.deadlines if d.running} == {at()} == {far.escalate_at}


def test_what_is_overdue_already_stays_as_it_was():
    overdue = opened()
    assert clocks.earlier(overdue, timedelta(hours=5), at(100)).escalate_at == overdue.escalate_at


def test_the_gravest_comes_first_then_what_is_due_first_and_drills_come_last():
    plain = opened()
    grave = replace(opened(Tier.I), id="grave")
    due_first = replace(plain, id="due first", opened_at=at(1), deadlines=earlier(plain.deadlines, timedelta(hours=2)))
    drill = replace(opened(Tier.I), id="drill", drill=True)

    found = sorted([drill, plain, due_first, grave], key=clocks.urgency)
    assert [alert.id for alert in found] == ["grave", "due first", plain.id, "drill"]


def test_the_cadence_of_follow_ups_and_what_is_met_make_nothing_urgent():
    alert = opened()
    met = clocks.met(alert.deadlines, [d.kind for d in alert.deadlines if d.kind is not DeadlineKind.FOLLOW_UP], at())
    assert clocks.urgency(alert) < clocks.urgency(replace(alert, deadlines=met))


@pytest.mark.parametrize(("minutes", "turns"), [(0, 1), (239, 1), (240, 2), (241, 2), (3 * 240, 4), (3 * 240 + 1, 4)])
def test_a_follow_up_cadence_runs_on_by_itself(minutes, turns):
    alert = opened()
    cadence = clock(alert, DeadlineKind.FOLLOW_UP)
    assert cadence.next_at(at(minutes=minutes)) == at() + turns * RESPONSE.tiers[Tier.III].clocks.follow_up
    others = [d.due_at for d in alert.deadlines if d.running and d is not cadence]
    assert alert.due_at == min(*others, alert.escalate_at)
    assert replace(alert, deadlines=(cadence,), escalate_at=None).due_at is None


def test_a_cadence_as_it_was_stored_before_has_its_turn_and_then_runs_on_by_itself():
    told = fire(3)
    desk = Desk(response=RESPONSE, directory=RolesThemselves(), district=DISTRICT)
    first = desk.on_assessment(Matter(event=told, rating=rated(told), alert=None), at())
    before = replace(
        first.alert,
        deadlines=(replace(clock(first.alert, DeadlineKind.FOLLOW_UP), every=None),),
        escalate_at=None,
    )
    now = before.due_at + timedelta(seconds=5)
    matter = Matter(event=told, rating=rated(told), alert=before, reports=first.reports)
    after = desk.on_due(matter, now)
    assert after.reports == after.notifications == ()
    assert after.alert.due_at is None
    assert clock(after.alert, DeadlineKind.FOLLOW_UP).next_at(now) == now + RESPONSE.tiers[before.tier].clocks.follow_up


def test_after_a_lowering_the_cadence_runs_out_once_more_as_before_and_then_as_the_milder_tier_wants():
    grave = opened(Tier.II)
    every = {tier: RESPONSE.tiers[tier].clocks.follow_up for tier in (Tier.II, Tier.III)}
    now = at() + 2.5 * every[Tier.II]
    cadence = next(
        d for d in clocks.relaxed(grave, event(), RESPONSE.tiers[Tier.III], now) if d.kind is DeadlineKind.FOLLOW_UP
    )
    assert cadence.next_at(now) == at() + 3 * every[Tier.II]
    assert cadence.next_at(cadence.due_at) == at() + 3 * every[Tier.II] + every[Tier.III]


def earlier(deadlines, by):
    return tuple(replace(d, due_at=d.due_at - by) for d in deadlines)
