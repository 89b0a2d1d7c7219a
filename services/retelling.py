"""An event's last rating as pages and programs are shown it: told as of now."""

from datetime import datetime

from alerts.model import Alert
from analyzer.model import Event, Rating
from analyzer.plan import Plan
from analyzer.rating import restated


def retold(rating: Rating | None, event: Event, plan: Plan, now: datetime, alert: Alert | None = None) -> Rating | None:
    """None where it was never rated."""
    if rating is None:
        return None
    return restated(rating, event, plan, now, alert.tier if alert is not None else None)
