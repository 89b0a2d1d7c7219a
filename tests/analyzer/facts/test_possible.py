"""The look at what stands beside numerals never overlooks a figure that the linker would give."""

import json
from pathlib import Path

import pytest

from analyzer.facts.linker import Linker
from analyzer.facts.possible import possible
from analyzer.patterns.scan import plain_of
from tests.crawlers.planted import negatives

CORPUS = Path(__file__).parents[2] / "resources" / "corpus"
TEXTS = (
    "大火造成三人死亡，俩孩子烫伤",
    "3死5伤",
    "死亡人数：7",
    "一男一女被困",
    "该名工人当场身亡",
    "那位司机没抢救过来",
    "没有人员伤亡",
    "未造成任何人受伤",
    "目前零死亡",
    "人员伤亡为0",
    "129员工撤离",
    "12 名游客被困",
    "二十余名学生呕吐",
    "双双遇难",
)


def test_no_figure_of_the_corpus_is_overlooked():
    rows = [
        json.loads(line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    plains = [plain_of(f"{row['title']}\n{row['text']}") for row in rows]
    counting = [plain for plain in plains if Linker(plain).read()]
    assert len(counting) > 500
    assert all(map(possible, counting))


@pytest.mark.parametrize("text", TEXTS)
def test_people_are_counted_or_said_to_be_none(text):
    assert possible(plain_of(text))
    assert Linker(plain_of(text)).read()


@pytest.mark.parametrize(
    "text", ["12月30日夜里停电，到现在还没来", "电话2345678，地址长江路15号", "第3次了，等了40分钟"]
)
def test_dates_hours_and_numbers_are_not_looked_at_further(text):
    assert not possible(plain_of(text))


def test_no_case_without_people_is_wrong_for_it():
    for case in negatives():
        plain = plain_of(case.text)
        assert possible(plain) or not Linker(plain).read()
