"""What adds no news of a happening changes nothing: bounds on tests/measure/invariance.py, by kind of change."""

from collections import Counter, defaultdict

import pytest

from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from tests.acceptance.town import PLAN
from tests.measure import invariance, pairs

MARKED = "before", "behind", "on a line", "in the middle", "in brackets", "as hashtag", "as title"


@pytest.fixture(scope="module")
def changed():
    """Kind of change -> how many pairs, and how many changed topic, facts and tier."""
    found = defaultdict(Counter)
    reader, plan = Reader(load_gazetteer(None)), load_plan(PLAN)
    for pair in invariance.pairs(reader, plan, seed=11, each=3, tiers=12):
        found[pair.kind].update({"pairs": 1, "rated": pair.tier is not None, **dict.fromkeys(pair.changed, 1)})
    return found


def test_the_set_is_large(changed):
    assert sum(count["pairs"] for count in changed.values()) > 9_000


def test_praise_and_blame_in_a_clause_of_its_own_hardly_moves_a_topic_and_no_figure(changed):
    counts = sum((changed[f"remark {where}"] for where in MARKED), Counter())
    assert counts["topic"] / counts["pairs"] <= 0.035
    assert counts["facts"] / counts["pairs"] <= 0.01


def test_nor_does_that_of_somebody_who_passes_a_post_on(changed):
    count = changed["remark of a reposter"]
    assert count["topic"] / count["pairs"] <= 0.025


@pytest.mark.parametrize("where", ["before, no mark", "behind, no mark"])
def test_nor_does_one_that_runs_on(changed, where):
    count = changed[f"remark {where}"]
    assert count["topic"] / count["pairs"] <= 0.07
    assert count["facts"] / count["pairs"] <= 0.02


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("town", 0.025),
        ("full width", 0),
        ("traditional", 0),
        ("emoji", 0.01),
        ("platform", 0.01),
        ("doubled", 0.025),
        ("homophone", 0.05),
    ],
)
def test_other_changes_stay_within_their_bounds(changed, kind, most):
    count = changed[kind]
    assert max(count["topic"], count["facts"]) / count["pairs"] <= most


@pytest.mark.parametrize(("kind", "most"), [("emoji", 0), ("chinese numerals", 0), ("dropped", 0.05)])
def test_figures_stand_emoji_chinese_numerals_and_mostly_a_dropped_character(changed, kind, most):
    count = changed[kind]
    assert count["facts"] / count["pairs"] <= most


def test_tiers_hold(changed):
    counts = sum(changed.values(), Counter())
    assert counts["tier"] / counts["rated"] <= 0.02


def test_pairs_written_before_the_rules_keep_topic_figures_and_tier():
    found = list(pairs.compared(Reader(load_gazetteer(None)), load_plan(PLAN)))
    assert len(found) >= 100
    assert sum(bool(pair.changed) for pair in found) <= 0.04 * len(found)
