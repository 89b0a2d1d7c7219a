"""What every FeedbackStore must do."""

from dataclasses import replace

from alerts.feedback import Feedback, Verdict
from analyzer.model import Tier
from tests.builders import at


def test_the_latest_verdict_of_an_event_counts(work):
    first = Feedback(
        event_id="E1", verdict=Verdict.TOO_HIGH, by="a", at=at(2), tier=Tier.II, criteria=("fire",), note="只是冒烟"
    )
    other = replace(first, event_id="E2", at=at(1), tier=None, criteria=())
    work.feedback.give(first)
    work.feedback.give(other)
    work.feedback.give(later := replace(first, verdict=Verdict.FALSE_ALARM, at=at(3)))
    assert list(work.feedback.all()) == [other, later]
