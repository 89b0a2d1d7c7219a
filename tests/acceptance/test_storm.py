"""kill -9 in a storm of alerts: nothing is lost, and a crash repeats at most one mail under the same key.

`make soak` does the same a thousand times (tests/soak).
"""

import pytest

from tests.soak.reckoning import faults, reckoning
from tests.soak.storm import storm

pytestmark = pytest.mark.slow


def test_a_process_that_is_killed_again_and_again_loses_nothing(tmp_path):
    with storm(tmp_path, seed=3, pause=0.3) as raging:
        raging.rage(15)
        assert raging.calm(120)
        figures = reckoning(raging)
    assert figures["mails while it was being killed"] > 0, figures
    assert faults(figures) == {}, figures


@pytest.mark.postgres
def test_two_processes_on_one_record_that_are_killed_in_turn_lose_and_double_nothing(tmp_path, cluster):
    with storm(tmp_path, url=cluster.fresh(), processes=2, seed=4, pause=0.5, longest=5) as raging:
        raging.rage(8)
        assert raging.calm(120)
        figures = reckoning(raging)
    assert figures["mails while it was being killed"] > 0, figures
    assert faults(figures) == {}, figures
