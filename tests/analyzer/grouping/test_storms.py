import pytest

from analyzer.grouping.evidence import one_storm
from analyzer.grouping.item import item
from analyzer.grouping.storms import says, storms
from crawlers.model import Authority
from tests.analyzer.grouping.test_grouper import grouped_of
from tests.analyzer.grouping.test_towns import of
from tests.builders import post, reading


def told(text, topic):
    one = post(text)
    return item(one, reading(one, topic), lambda word: 5.0)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("今年第6号台风“青鸾”生成", {"青鸾"}),
        ("“云豹”台风逼近，全市停课", {"云豹"}),
        ("受台风“青鸾”影响，比“云豹”登陆时还大", {"青鸾", "云豹"}),
        ("镇上刚才刮龙卷风，大棚飞上天了", {"龙卷"}),
        ("台风外围生成龙卷，多处屋顶被掀", set()),
        ("台风登陆后多处树木倒伏", set()),
        ("“一号工程”今日登陆港交所", set()),
        ("今年第9号台风青鸾加强为强台风级", {"青鸾"}),
        ("台风云豹在粤西登陆", {"云豹"}),
        ("台风橙色预警，台风来了先收衣服", set()),
        ("寒潮来了，一夜降温十四度", {"寒潮"}),
        ("受强冷空气影响，北方多地降雪", {"寒潮"}),
        ("沙尘暴过境，城里一片昏黄", {"沙尘"}),
    ],
)
def test_a_storm_is_known_by_the_name_that_a_text_gives_it(text, named):
    assert storms(text) == named


def test_a_storm_s_name_is_no_flower_s_compound_s_or_firm_s():
    assert says("云杉走后第三天，还没来电", "云杉")
    assert says("等云杉", "云杉")
    assert not says("云杉花园停水了", "云杉")
    assert not says("风很大", "云杉")


BORN = (0, "今年第9号台风“青鸾”生成，预计后天登陆浙江台州到福建宁德一带")


def test_a_storm_that_others_have_named_is_known_by_its_name_alone_wherever_it_is_told_of():
    landed = (40, "青鸾过后的宁德渔排，木板漂了一地")
    power = (60, "“青鸾”受损电网全面恢复，江西上饶最后三个乡镇通电")
    assert grouped_of(BORN, landed, power, authority=Authority.MEDIA) == [0, 0, 0]


def test_the_typhoon_of_these_days_need_not_be_named_but_where_there_are_two():
    rest = (44, "台风残余环流入赣，上饶铅山河水暴涨，转移群众九百人")
    second = (20, "今年第10号台风“云豹”在南海生成，预计登陆海南文昌一带")
    assert grouped_of(BORN, rest, authority=Authority.MEDIA) == [0, 0]
    assert grouped_of(BORN, second, rest, authority=Authority.MEDIA)[2] == 2


def test_a_cold_wave_is_one_over_many_provinces():
    cold = [(0, "寒潮来了，内蒙古赤峰一夜降温十五度"), (20, "寒潮带来暴雪，黑龙江鸡西四条高速封闭")]
    assert grouped_of(*cold, authority=Authority.MEDIA) == [0, 0]


@pytest.mark.parametrize(
    ("text", "topic", "same"),
    [
        ("台风“青鸾”致三县停电", "hazard.storm", True),
        ("台风“青鸾”过后大棚没了", "service.power", True),
        ("台风“云豹”致三县停电", "hazard.storm", False),
        ("台风“青鸾”来前鞋厂起火", "hazard.fire", False),
        ("台风“青鸾”过后，桂花苑小区还没来水", "service.water", False),
    ],
)
def test_one_storm_is_what_a_text_tells_of_it_and_neither_another_hazard_nor_a_compound_s_own_trouble(
    text, topic, same
):
    assert one_storm(told(text, topic), of(told("台风“青鸾”登陆", "hazard.storm"))) is same


def test_two_whirlwinds_are_two():
    here, there = told("村里刮龙卷风，大棚被掀", "hazard.storm"), told("镇上遭龙卷风袭击", "hazard.storm")
    assert not one_storm(there, of(here))


def test_what_fails_at_two_compounds_after_one_storm_is_two_matters():
    assert grouped_of(
        (0, "台风“青鸾”过后，桂花苑三天没有电了，冰箱里的菜全坏了"),
        (20, "台风“青鸾”过后，明湖家园自来水是黄的，不敢喝"),
    ) == [0, 1]
