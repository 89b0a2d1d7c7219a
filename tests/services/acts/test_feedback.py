"""Verdicts: what counts for a criterion and what does not."""

import pytest

from alerts.errors import NotAllowed
from alerts.feedback import Verdict
from alerts.lifecycle import Action
from alerts.matter import Act
from analyzer.model import Tier
from services.acts import drilling, feedback
from services.acts.drilling import Script


def rows(service):
    with service.view() as uow:
        return [(row.criterion, row.raised, row.judged, row.false_alarm) for row in feedback.rows(uow)]


def test_a_drill_is_neither_judged_nor_counted(service, fire):
    drilling.begin(service, Script(by="head_a", text="永固仓库火灾"), topic="hazard.fire", tier=Tier.III)
    with service.view() as uow:
        (drill,) = [alert for alert in uow.alerts.all() if alert.drill]

    with pytest.raises(NotAllowed, match="演练不作定级评价"):
        feedback.give(service, drill.event_id, Verdict.TOO_HIGH, by="operator_a")
    service.act(drill.id, Act(action=Action.FALSE_ALARM, by="operator_a", note="演练结束"))
    assert rows(service) == [("fire.casualties", 1, 0, 0)]


def test_a_false_alarm_that_proves_true_is_none(service, fire):
    service.act(fire.id, Act(action=Action.FALSE_ALARM, by="operator_a", note="误传"))
    assert rows(service) == [("fire.casualties", 1, 1, 1)]

    service.act(fire.id, Act(action=Action.REOPEN, by="operator_a", note="确有其事"))
    assert rows(service) == [("fire.casualties", 1, 0, 0)]
