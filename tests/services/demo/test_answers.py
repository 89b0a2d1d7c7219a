import json
from itertools import pairwise

import pytest

from analyzer.model import FactKind, Tier
from services.demo.answers import Bounds, Check, answers
from services.demo.script import resource
from services.demo.story import REGION

PLACES = [json.loads(line) for line in resource("gazetteer.jsonl").splitlines()]
LEVELS = [
    "city",
    "county",
    "street",
    "village",
    "compound",
    "school",
    "hospital",
    "plant",
    "road",
    "station",
    "water",
    "site",
]


def check(**parts):
    return Check.model_validate({"at": "03 10:00", "claimed": None, "verified": None} | parts)


@pytest.mark.parametrize("expected", answers().events.values(), ids=lambda e: e.title)
def test_checks_and_reports_are_in_order_and_within_the_events_time(expected):
    moments = [c.at for c in expected.checks]

    assert moments == sorted(moments)
    assert all(expected.since <= at for at in moments)
    assert all(a.by <= b.by for a, b in pairwise(expected.reports))
    assert expected.alert == bool(expected.reports)


@pytest.mark.parametrize("expected", answers().events.values(), ids=lambda e: e.title)
def test_places_of_the_answers_are_in_the_gazetteer(expected):
    assert set(expected.places) <= {place["name"] for place in PLACES}


def test_the_gazetteer_is_sound():
    names = [place["name"] for place in PLACES]
    known = {*names, *(place["code"] for place in PLACES if "code" in place)}

    assert len(PLACES) >= 60
    assert len(set(names)) == len(names)
    assert all(place["level"] in LEVELS for place in PLACES)
    assert all(place["parent"] in known for place in PLACES if place["parent"])
    assert any(place.get("code") == REGION for place in PLACES)


def test_no_identity_is_planted_twice_or_empty():
    identities = answers().identities

    assert len(set(identities)) == len(identities)
    assert all(len(identity) >= 3 for identity in identities)


def test_a_check_that_holds_has_no_faults():
    wanted = check(claimed="III", figures={"deaths": {"claimed": 5, "verified": None}}, status="active")

    assert wanted.faults(Tier.III, None, {FactKind.DEATHS: (5, None)}, "active") == []


def test_a_check_names_everything_that_differs():
    wanted = check(claimed="III", figures={"deaths": {"claimed": 5, "verified": None}}, status="active")

    found = wanted.faults(Tier.I, Tier.IV, {FactKind.DEATHS: (32, 3)}, "refuted")

    assert len(found) == 5
    assert "待核实级别应为III，实为I" in found[0]


def test_a_side_that_is_not_given_is_not_checked():
    wanted = check(figures={"ill": {"verified": 12}})

    assert wanted.faults(None, None, {FactKind.ILL: (40, 12)}, "active") == []


def test_a_tier_may_be_bounded_instead_of_named():
    wanted = check(claimed={"at_most": "IV"})

    assert wanted.faults(None, None, {}, "") == []
    assert wanted.faults(Tier.IV, None, {}, "") == []
    assert wanted.faults(Tier.III, None, {}, "") != []


def test_bounds_admit_what_lies_within():
    assert Bounds.model_validate(6).admits(6)
    assert not Bounds.model_validate(6).admits(7)
    assert Bounds(at_least=24).admits(26.2)
    assert not Bounds(at_least=24).admits(None)
