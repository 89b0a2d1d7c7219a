"""Which merges of events are proposed to people: they are done by a person's click, never by themselves."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Protocol

from alerts.ports import AlertStore
from analyzer import regrouping
from analyzer.events.case import SLEEPS_AFTER
from analyzer.grouping.grouper import Kin
from analyzer.model import Event
from services.ports import UnitOfWork
from services.processor import AWAKE, Processor

NEWEST = 12
"""Posts of an event that are held against other events."""
SHOWN = 3
AT_A_LOOK = 20
"""Events asked about at one look at most; the others keep what was found before, and wait."""
REMEMBERED = 2_000
PATIENCE = 0.2
"""Seconds that a look waits for its turn."""
_NOTHING: tuple[int, list[Kin]] = (0, [])


class Mind(Protocol):
    """The open events, and the lock under which they are asked."""

    lock: threading.RLock
    processor: Processor


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """The event `source` may be a part of `into`; `other` is the one of the two that is not looked at."""

    source: str
    into: str
    other: Event
    reason: str


def proposals(mind: Mind, uow: UnitOfWork, event: Event) -> list[Proposal]:
    """Other events that may be the same happening as this one; never one that a person has parted from it."""
    moves = uow.events.regroupings()
    return list(islice(_proposed(uow, event, _kin(mind, uow, event), moves), SHOWN))


@dataclass(slots=True)
class Kinships:
    """What each event may be one with, asked anew only when the event has changed."""

    _found: dict[str, tuple[int, list[Kin]]] = field(default_factory=dict)

    def pairs(self, mind: Mind, uow: UnitOfWork, events: Iterable[Event]) -> dict[str, Proposal]:
        """Of these events those that may be one with another, each pair once: where the first of the two stands."""
        told = list(events)
        self._ask(mind, uow, told)
        akin = [(event, found) for event in told if (found := self._found.get(event.id, _NOTHING)[1])]
        moves = uow.events.regroupings() if akin else ()
        paired, chosen = set[frozenset[str]](), dict[str, Proposal]()
        for event, found in akin:
            for proposal in _proposed(uow, event, found, moves):
                pair = frozenset((event.id, proposal.other.id))
                if pair not in paired:
                    paired.add(pair)
                    chosen.setdefault(event.id, proposal)
        return chosen

    def _ask(self, mind: Mind, uow: UnitOfWork, events: Iterable[Event]) -> None:
        """Ask about the first of those that have changed; next time where the desk is busy deciding."""
        changed = (event for event in events if self._found.get(event.id, _NOTHING)[0] != event.version)
        if not mind.lock.acquire(timeout=PATIENCE):
            return
        try:
            for event in islice(changed, AT_A_LOOK):
                self._found.pop(event.id, None)
                self._found[event.id] = event.version, _kin(mind, uow, event)
            for key in list(islice(self._found, max(len(self._found) - REMEMBERED, 0))):
                del self._found[key]
        finally:
            mind.lock.release()


def awake(uow: UnitOfWork, now: datetime) -> list[Event]:
    """What people may see and is going on, the latest first."""
    events = [event for event in uow.events.corroborated(since=now - SLEEPS_AFTER) if going_on(event)]
    return sorted(events, key=lambda event: event.last_seen_at, reverse=True)


def going_on(event: Event) -> bool:
    """Whether it may still become one with another."""
    return event.status in AWAKE and event.merged_into is None


def _kin(mind: Mind, uow: UnitOfWork, event: Event) -> list[Kin]:
    members = uow.events.newest(event.id, NEWEST)
    with mind.lock:
        return mind.processor.engine.kin(event.id, members)


def _proposed(
    uow: UnitOfWork, event: Event, found: Iterable[Kin], moves: Sequence[regrouping.Regrouping]
) -> Iterable[Proposal]:
    for kin in found:
        other = uow.events.get(kin.event_id)
        if other is None or not other.corroborated or other.merged_into or regrouping.parted(moves, event.id, other.id):
            continue
        source, into = _direction(uow.alerts, event, other)
        reason = f"最近{min(event.posts, NEWEST)}条中有{kin.posts}条也合于它：{kin.reason}"
        yield Proposal(source=source.id, into=into.id, other=other, reason=reason)


def _direction(alerts: AlertStore, one: Event, other: Event) -> tuple[Event, Event]:
    """What goes into what: the one without an alert into the one that has one, else the later into the earlier."""
    later, earlier = sorted((one, other), key=lambda event: (event.first_seen_at, event.id), reverse=True)
    if _alerted(alerts, later) and not _alerted(alerts, earlier):
        return earlier, later
    return later, earlier


def _alerted(alerts: AlertStore, event: Event) -> bool:
    alert = alerts.of_event(event.id)
    return alert is not None and not alert.state.final
