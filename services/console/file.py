"""One event's page, as plain rows for its template."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.feedback import Feedback
from alerts.lifecycle import SYSTEM
from alerts.model import Alert, Notification, Report
from alerts.reports import charts
from alerts.reports.fields import telling
from alerts.reports.wording import amount, by_gravity, doubtful
from analyzer.events.attention import Attention
from analyzer.model import Event, FactKind, Figure, Reason
from crawlers.model import Post
from services.attention import attention_of
from services.bootstrap import Service
from services.console.apart import Moved, moves_of
from services.console.board import Card, card_of
from services.console.words import clock
from services.kin import Proposal, proposals
from services.ports import UnitOfWork

EXCERPTS = 200
"""Posts of one event that its page shows, the last that joined."""
NEIGHBOURS = 200
"""Events that one may be put under, at the most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Episode:
    """One alert of an event with what was done and sent for it."""

    alert: Alert
    history: Sequence[tuple[datetime, str, str]]
    notifications: Sequence[Notification]


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """One post of an event, masked; `link` only where an office or a medium says it."""

    id: str
    at: datetime
    source: str
    authority: str
    text: str
    link: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One event's page; the latest of its episodes comes first."""

    now: datetime
    card: Card
    reports: Sequence[Report]
    episodes: Sequence[Episode]
    excerpts: Sequence[Excerpt]
    members: int
    figures: Sequence[tuple[str, str, str, str]]
    others: Sequence[tuple[str, str]]
    suggested: str
    neighbours: Sequence[tuple[str, str, str]]
    """Events that it may be a part of: what they have in common, id, and how they are told apart."""
    proposals: Sequence[Proposal]
    moves: Sequence[Moved]
    """What people merged and split."""
    verdict: Feedback | None
    """What somebody thought of its tier, lately."""
    attention: Attention

    @property
    def nexts(self) -> Collection[tuple[str, str, str]]:
        """What would raise it, to which tier, and what is told now; two criteria may ask the same."""
        found = self.card.rating.next_thresholds if self.card.rating else ()
        return dict.fromkeys((n.threshold, n.tier.chinese, n.observed) for n in found)

    @property
    def reasons(self) -> Sequence[Reason]:
        """What reaches its tiers; what is verified is not said once more as a claim."""
        return telling(self.card.rating.reasons) if self.card.rating else ()

    @property
    def heat(self) -> str:
        """The curve of attention as SVG."""
        hours = [(clock(hour.at), float(hour.posts), hour.usual) for hour in self.attention.hours]
        return charts.curve("每小时公众帖文", hours, unit="条").svg


def file(service: Service, uow: UnitOfWork, event_id: str) -> File | None:
    """One event's page; None when there is none that may be shown."""
    event = uow.events.get(event_id)
    if event is None or not event.corroborated:
        return None
    alert, now = uow.alerts.of_event(event_id), service.clock.now()
    ids = uow.events.member_ids(event_id)
    return File(
        now=now,
        card=card_of(service, event, uow.events.rating(event_id), alert, now),
        reports=uow.reports.of_event(event_id),
        episodes=[_episode(uow, one, service.roster.names) for one in reversed(uow.alerts.episodes(event_id))],
        excerpts=excerpts(service, uow.posts.get(ids[-EXCERPTS:])),
        members=len(ids),
        figures=[
            (kind.chinese, _value(kind, _claim(figure)), _value(kind, figure.verified), _doubt(kind, figure))
            for kind, figure in by_gravity(event.figures)
        ],
        neighbours=[
            (
                "同一主题" if other.topic == event.topic else "其他",
                other.id,
                f"{other.title}（{clock(other.first_seen_at)}起，{other.posts}条，{other.status.chinese}）",
            )
            for other in _neighbours(uow, event)
        ],
        proposals=proposals(service, uow, event),
        moves=moves_of(uow, event_id),
        verdict=next((one for one in uow.feedback.all() if one.event_id == event_id), None),
        attention=attention_of(service, uow, event),
        suggested=department.id if (department := service.roster.department_for(event.topic)) is not None else "",
        others=[
            (other.id, f"{other.tier.chinese} {found.title}")
            for other in uow.alerts.open()
            if alert is not None and other.id != alert.id and other.drill == alert.drill and other.tier >= alert.tier
            if (found := uow.events.get(other.event_id)) is not None and found.corroborated
        ],
    )


def _episode(uow: UnitOfWork, alert: Alert, names: Mapping[str, str]) -> Episode:
    return Episode(
        alert=alert,
        history=[
            (line.at, "系统" if line.actor == SYSTEM else names.get(line.actor, line.actor), line.note)
            for line in uow.alerts.history(alert.id)
        ],
        notifications=uow.outbox.all(alert_id=alert.id),
    )


def _neighbours(uow: UnitOfWork, event: Event) -> list[Event]:
    """Events that it may be a part of: those of its topic, then what else people tell these days, the latest first."""
    since = event.last_seen_at - timedelta(days=30)
    found = [other for other in uow.events.corroborated(since=since) if other.id != event.id]
    alerts = uow.alerts.of_events([other.id for other in found])
    found = [other for other in found if other.id not in alerts or not alerts[other.id].drill]
    found.sort(key=lambda other: other.last_seen_at, reverse=True)
    return sorted(found, key=lambda other: other.topic != event.topic)[:NEIGHBOURS]


def excerpts(service: Service, posts: Sequence[Post]) -> list[Excerpt]:
    """Posts as pages show them, the latest first."""
    names = {source.id: source.name for source in service.sources}
    return [
        Excerpt(
            id=post.id,
            at=post.told_at,
            source=names.get(post.source_id, post.source_id),
            authority=post.authority.value,
            text=f"{post.title} {post.text}".strip(),
            link=post.link,
        )
        for post in sorted(posts, key=lambda post: post.told_at, reverse=True)
    ]


def _claim(figure: Figure) -> float | None:
    """What is still to be verified of a figure."""
    return figure.claimed if doubtful(figure) else None


def _value(kind: FactKind, value: float | None) -> str:
    return "—" if value is None else amount(kind, value)


def _doubt(kind: FactKind, figure: Figure) -> str:
    return "" if figure.unsupported is None else f"有个别人称{amount(kind, figure.unsupported)}，未获佐证"
