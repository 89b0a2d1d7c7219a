"""Times and places as the console writes them."""

from datetime import datetime, timedelta

from alerts.beijing import BEIJING
from alerts.reports.fields import address
from alerts.reports.wording import length
from analyzer.model import Event


def where(event: Event) -> str:
    """The place that most is told of, from the widest name to the narrowest; empty when nobody names one.

    Of a trouble that the title gives to an area, the first place is one of several.
    """
    if not event.places:
        return event.named
    first, *others = event.places
    return address(first) + ("等处" if others and first.name not in event.title else "")


def clock(at: datetime | None) -> str:
    """Beijing time as the console writes it: 11-03 09:30."""
    return "" if at is None else f"{at.astimezone(BEIJING):%m-%d %H:%M}"


def until(at: datetime, now: datetime) -> str:
    """How long until, or how long over: "还有25分钟", "已超3小时5分钟"."""
    left = timedelta(minutes=round(abs(at - now).total_seconds() / 60))
    return f"{'还有' if at >= now else '已超'}{length(left) if left else '不到1分钟'}"
