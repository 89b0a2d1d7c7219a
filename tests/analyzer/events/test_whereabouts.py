import pytest

from analyzer.events.whereabouts import Told, Whereabouts
from analyzer.grouping.names import name, said
from analyzer.terms import PLACE_ENDS, is_place, terms
from tests.builders import place

TOWN = ("沐云市", "栖川区", "松涧镇")


def village(name):
    return place(name, "village", (*TOWN, name))


def told(*posts, headline=""):
    """What comes of posts, each told as places and a text in which no list knows a name."""
    where = Whereabouts()
    for places, text in posts:
        words = [term for term in terms(text) if term[-1] in PLACE_ENDS and is_place(term)]
        where.add(places, (*map(name, words), *said(text)), headline=headline)
    return where


def texts(*several):
    return told(*[((), text) for text in several])


@pytest.mark.parametrize(
    ("said", "called"),
    [
        (("翠湖花苑燃气泄漏", "我住翠湖花苑，一股煤气味", "楼道里全是煤气味"), "翠湖花苑"),
        (("宏达木材厂着火了", "宏达木材厂浓烟滚滚", "那个木材厂火很大"), "宏达木材厂"),
        (("学府路塌了个大坑", "学府路路面塌陷，一辆车掉进去了", "塌陷"), "学府路"),
        (("柳河镇兴旺煤矿透水了", "柳河镇那个矿出事了", "兴旺煤矿透水"), "柳河镇兴旺煤矿"),
    ],
)
def test_an_event_is_called_after_the_compound_firm_or_road_that_its_posts_name(said, called):
    assert texts(*said).name(few=False) == called


@pytest.mark.parametrize("said", ["村小学进水了，学生转移", "上游水厂停产，河水浑了", "三个乡进水了，村小学也淹了"])
def test_what_any_place_of_its_kind_is_called_names_no_event(said):
    assert told(((), said), ((), said), headline=said).name(few=False) == ""


def test_what_one_of_many_says_names_no_event():
    where = texts("煤气漏了，翠湖花苑的人都跑下来了", "煤气漏了半天", "一股煤气味")
    assert where.name(few=False) == ""
    assert where.name(few=True) == "翠湖花苑"
    assert told(((), "翠湖花苑发生燃气泄漏"), headline="翠湖花苑燃气泄漏").name(few=False) == "翠湖花苑"
    assert told(((), "翠湖花苑发生燃气泄漏"), headline="情况通报").name(few=False) == ""


def test_a_place_of_the_gazetteer_stands_alone_and_an_unknown_one_behind_where_it_lies():
    mill = place("永固仓库", "plant", (*TOWN[:2], "永固仓库"))
    road = place("兴栖路", "road", (*TOWN[:2], "兴栖路"))
    street = place("北栖街道", "street", (*TOWN[:2], "北栖街道"))

    assert told(((mill, street), "永固仓库起火"), ((mill,), "永固仓库起火")).name(few=False) == "永固仓库"
    assert told(((road,), "翠湖花苑停水"), ((road,), "翠湖花苑停水")).name(few=False) == "兴栖路翠湖花苑"
    assert told(((street,), "翠湖花苑停水"), ((), "翠湖花苑停水")).name(few=False) == "北栖街道翠湖花苑"


def test_a_listed_name_stands_for_what_people_call_it_and_a_neighbour_for_nothing():
    school = place("第二实验小学", "school", (*TOWN[:2], "第二实验小学"))
    assert told(((), "二小食堂出事了"), ((), "二小学生呕吐"), ((school,), "呕吐")).name(few=False) == "第二实验小学"

    river = place("栖水河", "water", (*TOWN[:2], "栖水河"))
    flood = [((river,), "涨水")] * 5
    assert told(*flood, *[((), "老人都接到希望小学了")] * 2).name(few=False) == "栖水河"
    assert told(*flood, *[((school, river), "水进了校门")] * 4).name(few=False) == "栖水河"


def test_what_a_few_say_of_the_county_is_not_said_of_a_school_that_others_name():
    county = place("岚坪县", "county", ("沐云市", "岚坪县"))
    named = [((), "光明小学孩子吐了")] * 4
    assert told(*named, ((county,), "听说岚坪那边也有")).name(few=False) == "光明小学"
    assert told(*named[:2], *[((county,), "光明小学出事了")] * 2).name(few=False) == "岚坪县光明小学"


def test_what_many_villages_tell_is_the_towns_trouble_and_not_the_first_ones():
    known = told(*[((village(f"{one}村"),), "停水") for one in ("上涧", "上涧", "下涧", "荷叶坳", "石门坎")])
    assert (known.name(few=False), known.area()) == ("", "松涧镇")

    unknown = texts(*[f"柳河镇{one}村停水一整天了" for one in ("东岭", "石桥", "南坪", "下湾")] * 2)
    assert (unknown.name(few=False), unknown.area()) == ("", "柳河镇")

    listed = told(((village("上涧村"), village("下涧村"), village("荷叶坳村")), "停水"))
    assert (listed.name(few=False), listed.area()) == ("", "松涧镇")


def test_what_most_name_is_the_place_whatever_neighbours_are_named_beside():
    seen = [((village("上涧村"), village(other)), "起火") for other in ("下涧村", "荷叶坳村", "石门坎村")]
    assert told(*seen).name(few=False) == "上涧村"


def test_a_county_that_no_list_knows_is_the_area_of_what_it_tells():
    where = Whereabouts()
    for _ in range(3):
        where.add((), (), ("梧山县",))
    where.add((), (), ())
    assert where.area() == "梧山县"


def test_an_area_holds_three_fourths_of_those_who_say_where():
    other = place("岚坪县", "county", ("沐云市", "岚坪县"))
    assert told(*[((village("上涧村"),), "雨")] * 3, ((other,), "雨")).area() == "松涧镇"
    assert told(*[((village("上涧村"),), "雨")] * 2, ((other,), "雨")).area() == "沐云市"
    assert Whereabouts().area() == ""


def test_an_event_keeps_its_name_while_every_third_post_uses_it():
    told = Told()
    for names in (["栖水河"], ["栖水河"], ["栖水河", "沿河东路"], ["沿河西路"], ["东风渠"], ["沿河西路"]):
        told.add([], names, "")

    assert told.counts["栖水河"] * 2 == told.posts
    assert told.main(few=False) == "栖水河"

    for village in ("上村", "下村", "前村", "后村"):
        told.add([], [village], "")
    assert told.main(few=False) == ""


def test_an_event_that_never_had_a_name_of_most_has_none():
    told = Told()
    for names in (["沿河东路"], ["栖水河"], ["东风渠"], ["栖水河"], ["沿河西路"]):
        told.add([], names, "")

    assert told.main(few=False) == ""
