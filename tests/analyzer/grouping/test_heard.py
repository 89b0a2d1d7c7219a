"""Names of compounds that are understood once somebody has told them apart."""

import pytest

from analyzer.grouping.heard import LEAD, Heard
from analyzer.grouping.item import item
from analyzer.grouping.names import name
from analyzer.idf import Idf
from tests.builders import post, reading


@pytest.fixture
def heard():
    names = Heard()
    for full in ("梧桐里小区", "梧桐里小区", "竹溪苑"):
        names.add(name(full))
    return names


def spoken(names, text):
    said = post(text)
    return {one.full for one in names.spoken(item(said, reading(said), Idf.load().weight))}


def test_a_name_is_understood_wherever_the_lead_says_it(heard):
    assert spoken(heard, "昨晚梧桐里小区停水，竹溪苑也停了") == {"梧桐里小区", "竹溪苑"}
    assert spoken(heard, "梧桐树倒了，竹子也倒了") == set()
    assert spoken(heard, "水" * LEAD + "竹溪苑停水") == set()


def test_what_no_open_event_goes_by_is_forgotten(heard):
    heard.forget({"竹溪苑"})
    assert spoken(heard, "梧桐里小区和竹溪苑") == {"竹溪苑"}
    heard.forget(set())
    assert spoken(heard, "梧桐里小区和竹溪苑") == set()
