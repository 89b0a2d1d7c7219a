"""The recogniser of names: the same texts give the same weights, and it learns what it is shown."""

from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from analyzer.training.name_texts import Inventor
from analyzer.training.names import fit
from crawlers.masking.look import Batch

FOLDER = Path(__file__).parents[2] / "resources" / "corpus" / "names"


def taught():
    inventor = Inventor(FOLDER, 7)
    return [*inventor.carried(1), *inventor.words_between(300), *inventor.contrary(1)]


def test_what_is_taught_says_where_its_names_are():
    texts = taught()
    named = [text.text[start:end] for text in texts for start, end in text.names]
    assert len(named) > 300
    assert all(named)


def test_a_sentence_gets_a_name_in_place_of_its_pronoun():
    put = list(Inventor(FOLDER, 7).put_in(["昨天他在路口等了半天。"], 1.0))
    assert put
    assert all("{" not in text.text for text in put)
    assert any(text.names for text in put)


def test_the_same_texts_give_the_same_bytes_that_find_names(tmp_path):
    first, second = fit(taught()), fit(taught())
    first.save(tmp_path / "a")
    second.save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    (found,) = first.find(Batch.folded(["业主王建国反映停水"]))
    assert [(name.start, name.end) for name in found] == [(2, 5)]
