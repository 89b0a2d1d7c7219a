"""Events told in several posts get the tier that the law gives; streams made to fool raise nothing more."""

import pytest

from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from services.folder.plan import load_plan
from tests.acceptance.town import PLAN
from tests.measure import tier_streams
from tests.measure.tiers import told


@pytest.fixture(scope="module")
def judged():
    streams = told("tier_streams.jsonl")
    return [
        (stream, tier, replay)
        for stream, tier, replay in tier_streams.judged(streams, Reader(load_gazetteer(None)), load_plan(PLAN))
    ]


def test_the_tier_is_the_laws(judged):
    right = [tier == stream["tier"] for stream, tier, _ in judged if not stream["fooling"]]
    assert sum(right) / len(right) >= 0.95


def test_no_stream_made_to_fool_raises_a_tier(judged):
    assert [stream["name"] for stream, tier, _ in judged if stream["fooling"] and tier != stream["tier"]] == []


def test_those_who_die_later_are_added_and_nobody_twice(judged):
    told = [(stream, replay) for stream, _, replay in judged if "dead" in stream]
    assert len(told) > 30
    assert [stream["name"] for stream, replay in told if tier_streams.dead(replay) != stream["dead"]] == []
