import pytest

from analyzer.facts.ordinals import by_place
from analyzer.model import FactKind
from analyzer.patterns.scan import plain_of


@pytest.mark.parametrize(
    ("text", "meaning", "value"),
    [
        ("到今早，就诊名单停在了第99位", "hospital", 99),
        ("就诊者排到了第120位", "hospital", 120),
        ("遇难者名单定格在第十七位", FactKind.DEATHS, 17),
        ("搜救队找到第十名遇难者", FactKind.DEATHS, 10),
        ("第12具遗体被打捞出水", FactKind.DEATHS, 12),
        ("学校第15例水痘病例出现", FactKind.ILL, 15),
        ("死亡数字在今天停在了二十九。", FactKind.DEATHS, 29),
        ("这起事故的死亡人数达到了10。", FactKind.DEATHS, 10),
        ("重伤人数为四十九，其余轻伤", FactKind.SERIOUS_INJURED, 49),
    ],
)
def test_the_place_of_the_last_one_counts_them_all(text, meaning, value):
    ((said, count, _, _),) = by_place(plain_of(text))
    assert (said, count) == (meaning, value)


@pytest.mark.parametrize(
    "text",
    [
        "他跑了第三名，在医院门口合影",
        "本院接诊量排名全省第12位",
        "第3中队到场",
        "第一位遇难者是谁还不清楚",
        "第12期遇难者纪念日",
        "死亡人数为零",
        "死亡人数达到10年来最低",
    ],
)
def test_a_rank_a_number_and_the_first_one_count_nobody(text):
    assert not list(by_place(plain_of(text)))
