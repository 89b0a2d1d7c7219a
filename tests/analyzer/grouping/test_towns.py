"""What a town tells: little where its neighbours are spoken of, much where a whole country is."""

import pytest

from analyzer.grouping.group import Group
from analyzer.grouping.item import item
from analyzer.grouping.towns import FEW, MANY, Towns
from analyzer.model import Nature
from tests.analyzer.grouping.test_grouper import grouped_of
from tests.builders import at, post, reading

CITIES = (
    "大连 唐山 保定 洛阳 绵阳 遵义 柳州 汕头 泉州 芜湖 徐州 温州 烟台 襄阳 岳阳 赣州 包头 大庆 宝鸡 银川 西宁 海口 "
    "邯郸 廊坊 长治 临汾 鞍山 锦州 无锡 南通 盐城 扬州 嘉兴 绍兴 台州 蚌埠 阜阳 莆田 漳州 九江 上饶 淄博 潍坊 临沂 "
    "开封 新乡 宜昌 荆州 衡阳 邵阳 郴州 湛江 茂名 桂林 玉林 南充 宜宾 曲靖 大理 咸阳"
)
TOLD = [(n / 60, f"{city}一家超市的秤不准，少了三两") for n, city in enumerate(CITIES.split())]
"""A country's talk."""


def naming(*towns, local=False, told=0):
    one = post("", told=at(told))
    names = frozenset(towns)
    return item(one, reading(one), lambda word: 5.0).replace(towns=names, regions=names, local=local)


def of(*members):
    group = Group("E1", 1, Nature.CURRENT, members[0].told, members[0].told)
    for one in members:
        group.take(one)
    return group


def talk(count):
    towns = Towns()
    for n in range(count):
        towns.add(naming(f"第{n}县"))
    return towns


def test_talk_of_few_towns_is_not_broad_and_of_a_country_s_it_is():
    assert talk(int(FEW)).breadth() == 0.0
    assert 0.0 < talk(int(FEW + MANY) // 2).breadth() < 1.0
    assert talk(int(MANY)).breadth() == pytest.approx(1.0)


def test_talk_of_several_provinces_is_broad_before_many_towns_are_named_but_of_an_epidemic():
    towns = Towns()
    for province in ("山东省", "湖南省", "四川省", "福建省", "吉林省", "甘肃省"):
        towns.add(naming(province))

    assert towns.breadth() == pytest.approx(1.0)
    assert towns.breadth("hazard.epidemic") == 0.0


def test_one_town_that_all_speak_of_is_not_broad():
    towns = Towns()
    for n in range(int(MANY)):
        towns.add(naming("栗阳市"))
        towns.add(naming(f"第{n}县"))

    assert towns.breadth() == 0.0


def test_an_event_that_a_town_s_talk_is_about_has_most_of_it():
    towns, broken, other = talk(60), naming("栗阳市"), naming("栗阳市")
    for one in (broken, broken, other):
        towns.add(one)

    assert towns.about(other, of(broken, broken)) == pytest.approx(2 / 3.5)
    assert towns.about(naming("梧山县"), of(broken, broken)) == 0.0


def test_to_a_district_s_own_sources_its_name_tells_nothing():
    towns, broken = talk(60), naming("栗阳市")
    towns.add(broken)

    assert towns.about(naming("栗阳市", local=True), of(broken)) == 0.0


def test_in_a_country_s_talk_a_town_leads_to_its_one_event():
    flood = [(1.3, "株洲暴雨，河边的路全淹了，车都漂起来了"), (2.0, "株洲今天全市中小学停课，孩子在家")]

    first = len(TOLD)
    assert grouped_of(*TOLD, *flood)[-2:] == [first, first]
    assert grouped_of(*flood) == [0, 1]


def test_what_is_not_alike_is_told_apart_in_one_town():
    flood = [(1.3, "株洲暴雨，河边的路全淹了，车都漂起来了"), (2.0, "株洲一家培训机构跑路了，两万元学费不退")]

    first = len(TOLD)
    assert grouped_of(*TOLD, *flood)[-2:] == [first, first + 1]


def test_who_calls_its_people_by_a_town_means_the_town():
    flood = [(1.3, "株洲暴雨，河边的路全淹了，车都漂起来了"), (2.0, "公交停了，水到膝盖，株洲人今天划船上班")]

    first = len(TOLD)
    assert grouped_of(*TOLD, *flood)[-2:] == [first, first]


def test_another_storm_of_another_province_is_another_one():
    storms = [(1.3, "深圳雷暴，航班全部延误，机场里坐满了人"), (1.5, "临洮下冰雹了，鸡蛋那么大，车顶全砸坏了")]

    assert grouped_of(*storms) == [0, 1]


def test_a_city_that_is_read_as_no_place_is_understood_once_it_was_named():
    flood = [(1.3, "株洲暴雨，河边的路全淹了，车都漂起来了"), (2.0, "株洲保险定损排到下周，泡水车一辆挨一辆")]

    first = len(TOLD)
    assert grouped_of(*TOLD, *flood)[-2:] == [first, first]


def test_a_storm_and_a_flood_of_one_town_are_one_matter():
    told = (0, "株洲发布暴雨红色预警，三小时雨量超过120毫米")
    other = (0.1, "洛阳一家超市的秤不准，少了三两")

    assert grouped_of(told, other, (0.5, "株洲的路淹了，水到膝盖，积水退不下去")) == [0, 1, 0]
    assert grouped_of(told, other, (0.5, "岳阳的路淹了，水到膝盖，积水退不下去")) == [0, 1, 2]


def test_a_district_waits_for_what_its_whole_city_waits_for():
    told = (0, "昆明盘龙跑了四家医院都没有狂犬疫苗，被狗咬了怎么办")

    assert grouped_of(told, (3, "昆明的同学：五华、官渡的医院也都没有狂犬疫苗")) == [0, 0]


def test_two_kinds_of_hazards_in_one_city_are_two_where_no_county_of_it_is_the_same():
    slide = (1.3, "宝鸡凤翔山体滑坡，一户民房被掩埋")
    boat = (2.0, "宝鸡一条游船在水库侧翻，五名游客落水")

    first = len(TOLD)
    assert grouped_of(*TOLD, slide, boat)[-2:] == [first, first + 1]
