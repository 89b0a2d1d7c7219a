"""Trees written out say what the booster they come from says."""

import numpy as np
import pytest

pytest.importorskip("sklearn")

from analyzer.training.trees import grow


def table(count):
    """Inputs, and a label that depends on two of them together."""
    inputs = np.random.default_rng(0).normal(size=(count, 5)).astype(np.float32)
    return inputs, inputs[:, 0] * inputs[:, 1] > 0


def test_signs_that_count_only_together_are_learned():
    inputs, labels = table(2000)
    unseen, wanted = table(4000)
    trees = grow(inputs, labels, np.ones(len(labels)))
    right = (trees.odds(unseen[2000:]) > 0) == wanted[2000:]
    assert right.mean() > 0.9


def test_the_same_table_grows_the_same_trees():
    inputs, labels = table(500)
    assert grow(inputs, labels, np.ones(500)) == grow(inputs, labels, np.ones(500))


def test_heavy_texts_decide():
    inputs = np.zeros((200, 1), dtype=np.float32)
    labels = np.arange(200) < 50
    light, heavy = np.ones(200), np.where(labels, 9.0, 1.0)
    assert grow(inputs, labels, light).odds(inputs[:1])[0] < 0 < grow(inputs, labels, heavy).odds(inputs[:1])[0]


def test_trees_that_stop_early_still_have_all_leaves():
    inputs = np.repeat(np.array([[0.0], [1.0]], dtype=np.float32), 60, axis=0)
    trees = grow(inputs, inputs[:, 0] > 0, np.ones(120))
    low, high = trees.odds(np.array([[0.0], [1.0]], dtype=np.float32))
    assert low < 0 < high
