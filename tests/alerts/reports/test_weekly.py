from dataclasses import replace
from datetime import date, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.model import AlertState, DeadlineKind, ReportKind
from alerts.reports import first, weekly
from alerts.reports.brief import Brief, Counts, Coverage
from alerts.reports.week import as_report, drawn, from_json, render_html, to_json
from alerts.reports.weekly import WeekMaterial
from analyzer.model import EventStatus, Figure
from tests.alerts.cases import DISTRICT, alerted, fire, rated
from tests.alerts.reports.test_daily import gas
from tests.builders import NOON, at

MONDAY = date(2026, 11, 2)
NEXT_MONDAY = at(6 * 24 - 3)
"""Nine in the morning."""


def week_of(*events, **more):
    return weekly.build(
        WeekMaterial(
            first=MONDAY,
            district=DISTRICT,
            now=more.pop("now", NEXT_MONDAY),
            events=events,
            ratings={e.id: rated(e) for e in events},
            **more,
        )
    )


def daily_of(day, fresh=5, **counts):
    return Brief(
        date=(MONDAY + timedelta(days=day)).isoformat(),
        district=DISTRICT,
        issued_at=NOON,
        coverage=Coverage(sources=5, fresh=fresh, sentence=""),
        counts=Counts(**counts),
    )


class TestDays:
    def test_counts_are_the_sums_of_the_daily_briefs_and_gaps_are_told(self):
        briefs = [daily_of(n, fresh=5 - (n == 2), read=100, kept=10, dropped=90) for n in range(6)]
        made = week_of(briefs=briefs)
        assert (made.counts.read, made.counts.kept, made.counts.dropped) == (600, 60, 540)
        assert [day.issued for day in made.days] == [True] * 6 + [False]
        said = as_report(made).fields["监测情况"]
        assert "11月8日没有日报，数字不全" in said
        assert "11月4日（4/5）" in said

    def test_the_week_before_stands_beside(self):
        before = week_of(briefs=[daily_of(0, read=70)])
        said = as_report(week_of(briefs=[daily_of(0, read=90)], previous=before)).fields["监测情况"]
        assert "读取90条（上周70条）" in said

    def test_new_events_are_counted_on_the_beijing_day_they_were_first_seen(self):
        late = replace(fire(4), id="E9", first_seen_at=at(11.9), last_seen_at=at(60))
        made = week_of(fire(12), late, replace(late, id="E8", first_seen_at=at(12)))
        assert {day.date: day.new["III"] + day.new["II"] for day in made.days if any(day.new.values())} == {
            "2026-11-03": 2,
            "2026-11-04": 1,
        }

    def test_a_week_begins_on_a_monday(self):
        with pytest.raises(ValueError, match="周一"):
            WeekMaterial(first=date(2026, 11, 3), district=DISTRICT, now=NOON)


class TestEvents:
    def test_the_gravest_tier_an_event_has_had_counts(self):
        of = fire(1)
        made = week_of(of, alerts=[alerted(of, tier=rated(fire(12)).tier)])
        assert made.events[0].tier == "II"
        assert not made.events[0].verified

    def test_events_of_other_weeks_are_left_out_but_an_unanswered_concern_stays(self):
        old = {"first_seen_at": at(-200), "last_seen_at": at(-190), "known_at": at(-200)}
        future = replace(fire(4), id="E9", first_seen_at=at(200), last_seen_at=at(200))
        made = week_of(fire(4, **old), gas(**old), future)
        assert [e.id for e in made.events] == ["E2"]
        assert made.concerns[0].overdue
        assert not made.events[0].new

    @pytest.mark.parametrize("how", [{"answered_at": at(1)}, {"status": EventStatus.RESOLVED}])
    def test_a_concern_that_was_answered_or_ended_does_not_wait(self, how):
        assert not week_of(gas(**how)).concerns

    def test_an_answer_after_the_week_does_not_count_for_it(self):
        assert week_of(gas(answered_at=at(200)), now=at(201)).concerns[0].hours == 24 * 5 + 12

    # Figures long enough that no date, number or id contains them by chance.
    @given(voices=st.integers(0, 2), deaths=st.integers(3 * 10**9, 9 * 10**9))
    def test_what_fewer_than_three_people_say_is_counted_and_not_shown(self, voices, deaths):
        of = fire(figures={"deaths": Figure(claimed=deaths)}, voices=voices, by_authority={"public": voices})
        made = week_of(of)
        assert (made.withheld, made.events) == (1, ())
        assert str(deaths) not in orjson.dumps(dict(to_json(made))).decode() + as_report(made).text

    def test_so_it_is_where_an_alert_was_given_before_and_a_merged_event_is_neither(self):
        few = fire(987654, voices=2, by_authority={"public": 2})
        made = week_of(few, alerts=[replace(alerted(fire(4)), event_id=few.id)])
        assert (made.withheld, made.events, len(made.open)) == (1, (), 1)
        merged = week_of(replace(few, merged_into="E2", status=EventStatus.MERGED))
        assert (merged.withheld, merged.events) == (0, ())


