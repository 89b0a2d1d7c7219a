"""What grouping remembers of an event: its time, its talk, and what most of its posts name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import TypeVar

from analyzer.grouping.areas import far
from analyzer.grouping.days import born
from analyzer.grouping.item import SUDDEN_OUT, WIDE, Item
from analyzer.grouping.meaning import UNIT, Direction, length
from analyzer.grouping.names import NONE, NOTHING, Called, Name
from analyzer.grouping.objects import fallen, named, outages, standing
from analyzer.grouping.talk import Talk
from analyzer.model import Nature
from analyzer.topics import HAZARD, SERVICE

WINDOW = timedelta(days=5)
"""How long after its last post an event still takes in new ones; slow concerns have longer."""
BRIEF = timedelta(days=3).total_seconds()
"""The same of an outage: what is out again after days is out anew."""
SLOW_WINDOW = timedelta(days=30)
PASSING = {"hazard.earthquake", "hazard.landslide", "hazard.flood", "hazard.storm"}
"""Hazards that leave cracks and holes, and are over."""
SLOW = {"hazard.pollution", "hazard.equipment"}
"""Hazards that go on for weeks, as most complaints do."""
WELL_KNOWN = 64
"""Members of an event whose words are remembered one by one."""
LASTING = 2.0
"""How much longer than others an event may be silent, by how long it has lasted."""
OFTEN = 3
"""An outage of which every third member says that it comes again and again is none of these days."""
HOMES = 8
"""Districts of an event whose own sources tell of it that are remembered."""
BEGUN = 60
"""Characters of the first post in which names are looked for that others tell apart later."""
T = TypeVar("T")
_SHORT, LONGEST = WINDOW.total_seconds(), SLOW_WINDOW.total_seconds()
"""How long an event may be silent, in seconds; after the longest silence it is forgotten."""


@dataclass(slots=True, eq=False)
class Group:
    """An event as grouping remembers it; `number` is its number in the index of members.

    `outage` says that something has failed that comes back in days: bills, brown water, bad signal go on for weeks.
    `stands` says that it is a danger until somebody mends it: nothing need have happened. `slow` says that people come
    back to it for weeks.
    `chronic` members say that it fails again and again, or has for weeks: such an outage is slow as well.
    `sure` is the greatest probability of a member's first topic, `shortened` are the towns as people call them.
    `begun` is how its first post begins, `beside` what posts name beside the place of their title.
    `known` are specific places that a fair share of the members name, `surroundings` what those lie in; `towns`,
    `regions` and `names` are the same of counties and above, and of names without an entry. `placed` members name a
    place, `strewn` of them named only places that were new.
    """

    id: str
    number: int
    mode: Nature
    first: float
    last: float
    size: int = 0
    topics: dict[str, int] = field(default_factory=dict)
    talk: Talk = field(default_factory=Talk)
    topic: str = ""
    hazard: bool = False
    sure: float = 0.0
    outage: bool = False
    chronic: int = 0
    stands: bool = False
    slow: bool = False
    window: float = _SHORT
    specific: dict[str, int] = field(default_factory=dict)
    around: dict[str, int] = field(default_factory=dict)
    town: dict[str, int] = field(default_factory=dict)
    region: dict[str, int] = field(default_factory=dict)
    named: dict[Name, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    magnitudes: frozenset[float] = frozenset()
    storms: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    surroundings: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    shortened: tuple[str, ...] = ()
    names: frozenset[Name] = frozenset()
    called: Called = NOTHING
    beside: frozenset[str] = NONE
    begun: str = ""
    thing: dict[int, int] = field(default_factory=dict)
    things: frozenset[int] = frozenset()
    scene: dict[int, int] = field(default_factory=dict)
    scenes: frozenset[int] = frozenset()
    reached: float = 0.0
    meant: Direction | None = None
    meant_length: float = 0.0
    day: dict[int, int] = field(default_factory=dict)
    days: frozenset[int] = frozenset()
    born: frozenset[int] = frozenset()
    homes: set[str] = field(default_factory=set)
    placed: int = 0
    strewn: int = 0

    def gap(self, new: Item) -> float:
        """Seconds before or after all that is known of it."""
        told = new.told
        return told - self.last if told > self.last else self.first - told if told < self.first else 0.0

    def near(self, new: Item) -> bool:
        """Whether a post may be of the event's district: as its local posts say, and where none does, its towns."""
        home = new.home
        if not home or home in self.homes:
            return True
        if not self.homes:
            return not (new.lies and self.regions and far(new.lies, self.regions))
        return any(one.startswith(home) or home.startswith(one) for one in self.homes)

    def take(self, new: Item) -> None:
        """Count a member in."""
        if new.home and len(self.homes) < HOMES:
            self.homes.add(new.home)
        if not self.size:
            self.begun = new.text[:BEGUN]
            self.born = born(new.told)
        self.size += 1
        self.talk.add(new.told)
        self.first = min(self.first, new.told)
        self.last = max(self.last, new.told)
        if new.topics:
            _count(self.topics, new.topics[:2])
            self.topic = max(self.topics, key=self.topics.__getitem__)
            self.sure = max(self.sure, new.sure)
        if self.size <= WELL_KNOWN:
            _count(self.words, new.telling)
        if new.beside:
            self.beside |= new.beside
        if new.things:
            _count(self.thing, new.things)
            fair = _fair(self.thing, self.things)
            self.things = named(fair) or fair
        if new.scenes:
            _count(self.scene, new.scenes)
            self.scenes = _fair(self.scene, self.scenes)
        self.chronic += new.again
        if new.topics or new.things:
            self._pass()
        brief = BRIEF if self.topic in SUDDEN_OUT else _SHORT
        self.window = (
            LONGEST
            if self.slow
            else min(brief + LASTING * (self.last - self.first), LONGEST)
            if self.outage
            else _SHORT
        )
        self.reached += new.reach
        self.meant = new.meant if self.meant is None else self.meant + new.meant
        self.meant_length = length(self.meant)
        if new.days:
            _count(self.day, new.days)
            self.days = _fair(self.day, self.days)
        self.magnitudes |= new.magnitudes
        self.storms |= new.storms
        self._settle(new)

    def _pass(self) -> None:
        """How soon its topic and its things are over."""
        topic, things = self.topic, self.things
        self.hazard = topic.startswith(HAZARD)
        self.outage = topic in WIDE and not (things and things.isdisjoint(outages()))
        self.stands = (
            bool(things)
            and topic not in PASSING
            and not things.isdisjoint(standing())
            and fallen().isdisjoint(self.thing)
        )
        often = OFTEN * self.chronic >= self.size
        self.slow = self.stands or topic in SLOW or (topic.startswith(SERVICE) and (often or not self.outage))

    def _settle(self, new: Item) -> None:
        """What a member says of where it is."""
        if new.specific or new.called.keys:
            self.placed += 1
            if self.placed > 1 and not self._at_home(new):
                self.strewn += 1
        if new.specific:
            _count(self.specific, new.specific)
            _count(self.around, new.around)
            self.known = _fair(self.specific, self.known)
            self.surroundings = _fair(self.around, self.surroundings)
        if new.towns:
            _count(self.town, new.towns)
            _count(self.region, new.regions)
            self.regions = _fair(self.region, self.regions)
            towns = _fair(self.town, self.towns)
            if towns != self.towns:
                self.towns = towns
                self.shortened = tuple([town[:-1] for town in towns if len(town) > 2])
        if new.names:
            _count(self.named, new.names)
            fair = _fair(self.named, self.names)
            if fair != self.names:
                self.names, self.called = fair, Called.of([*fair])

    def _at_home(self, new: Item) -> bool:
        """Whether a post names a place that the event has been said to be at, or a part of one."""
        places = self.specific.keys()
        return not (
            new.specific.isdisjoint(places)
            and new.around.isdisjoint(places)
            and self.named.keys().isdisjoint(new.names)
            and self.called.keys.isdisjoint(new.called.keys)
        )

    def of_day(self, new: Item) -> bool:
        """Whether a post calls what happened by a day on which the event may have begun, or which its members name."""
        return not (new.dated.isdisjoint(self.born) and new.dated.isdisjoint(self.days))

    def likely(self, new: Item) -> float:
        """Cosine of what a post and the event's members are about, -1..1."""
        if self.meant is None or not self.meant_length:
            return 0.0
        return float(new.meant.dot(self.meant)) / (UNIT * self.meant_length)

    def core(self, new: Item, told: Iterable[float]) -> float:
        """How much of a post, 0..1, is in words that the event's members use again and again.

        `told` says how much each of its heaviest words counts.
        """
        words, whole = self.words, 0.0
        for word, weight in zip(new.telling, told, strict=False):
            if word in words:
                whole += weight * words[word]
        return whole / min(self.size, WELL_KNOWN)

    @property
    def spread(self) -> float:
        """How much of what its members name was new, 0..1: an outage or a flood goes from place to place."""
        return (self.strewn + (0.5 if self.outage else 0.0)) / max(self.placed, 1)


def _fair(counts: dict[T, int], before: frozenset[T]) -> frozenset[T]:
    """What a fair share of the members name; `before` is what it was."""
    if len(counts) == 1:
        return before or _alone(next(iter(counts)))
    least = max(counts.values()) / 4
    return frozenset([key for key, n in counts.items() if n >= least])


@lru_cache(maxsize=1 << 14)
def _alone(key: T) -> frozenset[T]:
    """One set for all events that name this and nothing else."""
    return frozenset((key,))


def _count(counts: dict[T, int], keys: Iterable[T]) -> None:
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
