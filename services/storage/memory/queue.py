"""Who waits where in the outbox: alerts take turns, as in the one in SQL."""

from collections import defaultdict
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from services.storage.memory.line import Journal
from services.storage.outbox import LONGEST_LEASE

Flow = tuple[int, str | None]
"""Rank and alert."""


class Place(NamedTuple):
    """A waiting message's place; in somebody's hands until the lease ends."""

    rank: int
    turn: int
    due_at: datetime
    lease_until: datetime | None = None
    holder: str = ""

    def free(self, now: datetime) -> bool:
        """Whether nobody has it in hand."""
        return self.lease_until is None or not now < self.lease_until <= now + LONGEST_LEASE


class Queue:
    """Changed by the journal. The heaps know the lowest turn of each rank; after a rollback they are made anew."""

    def __init__(self, journal: Journal) -> None:
        self.places: dict[str, Place] = {}
        self._journal = journal
        self._turns: dict[str, int] = {}
        self._last: dict[Flow, int] = {}
        self._heaps: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._undone = 0

    def join(self, key: str, flow: Flow) -> None:
        """Give a new message its turn: one after its flow's last, but not before those who are being served."""
        turn = max(self._served(flow[0]), self._last.get(flow, -1) + 1)
        self._journal.put(self._turns, key, turn)
        self._journal.put(self._last, flow, turn)
        heappush(self._heaps[flow[0]], (turn, key))

    def wait(self, key: str, rank: int, due_at: datetime) -> None:
        """Stand in the queue, in nobody's hands; a message that comes back has its old turn."""
        if key not in self.places:
            heappush(self._heaps[rank], (self._turns[key], key))
        self._journal.put(self.places, key, Place(rank, self._turns[key], due_at))

    def hold(self, key: str, until: datetime | None, holder: str) -> None:
        """Put it into somebody's hands; without `until` back out of them."""
        self._journal.put(self.places, key, self.places[key]._replace(lease_until=until, holder=holder))

    def leave(self, key: str) -> None:
        """It need not go out any more."""
        self._journal.drop(self.places, key)

    def _served(self, rank: int) -> int:
        if self._undone != self._journal.undone:
            self._undone = self._journal.undone
            self._heaps.clear()
            for key, place in self.places.items():
                self._heaps[place.rank].append((place.turn, key))
            for heap in self._heaps.values():
                heapify(heap)
        heap = self._heaps[rank]
        while heap and heap[0][1] not in self.places:
            heappop(heap)
        return heap[0][0] if heap else 0
