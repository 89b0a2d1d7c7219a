"""What waits its turn in memory, and the journal by which a transaction in memory is undone."""

from collections.abc import Hashable
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_MISSING: Any = object()


class Journal:
    """Changes dictionaries and remembers how they were."""

    def __init__(self) -> None:
        self._before: list[tuple[dict[Any, Any], Any, Any]] = []
        self.undone = 0

    def put(self, table: dict[K, V], key: K, value: V) -> None:
        """Set an entry."""
        self._before.append((table, key, table.get(key, _MISSING)))
        table[key] = value

    def drop(self, table: dict[K, V], key: K) -> None:
        """Remove an entry if it is there."""
        if key in table:
            self._before.append((table, key, table.pop(key)))

    def commit(self) -> None:
        """Nothing before this is undone any more."""
        self._before.clear()

    def rollback(self) -> None:
        """Back to the last commit."""
        if self._before:
            self.undone += 1
        while self._before:
            table, key, value = self._before.pop()
            if value is _MISSING:
                table.pop(key, None)
            else:
                table[key] = value


class Line:
    """Keys that wait until a moment and then stand in line by priority.

    An entry of a heap that no longer agrees with `_items` is dropped when it comes up, so that changing one's
    place costs nothing; after a rollback the heaps are made anew.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._items: dict[str, tuple[datetime, Any]] = {}
        self._later: list[tuple[datetime, str]] = []
        self._ready: list[tuple[Any, str]] = []
        self._undone = 0

    def __len__(self) -> int:
        return len(self._items)

    def put(self, key: str, wake_at: datetime, priority: Any) -> None:
        """Stand in line from `wake_at` on; a key stands once."""
        self._journal.put(self._items, key, (wake_at, priority))
        heappush(self._later, (wake_at, key))

    def sleep(self, key: str, until: datetime) -> None:
        """Leave the line until then and keep one's priority."""
        self.put(key, until, self._items[key][1])

    def wake(self, now: datetime) -> None:
        """Nobody sleeps any longer; each keeps its priority."""
        for key in list(self._items):
            self.sleep(key, now)

    def drop(self, key: str) -> None:
        """Leave for good."""
        self._journal.drop(self._items, key)

    def due(self, now: datetime, limit: int) -> list[str]:
        """The first in line; they stay there."""
        self._wake(now)
        found: dict[str, Any] = {}
        while self._ready and len(found) < limit:
            priority, key = heappop(self._ready)
            wake_at, current = self._items.get(key, (now, None))
            if wake_at > now:
                # Put off since it woke, or the clock has gone back.
                heappush(self._later, (wake_at, key))
            elif current == priority:
                found[key] = priority
        for key, priority in found.items():
            heappush(self._ready, (priority, key))
        return list(found)

    def next_wake(self) -> datetime | None:
        """When the first of all wakes or woke, in a line whose priority is that moment."""
        self._renew()
        while self._later and self._items.get(self._later[0][1], (None,))[0] != self._later[0][0]:
            heappop(self._later)
        while self._ready and self._items.get(self._ready[0][1], (None, None))[1] != self._ready[0][0]:
            heappop(self._ready)
        return min((heap[0][0] for heap in (self._later, self._ready) if heap), default=None)

    def _wake(self, now: datetime) -> None:
        self._renew()
        while self._later and self._later[0][0] <= now:
            wake_at, key = heappop(self._later)
            item = self._items.get(key)
            if item is not None and item[0] == wake_at:
                heappush(self._ready, (item[1], key))

    def _renew(self) -> None:
        """After a rollback, who stands where is known from the items only."""
        if self._undone != self._journal.undone:
            self._undone = self._journal.undone
            self._later = [(wake_at, key) for key, (wake_at, _) in self._items.items()]
            heapify(self._later)
            self._ready = []
