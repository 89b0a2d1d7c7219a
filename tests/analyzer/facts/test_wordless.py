import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def counted(text, kind):
    fact = document_value(find_facts(text), kind)
    return fact and fact.value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("东园社区撤离3100人，西园2900人，北里2400人，码头2100人", "evacuated", 10500),
        ("氨气泄漏，居民紧急疏散：河东社区3200人，河西社区2600人，码头社区4500人", "evacuated", 10300),
        ("沙河镇转移120人，石桥镇260人，柳林乡90人", "evacuated", 470),
        ("重伤员送往三处：县人民医院21人，市中心医院17人，省烧伤专科医院14人", "serious_injured", 52),
        ("两车相撞，大客车8人遇难，面包车4人遇难", "deaths", 12),
        ("液氨泄漏，撤离群众：城北社区2600人、城南社区3100人，共5700人", "evacuated", 5700),
    ],
)
def test_the_figures_of_a_list_of_places_count_together(text, kind, value):
    assert counted(text, FactKind(kind)) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("爆炸致5人死亡，男3人，女2人", "deaths", 5),
        ("泄漏撤离3000人，公安民警200人维持秩序", "evacuated", 3000),
        ("因灾死亡11人，比昨日增加死亡2人、减少失踪3人", "deaths", 11),
        ("有人说死了七八个，官方说3个", "deaths", 3),
        ("全县报告病例132例，新增7例", "ill", 132),
        ("确诊2例，疑似5例，密接者46人", "ill", 2),
        ("爆炸造成12人死亡，救援队300人", "deaths", 12),
    ],
)
def test_what_is_no_place_of_a_list_counts_nobody_more(text, kind, value):
    assert counted(text, FactKind(kind)) == value


def test_bodies_of_all_who_were_counted_make_them_dead_and_some_bodies_do_not():
    assert counted("没能走出来的十二名矿工，遗体都已找齐", FactKind.DEATHS) == 12
    assert counted("失联的9名矿工，遗体已悉数运出", FactKind.DEATHS) == 9
    assert counted("17名工人失联，遗体已找到5具", FactKind.DEATHS) == 5


def test_those_who_died_in_hospital_are_others_than_those_found_dead():
    found = "救援人员在废墟中搜出6位遇难居民；送医伤者中，先后有4位因伤势过重去世"

    assert counted(found, FactKind.DEATHS) == 10
    assert counted("造成6人死亡、20人受伤，伤者中4人情况危急", FactKind.DEATHS) == 6
