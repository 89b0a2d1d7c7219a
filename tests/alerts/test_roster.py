from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts.beijing import BEIJING
from alerts.roster import Roster
from alerts.shifts import Weekday
from analyzer.topics import topic_list
from services.errors import ConfigError
from services.folder import config
from tests.alerts.cases import PLAN

EXAMPLE = Path(__file__).parents[2] / "deploy" / "roster.example.yaml"


def local(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING)


def person(key, **channels):
    return {"id": key, "name": f"{key}员", "channels": channels or {"email": f"{key}@duty.example"}}


def roster(*shifts, people="abcd", **more):
    roles = more.pop("roles", [{"id": "duty", "name": "值班员"}])
    return Roster.model_validate(
        {"people": [person(k) for k in people], "roles": roles, "shifts": list(shifts), **more}
    )


def shift(*people, start="08:00", end="20:00", **more):
    return {"role": "duty", "people": list(people), "start": start, "end": end, **more}


def on_duty(of, text):
    return "".join(p.id for p in of.on_duty("duty", local(text)))


class TestShifts:
    def test_a_shift_is_half_open(self):
        of = roster(shift("a"), shift("b", start="20:00", end="08:00"))
        assert [on_duty(of, f"2026-11-03 {t}") for t in ("07:59", "08:00", "19:59", "20:00", "23:59")] == list("baabb")

    def test_a_night_shift_belongs_to_the_day_it_begins_on(self):
        of = roster(shift("a", start="20:00", end="08:00", days=["tue"]))
        assert on_duty(of, "2026-11-04 07:00") == "a"
        assert on_duty(of, "2026-11-03 07:00") == ""

    def test_the_same_hour_twice_is_a_whole_day(self):
        of = roster(shift("a", start="08:00", end="08:00", days=["tue"]))
        assert [on_duty(of, t) for t in ("2026-11-03 07:59", "2026-11-03 08:00", "2026-11-04 07:59")] == ["", "a", "a"]

    def test_people_of_one_shift_are_on_duty_together(self):
        assert on_duty(roster(shift("a", "b")), "2026-11-03 09:00") == "ab"

    def test_a_daily_turn_goes_round(self):
        of = roster(shift("a", "b", "c", turn="daily", since=date(2026, 11, 1)))
        assert [on_duty(of, f"2026-11-0{n} 09:00") for n in range(1, 8)] == list("abcabca")

    def test_a_daily_turn_counts_only_days_that_have_a_shift(self):
        of = roster(shift("a", "b", turn="daily", since=date(2026, 11, 2), days=["mon", "wed", "fri"]))
        days = ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-06", "2026-11-09"]
        assert [on_duty(of, f"{d} 09:00") for d in days] == ["a", "", "b", "a", "b"]

    def test_a_weekly_turn_changes_on_mondays(self):
        of = roster(shift("a", "b", turn="weekly", since=date(2026, 11, 5)))
        days = ["2026-11-05", "2026-11-08", "2026-11-09", "2026-11-15", "2026-11-16"]
        assert [on_duty(of, f"{d} 09:00") for d in days] == list("aabba")

    def test_dates_and_bounds(self):
        of = roster(
            shift("a", dates=[date(2026, 11, 3)]),
            shift("b", start="20:00", end="22:00", since=date(2026, 11, 3), until=date(2026, 11, 4)),
        )
        assert [on_duty(of, f"2026-11-0{n} 09:00") for n in (2, 3, 4)] == ["", "a", ""]
        assert [on_duty(of, f"2026-11-0{n} 21:00") for n in (2, 3, 4, 5)] == ["", "b", "b", ""]

    @given(st.integers(0, 10_000), st.sets(st.sampled_from(list(Weekday)), min_size=1))
    def test_a_daily_turn_is_fair_and_counted_alike_near_and_far(self, offset, days):
        since = date(2026, 1, 1)
        (entry,) = roster(shift("a", "b", "c", turn="daily", since=since, days=sorted(days))).shifts
        first = since + timedelta(days=offset)
        worked = [d for i in range(60) if entry.on(d := first + timedelta(days=i))]
        turns = ["abc".index(entry.holders(d)[0]) for d in worked]
        assert all((later - earlier) % 3 == 1 for earlier, later in pairwise(turns))


