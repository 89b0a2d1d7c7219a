from dataclasses import replace
from datetime import date, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.model import AlertState, DeadlineKind, LogEntry, ReportKind
from alerts.people import Shift
from alerts.reports import assessment, final, first
from alerts.reports.assessment import MonthMaterial, rank
from alerts.reports.score import FIELDS, as_report, from_json, length, render_html, share, to_json
from tests.alerts.cases import DISTRICT, SAID, alerted, fire, rated
from tests.builders import NOON, at, figure

NOVEMBER = date(2026, 11, 1)
LATER = at(24 * 20)
FULL = {"figures": {"injured": figure(3), "households": figure(30)}}


def log(hours, action, note="", by="a"):
    return LogEntry(at=at(hours), actor=by, action=action, note=note)


def case(key="A1", *, seen=0.0, known=0.5, opened=1.0, met=(), missed=(), **more):
    """An event and its alert; `met` and `missed` map clocks to hours."""
    of = replace(fire(4, **FULL), id=f"E{key}", first_seen_at=at(seen), last_seen_at=at(seen), known_at=at(known))
    alert = replace(alerted(of, now=at(opened)), id=key)
    met, missed = dict(met), dict(missed)
    clocks = tuple(
        replace(
            d,
            met_at=at(met[d.kind]) if d.kind in met else d.met_at,
            missed_at=at(missed[d.kind]) if d.kind in missed else None,
        )
        for d in alert.deadlines
    )
    return of, replace(alert, deadlines=clocks, **more)


def reported(of, alert, when=1.5, **more):
    report = first.build(of, rated(of), alert, at(when), district=DISTRICT, statements=SAID)
    return replace(report, id=f"R{alert.id}", number=f"首报〔2026〕{alert.id}号", **more)


def month_of(*pairs, now=LATER, **more):
    return assessment.build(
        MonthMaterial(
            first=NOVEMBER,
            district=DISTRICT,
            now=now,
            events=[of for of, _ in pairs],
            alerts=[alert for _, alert in pairs],
            **more,
        )
    )


def timing(made, measure):
    return next(t for t in made.timings if t.measure == measure)


def clock(made, kind):
    return next(c for c in made.clocks if c.clock == kind)


HOUR = 3600


class TestTimes:
    def test_each_step_is_timed_from_where_it_begins(self):
        of, alert = case()
        of = replace(of, answered_at=at(10.5))
        made = month_of(
            (of, alert),
            reports=[reported(of, alert), replace(reported(of, alert), id="v", verified=True, issued_at=at(4.5))],
            histories={alert.id: [log(1.2, "acknowledge"), log(3, "verify")]},
        )
        took = {t.measure: t.median for t in made.timings}
        assert took == {
            "detect": HOUR / 2,
            "report": HOUR,
            "acknowledge": 0.2 * HOUR,
            "verify": 4 * HOUR,
            "answer": 10 * HOUR,
        }

    def test_whoever_verifies_assigns_or_answers_has_acknowledged(self):
        of, alert = case()
        made = month_of((of, alert), histories={alert.id: [log(2, "assign"), log(3, "acknowledge")]})
        assert timing(made, "acknowledge").median == HOUR

    def test_what_was_never_done_is_no_zero(self):
        made = month_of(case())
        assert (timing(made, "verify").done, timing(made, "verify").median) == (0, None)

    def test_verifying_is_due_within_a_day(self):
        pairs = [case("A1"), case("A2"), case("A3"), case("A4", known=24 * 19.5, opened=24 * 19.5)]
        verified = [
            replace(reported(*pairs[0]), verified=True, issued_at=at(20)),
            replace(reported(*pairs[1]), verified=True, issued_at=at(30)),
        ]
        t = timing(month_of(*pairs, reports=verified), "verify")
        assert (t.done, t.limited, t.kept) == (2, 3, 1)

    @given(st.lists(st.integers(0, 10**6), min_size=1), st.sampled_from([0.5, 0.9, 1.0]))
    def test_a_quantile_is_a_value_that_occurred_and_covers_its_share(self, values, part):
        ordered = sorted(values)
        found = rank(ordered, part)
        assert found in ordered
        assert sum(v <= found for v in ordered) >= part * len(ordered)
        assert sum(v < found for v in ordered) < part * len(ordered)

    def test_the_quantile_of_nothing_is_nothing(self):
        assert rank([], 0.5) is None


