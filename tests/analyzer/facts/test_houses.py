import pytest

from analyzer.facts import document_value, find_facts, houses, quantities
from analyzer.model import FactKind, Nature


def value(text):
    found = document_value(find_facts(text), FactKind.HOUSES)
    return found and found.value


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("暴雨致全县倒塌房屋312间，无人员伤亡。", 312),
        ("倒塌房屋27户81间，严重损坏34户102间，一般损坏300间", 183),
        ("倒损房屋320间，其中倒塌40间、严重损坏60间", 320),
        ("倒塌和严重损坏房屋1.2万间", 12_000),
        ("房屋倒塌12间", 12),
        ("全镇倒房89间，道路中断17处", 89),
        ("三间民房被洪水冲走", 3),
        ("夜里塌了两间房，人跑出来了", 2),
        ("10间农房严重损坏", 10),
    ],
)
def test_houses_that_have_come_down_or_are_badly_damaged_are_counted_together(text, houses):
    assert value(text) == houses


@pytest.mark.parametrize(
    "text",
    ["一般损坏房屋300间", "新建安置房300间", "房屋漏雨12间", "期间倒塌围墙一处", "倒塌房屋62户", "未发生房屋倒塌"],
)
def test_what_is_lightly_damaged_built_or_counted_otherwise_is_no_such_house(text):
    assert value(text) is None


@pytest.mark.parametrize("text", ["如果堤坝失守，可能冲毁民房300间", "去年洪水冲毁民房300间", "演练模拟倒塌房屋300间"])
def test_houses_of_another_day_or_of_none_are_none_of_now(text):
    assert [f.status is Nature.CURRENT for f in find_facts(text) if f.kind is FactKind.HOUSES] == [False]


@pytest.mark.parametrize(
    "text", ["倒塌房屋312间", "塌了两间房", "垮塌房屋约百余间", "倒塌民房40多 间", "拆了三间教室旁倒塌的房"]
)
def test_what_counts_rooms_holds_a_word_that_is_looked_for(text):
    counted = houses.PATTERN.search(text) is not None
    assert any(word in text for word in quantities.HINTS["houses"]) or not counted
