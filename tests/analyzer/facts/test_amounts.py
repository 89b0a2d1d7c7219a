import pytest

from analyzer.facts import find_facts


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ("近三十人遇难", -1),
        ("死亡人数不足10人", -1),
        ("不到一万户停电", -1),
        ("死亡30余人", 1),
        ("逾10人死亡", 1),
        ("一百多人中毒", 1),
        ("死亡30人", 0),
        ("至少30人死亡", 0),
        ("约30人死亡", 0),
    ],
)
def test_a_figure_tells_on_which_side_of_it_the_true_one_lies(text, lean):
    assert [fact.lean for fact in find_facts(text)] == [lean]


def test_the_number_of_a_room_counts_nobody():
    assert [(fact.kind.value, fact.value) for fact in find_facts("煤气爆燃，301室女租客被震波致死，两死一伤")] == [
        ("deaths", 2.0),
        ("injured", 1.0),
    ]
