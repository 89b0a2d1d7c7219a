"""Single people named together with a counted group."""

import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def value(text, kind):
    fact = document_value(find_facts(text), kind)
    return fact.value if fact else 0


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("货车司机和3名乘客受伤", FactKind.INJURED, 4),
        ("司机及车上两名乘客不同程度受伤", FactKind.INJURED, 3),
        ("妻子、女儿和一名邻居遇难", FactKind.DEATHS, 3),
        ("我和两个同事被困电梯", FactKind.TRAPPED, 3),
        ("店主带着两个伙计在屋里煤气中毒", FactKind.ILL, 3),
        ("1名行人和司机受伤", FactKind.INJURED, 2),
        ("2人受伤，另外司机骨折", FactKind.INJURED, 3),
        ("夫妻俩在家，老两口和一个孙子溺亡", FactKind.DEATHS, 3),
    ],
)
def test_who_is_named_beside_a_figure_is_counted_with_it(text, kind, wanted):
    assert value(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("司机和乘客共3人受伤", 3),
        ("司机和乘客两个人受伤", 2),
        ("民警和3名群众受伤", 3),
        ("一名司机和3名乘客受伤", 4),
        ("民警、医生和2名群众受伤", 2),
        ("2人受伤，司机已被控制", 2),
        ("2名乘客和司机发生争执受伤", 2),
        ("其中3人受伤，司机骨折", 3),
    ],
)
def test_who_is_counted_already_or_not_harmed_is_not_added(text, wanted):
    assert value(text, FactKind.INJURED) == wanted


@pytest.mark.parametrize("piece", ["司机和", "妻子、", "我和", "司机和3人", "2名乘客和司机", "沙洼镇2人死亡，"])
def test_a_long_row_of_names_is_read_in_bounded_steps(piece):
    assert find_facts((piece * 50_000)[:100_000] + "受伤") is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("沙洼镇2人死亡、21人受伤，青口镇3人死亡、38人受伤。", 5),
        ("沙洼镇2人死亡。青口镇3人死亡。石桥乡1人死亡。", 6),
        ("全县共5人死亡，沙洼镇2人死亡，青口镇3人死亡", 5),
        ("青口镇2人死亡，青口镇3人死亡", 3),
        ("清河县2人死亡，沙洼镇1人死亡", 2),
    ],
)
def test_the_dead_of_several_places_of_one_rank_count_together(text, wanted):
    assert value(text, FactKind.DEATHS) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("大堤破了，两百多号人在小学楼顶，水还在涨", FactKind.TRAPPED, 200),
        ("我们三十多个人被洪水围着", FactKind.TRAPPED, 30),
        ("渣土车把骑电动车的母女俩卷进去了", FactKind.MISSING, 0),
        ("外婆和舅舅昨天早上进山采菌子到现在没回来，电话打不通", FactKind.MISSING, 2),
        ("昨天通报说8人受伤，今天改口说是11人", FactKind.INJURED, 11),
        ("化工园又炸了，我同事胳膊划了个大口子", FactKind.INJURED, 1),
    ],
)
def test_talk_of_people_in_danger_is_counted(text, kind, wanted):
    assert value(text, kind) == wanted
