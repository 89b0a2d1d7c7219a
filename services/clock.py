"""The only reader of the clock. Everything else takes `now` as an argument."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is for the service."""

    def now(self) -> datetime: ...


class RunningClock:
    """The real time, or from `start` on (a demo, a drill, a test), `speed` times as fast as real time."""

    def __init__(self, start: datetime | None = None, speed: float = 1.0) -> None:
        self._real = datetime.now(UTC)  # noqa: TID251  # the one place
        self._tick = time.monotonic()
        self._start = (start or self._real).astimezone(UTC)
        self._speed = speed
        self.shifted = start is not None or speed != 1.0

    def now(self) -> datetime:
        """Aware UTC. Unshifted, it follows the system's clock, corrections included."""
        if not self.shifted:
            return datetime.now(UTC)  # noqa: TID251  # the one place
        return self._start + timedelta(seconds=(time.monotonic() - self._tick) * self._speed)


class SteppedClock:
    """A clock that somebody sets: replay and the demo's fast part. It never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Aware UTC."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Go forward to `moment`; an earlier one changes nothing."""
        self._now = max(self._now, moment.astimezone(UTC))
