from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model import Basis, EventStatus, FactKind, Place, Tier, WarningSignal
from analyzer.rating import rate, restated
from services.folder.plan import load_plan
from tests.builders import at, event, figure

PLAN = load_plan(Path("deploy/plan.example.yaml"))


def tiers(happening, now=None):
    rating = rate(happening, PLAN, now or at())
    return rating.claimed, rating.verified


@pytest.mark.parametrize(
    ("deaths", "tier"),
    [
        (0, Tier.IV),
        (1, Tier.IV),
        (2, Tier.IV),
        (3, Tier.III),
        (9, Tier.III),
        (10, Tier.II),
        (29, Tier.II),
        (30, Tier.I),
    ],
)
def test_deaths_in_a_fire_reach_the_tier_that_the_law_gives(deaths, tier):
    assert tiers(event(figures={"deaths": figure(deaths)})) == (tier, None)


@pytest.mark.parametrize(
    ("households", "hours", "tier"),
    [
        (12000, 23.9, None),
        (12000, 24, Tier.II),
        (30000, 24, Tier.I),
        (9999, 30, Tier.III),
        (4999, 30, Tier.IV),
        (1999, 300, None),
    ],
)
def test_a_gas_outage_needs_both_households_and_a_day(households, hours, tier):
    outage = event("service.gas", figures={"households": figure(households), "hours": figure(hours)})
    assert tiers(outage)[0] == tier


def test_claimed_and_verified_figures_rate_apart():
    assert tiers(event(figures={"deaths": figure(4, 12)}, by_authority={"official": 1})) == (Tier.III, Tier.II)


def test_five_ill_pupils_are_graver_than_five_ill_diners():
    ill = {"ill": figure(5)}
    assert tiers(event("hazard.food_poisoning", figures=ill))[0] is Tier.IV
    assert tiers(event("hazard.food_poisoning", figures=ill, settings=frozenset({"school"})))[0] is Tier.III


@pytest.mark.parametrize("status", [EventStatus.DRILL, EventStatus.RETOLD, EventStatus.REFUTED])
def test_what_is_not_happening_has_no_tier_and_says_why(status):
    rating = rate(event(figures={"deaths": figure(40)}, status=status), PLAN, at())
    assert rating.tier is None
    assert "不定级" in rating.note


def test_two_voices_make_a_task_and_no_tier():
    rating = rate(event(voices=2, figures={"deaths": figure(unsupported=5)}), PLAN, at())
    assert rating.tier is None
    assert "死亡5人" in rating.verify


def test_one_medium_is_enough_to_rate():
    assert tiers(event(voices=1, by_authority={"public": 1, "media": 1}))[0] is Tier.IV


def test_silence_of_the_authorities_counts_after_48_hours_and_sets_the_time_to_look_again():
    road = event("service.roads", voices=12)
    assert rate(road, PLAN, at()).due_at == at(48)
    assert tiers(road, at(47.9))[0] is None
    assert tiers(road, at(48))[0] is Tier.IV
    assert tiers(event("service.roads", voices=12, answered_at=at(1)), at(48))[0] is None


def awaited(rating):
    """What is told of the answer, of all that would raise the event next."""
    return next(one.observed for one in rating.next_thresholds if "未获官方回应" in one.threshold)


@pytest.mark.parametrize("over", [{"answered_at": at(1.5)}, {"status": EventStatus.CLOSED}])
def test_what_was_answered_or_closed_is_raised_by_no_hours_of_waiting(over):
    road = event("service.roads", voices=12)
    assert "III" in {one.tier.name for one in rate(road, PLAN, at(60)).next_thresholds if "未获" in one.threshold}
    assert not [one for one in rate(replace(road, **over), PLAN, at(60)).next_thresholds if "未获" in one.threshold]


@pytest.mark.parametrize(
    ("hours", "said"), [(0.5, "已30分钟"), (30.5, "已1天6小时"), (48, "已2天"), (239.9, "已9天23小时")]
)
def test_an_event_without_an_answer_says_how_long_and_never_more_than_it_is(hours, said):
    assert awaited(rate(event("service.roads", voices=12), PLAN, at(hours))).startswith(f"未获官方回应{said}，")


def test_what_is_counted_is_known_whatever_is_verified():
    road = event("service.roads", voices=12, by_authority={"public": 12, "official": 1}, answered_at=at(1))
    assert not any("不详" in one.observed for one in rate(road, PLAN, at(2)).next_thresholds if "人数" in one.threshold)


