"""A far side that does not answer is left alone for a moment, so that its messages do not hold up all others."""

import threading
from dataclasses import dataclass, field
from time import monotonic

from alerts.errors import DeliveryError, Down

OPENS_AFTER = 2
"""Failures to reach it, one after the other."""
SECONDS = 10.0
"""How long it is left alone; shorter than the first wait of a message that failed."""


@dataclass(slots=True)
class _Fuse:
    failures: int = 0
    until: float = 0.0
    why: str = ""


@dataclass(slots=True)
class Breaker:
    """By channel; threads share it. It counts real seconds, whatever the service's clock says."""

    seconds: float = SECONDS
    _fuses: dict[str, _Fuse] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def check(self, channel: str) -> None:
        """Raises Down without a try, in the words of the last one, while the far side is left alone."""
        with self._turn:
            fuse = self._fuses.get(channel)
            if fuse is not None and monotonic() < fuse.until:
                raise Down(fuse.why)

    def note(self, channel: str, error: DeliveryError | None) -> None:
        """How a try ended. Any answer, also a refusal, shows that somebody is there."""
        with self._turn:
            fuse = self._fuses.setdefault(channel, _Fuse())
            if not isinstance(error, Down):
                fuse.failures = 0
                return
            fuse.failures += 1
            fuse.why = str(error)
            if fuse.failures >= OPENS_AFTER:
                fuse.until = monotonic() + self.seconds
