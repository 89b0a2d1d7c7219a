"""What a follow-up tells in one line."""

import pytest

from alerts.matter import Matter
from alerts.reports import correction, first, follow_up
from alerts.reports.changes import gist
from analyzer.model import Tier
from tests.alerts.cases import DISTRICT, alerted, fire, rated
from tests.builders import NOON, at

EVENT = fire(4)
FIRST = first.build(EVENT, rated(EVENT), alerted(EVENT), NOON, district=DISTRICT)


def told(build, of):
    return gist(build(of, rated(of), alerted(EVENT), [FIRST], at(1), district=DISTRICT))


@pytest.mark.parametrize(
    ("build", "of", "said"),
    [
        (follow_up.build, fire(6), "死亡：待核实由4人增至6人"),
        (correction.build, fire(4, 3), "死亡：原报待核实4人，现更正为已核实3人"),
        (follow_up.build, EVENT, "伤亡等数字无变化，其他情况有更新"),
    ],
)
def test_the_head_of_a_mail_says_what_has_changed_without_evidence(build, of, said):
    assert told(build, of) == said


def because(of):
    return Matter(event=of, rating=rated(of), alert=None).because(Tier.III)


def test_what_is_verified_is_not_said_once_more_as_a_claim():
    assert because(fire(4)) == "死亡4人（待核实，门槛死亡≥3人）"
    assert because(fire(4, 4)) == "死亡4人（已核实，门槛死亡≥3人）"
