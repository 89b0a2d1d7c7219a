"""The closed list of topics and its keywords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.text import normalise
from analyzer.topics import Keywords, topic_list

CODES = [
    "hazard.flood",
    "hazard.storm",
    "hazard.earthquake",
    "hazard.landslide",
    "hazard.fire",
    "hazard.explosion",
    "hazard.traffic",
    "hazard.work_accident",
    "hazard.collapse",
    "hazard.equipment",
    "hazard.epidemic",
    "hazard.food_poisoning",
    "hazard.pollution",
    "service.water",
    "service.power",
    "service.gas",
    "service.heating",
    "service.telecom",
    "service.roads",
    "service.transit",
    "service.school",
    "service.medical",
    "service.housing",
    "service.consumer",
    "service.wages",
    "service.social_insurance",
    "service.government",
]
LISTED = topic_list()
KEYWORDS = Keywords(LISTED)


def strong(text):
    """Codes whose strong keywords occur in the text."""
    counts = KEYWORDS.counts([normalise(text)])[0]
    return {code for code, count in zip(LISTED.codes, counts, strict=False) if count}


def test_the_list_is_closed():
    assert list(LISTED.codes) == CODES


def test_every_topic_is_explained():
    for topic in LISTED.topics:
        assert topic.name
        assert topic.definition.endswith("。")
        assert len(topic.examples) >= 2
        assert len(topic.counter_examples) >= 2


def test_keywords_are_written_in_the_normal_form():
    for topic in LISTED.topics:
        for word in (*topic.strong, *topic.weak):
            assert normalise(word) == word


def test_no_keyword_is_both_strong_and_weak():
    for topic in LISTED.topics:
        assert not set(topic.strong) & set(topic.weak), topic.code


def test_weak_keywords_are_words():
    assert [word for topic in LISTED.topics for word in topic.weak if len(word) < 2] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("对面楼起火了", "hazard.fire"),
        ("对面樓著火了", "hazard.fire"),
        ("全小区停电了", "service.power"),
        ("省道滑坡了", "hazard.landslide"),
        ("拖欠工资半年", "service.wages"),
    ],
)
def test_a_strong_keyword_names_its_topic(text, code):
    assert code in strong(text)


@pytest.mark.parametrize(
    "text",
    [
        "火锅店人好多",
        "他烫了个爆炸头",
        "信息爆炸",
        "销量滑坡严重",
        "又有明星塌房了",
        "地震局招聘公告",
        "上一个热搜翻车现场",
        "停电主题的密室",
    ],
)
def test_a_longer_innocent_phrase_takes_the_keyword_away(text):
    assert strong(text) == set()


@given(
    st.lists(st.sampled_from(["停电了", "火锅店着火了", "", "没水\n", "晴天", "😂", "a\x00b"]), min_size=1, max_size=6)
)
def test_counts_of_a_batch_are_the_counts_of_its_texts(texts):
    together = KEYWORDS.counts(texts)
    for row, text in zip(together, texts, strict=True):
        assert row.tolist() == KEYWORDS.counts([text])[0].tolist()


def test_every_keyword_is_found_where_it_stands_alone():
    for number, topic in enumerate(LISTED.topics):
        counts = KEYWORDS.counts(list(topic.strong))
        missing = [word for word, row in zip(topic.strong, counts, strict=True) if not row[number]]
        assert missing == []
