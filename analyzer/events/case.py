"""The working file on one event: everything its posts have said, kept so that one more post is cheap."""

import hashlib
from bisect import insort
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from analyzer.events.askers import only_asks
from analyzer.events.backing import Backing, Mark, ids, mark
from analyzer.events.extent import Extent, extent
from analyzer.events.fusion import Ledger, with_finding
from analyzer.events.kept import Kept
from analyzer.events.outage import Outage, lasted
from analyzer.events.several import document_value_of_one
from analyzer.events.tally import Report, Tally, report_of
from analyzer.events.whereabouts import SHARE, Whereabouts
from analyzer.events.witnesses import Witnesses
from analyzer.facts import document_value
from analyzer.facts.updates import corrects
from analyzer.grouping.fingerprint import own_words
from analyzer.grouping.names import Name
from analyzer.model import (
    VOICES_NEEDED,
    Event,
    EventStatus,
    Fact,
    FactKind,
    Figure,
    Finding,
    Nature,
    Qualifier,
    Reading,
    Tone,
    WarningSignal,
)
from analyzer.nature.statements import tells_its_own
from analyzer.patterns.scan import plain_of
from analyzer.places.settings import OVERALL
from analyzer.text import normalise
from analyzer.topics import HAZARD
from crawlers.beijing import BEIJING
from crawlers.model import Authority, Post

SLEEPS_AFTER = timedelta(days=3)
"""DESIGN's grouping window: nobody has spoken of it for so long."""
OUTAGES = ("service.water", "service.power", "service.gas", "service.heating", "service.telecom")
HAPPENED = {FactKind.LOSS_YUAN, FactKind.MAGNITUDE, FactKind.HOUSES}
"""Beside people, what is counted only where something has happened."""
T = TypeVar("T", datetime, Mark)
METRO = ("service.transit", "metro_stopped")
"""Topic and setting of a line that runs no more: complaints about a bus are no outage."""


def event_id(post: Post) -> str:
    """Id of the event that this post opens: its Beijing day and a digest of the post's id."""
    digest = hashlib.sha256(post.id.encode()).hexdigest()[:10]
    return f"E{post.told_at.astimezone(BEIJING):%Y%m%d}-{digest}"


