"""Boosted trees: each text follows its own answers to a leaf."""

import numpy as np

from analyzer.scoring.trees import Trees

LEAVES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)


def test_every_way_through_a_tree_ends_in_its_own_leaf():
    tree = Trees(columns=((0, 1, 1, 2, 2, 2, 2),), limits=((0.5,) * 7,), leaves=(LEAVES,), bias=0.0)
    inputs = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)], dtype=np.float32)
    assert tree.odds(inputs).tolist() == list(LEAVES)


def test_a_question_is_about_its_own_column_and_limit():
    tree = Trees(columns=((2, 0, 1, 0, 0, 1, 1),), limits=((3.0, 9, 0, 9, 9, 9, 1),), leaves=(LEAVES,), bias=0.0)
    inputs = np.array([[0, 5, 3], [0, 0, 4], [0, 1, 4], [0, 2, 4]], dtype=np.float32)
    assert tree.odds(inputs).tolist() == [1.0, 5.0, 7.0, 8.0]


def test_trees_add_up_with_their_bias():
    question = (0,) * 7
    two = Trees(columns=(question, question), limits=((0.5,) * 7, (1.5,) * 7), leaves=(LEAVES, LEAVES), bias=-1.0)
    assert two.odds(np.array([[0], [1], [2]], dtype=np.float32)).tolist() == [1.0, 8.0, 15.0]
