from dataclasses import replace

import pytest

from alerts import lifecycle
from alerts.engine import Desk
from alerts.lifecycle import Action
from alerts.matter import Act, Matter
from analyzer.model import Tier
from tests.alerts.cases import DISTRICT, PLAN, fire, rated
from tests.builders import NOON


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Act(action=Action.ACKNOWLEDGE, by="a"), "签收"),
        (Act(action=Action.ACKNOWLEDGE, by="a", note="马上去"), "签收：马上去"),
        (Act(action=Action.ASSIGN, by="a", to="fire"), "转办：消防救援大队：—"),
    ],
)
def test_the_history_says_what_a_person_did_and_no_more(act, said):
    assert act.said({"fire": "消防救援大队"}) == said


def test_what_only_reports_tell_is_not_asked_for_by_a_clock_that_writes_none():
    def asked(*_):
        raise AssertionError

    desk = Desk(response=PLAN.response, directory=NobodyThere(), district=DISTRICT)
    alert = lifecycle.opened(fire(3), Tier.III, PLAN.response, NOON)
    matter = Matter(event=fire(3), rating=rated(fire(3)), alert=alert, extras=asked, retell=asked)

    assert desk.on_due(matter, alert.due_at).alert.version == alert.version + 1
    with pytest.raises(AssertionError):
        desk.on_assessment(replace(matter, alert=None), NOON)


class NobodyThere:
    """A directory of nobody."""

    def resolve(self, _target, _at):
        return ()
