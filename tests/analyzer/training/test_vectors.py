import numpy as np

from analyzer.scoring.features import PAIRS, bucket_of, features
from analyzer.training.matrix import knowing, matrix
from analyzer.training.vectors import table

GLAD = ["太高兴了", "今天很开心", "真快乐", "满意极了", "好喜欢", "特别幸福"]
SAD = ["太伤心了", "今天很难过", "真痛苦", "失望极了", "好讨厌", "特别悲伤"]


def test_a_head_knows_words_that_it_was_never_shown_by_what_they_mean():
    labels = np.array([True] * len(GLAD) + [False] * len(SAD))
    weights, bias = knowing(matrix([*GLAD, *SAD], triples=True), labels, None, 8.0)
    unseen = ["愉快", "欣慰", "欢乐", "愤怒", "委屈", "绝望"]
    shown = set(features([*GLAD, *SAD]).buckets.tolist())
    assert not {bucket_of(word) for word in unseen} & shown
    scores = matrix(unseen, triples=True) @ weights + bias
    assert scores[:3].min() > scores[3:].max()


def test_a_gram_has_the_bucket_that_it_has_in_a_text():
    for gram in ("水", "停水", "停水了", "A", "ab"):
        assert bucket_of(gram) in features([f"小区{gram}。"]).buckets


def test_the_table_has_a_vector_for_what_is_common_and_none_for_what_is_never_said():
    assert table().shape[0] == 2 * PAIRS
    assert np.abs(table()[[bucket_of(gram) for gram in ("停水", "高兴", "没有了")]]).sum(axis=1).all()
    assert not table()[bucket_of("龘鱻靐")].any()
