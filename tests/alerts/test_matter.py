import pytest

from alerts.lifecycle import Action
from alerts.matter import Act


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
