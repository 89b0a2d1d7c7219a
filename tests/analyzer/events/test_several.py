import pytest

from analyzer.events.several import document_value_of_one
from analyzer.facts import find_facts
from analyzer.model import FactKind


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("全区昨日发生两起火灾，共造成3人死亡。", 2),
        ("全区昨日接连发生两起互不相关的车祸，共造成7人死亡。", 4),
        ("今日我镇发生两起交通事故，一起造成1人死亡，另一起造成2人死亡。", 2),
        ("昨日列车出轨与巴士坠河，两宗共造成至少51人死亡", 26),
        ("两宗车祸共造成8人死亡", 4),
        ("今日发生两起交通事故，第一起1人死亡，第二起2人死亡，共造成3人死亡。", 2),
        ("第一起事故1人死亡；第二起事故2人死亡", 2),
        ("两起事故分别造成4人死亡、8人受伤和6人死亡、12人受伤", 6),
        ("今日全区发生交通事故三起，共造成4人死亡、5人受伤。", 2),
        ("此次事故共造成4人死亡，该企业去年发生过两起事故", 4),
        ("这是该矿今年第二起事故，共造成4人死亡", 4),
        ("两车相撞，一车3人死亡，另一车2人死亡", 5),
        ("两起火源引起的大火共造成4人死亡", 4),
        ("无人死亡，两起火灾均已扑灭", 0),
    ],
)
def test_what_is_told_of_several_happenings_is_no_sum_of_one(text, deaths):
    found = document_value_of_one(text, find_facts(text), FactKind.DEATHS)
    assert found is not None
    assert found.value == deaths
