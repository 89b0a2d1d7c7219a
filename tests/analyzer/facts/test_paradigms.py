"""How casualties are told, as a grammar says it: each way of telling, with words that were mended and with others."""

import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind
from analyzer.nature import judge
from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from tests.measure.paradigms.__main__ import read, wrong
from tests.measure.paradigms.documents import ORDERS, one
from tests.measure.paradigms.telling import Telling

EACH = 120
FLOORS = {"NP V": 0.9, "pair": 0.85, "V的有NP": 0.85, "framed": 0.9}
"""Of a way of telling; 0.93 of all others."""
UNSEEN_FLOORS = {"pair": 0.35, "none left": 0.35, "correction": 0.6, "V的有NP": 0.6, "parts": 0.65, "exception": 0.7}
"""The same with the third of the words that nothing was mended for; 0.8 of all others."""


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(None))


@pytest.mark.parametrize("order", ORDERS)
def test_each_way_of_telling_gives_the_figures_told(order, reader):
    for unseen, floor in ((False, FLOORS.get(order, 0.93)), (True, UNSEEN_FLOORS.get(order, 0.8))):
        told = [one(index, unseen=unseen, order=order) for index in range(EACH)]
        right = sum(not faults for _, faults in read(told, reader))
        assert right >= floor * EACH, (unseen, right)


def test_the_same_index_gives_the_same_document():
    assert one(7, unseen=False) == one(7, unseen=False)


def test_what_may_be_of_either_of_two_kinds_is_right_as_either():
    told = Telling(text="5个没跑出来")
    told.truth["deaths|trapped"] = 5
    none = dict.fromkeys(("deaths", "missing", "serious_injured", "injured", "ill", "trapped", "evacuated"), 0)
    assert not wrong(told, {**none, "deaths": 5})
    assert not wrong(told, {**none, "trapped": 5})
    assert wrong(told, {**none, "trapped": 4}) == {"trapped": (5, 4)}


def value(text, kind):
    fact = document_value(find_facts(text), kind)
    return None if fact is None else fact.value


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("昨晚塌方，三婶和她儿媳妇没救过来", 2),
        ("昨晚塌方，房东和他老婆都过世了", 2),
        ("我爷爷去年过世了，享年九十", None),
        ("仓库失火，死亡人数八人", 8),
        ("两车相撞，3人均送医后不治", 3),
        ("全村6人均收入过万，1人死亡", 1),
        ("船翻了，船上七人，没有一个活着回来", 7),
        ("昨晚塌方，死了五个人，里头有三个孩子", 5),
        ("昨晚塌方，一名老人身亡，其孙女也丧生", 2),
        ("山洪下来了，没了的是老板和一名员工", 2),
        ("大货车翻了，死在车里的是夫妻俩", 2),
        ("一工人受伤送医，虽经全力抢救，仍未能挽回生命", 1),
        ("死的人从3个变成6个了", 6),
    ],
)
def test_deaths_by_whom_and_how_they_are_told(text, deaths):
    assert value(text, FactKind.DEATHS) == deaths


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("厂里炸了，3男2女受伤", FactKind.INJURED, 5),
        ("面包车翻了，司机被送往医院", FactKind.INJURED, 1),
        ("我妈被送往医院，挂号等了两小时", FactKind.INJURED, None),
        ("4名伤者在县医院，1名伤者在骨科医院", FactKind.INJURED, 5),
        ("起火后两名老人还在抢救，3名学生还在抢救", FactKind.INJURED, 3),
        ("食堂发生食物中毒，3人病情危重", FactKind.ILL, 3),
        ("食堂发生食物中毒，3人病情危重", FactKind.INJURED, None),
        ("船翻了，下去五个，两个没上来", FactKind.MISSING, 2),
        ("井下冒顶，下去五个，两个没上来", FactKind.TRAPPED, 2),
        ("楼垮了，房东老太太让倒塌的墙埋了", FactKind.TRAPPED, 1),
        ("一死两伤，死1伤2失踪3", FactKind.MISSING, 3),
        ("塌方，死者15名，被困2人", FactKind.TRAPPED, 2),
        ("班上一个接一个发烧，死了两个", FactKind.ILL, None),
    ],
)
def test_others_by_whom_and_how_they_are_told(text, kind, count):
    assert value(text, kind) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("学校发生聚集性疫情，11名学生出现乏力、咽痛等症状", 11),
        ("发生聚集性疫情，确诊霍乱患者46例", 46),
        ("班里16个孩子手足口病请假了", 16),
        ("厂里跑氨了，8人喘不上气", 8),
        ("流感闹得厉害，11人烧到三十九度", 11),
        ("厂房烧起来了，一家六口都跑出来了", None),
    ],
)
def test_the_ill_by_symptoms_and_diseases(text, count):
    assert value(text, FactKind.ILL) == count


def test_lives_that_are_gone_and_kin_that_is_carried_off():
    assert value("一起车祸，六条命就这么没了", FactKind.DEATHS) == 6
    assert value("救了两条命", FactKind.DEATHS) is None
    assert value("船沉了，浪卷走了母女俩", FactKind.MISSING) == 2


def test_an_accident_of_years_ago_makes_the_dead_of_today_no_old_story():
    text = "\n今天上午，永安街道遭遇特大暴雨，淹死12人。据公开资料，2019年该县曾发生事故，造成37人死亡。"
    facts = find_facts(text, nature=judge(text).nature)
    assert document_value(facts, FactKind.DEATHS).value == 12


def test_a_number_of_people_told_in_words_behind_its_noun():
    assert value("死者三名、受伤人数十一人", FactKind.INJURED) == 11
    assert value("现场有数十人受伤", FactKind.INJURED) is None


@pytest.mark.parametrize(
    "text",
    ["大巴侧翻，驾驶员伤重不治，一名乘客也死亡", "昨晚火灾，一名老人经抢救无效死亡，其孙女也经抢救无效死亡"],
)
def test_who_dies_too_right_behind_another_is_a_second_one(text):
    assert value(text, FactKind.DEATHS) == 2
