"""Names as people say them: in full, in short, by their own part, with a word grown together with them."""

import pytest

from analyzer.grouping.names import Called, name, said
from analyzer.terms import is_place


@pytest.mark.parametrize(
    ("term", "full"),
    [
        ("馨园·小区", "馨园小区"),
        ("到馨园·小区", "馨园小区"),
        ("困在馨园·小区", "馨园小区"),
        ("第三·小学", "三小"),
        ("26·路", "26路"),
        ("育才·小学校", "育才小学"),
    ],
)
def test_a_name_is_told_without_what_stands_before_it(term, full):
    assert name(term).full == full


@pytest.mark.parametrize(("term", "key"), [("馨园·小区", "馨园"), ("恒昌·电子厂", "恒昌")])
def test_a_compound_and_a_works_go_by_their_own_part(term, key):
    assert key in name(term).keys


def test_what_is_made_in_a_works_is_not_its_name():
    assert "橡胶" not in name("橡胶厂").keys


@pytest.mark.parametrize("text", ["孩子在三小上学", "第三小学食堂的饭", "三小的门口", "青禾三小收费"])
def test_a_school_goes_by_its_number(text):
    assert "三小" in Called.of(said(text)).keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("3号线又停在隧道里了", {"3号线"}),
        ("地铁三号线限速", {"3号线"}),
        ("地铁3号线施工挖断了水管", set()),
        ("第3号线上的同学", set()),
    ],
)
def test_a_line_of_a_metro_goes_by_its_number(text, keys):
    assert Called.of(said(text)).keys == keys


def test_people_of_households_are_no_village():
    assert not Called.of(said("多户村民被埋，三位村民获救")).keys


@pytest.mark.parametrize("text", ["等了三小时", "一小区停电", "二中午没水"])
def test_not_every_number_before_small_is_a_school(text):
    assert not Called.of(said(text)).keys


@pytest.mark.parametrize(
    "text",
    ["阳光里小区从昨晚开始没有水", "家人们阳光里小区到底咋回事", "反映阳光里3栋无水", "阳光里老小区没人管"],
)
def test_a_compound_is_told_by_what_stands_behind_its_name(text):
    assert "阳光里" in Called.of(said(text)).keys


@pytest.mark.parametrize(
    "text",
    [
        "我们小区停水",
        "老旧小区改造",
        "严重影响小区居民",
        "周边小区都没电",
        "多次找小区物业",
        "投诉居民小区噪音",
        "沁州一小区电梯坠落",
    ],
)
def test_not_everything_before_the_word_is_a_compound(text):
    assert not Called.of(said(text)).keys


@pytest.mark.parametrize("text", ["丽景名都物业费涨了", "请问丽景名都什么时候交房"])
def test_a_compound_is_told_by_how_it_ends(text):
    assert "丽景名都" in Called.of(said(text)).keys


def test_a_compound_is_told_without_its_town():
    assert "杉仙岭" in Called.of(said("柳河镇杉仙岭小区没人管")).keys


def test_a_name_may_begin_as_a_preposition_does():
    assert "和平里" in Called.of(said("和平里小区污水外溢")).keys


def test_a_town_is_told_from_what_it_lies_in():
    assert Called.of(said("平川市清河镇境内国道两车相撞")).keys == {"清河镇"}


@pytest.mark.parametrize("text", ["翠云阁1至5栋停水", "翠云阁3、4号楼停水"])
def test_a_compound_is_told_before_a_row_of_houses(text):
    assert "翠云阁" in Called.of(said(text)).keys


@pytest.mark.parametrize(
    ("text", "told"), [("双塘村的田裂了口", True), ("我们村的田裂了口", False), ("整个村没水", False)]
)
def test_a_village_is_told_by_what_stands_behind_it(text, told):
    assert bool(Called.of(said(text)).keys) == told


def test_a_school_by_its_number_may_have_a_canteen():
    assert "二中" in Called.of(said("道县二中食堂的饭有问题")).keys


def test_a_village_is_told_behind_its_town():
    assert Called.of(said("柳河镇马营村村口的垃圾没人清运")).keys >= {"柳河镇", "马营村"}


@pytest.mark.parametrize(
    ("text", "told"), [("安远县一小学多人腹泻", False), ("第一小学多人腹泻", True), ("一小食店中毒", False)]
)
def test_a_primary_school_is_not_the_first(text, told):
    assert ("一小" in Called.of(said(text)).keys) == told


@pytest.mark.parametrize(("term", "key"), [("力能·健身", "力能"), ("启明星·培训", "启明星")])
def test_a_firm_goes_by_its_name_and_what_it_does(term, key):
    assert is_place(term)
    assert key in name(term).keys


