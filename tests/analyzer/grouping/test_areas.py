"""Cities, counties and districts of a text, and whether two texts speak of others."""

import pytest

from analyzer.grouping.areas import around, by_form, divisions, far, other_province
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from tests.builders import post

READER = Reader(Gazetteer.load(()))


@pytest.mark.parametrize(
    ("text", "fine", "whole"),
    [
        ("云山市桑溪区停水", {"桑溪区"}, {"桑溪区", "云山市"}),
        ("A市B3区停水", {"B3区"}, {"A市", "B3区"}),
        ("A市停水", {"A市"}, {"A市"}),
        ("梧山县停水", {"梧山县"}, {"梧山县"}),
        ("我们小区停水，景区也停", set(), set()),
        ("景区所在的芷岭县连夜派出了救援队", {"芷岭县"}, {"芷岭县"}),
        ("脱轨区段抢通，服务区恢复供电，主震区救援继续", set(), set()),
        ("伤者已转市医院救治，黑烟飘散至市区，被中断的县道抢通", set(), set()),
        ("群众转移至县体育馆，8个地市支援", set(), set()),
        ("县城区域停水，老城区也停，孩子被送往区医院", set(), set()),
    ],
)
def test_divisions_are_told_by_their_form(text, fine, whole):
    assert by_form(text) == (fine, whole)


def named(text):
    (reading,) = READER.read_many([post(text)])
    return divisions(text, reading.places)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("云南梧澜县一辆客车坠沟", "梧澜县客车坠沟事故已致6人死亡", False),
        ("云南一辆客车坠沟", "梧澜县客车坠沟事故已致6人死亡", False),
        ("梧澜县客车坠沟", "景峪县客车坠沟", True),
        ("云南一辆客车坠沟", "四川一辆客车坠沟", True),
        ("昆明市五华区一商场起火", "昆明市官渡区一商场起火", True),
        ("昆明市五华区一商场起火", "昆明一商场起火", False),
        ("一商场起火", "昆明一商场起火", False),
    ],
)
def test_two_texts_are_apart_where_both_name_a_division_of_one_level(one, other, apart):
    assert far(named(one)[1], named(other)[1]) is apart


def test_a_county_that_no_list_knows_stands_beside_the_province_that_one_does():
    fine, whole = named("云南梧澜县一辆客车坠沟")
    assert fine == {"梧澜县"}
    assert whole == {"梧澜县", "云南省"}


def test_provinces_are_told_apart_where_both_name_one():
    storm, hail = named("深圳雷暴")[1], named("临洮冰雹")[1]
    assert other_province(storm, hail)
    assert other_province(storm, named("上海暴雨")[1])
    assert not other_province(storm, named("广州暴雨")[1])
    assert not other_province(storm, named("梧澜县暴雨")[1])


def test_a_whole_city_lies_around_its_districts():
    assert around(named("昆明的医院都没有疫苗")[0], named("昆明市五华区没有疫苗")[1])
    assert not around(named("昆明市官渡区没有疫苗")[0], named("昆明市五华区没有疫苗")[1])
