"""Help sought: by the writer or somebody present, for an actual need."""

import pytest

from analyzer.help_sought import HelpReader
from analyzer.scope.evidence import gather
from analyzer.text import normalise

READER = HelpReader.load()


def asked(text):
    return READER.read(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "我妈被困在三楼，水已经到腰了，求救援，快来人！",
        "家里老人急需胰岛素，小区出不去，哪里能买到，求帮忙",
        "路灯坏了一个月，孩子摸黑回家，请尽快来修",
        "拖欠工资半年了，恳请有关部门帮帮我们",
        "救命！电梯困了六个人，快来救我们",
    ],
)
def test_a_call_for_help_or_action_is_heard(text):
    assert asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "昨日凌晨发生的火灾已扑灭，无人员伤亡，原因正在调查",
        "终于来电了，谢谢抢修师傅",
        "今天的火锅真好吃",
        "市气象台发布暴雨橙色预警信号，请注意防范",
        "主队三比一获胜，晋级决赛",
    ],
)
def test_news_thanks_and_small_talk_ask_for_nothing(text):
    assert not asked(text)


def test_evidence_made_before_gives_the_same_answers():
    texts = ["快来救救我们", "今天天气真好"]
    assert READER.read_many(texts, gather(texts)) == READER.read_many(texts)


@pytest.mark.parametrize("text", ["", "\x00", "😂", "1 " * 10_000])
def test_bad_input_asks_for_nothing(text):
    assert not asked(text)


def test_no_texts_give_no_answers():
    assert READER.read_many([]) == []
