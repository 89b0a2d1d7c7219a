"""A follow-up without a place, by the thing it speaks of."""

import pytest

from analyzer.grouping.group import Group
from analyzer.grouping.item import item
from analyzer.grouping.troubled import Troubled
from analyzer.idf import Idf
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from tests.builders import at, post

READER = Reader(Gazetteer.load(()))


def seen(text, hours):
    one = post(text, told=at(hours))
    return item(one, READER.read_many([one])[0], Idf.load().weight)


def told(troubled, number, text, hours):
    new = seen(text, hours)
    group = Group(str(number), number, new.mode, new.told, new.told)
    group.take(new)
    troubled.add(new, group)
    return group


def test_it_is_tied_to_the_one_event_about_its_thing():
    troubled = Troubled()
    gas = told(troubled, 1, "桂花苑小区没气了，菜炒了一半", 0)
    lamps = told(troubled, 2, "松山路路灯全灭了", 0)
    new = seen("气来了", 1)

    assert list(troubled.events(new)) == [gas]
    assert troubled.tie(new, gas) > 0.3
    assert troubled.tie(new, lamps) == 0.0


def test_of_two_events_about_its_thing_each_counts_half():
    troubled = Troubled()
    one = told(troubled, 1, "桂花苑小区没气了，菜炒了一半", 0)
    alone = troubled.tie(seen("气来了", 1), one)
    other = told(troubled, 2, "翠竹苑小区没气了，菜炒了一半", 0)

    assert troubled.tie(seen("气来了", 1), one) == pytest.approx(alone / 2)
    troubled.drop(other)
    assert troubled.tie(seen("气来了", 1), one) == alone


def test_a_post_that_names_a_place_is_tied_by_it_alone():
    troubled = Troubled()
    gas = told(troubled, 1, "桂花苑小区没气了，菜炒了一半", 0)

    assert troubled.tie(seen("翠竹苑小区气来了", 1), gas) == 0.0


def test_what_is_out_in_one_street_may_be_out_in_the_next_within_the_hour():
    troubled = Troubled()
    mill = told(troubled, 1, "磨坊街停水了，一滴都没有", 0)
    soon, late = seen("酱园巷没水，豆浆都磨不成", 0.2), seen("酱园巷没水，豆浆都磨不成", 4)

    assert list(troubled.events(soon)) == [mill]
    assert troubled.at_once(soon, mill) > 0.5
    assert troubled.at_once(late, mill) < 0.01
    assert troubled.at_once(seen("酱园巷停电了", 0.2), mill) == 0.0


def test_of_two_outages_at_the_time_neither_is_surely_the_one_that_spreads():
    troubled = Troubled()
    mill = told(troubled, 1, "磨坊街停水了，一滴都没有", 0)
    alone = troubled.at_once(seen("酱园巷没水", 0.2), mill)
    told(troubled, 2, "桐花路停水了，一滴都没有", 0)

    assert troubled.at_once(seen("酱园巷没水", 0.2), mill) < 0.7 * alone
