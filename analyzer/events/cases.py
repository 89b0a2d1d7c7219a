"""The working files of all events that are remembered; those of events that sleep are kept packed."""

import pickle
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from analyzer.events.case import Case
from analyzer.grouping.ageing import Ageing


class Asleep(NamedTuple):
    """A working file that nobody needs for now: a fourth of its size."""

    last_seen_at: datetime
    packed: bytes

    @property
    def case(self) -> Case:
        """As it was."""
        case: Case = pickle.loads(self.packed)  # noqa: S301  # what `rest` has packed in this process
        return case


class Cases:
    """Working files by event; one that is asked for is awake again, and as it was."""

    def __init__(self) -> None:
        self._awake: dict[str, Case] = {}
        self._asleep: dict[str, Asleep] = {}
        self._ages = Ageing[str]()
        self._rested: datetime | None = None

    def __contains__(self, key: object) -> bool:
        return key in self._awake or key in self._asleep

    def __len__(self) -> int:
        return len(self._awake) + len(self._asleep)

    def __iter__(self) -> Iterator[Case]:
        """All of them, to be looked at: those asleep are not woken."""
        yield from self._awake.values()
        yield from (asleep.case for asleep in self._asleep.values())

    def get(self, key: str) -> Case | None:
        """An event's working file; None when it is not remembered."""
        found = self._awake.get(key)
        if found is None and (asleep := self._asleep.pop(key, None)) is not None:
            found = self._awake[key] = asleep.case
        return found

    def open(self, key: str) -> Case:
        """An event's working file, begun where there is none."""
        found = self.get(key)
        if found is None:
            found = self._awake[key] = Case(key)
            self._ages.add(key)
        return found

    def pop(self, key: str) -> Case | None:
        """Forget an event; its working file."""
        found = self.get(key)
        self._awake.pop(key, None)
        return found

    def last_seen(self, since: datetime | None = None) -> Iterator[tuple[str, datetime]]:
        """When each event was last spoken of; all that were since then are among them."""
        yield from ((key, one.last_seen_at) for key, one in self._awake.items() if one.last_seen_at is not None)
        if since is None or self._rested is None or since < self._rested:
            yield from ((key, one.last_seen_at) for key, one in self._asleep.items())

    def rest(self, before: datetime) -> None:
        """Pack what nobody has spoken of since then."""
        self._rested = before if self._rested is None else max(before, self._rested)
        for key, case in list(self._awake.items()):
            if case.last_seen_at is not None and case.last_seen_at < before:
                del self._awake[key]
                self._asleep[key] = Asleep(case.last_seen_at, pickle.dumps(case, pickle.HIGHEST_PROTOCOL))

    def forget(self, before: datetime) -> list[str]:
        """Remember no longer what nobody has spoken of since then; which events these are."""
        gone = self._ages.gone(before.timestamp(), self._last_told)
        for key in gone:
            self._awake.pop(key, None)
            self._asleep.pop(key, None)
        return gone

    def _last_told(self, key: str) -> float | None:
        found = self._awake.get(key) or self._asleep.get(key)
        at = found.last_seen_at if found is not None else None
        return at.timestamp() if at is not None else None
