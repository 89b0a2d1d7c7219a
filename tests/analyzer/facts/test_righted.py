import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind, Nature


def values(text, kind):
    """The figures of a kind that are of now."""
    return [f.value for f in find_facts(text) if f.kind is kind and f.status is Nature.CURRENT and f.part_of is None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("15名被困矿工已全部安全升井", FactKind.TRAPPED),
        ("一名儿童被困井下11小时后获救", FactKind.TRAPPED),
        ("3名被困工人已被救出。", FactKind.TRAPPED),
        ("失联的2名驴友今早平安下山", FactKind.MISSING),
    ],
)
def test_who_is_out_is_shut_in_or_missing_no_more(text, kind):
    assert not any(values(text, kind))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("希望失联的2名驴友平安下山。", FactKind.MISSING, 2),
        ("3名失联驴友仍未找到。", FactKind.MISSING, 3),
        ("消防员正设法营救5名被困工人。", FactKind.TRAPPED, 5),
        ("12名游客在缆车上被困5小时后获救。", FactKind.TRAPPED, 12),
        ("井下被困27人中，19人获救，8人仍被困", FactKind.TRAPPED, 8),
        ("火灾造成4人死亡，系统计有误，应为3人死亡", FactKind.DEATHS, 3),
        ("原通报死亡5人有误，更正为3人。", FactKind.DEATHS, 3),
        ("事故造成轻重伤共计27人。", FactKind.INJURED, 27),
        ("车上19个人，除了司机都受了伤", FactKind.INJURED, 18),
        ("客车坠沟，全车21名乘客，除3人外全部受伤", FactKind.INJURED, 18),
        ("泥石流埋了房子，一家六口，只有女儿活了下来", FactKind.DEATHS, 5),
    ],
)
def test_the_greatest_figure_of_now_is_the_one_that_holds(text, kind, value):
    assert max(values(text, kind)) == value
    assert document_value(find_facts(text), kind).value == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("目击者“至少死了五个”，官方通报2人死亡。", FactKind.DEATHS, 2),
        ("目击者说至少死了五个，还没有通报。", FactKind.DEATHS, 5),
        ("客车侧翻致18名乘客受伤。今天凌晨，一名重伤乘客经抢救无效去世。", FactKind.INJURED, 17),
        ("客车侧翻致18名乘客受伤，其中一名重伤乘客经抢救无效去世。", FactKind.INJURED, 18),
    ],
)
def test_an_office_outweighs_a_witness_and_who_dies_of_wounds_is_hurt_no_more(text, kind, value):
    assert document_value(find_facts(text), kind).value == value
