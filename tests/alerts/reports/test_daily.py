from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import clocks
from alerts.model import DeadlineKind, Task
from alerts.reports import daily, wording
from alerts.reports.brief import as_report, from_json, render_html, to_json
from alerts.reports.daily import BriefMaterial
from analyzer.model import EventStatus, FactKind, Figure, WarningSignal
from crawlers.model import Authority, Health, Source
from services.ports import SourceState, Tally
from tests.alerts.cases import DISTRICT, alerted, fire, rated
from tests.builders import at, event, figure

DAY = date(2026, 11, 3)
EVENING = at(11.5)


def source(key, interval=timedelta(minutes=10)):
    return Source(id=key, kind="feed", name=f"来源{key}", url="", authority=Authority.MEDIA, interval=interval)


def state(key, health=Health.OK, ago=timedelta(minutes=5), problem=""):
    return SourceState(source_id=key, health=health, last_success_at=EVENING - ago, problem=problem)


def brief_of(*events, **more):
    return daily.build(
        BriefMaterial(
            date=more.pop("on", DAY),
            district=DISTRICT,
            now=more.pop("now", EVENING),
            events=events,
            ratings={e.id: rated(e, EVENING) for e in events},
            **more,
        )
    )


def gas(key="E2", **more):
    return replace(event("service.gas", title="示范区停气", figures={"households": figure(12000)}), id=key, **more)


class TestCoverage:
    def test_it_says_how_many_sources_were_read_as_they_should_be(self):
        states = {k: state(k) for k in "abc"} | {"d": state("d", Health.FAILING, problem="首页返回500")}
        coverage = brief_of(sources=[source(k) for k in "abcde"], states=states).coverage
        assert (coverage.sources, coverage.fresh) == (5, 3)
        assert coverage.sentence == "监测来源 5 个，正常 3 个"
        assert {p.id: p.sentence for p in coverage.problems} == {"d": "首页返回500", "e": "尚未成功采集过"}

    @pytest.mark.parametrize(
        ("interval", "ago", "fresh"),
        [(10, 59, True), (10, 61, False), (60, 179, True), (60, 181, False)],
    )
    def test_a_source_is_fresh_for_three_intervals_and_an_hour(self, interval, ago, fresh):
        coverage = brief_of(
            sources=[source("a", timedelta(minutes=interval))], states={"a": state("a", ago=timedelta(minutes=ago))}
        ).coverage
        assert bool(coverage.fresh) is fresh

    def test_counts_are_summed_once_also_where_the_store_keeps_the_sum(self):
        rows = {"a": Tally(read=9, kept=2, out_of_scope=7), "b": Tally(read=1, kept=1)}
        counts = brief_of(tallies=rows).counts
        assert (counts.read, counts.kept, counts.dropped) == (10, 3, 7)
        assert brief_of(tallies={"a": Tally(read=9, kept=2, unsure=3)}).counts.sentence.startswith(
            "读取9条：留存5条（其中存疑3条）"
        )
        assert brief_of(tallies={**rows, "": Tally(read=10, kept=3, out_of_scope=7)}).counts == counts


class TestEvents:
    def test_the_gravest_come_first_with_claimed_and_verified(self):
        brief = brief_of(gas(), fire(12, 4))
        line = brief.events[0]
        assert (line.claimed, line.verified) == ("II", "III")
        assert (line.figures["deaths"].claimed, line.figures["deaths"].verified) == (12, 4)
        assert brief.by_tier["II"] == 1

    def test_a_quiet_event_of_another_day_is_left_out_an_unanswered_concern_stays(self):
        old = {"first_seen_at": at(-60), "last_seen_at": at(-50), "known_at": at(-60)}
        brief = brief_of(fire(4, **old), gas(**old))
        assert [e.id for e in brief.events] == ["E2"]

    def test_an_event_of_tomorrow_is_left_out(self):
        assert not brief_of(fire(4, first_seen_at=at(13), last_seen_at=at(13))).events

    def test_the_day_is_a_beijing_day(self):
        before = datetime(2026, 11, 2, 15, 59, tzinfo=UTC)
        assert not brief_of(fire(4, first_seen_at=before, last_seen_at=before)).events
        first = before + timedelta(minutes=1)
        assert brief_of(fire(4, first_seen_at=first, last_seen_at=first)).events

    def test_new_and_changed_are_told_against_the_brief_before(self):
        before = brief_of(fire(4), gas())
        after = brief_of(fire(4, 4), gas(), gas("E3"), previous=before)
        assert {e.id: e.change for e in after.events} == {fire().id: "changed", "E2": "same", "E3": "new"}
        assert after.changed[0].changes == ("死亡：已核实4人（#v）",)

    def test_a_stored_brief_compares_like_the_built_one(self):
        before = brief_of(fire(4), gas())
        stored = from_json(orjson.loads(orjson.dumps(dict(to_json(before)))))
        assert brief_of(fire(4), gas(), previous=stored) == brief_of(fire(4), gas(), previous=before)