def test_what_anybody_does_is_no_firm():
    assert not is_place("老年·健身")


def test_phases_of_a_building_site_are_told():
    assert Called.of(said("翡翠湾三期停工")).phases == Called.of(said("翡翠湾3期停工")).phases == {"3"}
    assert not Called.of(said("三期间停工")).phases


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("云湖蓝湾二期交房", "云湖蓝湾"),
        ("关于云湖蓝湾物业的投诉", "云湖蓝湾"),
        ("碧溪苑停车费太贵", "碧溪苑"),
        ("市第四人民医院乱收费", "四院"),
        ("市四院挂号难", "四院"),
        ("第二实验小学划片", "实验二小"),
        ("二实小门口堵车", "实验二小"),
        ("松山路路面破损", "松山路"),
    ],
)
def test_a_name_is_told_by_what_stands_behind_it_or_by_its_number(text, key):
    assert key in Called.of(said(text)).keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("芦花河水绿得发稠", "芦花河"),
        ("芦花河里漂着死鱼", "芦花河"),
        ("石婆桥封了三天", "石婆桥"),
        ("等27公交等了半小时", "27路"),
    ],
)
def test_a_river_a_bridge_and_a_line_are_told_by_what_stands_behind_them(text, key):
    assert key in Called.of(said(text)).keys


@pytest.mark.parametrize("text", ["小河里有人游泳", "那条河水又黑了", "内河水质公告"])
def test_not_every_river_has_a_name(text):
    assert not Called.of(said(text)).keys


@pytest.mark.parametrize("text", ["希望政府物业一起管", "已责令物业整改", "很多业主反映", "检修停电二期工程"])
def test_not_everything_before_owners_and_phases_is_a_compound(text):
    assert not Called.of(said(text)).homes | Called.of(said(text)).keys


@pytest.mark.parametrize(("one", "other"), [("锦绣·嘉苑", "锦锈·佳苑"), ("翠湖湾·小区", "翠湖弯·小区")])
def test_a_compound_typed_by_its_sound_is_the_same(one, other):
    first, second = Called.of([name(one)]), Called.of([name(other)])
    assert not first.keys.isdisjoint(second.keys)


@pytest.mark.parametrize(("one", "other"), [("锦绣·嘉苑", "锦绣·家园"), ("东风·小区", "东丰·小学")])
def test_compounds_that_sound_otherwise_are_two(one, other):
    first, second = Called.of([name(one)]), Called.of([name(other)])
    assert first.keys.isdisjoint(second.keys)


def test_what_many_tell_of_is_sought_in_no_text_though_a_firm_is_called_by_it():
    assert Called.of([name("送餐·公司"), name("恒昌·电子厂")]).sought == ("送餐公司", "恒昌电子厂", "恒昌")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("住在沁河南路", "沁河南路"),
        ("镇区环湖北路渣土车", "环湖北路"),
        ("市妇幼产检排队", "妇幼"),
        ("高铁东站没人打表", "东站"),
        ("下坪乡大石坳村支书", "大石坳村"),
        ("沁州恒暖热力公司不来修", "恒暖"),
        ("沁湖区鼎沅化工一车间爆炸", "鼎沅"),
        ("从那头走到渡口桥往西", "渡口桥"),
        ("滨江一号半夜打桩", "滨江一号"),
    ],
)
def test_a_name_is_told_by_its_form_where_words_are_cut_otherwise(text, key):
    assert key in Called.of(said(text)).keys


@pytest.mark.parametrize(
    "text",
    [
        "第一号通知",
        "门诊一号楼",
        "东站台太挤",
        "打了燃气公司电话",
        "一家化工企业爆炸",
        "桓台化工厂爆炸",
        "举报村干部",
        "澜庭置业挪用业主契税",
        "路边湖畔小镇",
    ],
)
def test_what_only_looks_like_a_name_is_none(text):
    assert not Called.of(said(text)).keys


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7号楼停电", {"7"}),
        ("7栋楼道没灯", {"7"}),
        ("小区共26栋", set()),
        ("12栋楼没电", set()),
        ("前面三栋先交", set()),
    ],
)
def test_a_count_of_houses_is_the_number_of_none(text, numbers):
    assert Called.of(said(text)).houses == numbers


def test_the_second_of_several_bridges_goes_by_its_number_and_a_line_is_no_road():
    assert "二桥" in name("不让走二桥").keys
    assert name("26·路").sort == "line"


def test_what_somebody_does_is_no_firm():
    assert not is_place("要加·游泳")
    assert is_place("力能·游泳")
