"""How fast one host is asked: never faster than it wants, slower when it gets slow."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime

PUBLIC_DELAY = 1.0
MAX_ADAPTIVE_DELAY = 60.0
# A site measures at its own end, where the first request of a connection comes late by the time that connecting took;
# a little more than asked keeps us honest there too.
_MARGIN = 1.02
_MARGIN_SECONDS = 0.25
# A site that wants its requests this far apart wants one at a time.
_ONE_AT_A_TIME = 1.0
DEFAULT_PAUSE = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Seconds between two requests to one host, and how many may be under way at once."""

    floor: float
    concurrency: int
    delay: float = 0.0
    latency: float = 0.0

    @property
    def seconds(self) -> float:
        """The delay to keep now."""
        return max(self.floor, self.delay)

    def after(self, latency: float, *, ok: bool) -> "Pace":
        """Return the pace after an answer that took `latency` seconds; an error never makes it faster."""
        smoothed = latency if self.latency == 0 else (self.latency + latency) / 2
        wanted = min(smoothed / self.concurrency, MAX_ADAPTIVE_DELAY)
        delay = wanted if ok else max(wanted, self.delay)
        return replace(self, latency=smoothed, delay=delay)


def pace(*, public: bool, asked: float) -> Pace:
    """Return the pace to begin with: `asked` is what robots.txt wants."""
    floor = asked * _MARGIN + _MARGIN_SECONDS if asked else 0.0
    alone = asked >= _ONE_AT_A_TIME
    if public:
        return Pace(floor=max(floor, PUBLIC_DELAY), concurrency=1 if alone else 2)
    return Pace(floor=floor, concurrency=1 if alone else 8)


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, None where there is none to read."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, TypeError):
        return None
    return max(0.0, (until - now).total_seconds()) if until.tzinfo else None
