import pytest

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer, Relation
from tests.analyzer.labelled import lines
from tests.builders import place

GAZETTEER = Gazetteer.load(lines("places_gazetteer.jsonl"))
FINDER = PlaceFinder(GAZETTEER)


def named(text, region="990200"):
    return FINDER.find(text, region)[0]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("锦绣花园", "锦绣花园小区", Relation.SAME),
        ("锦绣花园", "青岚区", Relation.WITHIN),
        ("青岚区", "锦绣花园", Relation.WITHIN),
        ("锦绣花园", "海棠公馆", Relation.DISJOINT),
        ("青岚区", "沧浦区", Relation.DISJOINT),
        ("槐荫大道", "锦绣花园", Relation.UNKNOWN),
        ("浙江省温岭市", "浙江省", Relation.WITHIN),
        ("浙江省温岭市", "四川省", Relation.DISJOINT),
    ],
)
def test_two_places_lie_to_each_other_as_their_divisions_say(one, other, relation):
    assert GAZETTEER.relation(named(one), named(other)) is relation


def test_places_the_list_does_not_know_are_unknown():
    assert GAZETTEER.relation(place("某地"), named("青岚区")) is Relation.UNKNOWN


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("实验小学", {"school"}),
        ("小蜜蜂幼儿园", {"school", "kindergarten"}),
        ("恒泰化工厂", {"plant"}),
        ("云泽之心工地", {"site"}),
        ("青岚区", set()),
        ("滨河路", set()),
    ],
)
def test_a_place_is_a_setting_by_its_level(text, kinds):
    assert GAZETTEER.settings(named(text)) == kinds


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("文字", "第1条不是一个对象"),
        ({"level": "city"}, "第1条没有可用的 name"),
        ({"name": "甲", "level": "galaxy"}, "第1条“甲”的 level"),
        ({"name": "甲", "level": "city", "code": 3}, "第1条“甲”的 code"),
        ({"name": "甲", "level": "city", "aliases": "乙"}, "第1条“甲”的 aliases"),
        ({"name": "甲", "level": "city", "parent": "不存在"}, "第1条“甲”的上级“不存在”在库中找不到"),
        ({"name": "甲", "level": "street", "parent": "太平镇"}, "不止一个"),
        ({"name": "甲", "level": "city", "code": "99", "parent": "甲"}, "绕了一圈"),
    ],
)
def test_a_broken_entry_is_named_in_one_sentence(entry, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        Gazetteer.load([entry])
    assert str(caught.value).startswith("地名库")
    assert "\n" not in str(caught.value)


def test_a_code_may_be_given_once():
    entries = [{"code": "990101", "name": name, "level": "county"} for name in ("甲区", "乙区")]
    with pytest.raises(ValueError, match="第2条“乙区”的编码 990101 与前面的条目重复"):
        Gazetteer.load(entries)


def test_a_parent_may_come_later_and_be_a_national_place():
    entries = [
        {"name": "东院", "level": "compound", "parent": "样板街道"},
        {"name": "样板街道", "level": "street", "parent": "温岭市"},
    ]
    (found,) = PlaceFinder(Gazetteer.load(entries)).find("东院停水了")
    assert found.path == ("浙江省", "台州市", "温岭市", "样板街道", "东院")


def test_without_a_parent_the_code_says_where_a_place_lies():
    (found,) = PlaceFinder(Gazetteer.load([{"code": "331081999", "name": "样板街道", "level": "street"}])).find(
        "样板街道停水"
    )
    assert found.path[0] == "浙江省"


@pytest.mark.parametrize("region", [None, "", "没有这个地方", "999999"])
def test_an_unknown_region_settles_nothing(region):
    assert GAZETTEER.region(region) is None


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("331081", "温岭市"),
        ("温岭市", "温岭市"),
        ("3310", "台州市"),
        ("331000000000", "台州市"),
        ("990201", "青岚区"),
        ("青岚区", "青岚区"),
    ],
)
def test_a_region_is_a_code_or_a_name(region, name):
    assert GAZETTEER.region(region).name == name


def test_the_national_list_holds_every_level():
    levels = {p.level for p in PlaceFinder(Gazetteer.load()).find("浙江省、宁波市、温岭市和北京市门头沟区斋堂镇")}
    assert levels == {"province", "city", "county", "street"}


def found(entries, text):
    own = [{"name": name, "level": level, "parent": "370200"} for name, level in entries]
    return [place.name for place in PlaceFinder(Gazetteer.load(own)).find(text, "370200")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("阳光里", "阳光里小区停水了"),
        ("阳光里小区", "阳光里停水了"),
        ("阳光里小区", "阳光里3栋电梯坏了"),
        ("丰禾家园", "丰禾的暖气不热"),
        ("馨园小区", "馨园里的路灯不亮"),
    ],
)
def test_a_compound_is_found_with_and_without_what_it_is(name, text):
    assert found([(name, "compound")], text) == [name]


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        ([("阳光里小区", "compound")], "阳光里面有点热"),
        ([("铁路小区", "compound")], "铁路停运了"),
        ([("锦禾家园", "compound"), ("锦禾花园", "compound")], "锦禾停水了"),
        ([("建设路", "road")], "建设路小区停水了"),
    ],
)
def test_half_a_name_that_is_a_word_or_stands_for_two_is_none(entries, text):
    assert found(entries, text) == []
