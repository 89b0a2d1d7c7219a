"""What the console shows, as plain rows for its templates."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.beijing import BEIJING
from alerts.clocks import urgency
from alerts.delivery import LAST_RESORT
from alerts.lifecycle import SYSTEM
from alerts.model import Alert, Notification, NotificationState, Report, ReportKind, Task
from alerts.reports import charts
from alerts.reports.fields import address, telling
from alerts.reports.wording import Standing, amount, by_gravity, doubtful, length, level, standing
from analyzer.attention import Attention
from analyzer.model import Event, FactKind, Figure, Rating, Reason, Tier
from analyzer.regrouping import Regrouping
from crawlers.model import Post
from services.acts import shifts
from services.attention import attention_of
from services.bootstrap import Service
from services.console.guidance import next_step
from services.kin import Proposal, going_on, proposals
from services.ports import SourceState, Tally, UnitOfWork
from services.retelling import retold
from services.sourcing.health import Assessment, assess, coverage
from services.supervision.auditor import late

EXCERPTS = 200
"""Posts of one event that its page shows, the last that joined."""
NEIGHBOURS = 200
"""Events that one may be put under, at the most."""
UNSENT_SHOWN = 10
"""Of what could not be sent; the rest is counted."""
SLIP_SHOWN = timedelta(hours=12)
"""How long a slip stays on the board: a shift."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One event with its alert, as a line of the board."""

    event: Event
    rating: Rating | None
    alert: Alert | None
    proposal: Proposal | None = None
    next_step: str = ""

    @property
    def tier(self) -> str:
        """Numeral of the alert's tier, else of the rating's; empty without one."""
        tier = self.alert.tier if self.alert else self.rating.tier if self.rating else None
        return tier.name if tier else ""

    @property
    def standing(self) -> Standing | None:
        """How far its tier is verified, as the first line of reports says; None without a tier."""
        if self.rating is None or not self.tier:
            return None
        return standing(self.event.figures, self.rating, Tier[self.tier], self.event.status)

    @property
    def reasons(self) -> Sequence[Reason]:
        """Why it has its tier: what reaches it, or the gravest that is reached where the alert stands higher."""
        found = telling(self.rating.reasons) if self.rating else ()
        gravest = max((reason.tier for reason in found), default=None)
        return [reason for reason in found if reason.tier is gravest]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """One source with its state and counts."""

    name: str
    authority: str
    important: bool
    state: SourceState | None
    seen: Assessment
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """The whole first page."""

    now: datetime
    waiting: Sequence[Card]
    handled: Sequence[Card]
    rest: Sequence[Card]
    tasks: Sequence[tuple[Task, Event | None]]
    sources: Sequence[SourceRow]
    unsent: Sequence[Notification]
    slips: Sequence[Notification]
    titles: Mapping[str, str]
    briefs: Sequence[str]
    counts: Tally
    faults: Sequence[str]
    late: Sequence[str]
    leads: bool
    duty: Sequence[str]

    @property
    def grave(self) -> str:
        """How many of those that wait are grave."""
        return grave([card.alert.tier for card in self.waiting if card.alert is not None])

    @property
    def unsent_shown(self) -> Sequence[Notification]:
        """Of what could not be sent the first; the rest is only counted."""
        return self.unsent[:UNSENT_SHOWN]

    @property
    def coverage(self) -> str:
        """How many of the sources are read as they should be."""
        return coverage([row.seen for row in self.sources])

    @property
    def all_fresh(self) -> bool:
        """Whether all of them are."""
        return all(row.seen.fresh for row in self.sources)


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
    moves: Sequence[tuple[Regrouping, str, str]]
    """What people merged and split, with the titles of both events."""
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


def board(service: Service, uow: UnitOfWork) -> Board:
    """The first page as things stand."""
    now = service.clock.now()
    cards = _proposing(service, uow, _cards(service, uow, now))
    alerts = ((card.alert, card) for card in cards if card.alert is not None and not card.alert.state.final)
    going_on = sorted(alerts, key=lambda one: urgency(one[0]))
    tallies = uow.sources.tallies()
    states = uow.sources.states()
    rows = [
        SourceRow(
            name=source.name,
            authority=source.authority.value,
            important=source.important,
            state=states.get(source.id),
            seen=assess(states.get(source.id), source, now),
            tally=tallies.get(source.id, Tally(source_id=source.id)),
        )
        for source in service.sources
    ]
    unsent = [n for state in (NotificationState.DEAD, NotificationState.RETRY) for n in uow.outbox.all(state=state)]
    slips = _slips(uow, now)
    return Board(
        now=now,
        waiting=[card for alert, card in going_on if alert.state.unattended],
        handled=[card for alert, card in going_on if not alert.state.unattended],
        rest=[c for c in cards if c.alert is None or c.alert.state.final],
        tasks=[(task, uow.events.get(task.event_id)) for task in uow.tasks.open()],
        sources=rows,
        unsent=unsent,
        slips=slips,
        titles=_titles(uow, [*unsent[:UNSENT_SHOWN], *slips]),
        briefs=uow.reports.periods(ReportKind.DAILY)[:7],
        counts=tallies.get("", Tally()),
        late=late(service, uow, now),
        leads=service.presence.leads or not service.competes,
        faults=[
            *(sentence for sentences in service.watch.problems.values() for sentence in sentences),
            *service.templates.problems.values(),
        ],
        duty=_duty(service, uow, now),
    )


