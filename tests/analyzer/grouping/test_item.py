"""How grouping sees a post."""

import pytest

from analyzer.grouping.item import UNTOLD, told_as
from analyzer.model import Nature
from crawlers.model import Authority
from tests.builders import post, reading


def told(topic, nature, authority=Authority.PUBLIC):
    said = post("这条路没有路灯，万一摔了谁负责", authority=authority)
    return told_as(said, reading(said, topic, nature=nature))


@pytest.mark.parametrize("nature", [Nature.HYPOTHETICAL, Nature.STATISTIC])
def test_who_complains_of_a_service_may_suppose_and_count(nature):
    assert told("service.roads", nature) is Nature.CURRENT


@pytest.mark.parametrize(
    ("topic", "authority"),
    [("hazard.fire", Authority.PUBLIC), ("service.roads", Authority.MEDIA), ("service.wages", Authority.OFFICIAL)],
)
def test_a_feared_hazard_and_what_media_count_have_not_happened(topic, authority):
    assert told(topic, Nature.HYPOTHETICAL, authority) in UNTOLD


def test_a_drill_is_one_whatever_it_is_about():
    assert told("service.power", Nature.DRILL) is Nature.DRILL
