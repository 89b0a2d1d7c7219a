"""Somebody of whom the clauses before have told dies further on, whatever stands between."""

import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def deaths(text):
    told = document_value(find_facts(text), FactKind.DEATHS)
    return told.value if told else 0


@pytest.mark.parametrize(
    "text",
    [
        "一名45岁装修工中午晕倒，送医时体温41.5℃，确诊热射病，抢救一天后不幸离世。",
        "一名村民采菌时坠崖，家属报警称其失联。次日上午，搜救人员在崖底发现其遗体。",
        "一名初二学生在体育课上突发不适，经现场急救并送医抢救，于当日17时20分不幸离世。",
        "一名男童不慎落水，消防和公安全力搜救，当晚将其打捞上岸，经确认已无生命体征。",
        "老公在工地出事了，从吊篮上摔下来人就没了。",
    ],
)
def test_one_person_told_of_before_is_dead(text):
    assert deaths(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "著名艺术家王某因病医治无效，于昨晚在医院离世，享年八十岁。",
        "一名工人从架上摔下，经抢救已脱离危险，没有造成人员死亡。",
        "几名村民落水，情况危急，可能溺亡。",
    ],
)
def test_no_obituary_old_story_or_fear_is_one(text):
    assert deaths(text) == 0
