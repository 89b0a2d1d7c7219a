"""A text of thousands of sentences costs what its length costs, whatever the sentences say."""

import json
import re
import time
from pathlib import Path

import pytest

from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from tests.builders import post

FACTS = Path(__file__).parents[1] / "resources" / "facts.jsonl"
SENTENCES = [json.loads(line)["text"] for line in FACTS.read_text(encoding="utf-8").splitlines()[::45]]
SMALL, LARGE = 2_500, 20_000


@pytest.fixture(scope="module")
def reader():
    reader = Reader(Gazetteer.load())
    reader.read_many([post(text=sentence) for sentence in SENTENCES])  # what is loaded or compiled once is so by now
    return reader


def repeated(sentence, length):
    """The sentence again and again, with other figures each time."""
    said, at = [], 0
    while at < length:
        said.append(re.sub(r"\d+", lambda figure: str((int(figure[0][:6]) * 7 + len(said) * 13) % 89 + 1), sentence))
        at += len(said[-1]) + 1
    return "。".join(said)[:length]


def spent(reader, text):
    """The least of three: rubbish may be collected in one of them. What was read before is told by its first words."""
    tries = []
    for number in range(3):
        started = time.process_time()
        reader.read_many([post(text=f"{number}号：{text}")])
        tries.append(time.process_time() - started)
    return min(tries)


WITHOUT_END = [
    "两车相撞演练",
    "“3人死亡”系谣言，",
    "网传3人死亡，不实，",
    "汶川地震死3人，",
    "造谣称3人死亡，",
    "又到一年，死3人，",
]
"""Said again and again in one sentence that never ends."""


@pytest.mark.parametrize("words", WITHOUT_END)
def test_words_without_an_end_cost_no_square_of_the_time(reader, words):
    small, large = (words * (length // len(words)) for length in (SMALL, LARGE))

    assert spent(reader, large) <= 16 * (spent(reader, small) + 0.005)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_eight_times_the_sentences_cost_no_square_of_the_time(reader, sentence):
    """Squares cost 64 times as much; 24 are allowed, and some milliseconds that any post costs."""
    small, large = repeated(sentence, SMALL), repeated(sentence, LARGE)

    assert spent(reader, large) <= 24 * (spent(reader, small) + 0.005)
