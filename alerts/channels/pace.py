"""No more messages to one robot than its maker allows: who sends too fast is shut out for minutes."""

import threading
from collections import defaultdict, deque
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


class Pace:
    """Counts what was handed over in the last minute, by robot; `limit` of them are allowed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._sent: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._turn = threading.Lock()

    def take(self, robot: str, at: datetime) -> bool:
        """Whether one more may go to `robot` at `at`; it is counted if so."""
        with self._turn:
            sent = self._sent[robot]
            while sent and not at - MINUTE < sent[0] <= at:
                # Also a moment still to come: the clock was set back, and it says nothing about the last minute.
                sent.popleft()
            if len(sent) >= self._limit:
                return False
            sent.append(at)
            return True
