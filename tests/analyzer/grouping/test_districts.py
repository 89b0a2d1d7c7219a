"""What people of one district speak of is not what those of another do."""

from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from crawlers.model import Authority
from tests.builders import at, post
from tests.measure.grouping import grouped, read

READER = Reader(Gazetteer.load(()))
FIRE = "仓库着火了，火光冲天，消防车一辆接一辆"
SMOKE = "火还在烧，烟大得窗户都不敢开"


def groups(*told):
    """Groups of (hours, region, text), and of (hours, region, text, authority)."""
    posts = [
        (post(text, told=at(hours), region=region, authority=more[0] if more else Authority.PUBLIC), "")
        for hours, region, text, *more in told
    ]
    found = grouped(posts, read(posts, READER), dropping=False)
    return [found.index(key) for key in found]


def test_the_only_fire_of_a_district_is_its_own():
    assert groups((0, "990101", FIRE), (0.5, "990101", SMOKE)) == [0, 0]
    assert groups((0, "990101", FIRE), (0.5, "990202", SMOKE)) == [0, 1]


def test_a_fire_of_another_district_leaves_it_the_only_one():
    assert groups((0, "990101", FIRE), (0.1, "990202", "鞋厂起火，整栋楼都着了"), (0.5, "990101", SMOKE)) == [0, 1, 0]


def test_a_city_s_own_sources_may_speak_of_a_county_in_it():
    assert groups((0, "990101", FIRE), (0.5, "990100", SMOKE)) == [0, 0]


def test_what_a_medium_tells_of_another_county_is_no_fire_of_here():
    """430281 and 330681 are codes of real counties; the medium names the first one."""
    told = (0, None, "醴陵市一仓库发生火灾，消防已赶赴现场", Authority.MEDIA)

    assert groups(told, (0.5, "430281", SMOKE)) == [0, 0]
    assert groups(told, (0.5, "330681", SMOKE)) == [0, 1]
