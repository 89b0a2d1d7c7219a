import pytest

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("山东师范大学昆明学院停水", ["昆明市"]),
        ("中南大学中山校区停电", ["中山市"]),
        ("东华大学附属中山医院停电", []),
        ("东华大学附属中山医院徐州分院停电", ["徐州市"]),
        ("北京友谊医院徐州院区停电", ["徐州市"]),
        ("徐州的上海花园停电", ["徐州市"]),
        ("昆明学院停电", []),
    ],
)
def test_a_branch_is_where_its_name_tells_and_not_where_its_house_is(text, wanted):
    assert [place.name for place in FINDER.find(text)] == wanted
