"""Quiet hours: mild matters wait until they end, grave ones never do."""

from datetime import datetime, timedelta

from alerts.beijing import BEIJING, day_of, moment_of
from alerts.people import Person, QuietHours
from analyzer.model import Tier

GRAVE = Tier.II
"""Tiers I and II break quiet hours."""
_DAY = timedelta(days=1)


def hold(person: Person, tier: Tier | None, at: datetime) -> datetime | None:
    """Until when a message of this tier (None: of no tier) waits for a person; None when it may go at once."""
    if person.quiet is None or (tier is not None and tier >= GRAVE):
        return None
    return ends_at(person.quiet, at)


def ends_at(quiet: QuietHours, at: datetime) -> datetime | None:
    """The end of the quiet hours that hold at `at`; None outside of them."""
    day, now = day_of(at), at.astimezone(BEIJING).time()
    if quiet.start < quiet.end:
        return moment_of(day, quiet.end) if quiet.start <= now < quiet.end else None
    if now >= quiet.start:
        return moment_of(day + _DAY, quiet.end)
    return moment_of(day, quiet.end) if now < quiet.end else None


def overlap(quiet: QuietHours, start: datetime, end: datetime) -> datetime | None:
    """The first moment of [start, end) that lies in quiet hours."""
    if ends_at(quiet, start) is not None:
        return start
    begin = moment_of(day_of(start), quiet.start)
    begin = begin if begin >= start else moment_of(day_of(start) + _DAY, quiet.start)
    return begin if begin < end else None
