"""Which merges of events are proposed to people: they are done by a person's click, never by themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alerts.ports import AlertStore
from analyzer import regrouping
from analyzer.engine import KIN_BY
from analyzer.model import Event
from services.ports import UnitOfWork

if TYPE_CHECKING:
    from services.bootstrap import Service

POSTS = 1_000
"""A larger event is asked for nothing: the smaller one proposes to join it."""
SHOWN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """The event `source` may be a part of `into`; `other` is the one of the two that is not looked at."""

    source: str
    into: str
    other: Event
    reason: str


def proposals(service: "Service", uow: UnitOfWork, event: Event) -> list[Proposal]:
    """Other events that may be the same happening as this one; never one that a person has parted from it."""
    if event.posts > POSTS:
        return []
    members = list(uow.events.members_of([event.id]))
    with service.lock:
        found = service.processor.engine.kin(event.id, members)
    moves, chosen = uow.events.regroupings(), []
    for kin in found:
        other = uow.events.get(kin.event_id)
        if other is None or not other.corroborated or regrouping.parted(moves, event.id, other.id):
            continue
        source, into = _direction(uow.alerts, event, other)
        reason = f"最近{min(len(members), KIN_BY)}条中有{kin.posts}条也合于它：{kin.reason}"
        chosen.append(Proposal(source=source.id, into=into.id, other=other, reason=reason))
    return chosen[:SHOWN]


def _direction(alerts: AlertStore, one: Event, other: Event) -> tuple[Event, Event]:
    """What goes into what: the one without an alert into the one that has one, else the later into the earlier."""
    later, earlier = sorted((one, other), key=lambda event: (event.first_seen_at, event.id), reverse=True)
    if _alerted(alerts, later) and not _alerted(alerts, earlier):
        return earlier, later
    return later, earlier


def _alerted(alerts: AlertStore, event: Event) -> bool:
    alert = alerts.of_event(event.id)
    return alert is not None and not alert.state.final
