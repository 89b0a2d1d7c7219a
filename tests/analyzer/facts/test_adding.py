import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("县医院收治爆炸伤员9人（重伤6人），中医院收治7人（重伤5人）", 11),
        ("轿车上4人受伤（1人重伤），面包车上6人受伤（2人重伤）", 3),
        ("一车间12人中毒（重症2人），二车间8人中毒（重症1人）", 3),
        ("伤员12人（重伤3人），其中县医院7人（重伤2人）", 3),
        ("昨日9人受伤（重伤2人），今日11人受伤（重伤3人）", 3),
        ("县医院伤员9人（重伤2人），累计伤员40人（重伤9人）", 9),
    ],
)
def test_shares_in_brackets_add_up_part_by_part(text, grave):
    found = document_value(find_facts(text), FactKind.SERIOUS_INJURED)
    assert found is not None
    assert found.value == grave