class TestClocks:
    ACK = DeadlineKind.ACKNOWLEDGE

    def test_kept_late_missed_and_running_are_told_apart(self):
        made = month_of(
            case("A1", met=[(self.ACK, 1.1)]),
            case("A2", met=[(self.ACK, 3)], missed=[(self.ACK, 1.25)]),
            case("A3", missed=[(self.ACK, 1.25)]),
            case("A4", known=24 * 20, opened=24 * 20),
        )
        line = clock(made, "acknowledge")
        assert (line.kept, line.late, line.missed, line.running) == (1, 1, 1, 1)
        assert [(x.alert_id, x.met_at) for x in made.late if x.clock == "acknowledge"] == [("A2", at(3)), ("A3", None)]

    def test_a_clock_that_ran_out_unnoted_is_a_miss(self):
        assert clock(month_of(case()), "acknowledge").missed == 1

    def test_a_clock_that_an_ending_overtook_is_none(self):
        made = month_of(case(state=AlertState.CLOSED, closed_at=at(1.1)))
        line = clock(made, "answer")
        assert (line.missed, line.running) == (0, 1)

    def test_a_miss_before_a_raise_is_not_forgotten(self):
        of, alert = case(met=[(self.ACK, 1.1)])
        history = [log(0.8, "miss", "签收超时（时限11月3日12时45分）", "system"), log(1, "raise", by="system")]
        made = month_of((of, alert), histories={alert.id: history})
        assert clock(made, "acknowledge").missed == 1
        assert timing(made, "acknowledge").kept == 0
        after = month_of((of, alert), histories={alert.id: history[::-1][:1]})
        assert clock(after, "acknowledge").missed == 0

    def test_the_follow_up_cadence_is_no_limit(self):
        assert "follow_up" not in {c.clock for c in month_of(case()).clocks}


class TestCompleteness:
    def test_a_first_report_lacks_what_it_leaves_out_or_does_not_know(self):
        of, alert = case()
        whole = reported(of, alert)
        made = month_of((of, alert), reports=[whole])
        assert (made.completeness.complete, made.completeness.lacking) == (1, {})
        fields = {k: v for k, v in whole.fields.items() if k != "趋势"} | {"伤亡失联": "暂无伤亡失联数字，待核实"}
        made = month_of((of, alert), reports=[replace(whole, fields=fields)])
        assert made.completeness.complete == 0
        assert made.completeness.lacking == {"伤亡失联": 1, "趋势": 1}
        assert made.gaps[0].sentence == "缺伤亡失联、趋势"

    def test_a_failing_service_owes_no_casualties(self):
        of, alert = case()
        whole = reported(of, alert)
        report = replace(whole, fields={**whole.fields, "伤亡失联": "暂无伤亡失联数字，待核实"})
        assert month_of((replace(of, topic="service.wages"), alert), reports=[report]).completeness.complete == 1

    def test_every_required_field_is_one_that_a_first_report_has(self):
        of, alert = case()
        assert set(FIELDS) <= set(reported(of, alert).fields)

    def test_an_ended_alert_needs_a_final_report(self):
        of, alert = case(state=AlertState.CLOSED, closed_at=at(50))
        opening = reported(of, alert)
        assert month_of((of, alert), reports=[opening]).gaps[0].sentence == "已结束而没有终报"
        closing = final.build(of, rated(of), alert, [opening], at(50), district=DISTRICT)
        done = month_of((of, alert), reports=[opening, closing]).completeness
        assert (done.ended, done.final_reports) == (1, 1)

    def test_an_alert_without_a_first_report_is_told(self):
        made = month_of(case())
        assert made.completeness.without_first == 1
        assert made.gaps[0].sentence == "没有首报"


