"""The first page, as plain rows for its template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.clocks import urgency
from alerts.delivery import LAST_RESORT
from alerts.model import Alert, Deadline, DeadlineKind, Notification, NotificationState, ReportKind, Task
from alerts.reports.fields import telling
from alerts.reports.wording import Standing, level, standing
from analyzer.model import Event, Rating, Reason, Tier
from analyzer.rating import LIFE
from services.acts import shifts
from services.bootstrap import Service
from services.console.apart import Moved, silent, unseen
from services.console.guidance import next_step
from services.kin import Proposal, going_on
from services.ports import SourceState, Tally, UnitOfWork
from services.retelling import retold
from services.sourcing.health import Assessment, assess, coverage
from services.supervision.auditor import late

WAITING_SHOWN = 10
"""Cards that wait, at the least; what is handled stands below them, 18,000 pixels down a phone in a storm of 59."""
CLOCKS_SHOWN = 2
"""Clocks of one alert on the board: in a storm two dozen cards stand below each other."""
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
    def mild(self) -> bool:
        """Whether it has the mildest tier and nobody speaks of people harmed or in danger."""
        told = (figure for kind, figure in self.event.figures.items() if kind in LIFE)
        return self.tier == Tier.IV.name and not any(f.claimed or f.verified or f.unsupported for f in told)

    @property
    def soonest(self) -> Sequence[Deadline]:
        """The clocks that run out next; the others stand on the event's page."""
        clocks = self.alert.deadlines if self.alert else ()
        running = (d for d in clocks if d.running and d.kind is not DeadlineKind.FOLLOW_UP)
        return sorted(running, key=lambda clock: clock.due_at)[:CLOCKS_SHOWN]

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
    unseen: Sequence[Moved]
    """Splits that left nothing to see."""
    silent: Sequence[tuple[Alert, Event]]
    """Alerts whose event too few people tell of since posts were parted from it."""
    briefs: Sequence[str]
    counts: Tally
    refused: Sequence[str]
    """What is wrong with files that were edited."""
    outdated: Sequence[str]
    """Edited files that are read at the next start only."""
    doubts: Sequence[str]
    """What is doubtful in a plan or a roster that was taken over."""
    faults: Sequence[str]
    late: Sequence[str]
    leads: bool
    duty: Sequence[str]

    @property
    def grave(self) -> str:
        """How many of those that wait are grave."""
        return grave([card.alert.tier for card in self.waiting if card.alert is not None])

    @property
    def shown(self) -> Sequence[Card]:
        """Of those that wait the first ones, and whatever is grave or tells of people harmed or in danger."""
        return [card for n, card in enumerate(self.waiting) if n < WAITING_SHOWN or not card.mild]

    @property
    def folded(self) -> Sequence[Card]:
        """The others, in a storm."""
        return [card for card in self.waiting[WAITING_SHOWN:] if card.mild]

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


def board(service: Service, uow: UnitOfWork) -> Board:
    """The first page as things stand."""
    now = service.clock.now()
    cards = _proposing(service, uow, cards_of(service, uow, now))
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
    slips, hushed = _slips(uow, now), silent(uow)
    return Board(
        now=now,
        waiting=[card for alert, card in going_on if alert.state.unattended],
        handled=[card for alert, card in going_on if not alert.state.unattended],
        rest=[c for c in cards if c.alert is None or c.alert.state.final],
        tasks=sorted(((task, uow.events.get(task.event_id)) for task in uow.tasks.open()), key=_danger),
        sources=rows,
        unsent=unsent,
        slips=slips,
        titles=_titles(uow, [*unsent[:UNSENT_SHOWN], *slips]),
        unseen=unseen(uow, now, [event.id for _, event in hushed]),
        silent=hushed,
        briefs=uow.reports.periods(ReportKind.DAILY)[:7],
        counts=tallies.get("", Tally()),
        late=late(service, uow, now),
        leads=service.presence.leads or not service.competes,
        refused=[sentence for sentences in service.watch.problems.values() for sentence in sentences],
        outdated=sorted(service.watch.outdated - service.watch.problems.keys()),
        doubts=service.watch.doubts,
        faults=list(service.templates.problems.values()),
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


def _danger(one: tuple[Task, Event | None]) -> tuple[int, float, datetime]:
    """Sorts what is to be verified: the gravest that is claimed first, of equal ones what has waited longest."""
    task, event = one
    figures = event.figures if event is not None else {}
    claims = ((n, f.unsupported or f.claimed) for n, kind in enumerate(LIFE) if (f := figures.get(kind)) is not None)
    grave, most = next(((n, value) for n, value in claims if value), (len(LIFE), 0.0))
    return grave, -most, task.at


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


def cards_of(service: Service, uow: UnitOfWork, now: datetime) -> list[Card]:
    """Events people may see, the gravest and latest first."""
    events = list(uow.events.corroborated(since=now - timedelta(days=30)))
    known = {event.id for event in events}
    # Nobody has spoken of it for a month, but somebody has still to end it.
    waiting = (uow.events.get(alert.event_id) for alert in uow.alerts.open() if alert.event_id not in known)
    events += [event for event in waiting if event is not None and event.corroborated]
    ids = [event.id for event in events]
    ratings, alerts = uow.events.latest(ids), uow.alerts.of_events(ids)
    cards = [card_of(service, e, ratings.get(e.id), alerts.get(e.id), now) for e in events]
    return sorted(cards, key=_gravity)


def card_of(service: Service, event: Event, rating: Rating | None, alert: Alert | None, now: datetime) -> Card:
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
