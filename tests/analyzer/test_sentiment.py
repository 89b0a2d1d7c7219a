"""The tone of a post."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import Tone
from analyzer.scope.evidence import gather
from analyzer.sentiment import SentimentReader
from analyzer.text import normalise

READER = SentimentReader.load()


def tone(text):
    return READER.read(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "终于来水了，太开心了，谢谢抢修师傅[心]",
        "今天收到好多祝福，好幸福呀",
        "点赞！效率真高，给力",
        "加油，一切都会好起来的",
    ],
)
def test_joy_and_thanks_are_positive(text):
    judged = tone(text)
    assert judged.label is Tone.POSITIVE
    assert judged.score > 0


@pytest.mark.parametrize(
    "text",
    [
        "气死我了，停水三天没人管，太过分了[怒]",
        "好难过，真的很心痛[泪]",
        "什么垃圾服务，态度恶劣，再也不来了",
        "吓死我了，整栋楼都在晃，好害怕",
    ],
)
def test_anger_grief_and_fear_are_negative(text):
    judged = tone(text)
    assert judged.label is Tone.NEGATIVE
    assert judged.score < 0


@pytest.mark.parametrize(
    "text",
    [
        "公告：因管道检修，城东片区今日8时至20时暂停供水，请提前储水",
        "记者从会上获悉，该线路全长12公里，预计明年6月建成",
    ],
)
def test_notices_and_reports_are_neutral(text):
    assert tone(text).label is Tone.NEUTRAL


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_without_words_it_abstains(text):
    judged = tone(text)
    assert (judged.label, judged.score) == (Tone.UNSURE, 0.0)


def test_scores_made_before_give_the_same_tones():
    texts = ["太好了", "烦死了", "今日召开会议"]
    assert READER.read_many(texts, gather(texts).scores) == READER.read_many(texts)


def test_no_texts_give_no_tones():
    assert READER.read_many([]) == []


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_the_score_is_bounded_and_agrees_with_the_label(text):
    judged = tone(text)
    assert -1 <= judged.score <= 1
    if judged.label is Tone.POSITIVE:
        assert judged.score > 0
    if judged.label is Tone.NEGATIVE:
        assert judged.score < 0
