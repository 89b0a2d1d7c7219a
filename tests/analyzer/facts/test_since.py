import pytest

from analyzer.facts import died_since, document_value, find_facts
from analyzer.model import FactKind

GRAVE, HURT, LOST, SHUT = (
    FactKind.SERIOUS_INJURED,
    FactKind.INJURED,
    FactKind.MISSING,
    FactKind.TRAPPED,
)


@pytest.mark.parametrize(
    ("text", "died", "were", "of"),
    [
        ("窑厂爆炸6名重伤员中，有2人于今日凌晨死亡，另外4人病情平稳。", 2, GRAVE, 6),
        ("6名重伤员中，2人伤情恶化，于今日上午先后死亡。", 2, GRAVE, 6),
        ("住院治疗的5名伤者中1人死亡，其余4人伤情稳定。", 1, HURT, 5),
        ("3名伤员已送医，其中1人不治。", 1, HURT, 3),
        ("受伤的6人中有1人因伤情过重离世。", 1, HURT, 6),
        ("又有2名重伤员经抢救无效死亡。", 2, GRAVE, None),
        ("一名送医的伤者因伤势过重死亡。", 1, HURT, None),
        ("伤者赵某因伤情过重，今日在县医院抢救无效死亡。", 1, HURT, None),
        ("事故中受伤的两名工人，因颅脑损伤经抢救无效死亡。", 2, HURT, None),
        ("被埋的最后1名工人于15时45分被找到，经现场医护人员确认已无生命体征。", 1, SHUT, None),
        ("被困的2名工人先后救出，其中1人经抢救无效死亡。", 1, SHUT, 2),
        ("最后一名被困人员已找到，不幸遇难。", 1, SHUT, None),
        ("失联的最后一人今晨被找到，遗憾的是已经遇难。", 1, LOST, None),
        ("搜救人员找到了2名失踪者的遗体，仍有1人失联。", 2, LOST, None),
        ("4名失联人员中，已找到3人，均已无生命体征。", 3, LOST, 4),
        ("又打捞起3具遗体。", 3, None, None),
        ("昨日新增死亡1例，新增确诊6例。", 1, None, None),
    ],
)
def test_who_was_counted_among_the_living_is_one_more(text, died, were, of):
    fact = died_since(find_facts(text))
    assert (fact.value, fact.since.were, fact.since.of) == (died, were, of)


@pytest.mark.parametrize(
    "text",
    [
        "事故造成5名乘客受伤，其中1人经抢救无效死亡。",
        "2名重伤员不治身亡，累计死亡10人。",
        "今日8时，最后2名失踪者遗体被找到，至此事故共造成7人死亡。",
        "死亡人数升至10人。",
        "死亡人数由10人更正为9人，1名重伤员误报死亡。",
        "2名伤者已出院，遇难2人身份确认。",
        "窑厂爆炸致8人死亡、4人重伤。今日，4名重伤员中2人死亡。",
        "3人死亡，另有2人在医院救治。",
        "被困的3名矿工全部救出，均无生命危险。",
        "最后2名失联矿工确认遇难，6人全部遇难，搜救工作结束。",
    ],
)
def test_who_is_counted_with_all_the_others_is_not(text):
    assert died_since(find_facts(text)) is None


def test_those_who_died_are_hurt_no_more():
    facts = find_facts("6名重伤员中，2人于今日凌晨死亡。")
    assert document_value(facts, GRAVE).value == 4


def test_what_all_have_come_to_is_told_from_what_is_told_as_more():
    assert died_since(find_facts("8名重伤员中已有3人先后死亡。")).since.so_far
    assert died_since(find_facts("又有1名重伤员死亡。")).since.again


def test_the_hour_tells_two_findings_apart():
    assert died_since(find_facts("15时20分又找到1名失联船员遗体。")).since.hour == "15:20"