class TestClocks:
    def missed(self, kind=DeadlineKind.ACKNOWLEDGE, **how):
        alert = alerted(fire(4))
        late = tuple(replace(d, missed_at=d.due_at, **how) if d.kind is kind else d for d in alert.deadlines)
        return replace(alert, deadlines=late)

    def test_a_miss_is_told_whether_or_not_it_was_made_good(self):
        assert brief_of(fire(4), alerts=[self.missed()]).misses[0].met_at is None
        assert brief_of(fire(4), alerts=[self.missed(met_at=at(3))]).misses[0].met_at == at(3)

    def test_an_alert_counts_the_misses_that_the_day_lists(self):
        made_good = replace(self.missed(met_at=at(3)))
        assert [a.misses for a in brief_of(fire(4), alerts=[made_good]).alerts] == [1]
        tomorrow = DAY + timedelta(days=1)
        for alert, count in ((made_good, 0), (self.missed(), 1)):
            brief = brief_of(fire(4), alerts=[alert], on=tomorrow, now=at(36))
            assert ([a.misses for a in brief.alerts], len(brief.misses)) == ([count], count)

    def test_beside_an_alert_stands_what_its_event_reaches_by_now(self):
        milder = brief_of(fire(1), alerts=[alerted(fire(4))])
        assert "Ⅲ级 示范区永固仓库火灾：待签收，按现有情况达到Ⅳ级" in as_report(milder).text
        assert "按现有情况达到Ⅳ级" in render_html(milder)
        assert "按现有情况" not in as_report(brief_of(fire(4), alerts=[alerted(fire(4))])).text

    def test_a_drills_miss_is_no_miss(self):
        drill = replace(self.missed(), drill=True)
        assert not brief_of(fire(4), alerts=[drill]).misses

    def test_an_alert_shows_no_follow_up_as_its_next_clock_for_it_may_never_come(self):
        done = clocks.met(alerted(fire(4)).deadlines, set(DeadlineKind) - {DeadlineKind.FOLLOW_UP}, at(0.1))
        (line,) = brief_of(fire(4), alerts=[replace(alerted(fire(4)), deadlines=done)]).alerts
        assert line.next_clock is None

    def test_figures_stand_in_the_order_of_their_gravity(self):
        of = fire(4, figures={"evacuated": figure(80), "injured": figure(9)})
        (line,) = brief_of(of).events
        assert list(line.figures) == ["deaths", "injured", "evacuated"]

    def test_an_alert_shows_its_next_clock(self):
        line = brief_of(fire(4), alerts=[alerted(fire(4))]).alerts[0]
        assert (line.next_clock, line.next_due_at) == ("签收", at(0.25))
        assert line.title == "示范区永固仓库火灾"

    def test_an_unanswered_concern_shows_its_waiting_time(self):
        (concern,) = brief_of(gas(known_at=at(-40), first_seen_at=at(-40))).concerns
        assert (concern.hours, concern.overdue, concern.due_at) == (51, True, at(8))
        assert "：已2天3小时未获回应，" in concern.sentence
        assert not brief_of(gas(answered_at=at(1))).concerns
        assert not brief_of(gas(status=EventStatus.RESOLVED)).concerns

    def test_the_alerts_own_answer_clock_wins(self):
        of = gas(known_at=at(-40), first_seen_at=at(-40))
        alert = replace(alerted(of), event_id=of.id)
        ours = tuple(replace(d, due_at=at(20)) for d in alert.deadlines if d.kind is DeadlineKind.ANSWER)
        assert brief_of(of, alerts=[replace(alert, deadlines=ours)]).concerns[0].due_at == at(20)