class TestGroups:
    SHIFTS = (
        Shift(role="duty", person="a", start=at(-4), end=at(8)),
        Shift(role="duty", person="b", start=at(8), end=at(20)),
    )

    def made(self):
        return month_of(
            case("A1", department="fire"),
            case("A2", known=9, opened=9),
            case("A3", known=48, opened=48, department="gone"),
            shifts=self.SHIFTS,
            names={"fire": "消防救援大队", "a": "甲"},
        )

    def test_departments_by_name_and_what_was_never_assigned(self):
        assert {g.name for g in self.made().departments} == {"消防救援大队", "未转办", "gone"}

    def test_shifts_by_their_hours_and_never_by_a_person(self):
        made = self.made()
        assert {g.name for g in made.shifts} == {"08:00—20:00", "20:00—08:00", "班次外"}
        assert "甲" not in as_report(made).text

    def test_a_groups_clocks_are_its_own(self):
        late = [(DeadlineKind.ACKNOWLEDGE, 1.25)]
        made = month_of(
            case("A1", department="fire", missed=late),
            case("A2", department="gas", met=[(DeadlineKind.ACKNOWLEDGE, 1.1)]),
            now=at(1.3),
        )
        fire_, gas_ = made.departments
        assert (fire_.kept, fire_.due, fire_.missed) == (1, 2, 1)
        assert (gas_.kept, gas_.due, gas_.missed) == (2, 2, 0)


class TestWhatCounts:
    def test_only_the_months_alerts_and_no_drills(self):
        made = month_of(
            case("A1"),
            case("A2", drill=True),
            case("A3", opened=-24 * 4),
            case("A4", known=24 * 30, opened=24 * 30),
            case("A5", state=AlertState.FALSE_ALARM, closed_at=at(2)),
        )
        assert (made.alerts, made.drills, made.false_alarms) == (2, 1, 1)

    def test_the_month_is_a_beijing_month(self):
        material = MonthMaterial(first=date(2026, 12, 1), district=DISTRICT, now=NOON)
        assert material.end - material.start == timedelta(days=31)
        with pytest.raises(ValueError, match="1日"):
            MonthMaterial(first=date(2026, 11, 3), district=DISTRICT, now=NOON)

    def test_more_of_the_same_changes_no_share(self):
        """Volume is no merit: twice the alerts, handled alike, give the same shares and times."""
        one = [case("A1", met=[(DeadlineKind.ACKNOWLEDGE, 1.1)])]
        two = [*one, case("A2", met=[(DeadlineKind.ACKNOWLEDGE, 1.1)])]
        few, many = (month_of(*pairs, reports=[reported(*p) for p in pairs]) for pairs in (one, two))
        assert [(t.median, t.ninth, t.longest) for t in few.timings] == [
            (t.median, t.ninth, t.longest) for t in many.timings
        ]
        for t, u in zip(few.timings, many.timings, strict=True):
            assert t.kept * u.limited == u.kept * t.limited

    def test_a_month_without_alerts_says_so(self):
        made = month_of()
        assert made.headline == "本月没有到期的时限"
        assert "本月无" in render_html(made)
        assert all(as_report(made).fields.values())


def test_json_keeps_everything_and_passes_over_keys_of_later_versions():
    of, alert = case(department="fire", missed=[(DeadlineKind.ACKNOWLEDGE, 1.25)])
    made = month_of((of, alert), reports=[reported(of, alert)])
    body = orjson.loads(orjson.dumps(to_json(made)))
    assert from_json(body) == made
    assert from_json({**body, "later": 1}) == made


def test_the_page_is_safe_and_tells_what_counts():
    page = render_html(replace(month_of(case(department="<b>局")), district="<b>区"), number="考核〔2026〕11号")
    assert "<b>" not in page
    assert "不考核数量和采用情况" in page
    assert "考核〔2026〕11号" in page


def test_it_can_be_sent_as_a_report():
    report = as_report(month_of(case()))
    assert report.kind is ReportKind.ASSESSMENT
    assert report.kind.chinese == "考核"
    assert report.text.startswith("【报送考核】时限")
    assert report.title == "示范区2026年11月报送考核"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "—"), (0, "0秒"), (29, "29秒"), (60, "1分钟"), (3660, "1小时1分钟"), (90000, "1天1小时"), (7200, "2小时")],
)
def test_lengths_as_people_say_them(seconds, said):
    assert length(seconds) == said


def test_a_share_of_nothing_is_none():
    assert share(0, 0) == "无可计"
    assert share(8, 10) == "8/10（80%）"
