"""When a source usually has something new, so that its silence can be told from its nights and weekends.

Moments are whole minutes since 1970: a source's row holds a few hundred of them.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median_high, median_low

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEWEST = 64
"""So many moments are kept to the minute; of older ones at most one an hour."""
KEPT = timedelta(days=22)
"""Three weekends to compare with."""
A_NIGHT = timedelta(days=1)
"""Who has known a source for less has not seen how quiet it is at night, however much its first list held."""
ENOUGH = 5
"""Fewer gaps than this tell nothing of what is usual."""
DAYS = tuple(timedelta(days=days) for days in range(1, 7))
WEEKS = tuple(timedelta(weeks=weeks) for weeks in (1, 2, 3))
ENOUGH_DAYS = 3
MOST_OF_THE_TIME = 0.75

Gap = tuple[int, int]


def remembered(arrivals: Iterable[int], told: Iterable[datetime]) -> tuple[int, ...]:
    """The moments with these added, thinned where they are old; ascending."""
    moments = sorted({*arrivals, *((moment - EPOCH) // MINUTE for moment in told)})
    oldest = moments[-1] - KEPT // MINUTE if moments else 0
    old = [moment for moment in moments[:-NEWEST] if moment >= oldest]
    return (*_thinned(old, 60), *(moment for moment in moments[-NEWEST:] if moment >= oldest))


def usual(arrivals: Sequence[int], since: datetime, until: datetime, grain: timedelta) -> timedelta | None:
    """How long this source is usually quiet around this time of the day and the week; None while nobody can know.

    The stretch from `since` to `until` is laid over the days and weeks before, and the longest gap it meets there
    counts: the median of the days or of the weeks, whichever is longer, since weekends differ. Half of the days may
    be of a weekend, hence their lower median; of two weeks the longer gap. Without three such days it is the gap
    that three moments out of four fall into or below. Moments closer than `grain`, the time between two visits, are
    one.
    """
    moments = _thinned(arrivals, max(1, grain // MINUTE))
    gaps = list(pairwise(moments))
    if len(gaps) < ENOUGH or until - EPOCH < gaps[0][0] * MINUTE + A_NIGHT:
        return None
    days, weeks = (_met(gaps, since, until, shifts) for shifts in (DAYS, WEEKS))
    if len(days) < ENOUGH_DAYS:
        return _of_most_moments(gaps) * MINUTE
    weekly = [median_high(weeks)] if weeks else []
    return max([median_low(days), *weekly]) * MINUTE


def _met(gaps: Sequence[Gap], since: datetime, until: datetime, shifts: Iterable[timedelta]) -> list[int]:
    """The longest gap in each of the earlier stretches that history covers."""
    first, last = gaps[0][0], gaps[-1][1]
    found = []
    for shift in shifts:
        begin, end = ((moment - shift - EPOCH) // MINUTE for moment in (since, until))
        if first <= begin and end <= last:
            found.append(max(b - a for a, b in gaps if a <= end and begin <= b))
    return found


def _of_most_moments(gaps: Sequence[Gap]) -> int:
    """The length that the gap around a random moment mostly does not exceed: a long gap holds many moments."""
    lengths = sorted(b - a for a, b in gaps)
    left = MOST_OF_THE_TIME * sum(lengths)
    for length in lengths:
        left -= length
        if left <= 0:
            return length
    return lengths[-1]


def _thinned(moments: Iterable[int], grain: int) -> list[int]:
    kept: list[int] = []
    for moment in moments:
        if not kept or moment - kept[-1] >= grain:
            kept.append(moment)
    return kept
