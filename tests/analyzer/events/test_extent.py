import pytest

from analyzer.events.case import Case
from analyzer.events.extent import Extent, extent
from analyzer.facts import find_facts
from analyzer.model import FactKind
from crawlers.model import Authority
from tests.builders import at, post, reading

DISTRICT, COUNTY_CITY, CITY = "330106", "330182", "330100"


def told(text, region=DISTRICT):
    return extent(text, find_facts(text)[0], region)


@pytest.mark.parametrize(
    ("text", "region", "where"),
    [
        ("本轮洪水全市累计转移群众2.1万人。", DISTRICT, Extent.AROUND),
        ("全市受灾，我区转移群众1300人。", DISTRICT, Extent.DISTRICT),
        ("我县洪涝灾情：共转移群众1300人。", "330122", Extent.DISTRICT),
        ("已转移群众1300人。", DISTRICT, Extent.UNTOLD),
        ("全市累计转移群众2.1万人。", COUNTY_CITY, Extent.UNTOLD),
        ("全市累计转移群众2.1万人。", CITY, Extent.UNTOLD),
        ("全市累计转移群众2.1万人。", None, Extent.UNTOLD),
    ],
)
def test_the_sentence_of_a_figure_says_of_what_it_is_one(text, region, where):
    assert told(text, region) is where


@pytest.mark.parametrize("order", [1, -1])
def test_the_districts_own_figure_stands_against_the_citys_whichever_is_told_first(order):
    case = Case("E20261103-0123456789")
    said = [("全市洪涝累计转移群众2.1万人。", Authority.MEDIA), ("我区洪涝转移群众1300人。", Authority.OFFICIAL)]
    for hour, (text, authority) in enumerate(said[::order]):
        one = post(text, told=at(hour), authority=authority, region=DISTRICT)
        case.absorb(one, reading(one, "hazard.flood", *find_facts(one.body)))
    assert case.event(at(3)).figures[FactKind.EVACUATED].claimed == 1300
