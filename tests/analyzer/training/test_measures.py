"""Figures and their intervals."""

import numpy as np
import pytest

pytest.importorskip("sklearn")

from analyzer.training.measures import f1, macro_f1, measured, share, table


def test_f1_balances_what_is_missed_and_what_is_mistaken():
    assert f1(np.array([1, 1, 0, 0]), np.array([1, 0, 1, 0])) == 0.5


def test_macro_f1_counts_a_rare_class_as_much_as_a_common_one():
    gold, found = np.array([0] * 9 + [1]), np.array([0] * 10)
    assert macro_f1(gold, found) == pytest.approx((18 / 19 + 0) / 2)


def test_an_interval_holds_its_value_and_is_the_same_again():
    gold, found = [1, 0] * 50, [1, 0, 1, 1] * 25
    first, again = (measured("x", share, gold, found) for _ in range(2))
    assert first == again
    assert first.low <= first.value <= first.high


def test_the_table_says_name_value_interval_and_aim():
    text = table([measured("范围", share, [1, 1], [1, 1], wanted=0.9)])
    assert text.splitlines()[1].split() == ["范围", "1.000", "1.000–1.000", "2", "≥0.900"]