def test_a_rating_is_told_as_of_now_without_rating_anew():
    road = event("service.roads", voices=30)
    then = rate(road, PLAN, at(48))
    now = restated(then, road, PLAN, at(242.5))
    assert (then.tier, now.tier) == (Tier.IV, Tier.IV)  # 240 hours and thirty voices would be tier III
    assert [reason.observed for reason in now.reasons] == ["未获官方回应已10天2小时，反映人数30人"]
    assert awaited(now) == "未获官方回应已10天2小时，反映人数30人"
    answered = restated(then, replace(road, answered_at=at(50)), PLAN, at(60))
    assert [reason.observed for reason in answered.reasons] == ["官方已于11月5日14时00分回应，反映人数30人"]
    assert replace(now, reasons=then.reasons, next_thresholds=then.next_thresholds) == then


def test_what_is_reached_later_than_another_threshold_for_the_same_tier_is_not_told():
    topics = ("hazard.food_poisoning", "service.school")
    ill = event(topics[0], topics=topics, settings=frozenset({"school"}), figures={"ill": figure(40)})
    told = [(one.tier, one.threshold) for one in rate(ill, PLAN, at()).next_thresholds]
    assert (Tier.II, "死亡≥1人或重伤（含急性中毒）≥10人") in told
    assert not any("死亡≥10人" in threshold for _, threshold in told)


def test_what_would_raise_it_lies_beyond_the_alerts_tier():
    road = event("service.roads", voices=12)
    told = restated(rate(road, PLAN, at(48)), road, PLAN, at(50), above=Tier.III)
    assert all(one.tier > Tier.III for one in told.next_thresholds)


@pytest.mark.parametrize(("colour", "tier"), [("red", Tier.III), ("orange", Tier.IV), ("blue", Tier.IV)])
def test_a_warning_is_not_an_event_and_stays_low(colour, tier):
    signal = WarningSignal(colour=colour, subject="洪水")
    flood = event("hazard.flood", warning=signal, status=EventStatus.ACTIVE)
    assert tiers(flood)[0] is tier


def test_people_have_waited_since_they_first_spoke_however_late_the_desk_learned():
    road = event("service.roads", voices=3, first_seen_at=at(-60), known_at=at())
    assert tiers(road, at())[0] is Tier.IV


def test_a_share_of_an_unknown_total_is_no_reason():
    assert tiers(event("service.power", figures={"households": figure(90000)}))[0] is None


def test_reasons_cite_law_figure_threshold_and_evidence():
    reason = rate(event(figures={"deaths": figure(12)}), PLAN, at()).reasons[0]
    assert reason.basis is Basis.CLAIMED
    assert "234号" in reason.source
    assert (reason.threshold, reason.observed, reason.evidence) == ("死亡≥10人", "死亡12人", ("c",))


def test_what_merely_happens_or_is_counted_rests_on_posts_too():
    told = {"first": ("p1", "p2", "o1"), "official": ("o1",), "voices": ("p2", "p3")}
    reasons = rate(event("hazard.fire", backing=told, by_authority={"official": 1}), PLAN, at()).reasons
    happens = {r.basis: r.evidence for r in reasons if r.threshold == "发生即定级"}
    assert happens == {Basis.VERIFIED: ("o1",), Basis.CLAIMED: ("o1", "p1", "p2")}

    (waiting,) = rate(event("service.roads", voices=4, backing=told), PLAN, at(50)).reasons
    assert (waiting.criterion, waiting.evidence) == ("concern.unanswered", ("p1", "p2", "o1", "p3"))


@pytest.mark.parametrize(
    ("of", "observed"),
    [
        (event("hazard.fire"), "发生火灾"),
        (event("hazard.equipment", topics=("hazard.equipment", "hazard.collapse")), "发生坍塌坠物"),
        (event("service.water", settings=frozenset({"intake_cut"})), "饮用水水源地中断取水"),
    ],
)
def test_a_reason_of_mere_occurrence_says_what_has_happened(of, observed):
    (reason,) = (r for r in rate(of, PLAN, at()).reasons if r.threshold == "发生即定级")
    assert reason.observed == observed


def test_what_would_raise_it_is_held_against_the_greater_figure_claimed_or_verified():
    said = rate(event(figures={"deaths": figure(4, verified=12)}), PLAN, at()).next_thresholds

    assert [n.observed for n in said if n.threshold.startswith("死亡≥30人")] == ["死亡12人"]


def test_of_several_parts_all_are_held_against_the_greater_figures():
    said = rate(event("hazard.food_poisoning", figures={"ill": figure(40, verified=120)}), PLAN, at()).next_thresholds

    assert {n.observed for n in said if "患病（不适）≥101人且" in n.threshold} == {"患病（不适）120人，死亡不详"}