AWAY = {"absent": "a", "by": "c", "start": "2026-11-03T10:00", "end": "2026-11-03T12:00"}


class TestSubstitutions:
    def test_the_substitute_takes_every_duty_for_that_time(self):
        of = roster(
            shift("a"),
            substitutions=[AWAY],
            departments=[{"id": "fire", "name": "消防", "liaisons": ["a"]}],
        )
        assert [on_duty(of, f"2026-11-03 {t}") for t in ("09:59", "10:00", "11:59", "12:00")] == list("acca")
        assert [p.id for p in of.resolve("fire", local("2026-11-03 11:00"))] == ["c"]
        assert [p.id for p in of.resolve("a", local("2026-11-03 11:00"))] == ["c"]

    def test_a_substitute_may_be_away_too_and_a_circle_ends(self):
        away = [AWAY, {**AWAY, "absent": "c", "by": "d"}]
        assert on_duty(roster(shift("a"), substitutions=away), "2026-11-03 11:00") == "d"
        circle = [AWAY, {**AWAY, "absent": "c", "by": "a"}]
        assert on_duty(roster(shift("a"), substitutions=circle), "2026-11-03 11:00") in {"a", "c"}

    def test_nobody_is_told_twice(self):
        assert on_duty(roster(shift("a", "c"), substitutions=[AWAY]), "2026-11-03 11:00") == "c"


class TestResolve:
    AT = local("2026-11-03 09:00")

    def test_roles_people_and_departments(self):
        of = roster(
            shift("a"),
            roles=[{"id": "duty", "name": "值班员"}, {"id": "head", "name": "主要负责人", "holders": ["d"]}],
            departments=[{"id": "fire", "name": "消防", "liaisons": ["b", "c"]}],
        )
        found = {t: "".join(p.id for p in of.resolve(t, self.AT)) for t in ("duty", "head", "b", "fire")}
        assert found == {"duty": "a", "head": "d", "b": "b", "fire": "bc"}
        assert all(map(of.knows, ("a", "duty", "fire")))
        assert not of.knows("gone")
        assert of.names["duty"] == "值班员"

    @pytest.mark.parametrize("target", ["duty", "nobody-knows", "fire"])
    def test_where_nobody_is_found_somebody_is_told_all_the_same(self, target):
        of = roster(fallback=["d"], departments=[{"id": "fire", "name": "消防"}])
        assert [p.id for p in of.resolve(target, self.AT)] == ["d"]
        assert roster().resolve(target, self.AT) == []

    def test_somebody_without_any_channel_does_not_count_as_found(self):
        of = Roster.model_validate(
            {
                "people": [{"id": "a", "name": "甲", "channels": {"email": " "}}, person("d")],
                "roles": [{"id": "duty", "name": "值班员", "holders": ["a"]}],
                "fallback": ["d"],
            }
        )
        assert [p.id for p in of.resolve("duty", self.AT)] == ["d"]

    def test_an_unknown_recipient_has_no_channel(self):
        assert roster().person("gone").channels == {}
        assert roster().person("a").name == "a员"

    def test_the_topics_own_department_goes_before_the_wide_one(self):
        of = roster(
            departments=[
                {"id": "wide", "name": "应急", "topics": ["hazard.*"]},
                {"id": "fire", "name": "消防", "topics": ["hazard.fire"]},
            ]
        )
        assert of.department_for("hazard.fire").id == "fire"
        assert of.department_for("hazard.flood").id == "wide"
        assert of.department_for("service.gas") is None


