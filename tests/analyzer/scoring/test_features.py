"""The shared feature matrix: batch-wise, bounded, blind to what does not matter."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analyzer.scoring.features import HEAD, PAIRS, TAIL, features

TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=8)


def row(text):
    batch = features([text])
    return batch.buckets.tolist()


@given(TEXTS)
def test_a_text_has_the_same_features_alone_and_in_a_batch(texts):
    batch = features(texts)
    assert len(batch) == len(texts)
    for number, text in enumerate(texts):
        begin, end = batch.starts[number : number + 2]
        middle = batch.middles[number]
        assert (batch.buckets[begin:middle] < PAIRS).all()
        assert (batch.buckets[middle:end] >= PAIRS).all()
        assert batch.buckets[begin:end].tolist() == row(text)


@given(TEXTS)
def test_buckets_stay_inside_the_table(texts):
    buckets = features(texts).buckets
    assert (buckets >= 0).all()
    assert (buckets < 2 * PAIRS).all()


def test_all_numbers_look_alike():
    assert row("停水3天") == row("停水128天")


def test_both_widths_of_sentence_marks_look_alike():
    assert row("停水了，谁管？") == row("停水了,谁管?")


def test_endless_repetition_is_cut_to_two():
    assert row("啊" * 500) == row("啊啊")


def test_different_texts_differ():
    assert row("停水了") != row("停电了")
    assert row("水停") != row("停水")


def test_a_long_text_is_read_at_both_ends():
    middle = "".join(chr(0x4E00 + n % 500) for n in range(3000))
    assert len(row("头" + middle + "尾")) <= 3 * (HEAD + TAIL + 4)
    assert row("头" + middle + "尾") != row("头" + middle + "巴")


def test_bad_input_is_only_more_symbols():
    for text in ("", "\x00", "\x02\x02\x02", "\ud800", "😂" * 3, "\u202e右到左", " \n\t"):
        assert np.isfinite(row(text)).all()
