"""What the stages make of a post together."""

from analyzer.model import Nature
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from tests.builders import post


def test_a_last_full_stop_is_no_wrapping_and_ends_the_fear_that_stands_before_it():
    (reading,) = Reader(Gazetteer.load()).read_many([post("小时候一个人下河摸鱼，长大了才知道后怕。")])
    assert reading.nature is Nature.PAST
