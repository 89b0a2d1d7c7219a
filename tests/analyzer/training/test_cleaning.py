"""Which texts of the public sets teach that they are no matter."""

import pytest

pytest.importorskip("sklearn")

from analyzer.training.cleaning import cleaned
from analyzer.training.data import Example


def taught(text, source="reviews", group="displeased"):
    (example,) = cleaned([Example(text=text, source=source, group=group, in_scope=False, topics=())])
    return example.in_scope


def test_displeasure_with_goods_is_no_matter():
    assert taught("颜色比照片深,袖子也短了一截,不喜欢") is False


@pytest.mark.parametrize("text", ["吃完上吐下泻,去医院挂水", "不给退款还不接电话"])
def test_a_review_that_may_tell_of_a_wrong_teaches_nothing(text):
    assert taught(text) is None


def test_a_day_in_a_life_is_no_matter_and_a_fire_in_it_is_left_open():
    assert taught("今天太阳好,晒了被子", "weibo_covid", "daily") is False
    assert taught("楼下着火了,好怕", "weibo_covid", "daily") is None