class TestWhatStaysAtTheDesk:
    @given(
        voices=st.integers(0, 2),
        deaths=st.integers(100, 999),
        official=st.booleans(),
    )
    def test_what_fewer_than_three_people_say_is_counted_and_not_shown(self, voices, deaths, official):
        of = fire(
            figures={"deaths": Figure(claimed=deaths)},
            voices=voices,
            by_authority={"public": voices, "official": int(official)},
        )
        task = Task(id="t", event_id=of.id, at=at(1), reason=f"仅{voices}人反映，称死亡{deaths}人，请核实")
        brief = brief_of(of, tasks=[task])
        assert (brief.withheld, len(brief.events)) == ((0, 1) if official else (1, 0))
        said = orjson.dumps(dict(to_json(brief))).decode() + render_html(brief) + as_report(brief).text
        assert (f"待核实{deaths}人" in said) is official
        assert task.reason not in said

    def test_so_it_is_where_an_alert_was_given_before_and_a_merged_event_is_neither(self):
        few = fire(987654, voices=2, by_authority={"public": 2})
        brief = brief_of(few, alerts=[replace(alerted(fire(4)), event_id=few.id)])
        assert (brief.withheld, brief.events, len(brief.alerts)) == (1, (), 1)
        assert "987654" not in render_html(brief) + as_report(brief).text
        merged = brief_of(replace(few, merged_into="E2", status=EventStatus.MERGED))
        assert (merged.withheld, merged.events) == (0, ())

    def test_a_single_voices_greater_claim_is_not_shown(self):
        of = fire(figures={"deaths": Figure(claimed=4, evidence=("c",), unsupported=987654)})
        brief = brief_of(of, tasks=[Task(id="t", event_id=of.id, at=at(1), reason=rated(of).verify)])
        assert "987654" not in orjson.dumps(dict(to_json(brief))).decode() + render_html(brief)
        assert brief.tasks[0].about == "示范区永固仓库火灾中的个别说法"

    def test_what_is_called_alike_is_counted_and_the_longest_waiting_named(self):
        few = [Task(id=f"t{hour}", event_id=f"E{hour}", at=at(hour), reason="请核实") for hour in (4, 2, 3)]
        brief = brief_of(fire(), tasks=[*few, Task(id="t", event_id=fire().id, at=at(1), reason="请核实")])
        lone, counted = brief.to_verify
        assert lone.endswith("示范区永固仓库火灾中的个别说法")
        assert counted.startswith("反映人数不足三人的情况3项，最早的")
        assert f"{wording.moment(at(2))}起" in counted
        assert len(brief.tasks) == 4
        assert counted in render_html(brief)
        assert counted in as_report(brief).text

    def test_a_task_that_is_done_is_gone(self):
        done = Task(id="t", event_id="E9", at=at(1), reason="请核实", done_at=at(2))
        assert not brief_of(tasks=[done]).tasks


def test_trends_stand_beside_yesterdays():
    brief = brief_of(topic_posts={"hazard.fire": 23}, topic_posts_before={"hazard.fire": 3, "service.gas": 4})
    assert [(t.topic, t.posts, t.yesterday, t.change) for t in brief.trends] == [
        ("hazard.fire", 23, 3, 20),
        ("service.gas", 0, 4, -4),
    ]


def test_warning_signals_in_force_are_listed_and_lifted_ones_are_not():
    flood = event("hazard.flood", warning=WarningSignal(colour="red", subject="暴雨"))
    assert brief_of(flood).warnings[0].colour_name == "红色"
    assert not brief_of(replace(flood, warning=WarningSignal(colour="red", subject="暴雨", lifted=True))).warnings


def test_json_keeps_everything_and_passes_over_keys_of_later_versions():
    brief = brief_of(fire(6, 4), gas(), alerts=[alerted(fire(6, 4))], sources=[source("a")])
    body = orjson.loads(orjson.dumps(dict(to_json(brief))))
    assert from_json(body) == brief
    assert from_json({**body, "later": 1}) == brief
    assert body["events_by_tier"]["III"] == 1
    assert body["coverage"]["sentence"] == "监测来源 1 个，正常 0 个"
    assert FactKind.DEATHS.value in body["events"][0]["figures"]


def test_equal_material_gives_equal_bytes():
    assert to_json(brief_of(fire(4), gas())).written == to_json(brief_of(gas(), fire(4))).written


def test_empty_sections_say_so():
    brief = brief_of()
    page = render_html(brief)
    assert page.count("当日无。") == 8
    assert as_report(brief).fields["事件"] == "当日无"


def test_the_page_stands_alone_is_safe_and_names_tiers_in_words():
    brief = brief_of(fire(4), alerts=[alerted(fire(4))])
    page = render_html(replace(brief, district="<b>区</b>"), number="日报〔2026〕1号", revision=2)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<b>区" not in page
    assert "◆◆</span> Ⅲ级·黄色" in page
    assert "日报〔2026〕1号" in page
    assert "第2版" in page
    assert "@page { size: A4" in page


def test_a_draft_says_that_it_is_one():
    assert "尚未签发" in render_html(brief_of(), revision=0)
    assert "尚未签发" not in render_html(brief_of())


def test_the_brief_can_be_mailed_as_a_report():
    report = as_report(brief_of(fire(4), gas()), revision=2)
    assert report.text.startswith("【日报】Ⅲ级1件")
    assert report.title.endswith("第2版")
    assert report.id != as_report(brief_of(fire(4), gas())).id
    assert report.event_id is None
