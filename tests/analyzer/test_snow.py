"""SnowNLP behind the same port."""

import pytest

pytest.importorskip("snownlp")

from analyzer.model import Tone
from analyzer.snow import SnowReader


@pytest.fixture(scope="module")
def reader():
    return SnowReader()


def test_it_tells_two_tones_and_abstains_between(reader):
    good, bad, empty = reader.read_many(["这家店东西很好吃，服务热情，非常满意", "质量太差，坏了也不给退，差评", " "])
    assert (good.label, bad.label, empty.label) == (Tone.POSITIVE, Tone.NEGATIVE, Tone.UNSURE)
    assert good.score > 0 > bad.score