class TestAlerts:
    def closed(self, state=AlertState.CLOSED, when=24):
        return replace(alerted(fire(4)), state=state, closed_at=at(when))

    def test_what_was_opened_ended_and_handed_on_is_told(self):
        made = week_of(
            fire(4),
            alerts=[
                replace(alerted(fire(4)), id="A1"),
                replace(self.closed(), id="A2"),
                replace(self.closed(AlertState.FALSE_ALARM), id="A3"),
                replace(self.closed(when=200), id="A4"),
                replace(alerted(fire(4)), id="A5", drill=True),
            ],
            now=at(201),
        )
        assert (made.opened, made.closed, made.false_alarms, made.drills) == (4, 1, 1, 1)
        assert [a.id for a in made.open] == ["A1", "A4", "A5"]
        assert "【演练】" in as_report(made).fields["未办结预警"]

    def test_only_the_weeks_misses_are_told_and_no_drills(self):
        alert = alerted(fire(4))

        def missed(when):
            late = tuple(
                replace(d, missed_at=when) if d.kind is DeadlineKind.ACKNOWLEDGE else d for d in alert.deadlines
            )
            return replace(alert, deadlines=late)

        drill = replace(missed(at(1)), drill=True, id="A9")
        made = week_of(fire(4), alerts=[missed(at(1)), replace(missed(at(200)), id="A2"), drill], now=at(201))
        assert [m.alert_id for m in made.misses] == [alert.id]
        assert made.headline.endswith("超时1项")

    def test_the_weeks_reports_are_listed(self):
        of = fire(4)
        report = replace(first.build(of, rated(of), alerted(of), NOON, district=DISTRICT), number="首报〔2026〕3号")
        made = week_of(of, reports=[report, replace(report, id="x", issued_at=at(200)), replace(report, drill=True)])
        assert [r.number for r in made.reports] == ["首报〔2026〕3号"]


def test_trends_stand_beside_the_week_before_where_it_is_known():
    known = week_of(topic_posts={"hazard.fire": 5}, topic_posts_before={"hazard.fire": 3, "service.gas": 4})
    assert [(t.name, t.posts, t.before) for t in known.trends] == [("火灾", 5, 3), ("供气", 0, 4)]
    assert [t.before for t in week_of(topic_posts={"hazard.fire": 5}).trends] == [None]
    assert "上周" not in drawn(week_of(topic_posts={"hazard.fire": 5}))[1].words


def test_json_keeps_everything_and_passes_over_keys_of_later_versions():
    made = week_of(fire(12, 4), gas(), alerts=[alerted(fire(12))], briefs=[daily_of(0)], topic_posts={"hazard.fire": 1})
    body = orjson.loads(orjson.dumps(dict(to_json(made))))
    assert from_json(body) == made
    assert from_json({**body, "later": 1}) == made
    assert body["events_by_tier"]["II"] == 1


def test_equal_material_gives_equal_bytes():
    assert to_json(week_of(fire(4), gas())).written == to_json(week_of(gas(), fire(4))).written


def test_the_page_stands_alone_and_is_safe():
    made = week_of(fire(12), gas(), alerts=[alerted(fire(12))], topic_posts={"hazard.fire": 1})
    page = render_html(replace(made, district="<b>区</b>"), number="周报〔2026〕45号")
    assert "<b>区" not in page
    assert page.count("<svg") == 2
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "◆◆◆</span> Ⅱ级·橙色" in page
    assert "2026年第45周，11月2日至11月8日" in page


def test_it_can_be_sent_as_a_report():
    report = as_report(week_of(fire(12)))
    assert report.kind is ReportKind.WEEKLY
    assert report.text.startswith("【周报】Ⅱ级1件")
    assert report.id != as_report(replace(week_of(), first="2026-11-09")).id
    empty = as_report(week_of())
    assert all(empty.fields.values())
    assert empty.fields["超时"] == "本周无"
