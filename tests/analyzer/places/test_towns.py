import pytest

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


def names(text, region=None):
    return [place.name for place in FINDER.find(text, region)]


@pytest.mark.parametrize(
    ("text", "region", "wanted"),
    [
        ("乐清柳市这边停电", None, ["柳市镇"]),
        ("上海奉贤南桥停水", None, ["南桥镇"]),
        ("我在晋江安海开货车，堵死了", None, ["安海镇"]),
        ("东莞虎门一家电子厂起火", None, ["虎门镇"]),
        ("乐清市通报，柳市一仓库起火", None, ["乐清市", "柳市镇"]),
        ("成都郫都区犀浦镇停电", None, ["犀浦街道"]),
        ("犀浦镇停电", "510117", ["犀浦街道"]),
        ("柳市停电了", "330382", ["柳市镇"]),
        ("厚街、虎门停水", "441900", ["厚街镇", "虎门镇"]),
        ("酉阳龚滩古镇落石", None, ["龚滩镇"]),
        ("望京停暖了", "110105", ["望京街道"]),
        ("昨晚厚街、长安和虎门三镇停气", "441900", ["厚街镇", "长安镇", "虎门镇"]),
        ("长安三个镇领导来了", "441900", []),
        ("南翔停电了", "310000", ["南翔镇"]),
        ("亚布力雪场的缆车停了", "230100", ["亚布力镇"]),
    ],
)
def test_what_is_left_of_a_towns_name_is_the_town_behind_beside_and_in_what_it_lies_in(text, region, wanted):
    assert names(text, region) == wanted


@pytest.mark.parametrize("text", ["柳市停电了", "隔壁柳市村的", "生活小院里停电"])
def test_it_is_nothing_where_nothing_speaks_for_it(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("北京朝阳区望京一写字楼停电", ["朝阳区"]),
        ("长沙黄花机场停航", ["长沙市"]),
        ("北海涠洲岛停航", ["北海市"]),
        ("平江福寿山有人失联", ["平江县"]),
        ("杭州白云一小区停水", ["杭州市"]),
        ("广州白云一市场起火", ["白云区"]),
    ],
)
def test_a_sight_an_airport_an_island_and_a_district_of_that_name_are_no_town(text, wanted):
    assert names(text) == wanted


def test_a_citys_street_tells_which_of_its_namesakes_a_district_is():
    assert [p.code for p in FINDER.find("长安区谈固东街停气")] == ["130102"]


def test_texts_that_name_no_more_than_a_town_of_their_home_are_found_among_many():
    texts = ["柳市停电了", "柳市停电了", "今天真好"]
    found = FINDER.find_many(texts, ["330382", None, "330382"])
    assert [[p.name for p in places] for places in found] == [["柳市镇"], [], []]
