import pytest

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


def codes(text, region, finder=FINDER):
    return [place.code for place in finder.find(text, region)]


@pytest.mark.parametrize(
    ("name", "region", "wanted"),
    [
        ("朝阳", "110105", "110105"),
        ("朝阳", "110000", "110105"),
        ("朝阳", "211300", "211300"),
        ("大同", "230606", "230606"),
        ("大同", "140200", "140200"),
        ("河北", "120105", "120105"),
        ("海南", "150303", "150303"),
        ("吉林", "220200", "220200"),
        ("长沙", "430121", "430121"),
        ("长沙", "430102", "430100"),
        ("承德", "130800", "130800"),
        ("白云", "440111", "440111"),
        ("和平", "120101", "120101"),
        ("永定", "350803", "350803"),
        ("新城", "610102", "610102"),
        ("清新", "441803", "441803"),
    ],
)
@pytest.mark.parametrize(
    "frame", ["{}这边又停电了", "{}停水通知", "住{}的邻居们，来暖气了吗", "{}一居民楼冒烟", "今天{}下冰雹"]
)
def test_a_short_name_is_the_place_of_that_name_that_the_source_lies_in(name, region, wanted, frame):
    assert codes(frame.format(name), region) == [wanted]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("世界和平，先把路灯修好", "120101"),
        ("鼓楼年久失修，瓦片砸人", "320106"),
        ("一座新城拔地而起", "610102"),
        ("西湖水位涨了", "330106"),
        ("别说金山银山，先发工资", "310116"),
        ("新建居民楼没有电梯", "360112"),
        ("公安这边还没有答复", "421022"),
        ("比如停电的时候", "540602"),
    ],
)
def test_an_everyday_word_is_none_without_a_sign_of_a_place(text, region):
    assert codes(text, region) == []


@pytest.mark.parametrize(
    ("text", "region", "wanted"),
    [
        ("辽宁朝阳这边停电", "110105", ["211300"]),
        ("朝阳停电，凌源市也停了", "110105", ["211300", "211382"]),
        ("河北省下雪", "120105", ["130000"]),
        ("河北多地下雪", "120105", ["130000"]),
        ("河北一工厂起火", "120000", ["130000"]),
        ("孩子留在河北读书", "120105", ["130000"]),
        ("长沙地铁停运", "430121", ["430100"]),
        ("开福、雨花两区停水", "430100", ["430105", "430111"]),
        ("和平这边停电", None, []),
    ],
)
def test_what_else_is_told_says_that_another_is_meant(text, region, wanted):
    assert codes(text, region) == wanted


@pytest.mark.parametrize("region", ["990301", "栖川区"])
def test_a_county_of_the_own_list_is_found_without_its_kind(region):
    finder = PlaceFinder(Gazetteer.load([{"name": "栖川区", "level": "county", "code": "990301"}]))
    assert codes("栖川这边停电", region, finder) == ["990301"]
    assert codes("栖川这边停电", None, finder) == []


def test_a_national_county_told_anew_takes_its_short_name_from_no_other():
    finder = PlaceFinder(Gazetteer.load([{"name": "朝阳区", "level": "county", "code": "110105"}]))
    assert codes("朝阳这边停电", "110105", finder) == ["110105"]
    assert codes("朝阳这边停电", None, finder) == ["211300"]
