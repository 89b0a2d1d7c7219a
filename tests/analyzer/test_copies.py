"""What says the same as another post is read like it, at next to no cost."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest

from analyzer.copies import Copies, Known
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from tests.builders import at, post, reading

CORPUS = Path(__file__).parents[1] / "resources" / "corpus"
TIMES = (datetime(2019, 8, 1, tzinfo=UTC), at(), at(hours=9))
REGIONS = (None, "310000", "海淀区")
DATED = (
    "2019年7月2日，化工厂爆炸造成3人死亡、5人受伤。",
    "2026年11月2日，城南市场起火，2人受伤，消防已到场。",
    "2024年那场洪水淹了两千多户，今天又下大雨。",
)
PLACED = ("中山路又塌了一个坑", "朝阳区停水三天了", "东城区一小区电梯困人，5人获救")


@pytest.fixture
def reader():
    return Reader(Gazetteer.load())


def stream():
    """Copies of dated, placed and many other texts, with and without a title, mixed."""
    files = (path.read_text(encoding="utf-8").splitlines() for path in sorted(CORPUS.glob("*.jsonl")))
    rows = chain.from_iterable(files)
    texts = [(row["title"], row["text"]) for row in map(json.loads, rows)][::60]
    texts += [("", text) for text in (*DATED, *PLACED)] + [(text, text) for text in DATED]
    told = [
        replace(post(text, told=TIMES[number % 3]), title=title, region=REGIONS[number // 3 % 3])
        for title, text in texts
        for number in range(9)
    ]
    random.Random(4).shuffle(told)
    return told


def test_copies_are_read_as_if_they_were_the_first_of_their_words(reader):
    told = stream()
    assert len(told) > 1_500
    together = reader.read_many(told)
    assert [one.post_id for one in together] == [one.id for one in told]
    assert together == [known.reading for one in told for known in reader._read_batch([one])]
    assert reader.read_many(told) == together


def test_an_old_date_is_old_only_for_those_who_tell_of_it_later(reader):
    early, late = (post(DATED[1], told=when) for when in (datetime(2026, 11, 3, tzinfo=UTC), at(hours=24 * 200)))
    first, second, third = reader.read_many([early, late, replace(early, id="copy")])
    assert first.nature != second.nature
    assert third == replace(first, post_id="copy")


class Counting:
    """Reads a post as nothing, and counts."""

    def __init__(self, *, dated=False):
        self.read = []
        self._dated = dated

    def __call__(self, posts):
        self.read += posts
        return [Known(reading(one), one.told_at if self._dated else None) for one in posts]


def test_words_met_lately_are_not_read_again():
    counting = Counting()
    copies = Copies(counting)
    copies.read_many([post("停水了"), post("停水了"), post("停电了")])
    copies.read_many([post("停电了", told=at(hours=3)), post("停水了")])
    assert [one.text for one in counting.read] == ["停水了", "停电了"]


def test_another_title_or_region_makes_other_words():
    counting = Counting()
    one = post("停水\n了")
    Copies(counting).read_many([one, replace(one, title="停水", text="了"), replace(one, region="310000")])
    assert len(counting.read) == 3


def test_what_holds_a_date_is_read_once_for_every_time():
    counting = Counting(dated=True)
    copies = Copies(counting)
    times = [at(hours=number % 4) for number in range(12)]
    read = copies.read_many([post("停水了", told=when) for when in times])
    assert [one.read_at for one in read] == times
    assert copies.read_many([post("停水了", told=at(hours=3))])[0].read_at == at(hours=3)


def test_no_text_is_remembered(reader):
    words = "阳光里小区的水管昨天夜里又爆了"
    reader.read_many([post(words)])
    assert words not in repr(vars(reader._copies._known))
