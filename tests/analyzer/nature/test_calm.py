import pytest

from analyzer.model import Nature
from analyzer.nature import judge
from analyzer.nature.calm import alarms_falsely, explains


@pytest.mark.parametrize(
    "text",
    [
        "烟感误报，没有起火，没有人受伤",
        "探测器误报警，经检查没有泄漏",
        "虚惊一场，楼里是在熏肉，未发生火情，无人受伤",
        "九十名工人说恶心，没有一人中毒，原是虚惊",
    ],
)
def test_where_nothing_happened_the_alarm_was_false(text):
    assert alarms_falsely(text)


@pytest.mark.parametrize(
    "text", ["以为是误报，结果真着火了，烧死4人", "未发生爆炸，此前误报3人死亡，实为3人受伤", "烟感误报又响了一夜"]
)
def test_where_somebody_was_hurt_or_nothing_is_denied_it_was_none(text):
    assert not alarms_falsely(text)


@pytest.mark.parametrize(
    "text",
    [
        "某热电公司：刚才的白烟系备用锅炉点炉调试，没有起火，无人受伤",
        "水厂例行加氯检修产生少量气味，未发生泄漏，无人员不适，请勿传谣",
        "凌晨的巨响是化工园火炬放空，未发生爆炸，请大家放心",
        "有市民反映商场着火，消防到场后确认为舞台发烟，现场并无明火",
        "消防通报：烟感误报，没有发现火情",
        "热电厂：系机组启动前吹管，并非着火",
        "消防核实：浓烟系村民熏腊肉所致，没有发生火灾，无人员伤亡",
        "社区提示：今天开展灭蚊热雾作业，产生的白雾属正常现象，非火情",
        "那声巨响是采石场按计划爆破，未发生爆炸事故",
    ],
)
def test_whoever_says_what_only_looked_like_it_denies_it(text):
    assert explains(text)
    assert judge(text).refutes


@pytest.mark.parametrize(
    "text",
    [
        "检修切割引燃保温棉，冒出浓烟，未发生爆炸，无人受伤",
        "系锅炉点炉时爆燃，未发生火灾，2人受伤",
        "因设备检修停电，有异响，未发生事故",
        "试车时冒烟，明火已扑灭，未发生爆炸",
    ],
)
def test_what_has_happened_beside_it_is_not_denied(text):
    assert not explains(text)


@pytest.mark.parametrize(
    "text",
    [
        "某县水利局：水库水位低于汛限2米，大坝监测数据正常。",
        "某市应急局：访谈说的是假设情景，目前储罐区运行正常，未发生泄漏。",
        "某区住建局回应：该桥检测结果合格，各项指标正常，请大家放心。",
        "防指：水位回落，未达到转移条件，全区无险情。",
    ],
)
def test_an_office_that_calls_sound_what_people_fear_for_tells_of_no_happening(text):
    assert judge(text).nature is Nature.HYPOTHETICAL


@pytest.mark.parametrize(
    "text",
    [
        "某厂：储罐运行正常，未发生爆炸，但泄漏已致2人受伤。",
        "某县水利局：管涌已处置，大坝监测数据正常，请大家放心。",
        "区防汛办：水位回落，溃口已封堵，无新的险情。",
        "说水质正常请放心，可我家的水一直发黄，谁来管",
    ],
)
def test_beside_a_happening_or_a_complaint_it_is_of_now(text):
    assert judge(text).nature is Nature.CURRENT