def waiting(uow: UnitOfWork) -> str:
    """How many alerts wait for somebody, for the head of every page; empty when none does."""
    found = [alert for alert in uow.alerts.open() if alert.state.unattended]
    events = map(uow.events.get, (alert.event_id for alert in found))
    tiers = [alert.tier for alert, event in zip(found, events, strict=True) if event is not None and event.corroborated]
    return f"{len(tiers)}件待签收{grave(tiers)}" if tiers else ""


def grave(tiers: Sequence[Tier]) -> str:
    """How many have a tier graver than the mildest: "（Ⅰ级1件，Ⅲ级6件）"; empty when none has."""
    counts = [f"{level(tier)}{tiers.count(tier)}件" for tier in (Tier.I, Tier.II, Tier.III) if tier in tiers]
    return f"（{'，'.join(counts)}）" if counts else ""


def _duty(service: Service, uow: UnitOfWork, now: datetime) -> list[str]:
    """Roles that nobody reachable holds now or within a day, and shifts that nobody has taken over.

    The latter only where the desk hands over at all: by its plan, or as it did before.
    """
    rule = service.plan.response.hand_over
    wanted = rule.roles if rule is not None else ()
    soon = now + timedelta(days=1)
    holes = [
        f"“{role.name}”在今后一天内有时段无人可联系，请补班。"
        for role in service.roster.roles
        if role.continuous and service.roster.uncovered(role.id, now, soon)
    ]
    found = shifts.duties(service, uow, now)
    missing = (duty.missing for duty in found if duty.role in wanted or duty.note is not None)
    return [*holes, *filter(None, missing)]


def _titles(uow: UnitOfWork, notes: Iterable[Notification]) -> dict[str, str]:
    """What the messages are about, by event."""
    found = {n.event_id: uow.events.get(n.event_id) for n in notes if n.event_id}
    return {key: event.title for key, event in found.items() if event is not None}


def _slips(uow: UnitOfWork, now: datetime) -> list[Notification]:
    """Who has to be phoned: slips of the last hours whose alert nobody has taken on."""
    printed = [n for n in uow.outbox.all(state=NotificationState.SENT) if n.channel == LAST_RESORT]
    alerts = {n.alert_id: uow.alerts.get(n.alert_id) for n in printed if n.alert_id}
    return [
        n
        for n in printed
        if n.sent_at is not None
        and n.sent_at > now - SLIP_SHOWN
        and ((alert := alerts.get(n.alert_id or "")) is None or alert.state.unattended)
    ]


def _cards(service: Service, uow: UnitOfWork, now: datetime) -> list[Card]:
    """Events people may see, the gravest and latest first."""
    events = uow.events.corroborated(since=now - timedelta(days=30))
    ids = [event.id for event in events]
    ratings, alerts = uow.events.latest(ids), uow.alerts.of_events(ids)
    cards = [_card(service, e, ratings.get(e.id), alerts.get(e.id), now) for e in events]
    return sorted(cards, key=_gravity)


def _card(service: Service, event: Event, rating: Rating | None, alert: Alert | None, now: datetime) -> Card:
    proposed = service.roster.department_for(event.topic)
    return Card(
        event=event,
        rating=retold(rating, event, service.plan, now, alert),
        alert=alert,
        next_step=next_step(alert, event, proposed.name if proposed else "", now) if alert else "",
    )


def _proposing(service: Service, uow: UnitOfWork, cards: list[Card]) -> list[Card]:
    """Each with what its event may be one with."""
    found = service.kinships.pairs(service, uow, (card.event for card in cards if going_on(card.event)))
    return [replace(card, proposal=found[card.event.id]) if card.event.id in found else card for card in cards]


def _gravity(card: Card) -> tuple[int, float]:
    order = ["I", "II", "III", "IV", ""]
    return order.index(card.tier), -card.event.last_seen_at.timestamp()


def file(service: Service, uow: UnitOfWork, event_id: str) -> File | None:
    """One event's page; None when there is none that may be shown."""
    event = uow.events.get(event_id)
    if event is None or not event.corroborated:
        return None
    alert, now = uow.alerts.of_event(event_id), service.clock.now()
    ids = uow.events.member_ids(event_id)
    return File(
        now=now,
        card=_card(service, event, uow.events.rating(event_id), alert, now),
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
        moves=[
            (move, _title(uow, move.source), _title(uow, move.target))
            for move in uow.events.regroupings()
            if event_id in {move.source, move.target}
        ],
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


def _title(uow: UnitOfWork, event_id: str) -> str:
    event = uow.events.get(event_id)
    return event.title if event is not None else event_id


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


def where(event: Event) -> str:
    """The place that most is told of, from the widest name to the narrowest; empty when nobody names one."""
    return address(event.places[0]) if event.places else ""


def _claim(figure: Figure) -> float | None:
    """What is still to be verified of a figure."""
    return figure.claimed if doubtful(figure) else None


def _value(kind: FactKind, value: float | None) -> str:
    return "—" if value is None else amount(kind, value)


def _doubt(kind: FactKind, figure: Figure) -> str:
    return "" if figure.unsupported is None else f"有个别人称{amount(kind, figure.unsupported)}，未获佐证"


def clock(at: datetime | None) -> str:
    """Beijing time as the console writes it: 11-03 09:30."""
    return "" if at is None else f"{at.astimezone(BEIJING):%m-%d %H:%M}"


def until(at: datetime, now: datetime) -> str:
    """How long until, or how long over: "还有25分钟", "已超3小时5分钟"."""
    left = timedelta(minutes=round(abs(at - now).total_seconds() / 60))
    return f"{'还有' if at >= now else '已超'}{length(left) if left else '不到1分钟'}"
