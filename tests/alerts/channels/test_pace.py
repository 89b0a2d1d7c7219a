from hypothesis import given
from hypothesis import strategies as st

from alerts.channels.pace import Pace
from tests.builders import at


@given(st.lists(st.integers(0, 600), max_size=120), st.integers(1, 20))
def test_no_minute_has_more_than_the_limit(seconds, limit):
    pace = Pace(limit)
    allowed = [s for s in sorted(seconds) if pace.take("群", at(minutes=s / 60))]
    assert all(sum(start <= s < start + 60 for s in allowed) <= limit for start in allowed)


def test_robots_are_counted_apart():
    pace = Pace(1)
    assert pace.take("甲群", at())
    assert pace.take("乙群", at())
    assert not pace.take("甲群", at())


def test_a_clock_set_back_shuts_nobody_out():
    pace = Pace(1)
    assert pace.take("群", at(5))
    assert pace.take("群", at(0))
