import pytest

from alerts.feedback import Feedback, Precision, Verdict, grounds, precision, table
from analyzer.model import Basis, Rating, Reason, Tier
from tests.builders import at


def said(verdict, *criteria, event="E1"):
    return Feedback(event_id=event, verdict=verdict, by="a", at=at(), criteria=criteria)


def rating(tier, *criteria):
    reasons = tuple(
        Reason(criterion=c, tier=t, basis=Basis.CLAIMED, source="s", confidence="T", threshold="", observed="")
        for c, t in criteria
    )
    return Rating(event_id="E1", event_version=1, plan_version="p", claimed=tier, reasons=reasons)


def test_the_criteria_of_the_gravest_tier_are_answerable_for_it():
    history = [
        (at(0), rating(Tier.IV, ("fire", Tier.IV))),
        (at(1), rating(Tier.II, ("fire", Tier.II), ("surge", Tier.III))),
        (at(2), rating(None)),
    ]
    assert grounds(history) == (Tier.II, ("fire",))
    assert grounds([]) == (None, ())


def test_precision_is_counted_per_criterion_over_what_was_judged():
    given = [
        said(Verdict.RIGHT, "fire"),
        said(Verdict.TOO_LOW, "fire", "surge", event="E2"),
        said(Verdict.FALSE_ALARM, "surge", event="E3"),
        said(Verdict.TOO_HIGH, "surge", event="E4"),
    ]
    raised = [("fire",), ("fire", "surge"), ("surge",), ("surge",), ("fire",), ("gas",)]
    found = {row.criterion: row for row in precision(raised, given)}

    assert found["fire"] == Precision(criterion="fire", raised=3, right=1, too_low=1)
    assert found["fire"].precision == 1
    assert (found["surge"].judged, found["surge"].precision) == (3, pytest.approx(1 / 3))
    assert (found["gas"].raised, found["gas"].precision) == (1, None)


def test_an_event_that_no_criterion_caught_is_counted_apart():
    (row,) = precision([], [said(Verdict.TOO_LOW)])
    assert (row.criterion, row.raised, row.too_low) == ("", 0, 1)


def test_the_table_names_criteria_counts_and_what_nobody_judged():
    rows = precision([("fire",), ("gas",)], [said(Verdict.FALSE_ALARM, "fire"), said(Verdict.TOO_LOW, event="E2")])
    text = table(rows, {"fire": "火灾伤亡"})

    assert "| 火灾伤亡 | 1 | 1 | 0 | 1 | 0 | 0 | 0%（0/1） |" in text
    assert "| gas（预案已无此判据） | 1 | 0 | 0 | 0 | 0 | 0 | 尚无评价 |" in text
    assert "未触发任何判据" in text


def test_a_desk_that_has_seen_nothing_is_told_so():
    assert table([], {}) == "还没有任何判据触发过预警，也没有评价。"