def test_what_would_raise_it_is_named():
    rating = rate(event(figures={"deaths": figure(9)}), PLAN, at())
    first = rating.next_thresholds[0]

    wanted = "死亡≥10人或重伤（含急性中毒）≥50人或直接经济损失≥5000万元"
    assert (first.tier, first.threshold, first.observed) == (Tier.II, wanted, "死亡9人")


def test_of_all_that_would_raise_it_what_is_known_is_told_and_nothing_twice():
    hurt = event(figures={"serious_injured": figure(7)}, settings=frozenset({"released"}))
    told = rate(hurt, PLAN, at()).next_thresholds
    assert ("死亡≥3人或重伤（含急性中毒）≥10人或" in told[0].threshold, told[0].observed) == (
        True,
        "重伤（含急性中毒）7人",
    )
    rows = [(one.tier, row) for one in told for row in one.threshold.split("或")]
    assert len(rows) == len(set(rows))


@given(
    st.dictionaries(st.sampled_from(list(FactKind)), st.floats(0, 1e9), max_size=5),
    st.sampled_from(["hazard.fire", "service.gas", "hazard.flood", "service.wages", "hazard.equipment"]),
    st.floats(-1, 1),
)
def test_a_greater_figure_never_lowers_the_tier_and_tone_changes_nothing(figures, topic, share):
    small = event(topic, figures={k: figure(v) for k, v in figures.items()})
    great = event(topic, figures={k: figure(v * 2) for k, v in figures.items()}, negative_share=abs(share))
    low, high = tiers(small)[0] or 0, tiers(great)[0] or 0
    assert high >= low


@pytest.mark.parametrize(
    ("region", "code", "tier"),
    [
        ("330106", "330106", Tier.III),
        ("330106", "330106009", Tier.III),
        ("330106", "330100", Tier.III),
        ("330106", "330000", Tier.III),
        ("330106", "330108", None),
        ("330000", "330108", Tier.III),
        ("330110", "330111", None),
        ("330106", "510100", None),
        ("", "510100", Tier.III),
    ],
)
def test_a_hazard_far_from_the_plans_district_has_no_tier_and_is_asked_about(region, code, tier):
    there = Place(code=code, name="某地", level="county", span=(0, 2))
    far = event(figures={"deaths": figure(4)}, places=(there,))
    rating = rate(far, PLAN.model_copy(update={"region": region}), at())
    assert rating.claimed is tier
    assert ("不在本区" in rating.verify) is (tier is None)


@pytest.mark.parametrize(
    ("deaths", "lean", "tier"),
    [(30, -1, Tier.II), (30, 0, Tier.I), (29, 1, Tier.I), (31, -1, Tier.I), (10, -1, Tier.III), (9, 1, Tier.II)],
)
def test_near_a_threshold_it_counts_on_which_side_the_true_figure_lies(deaths, lean, tier):
    assert tiers(event(figures={"deaths": figure(deaths, lean=lean)}))[0] is tier


def test_what_is_told_as_fewer_than_the_threshold_is_told_so_in_the_reason():
    (reason,) = rate(event(figures={"deaths": figure(30, lean=-1)}), PLAN, at()).reasons
    assert reason.observed == "死亡不到30人"


def test_an_accident_in_a_storm_is_no_natural_disaster():
    drowned = {"deaths": figure(11)}
    ship = event("hazard.traffic", topics=("hazard.traffic", "hazard.storm"), figures=drowned)
    storm = event("hazard.storm", topics=("hazard.storm", "hazard.traffic"), figures=drowned)

    assert tiers(ship)[0] is Tier.II
    assert tiers(storm)[0] is Tier.I


@pytest.mark.parametrize(("deaths", "tier"), [(0, Tier.IV), (1, Tier.III), (4, Tier.III), (5, Tier.II)])
def test_deaths_of_poisoning_at_work_have_the_ladder_of_public_health(deaths, tier):
    told = event("hazard.work_accident", settings=frozenset({"occupational"}), figures={"deaths": figure(deaths)})
    assert tiers(told)[0] is tier


def test_a_death_among_pupils_who_fought_is_graver_than_one_at_work():
    fight = event("hazard.work_accident", settings=frozenset({"school_violence"}), figures={"deaths": figure(1)})
    assert tiers(fight)[0] is Tier.II


def test_a_ropeway_that_a_storm_has_stopped_is_rated_as_a_ropeway():
    figures = {"trapped": figure(112), "hours": figure(50)}
    told = event("hazard.storm", settings=frozenset({"ropeway"}), figures=figures)
    assert tiers(told)[0] is Tier.I
