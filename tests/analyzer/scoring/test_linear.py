"""Linear heads: small on disk, safe to load, the same score everywhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.nature.make import KINDS, OTHER
from analyzer.scoring.features import PAIRS, features
from analyzer.scoring.linear import LinearHeads, bundled
from analyzer.topics import topic_list

TEXTS = ["小区停水两天了", "今天天气真好", "", "电梯又困人了，谁来管管"]


@pytest.fixture(scope="module")
def weights():
    chance = np.random.default_rng(7)
    return chance.normal(size=(PAIRS, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def triples():
    return np.random.default_rng(8).normal(size=(PAIRS, 1)).astype(np.float32)


def test_heads_come_back_from_disk_nearly_as_they_were(tmp_path, weights, triples):
    bias = np.array([0.5, -1.0, 0.0])
    file = tmp_path / "heads.npz"
    LinearHeads.save(file, ["a", "b", "c"], weights, triples, bias)
    before = LinearHeads(["a", "b", "c"], weights, triples, bias).score(features(TEXTS))
    after = LinearHeads.load(file).score(features(TEXTS))
    assert list(after.heads) == ["a", "b", "c"]
    assert np.allclose(before.values, after.values, atol=0.15)


def test_equal_weights_give_equal_bytes(tmp_path, weights, triples):
    for name in ("one.npz", "two.npz"):
        LinearHeads.save(tmp_path / name, ["a", "b", "c"], weights, triples, np.zeros(3))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_pickle_is_refused(tmp_path):
    file = tmp_path / "evil.npz"
    plain = {"weights": np.zeros((1, 1)), "triples": np.zeros((1, 1)), "scale": np.ones(1), "bias": np.ones(1)}
    np.savez(file, names=np.array([{"a": 1}], dtype=object), **plain)
    with pytest.raises(ValueError, match="allow_pickle"):
        LinearHeads.load(file)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_a_text_scores_the_same_alone_and_in_a_batch(texts):
    together = bundled().score(features(texts)).values
    alone = np.concatenate([bundled().score(features([text])).values for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_the_bundled_heads_answer_every_question():
    wanted = {"scope", "scope.triples", "barred", "help", "tone.positive", "tone.neutral", OTHER, *KINDS}
    assert set(bundled().heads) == wanted | {*topic_list().codes}


def test_training_and_reading_weigh_alike(weights, triples):
    matrix = pytest.importorskip("analyzer.training.matrix").matrix
    heads = LinearHeads(["a", "b", "c"], weights, triples, np.zeros(3))
    scores = heads.score(features(TEXTS)).values
    assert np.allclose(matrix(TEXTS) @ weights[:, :2], scores[:, :2], atol=1e-4)
    tall = np.concatenate([weights[:, 2:], triples])
    assert np.allclose(matrix(TEXTS, triples=True) @ tall, scores[:, 2:], atol=1e-4)
