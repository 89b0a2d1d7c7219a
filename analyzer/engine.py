"""Posts and readings in, assessed events out: grouping, fusion and rating as one restartable whole."""

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from analyzer.events.attention import Baseline
from analyzer.events.case import SLEEPS_AFTER, Case, event_id
from analyzer.events.cases import Cases
from analyzer.events.scenes import scenes
from analyzer.grouping.group import SLOW_WINDOW
from analyzer.grouping.grouper import Grouper, Kin
from analyzer.grouping.item import UNTOLD, Item, item, told_as
from analyzer.model import VOICES_NEEDED, Event, EventStatus, Finding, Nature, Rating, Reading, Scope
from analyzer.places.abroad import abroad
from analyzer.plan import Plan
from analyzer.ports import Member
from analyzer.rating import rate
from crawlers.beijing import BEIJING
from crawlers.model import Authority, Post

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """An event as a post has left it; `changed` when the rating differs from the one before."""

    event: Event
    rating: Rating
    changed: bool


class Engine:
    """Everything about open events, in memory; `restore` rebuilds it from the record after a restart.

    Deterministic: equal posts in equal order give equal events. `settings` names the kinds of place a
    reading tells of, `names` what an event of a topic is called.
    """

    def __init__(
        self,
        *,
        plan: Plan,
        weight: Callable[[str], float],
        settings: Callable[[Post, Reading], frozenset[str]],
        names: Mapping[str, str],
    ) -> None:
        self.plan = plan
        self._weight = weight
        self._settings = settings
        self._names = names
        self._grouper = Grouper()
        self._baseline = Baseline()
        self._cases = Cases()
        self._event_of: dict[str, str] = {}
        self._ratings: dict[str, Rating] = {}
        self._swept_at: datetime | None = None
        self._reviews: list[tuple[datetime, str]] = []
        self._reviewed: dict[str, datetime] = {}

    def restore(self, members: Iterable[Member], ratings: Callable[[Collection[str]], Mapping[str, Rating]]) -> None:
        """Rebuild from stored members, in the order in which they were told, and the last rating of each event."""
        for member in members:
            self._take(member.event_id, member.post, member.reading)
        for key, rating in ratings({key for key, _ in self._cases.last_seen()}).items():
            self._ratings[key] = rating
            case = self._cases.open(key)
            case.version = max(case.version, rating.event_version)
            self._review_later(rating)

    def absorb(self, post: Post, reading: Reading, now: datetime) -> str | None:
        """Give the post an event and return the event's id; None when it tells of no happening at all."""
        self._sweep(now)
        known = self._event_of.get(post.id)
        if known is not None and (case := self._cases.get(known)) is not None:
            case.amend(post, reading)
            return known
        if reading.scope is Scope.OUT or told_as(post, reading) in UNTOLD:
            return None
        away = abroad(post.body, reading.places)
        if away and not reading.refutes:
            return None
        reading = _as_told(post, reading)
        view = item(post, reading, self._weight)
        match = self._grouper.find(view)
        if match is None and (away or reading.scope is Scope.UNSURE):
            return None  # "网传画面为外省旧事故" denies what is told of here, and tells of nothing itself.
        key = match.event_id if match else event_id(post)
        self._take(key, post, reading, view)
        return key

    def assess(self, key: str, now: datetime) -> Assessment | None:
        """The event as it stands now, rated; None when it has been forgotten."""
        case = self._cases.get(key)
        if case is None:
            return None
        event = self._event(case, now)
        rating = rate(event, self.plan, now)
        changed = _differs(self._ratings.get(key), rating)
        self._ratings[key] = rating
        self._review_later(rating)
        return Assessment(event=event, rating=rating, changed=changed)

    def due(self, now: datetime) -> list[str]:
        """Events whose rating must be looked at again by now; each is named once."""
        keys: dict[str, None] = {}
        while self._reviews and self._reviews[0][0] <= now:
            keys[heapq.heappop(self._reviews)[1]] = None
        return list(keys)

    @property
    def next_review_at(self) -> datetime | None:
        """When `due` will next name an event."""
        return self._reviews[0][0] if self._reviews else None

    def quiet(self, since: datetime | None, now: datetime) -> list[str]:
        """Events of which nobody has spoken for so long that they sleep by now and did not `since`."""
        until, since = now - SLEEPS_AFTER, None if since is None else since - SLEEPS_AFTER
        return [key for key, at in self._cases.last_seen(since) if at < until and (since is None or at >= since)]

    def mark(self, key: str, *, closed: bool, episode: int, answered_at: datetime | None = None) -> None:
        """A person has closed the event, recorded an answer or taken it back, or it goes on as another episode."""
        case = self._cases.get(key)
        if case is not None:
            case.closed, case.episode = closed, episode
            case.record_answer(answered_at)

    def recall_answer(self, key: str, at: datetime) -> None:
        """An office answered then, it may be by a post that is kept no longer."""
        case = self._cases.get(key)
        if case is not None:
            case.answer(at)

    def keep(self, stored: Event) -> None:
        """What the event was holds though the texts of some of its posts are gone; to be told after `restore`."""
        case = self._cases.get(stored.id)
        if case is not None:
            case.keep(stored)

    def confirm(self, finding: Finding) -> None:
        """An operator has verified something of an event."""
        case = self._cases.get(finding.event_id)
        if case is not None:
            case.confirm(finding)

    def regroup(
        self,
        keys: Collection[str],
        members: Iterable[Member],
        findings: Iterable[Finding],
        asked: Collection[str] = frozenset(),
    ) -> dict[str, str]:
        """Make these events anew of these members, for a person has said which of them belong together.

        `findings` are all that operators have verified, each of the event that it is about by now.
        Of the posts `asked` nobody has: each goes to that one of the events which it tells of, and stays where it is
        when it tells of neither. Where they went, by post.
        """
        before = {key: case for key in keys if (case := self._cases.pop(key)) is not None}
        version = max((case.version for case in before.values()), default=0)
        for key in keys:
            self._grouper.drop(key)
        doubtful, known = list[Member](), list(findings)
        for member in members:
            if member.post.id in asked:
                doubtful.append(member)
            else:
                self._take(member.event_id, member.post, member.reading, counted=True)
        gone = {member.post.id: self._take_among(member, keys) for member in doubtful}
        for key in keys:
            case = self._cases.get(key)
            if case is not None:
                case.version = max(case.version, version) + 1
                case.closed = key in before and before[key].closed
                case.findings = [finding for finding in known if finding.event_id == key]
        return gone

    def _take_among(self, member: Member, keys: Collection[str]) -> str:
        """Make the post a member of that one of these events to which it belongs; which that is."""
        view = item(member.post, _as_told(member.post, member.reading), self._weight)
        match = self._grouper.find(view, keys)
        key = match.event_id if match else member.event_id
        self._take(key, member.post, member.reading, view, counted=True)
        return key

    def kin(self, key: str, members: Sequence[Member]) -> list[Kin]:
        """Open events that may be the same happening as this one, by some of its members."""
        views = [item(one.post, _as_told(one.post, one.reading), self._weight) for one in members]
        return [kin for kin in self._grouper.kin(key, views) if kin.event_id in self._cases]

    def __contains__(self, key: object) -> bool:
        """Whether an event is remembered."""
        return key in self._cases

    def event(self, key: str, now: datetime) -> Event | None:
        """The event as it stands."""
        case = self._cases.get(key)
        return None if case is None else self._event(case, now)

    def events(self, now: datetime) -> list[Event]:
        """All open events, by first sight."""
        found = [self._event(case, now) for case in self._cases]
        return sorted(found, key=lambda e: (e.first_seen_at, e.id))

    def usual(self, topic: str, at: datetime) -> float | None:
        """How many public posts the topic has at this hour of the week; None while nobody can say."""
        return self._baseline.usual(topic, at)

    def rating(self, key: str) -> Rating | None:
        """The latest rating of an event."""
        return self._ratings.get(key)

    def _take(self, key: str, post: Post, reading: Reading, view: Item | None = None, *, counted: bool = False) -> None:
        """Make the post a member; `counted` when the baseline has it already."""
        self._event_of[post.id] = key
        reading = _as_told(post, reading)
        view = view or item(post, reading, self._weight)
        self._cases.open(key).absorb(post, reading, self._settings(post, reading), view.names, view.towns)
        self._grouper.add(view, key)
        if post.authority is Authority.PUBLIC and reading.topic and not counted:
            self._baseline.add(reading.topic, post.told_at, post.collected_at)

    def _review_later(self, rating: Rating) -> None:
        review = (rating.due_at, rating.event_id) if rating.due_at is not None else None
        if review is not None and self._reviewed.get(rating.event_id) != review[0]:
            self._reviewed[rating.event_id] = review[0]
            heapq.heappush(self._reviews, review)

    def _event(self, case: Case, now: datetime) -> Event:
        event = case.event(now)
        growth = self._baseline.growth(event.topic, event.heat, event.last_seen_at)
        few = event.by_authority.get(Authority.PUBLIC.value, 0) == event.posts < VOICES_NEEDED
        name = case.whereabouts.name(few=few)
        named = name or case.whereabouts.area()
        return replace(event, title=self._title(event, named, timed=not name), named=named, growth=growth)

    def _title(self, event: Event, named: str, *, timed: bool) -> str:
        """Place and topic, and the hour where no name tells it from others of its kind; never a person's words."""
        topic = self._names.get(event.topic, event.topic)
        mark = {EventStatus.DRILL: "（演练）", EventStatus.RETOLD: "（旧闻）", EventStatus.REFUTED: "（已辟谣）"}
        at = event.first_seen_at.astimezone(BEIJING)
        hour = f"{at.month}月{at.day}日{at.hour}时" if timed else ""
        return f"{named or self.plan.district}{hour}{topic}{mark.get(event.status, '')}"

    def _sweep(self, now: datetime) -> None:
        """Once a day, forget what can take in nothing more, and let rest what nobody speaks of."""
        if self._swept_at is not None and abs(now - self._swept_at) < DAY:
            return
        self._swept_at = now
        before = now - SLOW_WINDOW
        self._grouper.forget(before)
        for key in self._cases.forget(before):
            self._ratings.pop(key, None)
            self._reviewed.pop(key, None)
        self._baseline.forget(before)
        self._cases.rest(now - SLEEPS_AFTER)
        self._event_of = {post: key for post, key in self._event_of.items() if key in self._cases}


def _as_told(post: Post, reading: Reading) -> Reading:
    """What was told long ago and is found only now was true then, and where only people are judged nothing happens."""
    if (places := scenes(post.body, reading.places)) is not reading.places:
        reading = replace(reading, places=places)
    if reading.nature is Nature.CURRENT and post.collected_at - post.told_at > SLOW_WINDOW:
        return replace(reading, nature=Nature.PAST)
    return reading


def _differs(old: Rating | None, new: Rating) -> bool:
    """Whether anything that people would want to know has changed."""
    if old is None:
        return True
    return (old.plan_version, old.claimed, old.verified, old.verify, old.note, _said(old)) != (
        new.plan_version,
        new.claimed,
        new.verified,
        new.verify,
        new.note,
        _said(new),
    )


def _said(rating: Rating) -> list[tuple[str, str, str, str]]:
    """Criterion, basis and figure of each reason; running hours would differ with every post."""
    return [
        (r.criterion, r.basis.value, r.threshold, "" if "小时" in r.threshold else r.observed) for r in rating.reasons
    ]