@dataclass(slots=True)
class Case:
    """One event in the making. `absorb` takes a post in, `event` says where it stands."""

    id: str
    version: int = 0
    episode: int = 1
    closed: bool = False
    posts: int = 0
    counting: int = 0
    """Posts that give a figure."""
    first_seen_at: datetime | None = None
    known_at: datetime | None = None
    outage: Outage = field(default_factory=Outage)
    answered_at: datetime | None = None
    answer_recorded_at: datetime | None = None
    refuted_at: datetime | None = None
    affirmed: Mark | None = None
    endings: list[tuple[datetime, bool, str]] = field(default_factory=list)
    """When it was told as over, or as going on, and by which post; in the order of time."""
    exposed_at: datetime | None = None
    by_authority: Counter[str] = field(default_factory=Counter)
    natures: Counter[Nature] = field(default_factory=Counter)
    tones: Counter[Tone] = field(default_factory=Counter)
    topics: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    tellers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    known_topics: set[str] = field(default_factory=set)
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    settings: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    witnesses: Witnesses = field(default_factory=Witnesses)
    backing: Backing = field(default_factory=Backing)
    last: Mark | None = None
    ledgers: dict[FactKind, Ledger] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    around: dict[FactKind, set[float]] = field(default_factory=lambda: defaultdict(set))
    """Figures told of the whole city or province around the district."""
    own: set[FactKind] = field(default_factory=set)
    """What an office has counted in the district alone."""
    figures: dict[FactKind, Figure] = field(default_factory=dict)
    resolvers: set[str] = field(default_factory=set)
    recent: deque[datetime] = field(default_factory=deque)
    warning: WarningSignal | None = None
    warned: Mark | None = None
    help_sought: int = 0
    kept: Kept | None = None

    def absorb(
        self,
        post: Post,
        reading: Reading,
        settings: frozenset[str] = frozenset(),
        names: Sequence[Name] = (),
        towns: frozenset[str] = frozenset(),
    ) -> None:
        """Take one post in, with the names that grouping finds in it. Order does not matter but for ties."""
        at = post.told_at
        self.posts += 1
        self.first_seen_at = at if self.first_seen_at is None else min(at, self.first_seen_at)
        self.last = _later(self.last, mark(post))
        self.outage.note(post, reading)
        self.known_at = post.collected_at if self.known_at is None else min(post.collected_at, self.known_at)
        self.by_authority[post.authority.value] += 1
        self.natures[reading.nature] += 1
        self.tones[reading.sentiment.label] += 1
        self.help_sought += reading.help_sought
        self.backing.add(post)
        for topic in reading.topics:
            self.topics[topic.code] += topic.probability
        headline = "" if post.authority is Authority.PUBLIC else post.title
        self.whereabouts.add(reading.places, names, towns, headline=headline)
        counts = any(fact.value and fact.status is Nature.CURRENT for fact in reading.facts)
        self.counting += counts
        self.settings.update(settings if counts else settings - OVERALL)
        self.recent.extend([at] if post.authority is Authority.PUBLIC else [])
        self._hear(post, reading)

    @property
    def last_seen_at(self) -> datetime | None:
        """When the latest of its posts was told."""
        return self.last[0] if self.last is not None else None

    def amend(self, post: Post, reading: Reading) -> None:
        """Take in the next revision of a post that is a member already: it speaks anew and is not counted again."""
        self._hear(post, reading)

    def _hear(self, post: Post, reading: Reading) -> None:
        """What the post says of the course and the figures."""
        self.version += 1
        speaker = self._count_voice(post, reading)
        denies = _denies(reading, post)
        self._note_topics(post, reading, speaker)
        self._note_course(post, reading, speaker, denies=denies)
        self._note_figures(post, reading, speaker, denies=denies)

    def event(self, now: datetime) -> Event:
        """The event as it stands at `now`."""
        if self.first_seen_at is None or self.last_seen_at is None:
            raise ValueError("an event without posts")
        topics = self._shared_topics()
        settings = frozenset(
            s for s, n in self.settings.items() if (2 * n > self.counting if s in OVERALL else SHARE * n >= self.posts)
        )
        stopped = topics[0] in OUTAGES or (topics[0] == METRO[0] and METRO[1] in settings)
        event = Event(
            id=self.id,
            title="",
            topic=topics[0],
            topics=topics,
            status=self._status(now),
            first_seen_at=self.first_seen_at,
            last_seen_at=self.last_seen_at,
            places=self.whereabouts.places(),
            settings=settings,
            posts=self.posts,
            voices=self.witnesses.count,
            platforms=len(self.backing.sources),
            backing=self._behind(),
            by_authority=dict(sorted(self.by_authority.items())),
            figures=self._verified(self._with_elapsed() if stopped else self.figures),
            confirmed=bool(self.findings),
            warning=self.warning,
            heat=len(self.recent),
            negative_share=self.tones[Tone.NEGATIVE] / self.posts,
            help_sought=self.help_sought,
            answered_at=min(filter(None, (self.answered_at, self.answer_recorded_at)), default=None),
            known_at=self.known_at,
            version=self.version,
            episode=self.episode,
        )
        return event if self.kept is None else self.kept.with_it(event)

    def keep(self, stored: Event) -> None:
        """Hold on to what the event was where the record knows of more posts than can be read."""
        if stored.posts > self.posts:
            self.kept = Kept(stored, Counter(stored.by_authority) - self.by_authority)

    def _behind(self) -> dict[str, tuple[str, ...]]:
        """The posts that what is no figure rests on."""
        found = self.backing.posts() | {"voices": self.witnesses.posts, "warning": ids([self.warned])}
        return {name: posts for name, posts in found.items() if posts}

    def _count_voice(self, post: Post, reading: Reading) -> str:
        """Whose words these are; public voices are counted within one collection day, that of one key (SCOPE).

        Where a source names nobody, texts that are no copies of each other stand for voices. Who only asks whether a
        hazard has come to pass is no witness of it.
        """
        if post.authority is not Authority.PUBLIC:
            return post.source_id
        said = reading.own_words or own_words(normalise(post.body))
        if post.voice is None:
            speaker = f"{post.source_id}:{said[0] if said else post.body.strip()}"
            day = f"{post.collected_at.astimezone(BEIJING):%Y%m%d}"
        else:
            speaker = post.voice
            day = speaker.partition(":")[0]
        if reading.topics and reading.topics[0].code.startswith(HAZARD) and only_asks(post.body.strip()):
            return speaker
        return self.witnesses.hear(day, speaker, said, mark(post))

    def answer(self, at: datetime) -> None:
        """An office has spoken of it: the first time is when people were answered."""
        self.answered_at = at if self.answered_at is None else min(at, self.answered_at)

    def record_answer(self, at: datetime | None) -> None:
        """A person has recorded an answer; None where none is recorded any more, of what was kept of the event too."""
        if at is None and self.kept is not None and self.kept.event.answered_at == self.answer_recorded_at:
            self.kept = replace(self.kept, event=replace(self.kept.event, answered_at=None))
        self.answer_recorded_at = at

    def _note_topics(self, post: Post, reading: Reading, speaker: str) -> None:
        """What the event is about is known by a medium, an office or enough voices: one voice adds no topic."""
        for topic in {topic.code for topic in reading.topics} - self.known_topics:
            self.tellers[topic].add(speaker)
            if post.authority is not Authority.PUBLIC or len(self.tellers[topic]) >= VOICES_NEEDED:
                self.known_topics.add(topic)

    def _note_course(self, post: Post, reading: Reading, speaker: str, *, denies: bool) -> None:
        """Warnings, answers, denials and endings."""
        at = post.told_at
        official = post.authority is Authority.OFFICIAL
        if official:
            self.answer(at)
        if post.authority is Authority.PUBLIC:
            self._note_public(reading, speaker, post)
        else:
            self._note_believed(reading, post, denies=denies)
        if official and not denies and reading.nature is Nature.CURRENT and reading.facts:
            self.affirmed = _later(self.affirmed, mark(post))

    def _note_public(self, reading: Reading, speaker: str, post: Post) -> None:
        """Whether three say that it is over, and how many speak of it within the last hour."""
        at = post.told_at
        if reading.resolves:
            self.resolvers.add(speaker)
            if len(self.resolvers) >= VOICES_NEEDED:
                insort(self.endings, (at, True, post.id))
        while self.recent and self.recent[0] <= (self.last_seen_at or at) - timedelta(hours=1):
            self.recent.popleft()

    def _note_believed(self, reading: Reading, post: Post, *, denies: bool) -> None:
        """What media and official sources may settle."""
        at = post.told_at
        if reading.warning is not None and (self.warned is None or at >= self.warned[0]):
            self.warning, self.warned = reading.warning, mark(post)
        if denies:
            self.refuted_at = _later(self.refuted_at, at)
        if reading.nature in {Nature.DRILL, Nature.PAST}:
            self.exposed_at = _later(self.exposed_at, at)
        if reading.nature is Nature.CURRENT and (reading.resolves or reading.facts):
            insort(self.endings, (at, reading.resolves, post.id))

    def _note_figures(self, post: Post, reading: Reading, speaker: str, *, denies: bool) -> None:
        """Each kind's value in this post goes into its ledger."""
        denied = reading.refutes if post.authority is Authority.PUBLIC else denies
        if post.authority is Authority.OFFICIAL:
            self._deny(reading, post.told_at)
            if corrects(plain_of(post.body)):
                self._put_right(reading, post.told_at)
        if reading.nature is not Nature.CURRENT or denied:
            return
        report = report_of(post, speaker, reading)
        for kind in {fact.kind for fact in reading.facts}:
            fact = document_value_of_one(post.body, reading.facts, kind)
            if fact is not None and kind is FactKind.HOURS:
                fact = lasted(post, fact)
            if fact is None or (kind is FactKind.DEATHS and report is not None and self._counts_some(report)):
                continue
            if not self._counts_around(post, fact) and not self._only_follows(post, fact):
                self._tell(post, fact, speaker)
        if report is not None:
            self._put_together(report)

    def _only_follows(self, post: Post, fact: Fact) -> bool:
        """Whether a magnitude is an aftershock's, of an event that has a greater one."""
        if fact.kind is not FactKind.MAGNITUDE or "余震" not in post.body:
            return False
        had = self.figures.get(fact.kind, Figure())
        return fact.value < max(had.claimed or 0, had.verified or 0)

    def _counts_around(self, post: Post, fact: Fact) -> bool:
        """Whether a figure counts in the whole city, while an office has told the district's own."""
        if fact.unit not in {"person", FactKind.HOUSES.unit}:
            return False
        where = extent(post.body, fact, post.region)
        if where is Extent.DISTRICT and post.authority is Authority.OFFICIAL:
            self.own.add(fact.kind)
            for value in self.around[fact.kind]:
                self.ledgers[fact.kind].deny(value, post.told_at)
        elif where is Extent.AROUND:
            self.around[fact.kind].add(fact.value)
        return where is Extent.AROUND and fact.kind in self.own

    def _counts_some(self, report: Report) -> bool:
        """Whether a post counts no more than some of the dead: "1名学生不治" does not take back nine."""
        if report.died is not None:
            return True
        before, total = self.ledgers.get(FactKind.DEATHS, Ledger()).official, report.totals.get(FactKind.DEATHS)
        if before is None or total is None or report.authority is not Authority.OFFICIAL:
            return False
        return 0 < total.value < before.value and not report.whole

    def _tell(self, post: Post | Report, fact: Fact, speaker: str) -> None:
        ledger = self.ledgers.setdefault(fact.kind, Ledger())
        ledger.add(post, fact, speaker)
        self.figures[fact.kind] = ledger.figure()

    def _put_together(self, report: Report) -> None:
        """Add those who died since others were counted, whoever has told of them, and take them from the living."""
        if report.authority is Authority.PUBLIC:
            if report.died is not None:
                self.tally.talk[report.speaker] = report
                self._tell(report, self.tally.whole(report), report.speaker)
            return
        self.tally.hear(report)
        for said in self.tally.talk.values():
            if said.told_at >= report.told_at:  # What was said before stands on what had been told by then.
                self._tell(said, self.tally.whole(said), said.speaker)
        if not self.tally.moves:
            return
        for official, standing in ((False, self.tally.together), (True, self.tally.official)):
            if standing.dead is not None:
                ledger = self.ledgers.setdefault(FactKind.DEATHS, Ledger())
                ledger.settle(standing, official=official)
                self.figures[FactKind.DEATHS] = ledger.figure()
            if report.moves and official is (report.authority is Authority.OFFICIAL):
                for fact in standing.fewer(report):
                    self._tell(report, fact, report.speaker)

    def _deny(self, reading: Reading, at: datetime) -> None:
        """The figures of people that an office calls wrong ("网传11人死亡不实"), or puts right ("由8人更正为7人")."""
        right = {fact.kind for fact in reading.facts if fact.status is Nature.CURRENT}
        for fact in reading.facts:
            corrects = fact.kind in right and fact.status in {Nature.HYPOTHETICAL, Nature.PAST}
            denies = reading.refutes and fact.status is Nature.HYPOTHETICAL
            if (corrects or denies) and fact.unit == "person" and fact.kind in self.ledgers:
                self.ledgers[fact.kind].deny(fact.value, at)
                self.figures[fact.kind] = self.ledgers[fact.kind].figure()

    def _put_right(self, reading: Reading, at: datetime) -> None:
        """An office's correction takes back whatever counted more people: "更正：造成2人死亡"."""
        for kind in {fact.kind for fact in reading.facts if fact.unit == "person"} & self.ledgers.keys():
            right, ledger = document_value(reading.facts, kind), self.ledgers[kind]
            if right is None:
                continue
            for value in ledger.evidence:
                if value > right.value:
                    ledger.deny(value, at)
            self.figures[kind] = ledger.figure()

    @property
    def resolved_at(self) -> datetime | None:
        """When it was first told to be over, after which no medium or authority has told it as going on."""
        return self._resolved[0] if self._resolved is not None else None

    @property
    def _resolved(self) -> Mark | None:
        ended = None
        for at, over, post_id in reversed(self.endings):
            if not over:
                break
            ended = at, post_id
        return ended

    def _verified(self, figures: Mapping[FactKind, Figure]) -> dict[FactKind, Figure]:
        """Figures in their order, with what an operator has verified since the last official word."""
        for finding in self.findings:
            figures = with_finding(figures, finding, partial(self._told_since, finding.at, figures))
        return {kind: figures[kind] for kind in sorted(figures)}

    def _told_since(self, at: datetime, figures: Mapping[FactKind, Figure], kind: FactKind) -> Figure:
        """What has been told of a figure since then; an outage goes on while people speak of it."""
        if kind is FactKind.HOURS and self.last is not None and self.last[0] > at:
            return figures.get(kind, Figure())
        return self.ledgers.get(kind, Ledger()).figure(at)

    def confirm(self, finding: Finding) -> None:
        """Take in what an operator has verified."""
        self.findings.append(finding)
        self.version += 1

    def _with_elapsed(self) -> dict[FactKind, Figure]:
        """Figures by kind; an outage lasts at least from its first report to the latest one that it goes on.

        What was only announced before it began does not count. How long an office says that it has lasted, once it is
        over, is how long it lasted.
        """
        figures = {kind: self.figures[kind] for kind in sorted(self.figures)}
        if self.last is None or self._timed:
            return figures
        until = min(filter(None, (self._resolved, self.last)))
        sure = min(until, max(self.affirmed, self._resolved or self.affirmed)) if self.affirmed is not None else None
        stated = figures.get(FactKind.HOURS)
        hours = self.outage.lasting(stated or Figure(), until, sure)
        if hours != (stated or Figure()):
            figures[FactKind.HOURS] = hours
        return figures

    @property
    def _timed(self) -> bool:
        """Whether an office has said how long it was, no sooner than it was over."""
        stated = self.ledgers.get(FactKind.HOURS, Ledger()).official
        whole = stated is not None and stated.qualifier is not Qualifier.AT_LEAST
        return bool(stated and whole and self.resolved_at is not None and stated.told_at >= self.resolved_at)

    def _shared_topics(self) -> tuple[str, ...]:
        """Those with a fair share of the main one's weight."""
        known = self.known_topics or self.topics.keys()
        ranked = sorted(((code, self.topics.get(code, 0.0)) for code in known), key=lambda item: (-item[1], item[0]))
        return tuple(code for code, weight in ranked if SHARE * weight >= ranked[0][1])

    def _status(self, now: datetime) -> EventStatus:
        refuted = self.refuted_at is not None and (self.affirmed is None or self.affirmed[0] <= self.refuted_at)
        if self.closed:
            return EventStatus.REFUTED if refuted else EventStatus.CLOSED
        current = self.natures[Nature.CURRENT]
        if not current or (self.exposed_at is not None and self.affirmed is None):
            drill = self.natures[Nature.DRILL] >= self.natures[Nature.PAST]
            return EventStatus.DRILL if drill else EventStatus.RETOLD
        if refuted:
            return EventStatus.REFUTED
        if self.last_seen_at is not None and now - self.last_seen_at > SLEEPS_AFTER:
            return EventStatus.SLEEPING
        return EventStatus.RESOLVED if self.resolved_at is not None and not self._missed else EventStatus.ACTIVE

    @property
    def _missed(self) -> bool:
        """Whether people are still missing: a fire that is out is not over then."""
        missing = self.figures.get(FactKind.MISSING, Figure())
        return bool(missing.claimed if missing.verified is None else missing.verified)


def _denies(reading: Reading, post: Post) -> bool:
    """Whether a denial tells of nothing of its own; "造成2人死亡，网传30人不实" corrects and ends nothing.

    No more does one that tells what has happened instead, though nobody was hurt.
    """
    if not reading.refutes:
        return False
    counts = any(
        fact.value and fact.status is Nature.CURRENT and (fact.unit == "person" or fact.kind in HAPPENED)
        for fact in reading.facts
    )
    return not counts and not tells_its_own(plain_of(post.body))


def _later(old: T | None, new: T) -> T:
    return new if old is None else max(old, new)
