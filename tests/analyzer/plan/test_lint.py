from pathlib import Path

import pytest

from analyzer.plan import Plan
from analyzer.plan.explain import explain
from analyzer.plan.lint import lint
from analyzer.topics import topic_list
from services.folder.plan import load_plan

SHIPPED = Path("deploy/plan.example.yaml")
CODES = topic_list().codes


def plan(*criteria):
    rows = [
        {
            "id": f"c{n}",
            "title": f"判据{n}",
            "topics": ["hazard.fire"],
            "source": "本区自定",
            "confidence": "local",
            **row,
        }
        for n, row in enumerate(criteria)
    ]
    return Plan.model_validate({"version": "1", "district": "示范区", "criteria": rows})


def said(*criteria):
    return "\n".join(sentence for _, sentence in lint(plan(*criteria), CODES))


FULL = {"I": [{"deaths": 30}], "II": [{"deaths": 10}], "III": [{"deaths": 3}], "IV": [{"occurrence": 1}]}


def test_the_shipped_plan_has_no_doubts():
    assert lint(load_plan(SHIPPED), CODES) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tiers": {"IV": [{"deaths": 1}]}}, "没有任何判据能达到Ⅰ级"),
        ({"tiers": {**FULL, "III": [{"deaths": 12}]}}, "III级达不到"),
        ({"tiers": {"II": [{"deaths": 10}], "IV": [{"deaths": 1}]}}, "直接跳到II级"),
        ({"tiers": FULL, "topics": ["hazard.volcano"]}, "hazard.volcano 不在主题表中"),
        ({"tiers": FULL, "settings": ["moon"]}, "场所 moon 不会被识别"),
        ({"tiers": FULL, "unless": ["moon"]}, "场所 moon 不会被识别"),
    ],
)
def test_each_doubt_is_said(change, words):
    assert words in said(change)


def test_a_tier_without_any_threshold_between_two_that_have_one_is_a_gap_whatever_they_measure():
    assert "直接跳到" not in said({"tiers": FULL})
    assert "从IV级直接跳到II级" in said({"tiers": {name: FULL[name] for name in ("I", "II", "IV")}})


def test_every_doubt_of_a_criterion_names_its_place():
    found = lint(plan({"tiers": FULL}, {"tiers": FULL, "topics": ["hazard.fires"]}), CODES)
    assert [place for place, sentence in found if "hazard.fires" in sentence] == [("criteria", 1, "topics")]
    assert "是不是“hazard.fire”" in dict(found)["criteria", 1, "topics"]


def test_two_criteria_that_disagree_are_named_together():
    text = said({"tiers": FULL}, {"tiers": {**FULL, "III": [{"deaths": 5}]}})
    assert "“判据0”与“判据1”" in text


def test_a_row_of_several_measures_is_held_against_the_graver_ones():
    text = said({"tiers": {**FULL, "III": [{"deaths": 3}, {"households": 2000, "hours": 24}], "II": [{"hours": 12}]}})
    assert "“受影响户数≥2000户且持续时间≥24小时”不低于II级“持续时间≥12小时”，凭此一项III级达不到" in text


def test_a_row_that_asks_for_less_of_one_measure_is_no_overlap():
    rows = {"III": [{"households": 5000, "hours": 48}], "II": [{"households": 10000, "hours": 24}]}
    assert "达不到" not in said({"tiers": {**FULL, **rows}})


def test_criteria_that_disagree_on_a_row_of_several_measures_are_named_together():
    rows = [{**FULL, "III": [{"households": least, "hours": 24}]} for least in (5000, 2000)]
    assert "“持续时间、受影响户数”门槛不同" in said(*({"tiers": tiers} for tiers in rows))


def test_hazards_that_nothing_rates_by_harm_are_named():
    assert "hazard.flood 没有按伤亡或损失定级的判据" in said({"tiers": FULL})


def test_the_table_shows_every_threshold_with_its_source():
    shipped = load_plan(SHIPPED)
    text = explain(shipped, topic_list().names)
    assert all(criterion.source in text and criterion.title in text for criterion in shipped.criteria)
    assert "受影响户数≥1万户且持续时间≥24小时" in text


def lost(tier, row):
    """`FULL` with another row in the place of one tier's."""
    return said({"tiers": {**FULL, tier: [row]}})


def test_a_measure_that_a_tier_between_two_leaves_out_is_a_gap():
    text = lost("II", {"serious_injured": 50})
    assert "II级没有与III级“死亡≥3人”、I级“死亡≥30人”相应的门槛，会由III级直接跳到I级" in text
    assert "没有与" not in lost("II", {"deaths+missing": 10})
    assert "没有与" not in said({"tiers": {**FULL, "III": [{"injured": 5}]}})
    rows = {
        "I": [{"households": 30000, "hours": 48}],
        "II": [{"hours": 72}],
        "III": [{"households": 5000, "hours": 24}],
    }
    assert "II级没有与III级“受影响户数≥5000户且持续时间≥24小时”" in said({"tiers": {**FULL, **rows}})


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ({"III": [{"deaths": 12}], "II": [{"deaths+missing": 10}]}, "III级“死亡≥12人”不低于II级“死亡、失踪"),
        (
            {"III": [{"missing+deaths": 10}], "II": [{"deaths+missing": 10}]},
            "失踪（失联）、死亡合计≥10人”不低于",
        ),
        (
            {"III": [{"deaths": 5, "missing": 5}], "II": [{"deaths+missing": 10}]},
            "不低于II级“死亡、失踪（失联）合计",
        ),
        ({"III": [{"deaths+missing": 12}], "II": [{"deaths": 10}]}, ""),
        ({"III": [{"deaths": 4, "missing": 5}], "II": [{"deaths+missing": 10}]}, ""),
        ({"III": [{"deaths": 9}], "II": [{"deaths+missing": 10}]}, ""),
    ],
)
def test_sums_are_compared_by_their_parts(tiers, words):
    text = said({"tiers": {**FULL, **tiers}})
    assert words in text
    assert ("不低于" in text) is bool(words)


def test_two_criteria_agree_whatever_the_order_of_a_sum():
    one, other = ({"tiers": {**FULL, "II": [{name: 10}]}} for name in ("deaths+missing", "missing + deaths"))
    assert "门槛不同" not in said(one, other)
    assert "门槛不同" in said(one, {"tiers": {**FULL, "II": [{"missing+deaths": 20}]}})


def test_a_criterion_for_no_place_at_all_is_named_and_reaches_no_tier():
    never = {"tiers": FULL, "settings": ["ropeway"], "unless": ["ride", "ropeway"]}
    found = lint(plan(never), CODES)
    assert (("criteria", 0, "unless"), "判据“判据0”仅限索道，又写明不用于索道，永远不会用到。") in found
    assert "没有任何判据能达到Ⅰ级" in said(never)
    assert "永远不会用到" not in said({**never, "settings": ["ropeway", "school"]})


NONE = "无 - 待定 待补充 暂无 （无） —— N/A TBD ?? 2026 无依据 依据待定 同上 略 xxx 尚未定 有待核实"
SOME = "本区自定 国务院令第493号 无锡市应急预案 GB/T38565 待业保险条例 略阳县预案"


@pytest.mark.parametrize("source", [*NONE.split()])
def test_words_that_name_no_source_are_none(source):
    found = lint(plan({"tiers": FULL, "source": f"{source} "}), CODES)
    assert [sentence for place, sentence in found if place == ("criteria", 0, "source")]


@pytest.mark.parametrize("source", [*SOME.split()])
def test_words_that_name_a_source_are_one(source):
    assert "等于没有写依据" not in said({"tiers": FULL, "source": source})