class TestProblems:
    NOW = local("2026-11-03 12:00")

    def full(self, **more):
        return roster(shift("a"), shift("b", start="20:00", end="08:00"), **more)

    def test_a_full_roster_has_none(self):
        assert self.full().problems(self.NOW) == []

    def test_a_hole_is_told_with_its_hours(self):
        of = roster(shift("a"), shift("b", start="20:00", end="07:00"))
        assert of.uncovered("duty", self.NOW, self.NOW + timedelta(days=1)) == [
            (local("2026-11-04 07:00"), local("2026-11-04 08:00"))
        ]
        (sentence,) = of.problems(self.NOW)
        assert "“值班员”自11月4日07:00至11月4日08:00无人可联系（未来14天共14段）" in sentence

    def test_a_person_who_cannot_be_reached_leaves_a_hole(self):
        of = Roster.model_validate(
            {
                "people": [{"id": "a", "name": "甲"}],
                "roles": [{"id": "duty", "name": "值班员"}],
                "shifts": [shift("a", start="00:00", end="00:00")],
            }
        )
        said = of.problems(self.NOW)
        assert any("“甲”（a）没有任何联系渠道" in s for s in said)
        assert any("无人可联系" in s for s in said)

    def test_an_end_of_the_roster_within_two_weeks_is_told(self):
        of = roster(shift("a", start="00:00", end="24:00", until=date(2026, 11, 10)))
        assert of.uncovered("duty", self.NOW, self.NOW + timedelta(days=14)) == [
            (local("2026-11-11 00:00"), local("2026-11-17 12:00"))
        ]

    def test_unknown_names_are_told_and_the_rest_works(self):
        of = self.full(
            departments=[{"id": "fire", "name": "消防", "liaisons": ["ghost"]}],
            substitutions=[{**AWAY, "by": "spirit"}],
            fallback=["shade"],
        )
        said = "".join(of.problems(self.NOW))
        for name in ("ghost", "spirit", "shade", "没有联络员"):
            assert name in said
        assert on_duty(of, "2026-11-03 13:00") == "a"

    def test_overlapping_shifts_are_told_once(self):
        of = self.full().model_copy(
            update={"shifts": (*self.full().shifts, *roster(shift("c", start="19:00", end="21:00")).shifts)}
        )
        overlaps = [s for s in of.problems(self.NOW) if "重叠" in s]
        assert len(overlaps) == 2
        assert "第1个与第3个班次自11月2日19:00起重叠" in overlaps[0]

    def test_a_role_that_need_not_be_held_at_all_hours_has_no_holes(self):
        roles = [{"id": "duty", "name": "值班员", "continuous": False}]
        assert roster(roles=roles).problems(self.NOW) == []

    @given(
        st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23), st.sampled_from("abcd")), max_size=4),
        st.integers(0, 24 * 60 - 1),
    )
    def test_a_hole_is_exactly_where_nobody_is_on_duty(self, shifts, minute):
        of = roster(*(shift(k, start=f"{s:02d}:00", end=f"{e:02d}:00") for s, e, k in shifts))
        since = local("2026-11-03 00:00")
        moment = since + timedelta(minutes=minute)
        holes = of.uncovered("duty", since, since + timedelta(days=1))
        assert any(start <= moment < end for start, end in holes) is not bool(of.on_duty("duty", moment))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"start": 8}, "加引号"),
        ({"turn": "daily"}, "since"),
        ({"since": date(2026, 11, 3), "until": date(2026, 11, 1)}, "早于"),
    ],
)
def test_a_broken_shift_is_told_in_chinese(broken, says):
    with pytest.raises(ValidationError, match=says):
        roster({**shift("a"), **broken})


@pytest.mark.parametrize(("broken", "says"), [({"end": "2026-11-03T09:00"}, "不晚于"), ({"by": "a"}, "不能是本人")])
def test_a_broken_substitution_is_told_in_chinese(broken, says):
    with pytest.raises(ValidationError, match=says):
        roster(substitutions=[{**AWAY, **broken}])


def test_one_id_means_one_thing():
    with pytest.raises(ValidationError, match="“duty”重复"):
        roster(people=["a", "duty"])


class TestExample:
    def test_it_has_no_problem_and_knows_everybody_the_plan_tells(self):
        example = config.load(EXAMPLE, Roster)
        assert example.problems(local("2026-11-03 12:00")) == []
        told = {t for tier in PLAN.response.tiers.values() for step in tier.steps for t in step.notify}
        assert all(map(example.knows, told))

    def test_every_topic_has_a_department(self):
        example = config.load(EXAMPLE, Roster)
        assert [code for code in topic_list().codes if example.department_for(code) is None] == []

    def test_its_addresses_reach_nobody(self):
        example = config.load(EXAMPLE, Roster)
        assert all(a.endswith(".example") for p in example.people for a in p.channels.values())

    def test_a_misspelt_key_is_told_with_file_and_line(self, tmp_path):
        text = EXAMPLE.read_text(encoding="utf-8").replace("holders:", "holdrs:", 1)
        (tmp_path / "roster.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=r"roster\.yaml 第\d+行.*holders"):
            config.load(tmp_path / "roster.yaml", Roster)
