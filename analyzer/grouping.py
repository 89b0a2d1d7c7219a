"""Which event a post belongs to: near duplicates first, then words, topic, place and time together."""

import heapq
import math
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from analyzer.model import Nature, Reading
from crawlers.model import Authority, Post

WINDOW = timedelta(days=5)
"""How long after its last post an event still takes in new ones; slow concerns have longer."""
SLOW_WINDOW = timedelta(days=30)
FAMILIES = (
    {"hazard.fire", "hazard.explosion", "hazard.work_accident", "hazard.pollution", "hazard.collapse"},
    {"hazard.flood", "hazard.storm", "hazard.landslide"},
    {"hazard.food_poisoning", "hazard.epidemic", "service.school", "service.medical", "service.consumer"},
    {"hazard.collapse", "service.roads", "service.housing", "hazard.landslide"},
    {"hazard.equipment", "service.housing"},
    {"hazard.traffic", "service.roads", "service.transit"},
    {"hazard.traffic", "hazard.fire", "hazard.explosion"},
    {"hazard.equipment", "hazard.work_accident", "hazard.explosion"},
    {"hazard.earthquake", "hazard.collapse", "hazard.landslide"},
    {"hazard.explosion", "service.gas"},
    {"hazard.pollution", "service.water"},
    {"service.wages", "service.housing", "hazard.work_accident"},
)
"""Topics that people mix up when they speak of one happening."""
RELATED = {topic: frozenset().union(*(f for f in FAMILIES if topic in f)) for family in FAMILIES for topic in family}
_NOBODY: frozenset[str] = frozenset()
_NO_LINE: OrderedDict[str, None] = OrderedDict()
HAZARD_FAMILIES = tuple(family for family in FAMILIES if all(topic.startswith("hazard.") for topic in family))
WIDE = {"service.water", "service.power", "service.gas", "service.heating", "service.telecom"}
"""An outage covers many places: naming different ones does not make different events."""
SLOW = {"hazard.pollution"}
"""Hazards that go on for weeks, as most complaints do."""
COARSE = {"province", "city", "county"}
"""Levels too wide to tell two happenings of one district apart."""
FADES = timedelta(days=2)
"""How soon talk is over: of what was said two days ago a third counts."""
NEAR = timedelta(hours=6)
"""Decay of "at the same time": what is said within the hour speaks of one thing, a day later hardly."""

WEIGHTS = {
    "always": -1.7,
    "words": 7.7,
    "rare": 0.4,
    "unlike": -2.0,
    "share": 0.65,
    "topic": 0.7,
    "family": 1.0,
    "other topic": -1.1,
    "other hazard": -4.0,
    "same place": 0.5,
    "inside": 0.75,
    "elsewhere": -1.3,
    "elsewhere, outage": -0.3,
    "outage at the time": 1.1,
    "same place at the time": 0.8,
    "the only one at the time": 1.5,
    "gap": -2.2,
}
"""What each piece of evidence adds to the log-odds; docs/events.md tells how they were found."""

TELLING = 8
"""Words of a text by which others are looked up: its most telling ones hold nearly all of its likeness."""
RARE = 9.0
"""Inverse document frequency from which a word is as good as a name."""
FEW = 3
"""Events that may share a word before it tells less."""
UNLIKE = 0.05
"""A medium or an office that tells of the same thing has some words in common with those who told it before."""
POSTINGS = 16
"""Most recent members kept per word: a common word cannot make a post dear."""
CANDIDATES = 8
"""Nearest members looked at, and events remembered for each place and topic."""
NAMED = 4
"""Latest events looked at for each place and topic of a post."""
WELL_KNOWN = 64
"""Members of an event that are looked up by their words; of those that follow every eighth."""
COPY = 0.6
"""Share of common words from which a text with a common hash band is a copy."""


@dataclass(frozen=True, slots=True)
class Item:
    """A post as grouping sees it.

    `vector` has length 1; `telling` are its heaviest words, `rare` those as good as names; `specific` are the
    names of places below county level, `around` those places and what they lie in, below county level too. `local`
    when the source belongs to one region: only then does "the same time" say something where no place is named.
    """

    post_id: str
    told_at: datetime
    mode: Nature
    believed: bool
    local: bool
    topics: tuple[str, ...]
    vector: dict[str, float]
    specific: frozenset[str]
    around: frozenset[str]
    bands: tuple[int, ...]
    telling: tuple[str, ...]
    rare: frozenset[str]


def _fine(path: tuple[str, ...]) -> Iterable[str]:
    """The names on a path that are narrower than a county."""
    return (
        name for name in path if name.endswith(("小区", "社区")) or not name.endswith(("省", "市", "区", "县", "州"))
    )


def item(post: Post, reading: Reading, weight: Callable[[str], float]) -> Item:
    """The grouping view of a reading; `weight` is a word's inverse document frequency."""
    telling = {word: weight(word) for word in reading.terms}
    raw = dict(telling)
    if len(telling) < len(reading.terms):
        raw = {word: (1 + math.log(n)) * telling[word] for word, n in Counter(reading.terms).items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return Item(
        post_id=post.id,
        told_at=post.told_at,
        mode=reading.nature,
        believed=post.authority is not Authority.PUBLIC,
        local=post.region is not None,
        topics=tuple(t.code for t in reading.topics),
        vector={word: v / length for word, v in raw.items()},
        specific=frozenset(p.name for p in reading.places if p.level not in COARSE),
        around=frozenset(name for p in reading.places if p.level not in COARSE for name in _fine(p.path)),
        bands=reading.fingerprint,
        telling=tuple(heapq.nlargest(TELLING, raw, key=raw.__getitem__)),
        rare=frozenset(word for word, idf in telling.items() if idf >= RARE),
    )


@dataclass(slots=True)
class Talk:
    """Posts, each counting less as time goes by."""

    mass: float = 0.0
    last: datetime | None = None

    def add(self, when: datetime) -> None:
        """Count one post."""
        self.mass = self.at(when) + 1.0
        self.last = when if self.last is None else max(when, self.last)

    def at(self, when: datetime) -> float:
        """What is left of it."""
        if self.last is None:
            return 0.0
        return self.mass * math.exp(min((self.last - when) / FADES, 0.0))


@dataclass(slots=True, eq=False)
class Group:
    """What grouping remembers of an event: its time, its talk and the places most of its posts name.

    `known` are specific places that a fair share of the members name, `surroundings` what those lie in. `gone` once
    it takes in nothing any more.
    """

    id: str
    mode: Nature
    first_at: datetime
    last_at: datetime
    size: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    specific: Counter[str] = field(default_factory=Counter)
    around: Counter[str] = field(default_factory=Counter)
    talk: Talk = field(default_factory=Talk)
    topic: str = ""
    gone: bool = False
    known: frozenset[str] = frozenset()
    surroundings: frozenset[str] = frozenset()

    def take(self, new: Item) -> None:
        """Count a member in."""
        self.size += 1
        self.talk.add(new.told_at)
        self.first_at = min(self.first_at, new.told_at)
        self.last_at = max(self.last_at, new.told_at)
        self.topics.update(new.topics[:2])
        self.topic = max(self.topics, key=self.topics.__getitem__, default="")
        if new.specific:
            self.specific.update(new.specific)
            self.around.update(new.around)
            self.known, self.surroundings = _fair(self.specific), _fair(self.around)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A member as the index holds it; told apart by identity, which costs nothing to hash."""

    group: Group
    member: Item


def _line() -> deque[tuple[float, Entry]]:
    return deque(maxlen=POSTINGS)


def _gap(new: Item, group: Group) -> timedelta:
    """How long before or after all that is known of the event."""
    return max(new.told_at - group.last_at, group.first_at - new.told_at, timedelta(0))


def _window(topic: str) -> timedelta:
    """How long an event of this topic may be silent."""
    return SLOW_WINDOW if topic in SLOW or (topic.startswith("service.") and topic not in WIDE) else WINDOW


def _told_apart(line: Collection[tuple[float, Entry]]) -> float:
    """How well a word tells events apart by now: what is said of many at once ("太不像话") is said of none."""
    if len(line) <= FEW:
        return 1.0
    return min(1.0, FEW / len({entry.group for _, entry in line}))


def _to_the_end(line: OrderedDict[str, None], event_id: str) -> None:
    """The latest of a line that keeps few."""
    line[event_id] = None
    line.move_to_end(event_id)
    if len(line) > CANDIDATES:
        line.popitem(last=False)


def _fair(counts: Counter[str]) -> frozenset[str]:
    most = max(counts.values(), default=0)
    return frozenset(key for key, n in counts.items() if 4 * n >= most)


@dataclass(frozen=True, slots=True)
class Match:
    """The event a post joins, and the evidence in figures."""

    event_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a post is to an event's nearest member."""

    words: float = 0.0
    rare: float = 0.0


NONE = Likeness()


class Grouper:
    """The open events, indexed by word, place, topic and hash band.

    Posts come roughly in order of time; a late one is matched against the events of its own time. What one post
    costs does not depend on how many events are open.
    """

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._words: dict[str, deque[tuple[float, Entry]]] = defaultdict(_line)
        self._places: dict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)
        self._topics: dict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)
        self._talk: dict[str, Talk] = defaultdict(Talk)
        self._bands: dict[int, tuple[Group, Item]] = {}

    def find(self, new: Item) -> Match | None:
        """The best matching event, None when the post opens one of its own."""
        copy = self._copy(new)
        if copy is not None:
            return Match(copy.id, math.inf, "与已有信息雷同")
        scored = ((self._score(new, *pair), *pair) for pair in self.candidates(new))
        score, group, likeness = max(scored, key=_first, default=(0.0, None, NONE))
        return Match(group.id, score, _why(new, group, likeness)) if group is not None and score > 0 else None

    def add(self, new: Item, event_id: str) -> None:
        """Remember that a post belongs to an event (an unknown id opens it)."""
        group = self._groups.get(event_id)
        if group is None:
            group = self._groups[event_id] = Group(event_id, new.mode, new.told_at, new.told_at)
        known = self._copy(new) is group
        group.take(new)
        for topic in new.topics[:1]:
            self._talk[topic].add(new.told_at)
        for key in new.specific:
            _to_the_end(self._places[key], event_id)
        for topic in new.topics[:2]:
            _to_the_end(self._topics[topic], event_id)
        for band in new.bands:
            self._bands[band] = (group, new)
        if not known and (group.size <= WELL_KNOWN or group.size % 8 == 0):
            entry = Entry(group, new)
            for word in new.telling:
                self._words[word].append((new.vector[word], entry))

    def drop(self, event_id: str) -> None:
        """Forget one event; nothing leads to it any more."""
        group = self._groups.pop(event_id, None)
        if group is not None:
            group.gone = True

    def forget(self, before: datetime) -> None:
        """Drop events whose last post is older; they take in nothing any more."""
        for key in [key for key, group in self._groups.items() if group.last_at < before]:
            self.drop(key)
        self._bands = {band: pair for band, pair in self._bands.items() if not pair[0].gone}
        kept = ((word, [pair for pair in line if not pair[1].group.gone]) for word, line in self._words.items())
        self._words = defaultdict(_line, {word: deque(line, maxlen=POSTINGS) for word, line in kept if line})

    def candidates(self, new: Item) -> Iterator[tuple[Group, Likeness]]:
        """Events that share telling words, a place, a topic or a hazard of its family, and whose time fits."""
        alike = self._alike(new)
        found: dict[Group | None, None] = dict.fromkeys(alike)
        for key in new.specific:
            found.update(dict.fromkeys(map(self._groups.get, islice(reversed(self._places.get(key, _NO_LINE)), NAMED))))
        for topic in _looked_up(new.topics):
            found.update(dict.fromkeys(self._prevailing(topic)))
        for group in found:
            if group is not None and self._fits(new, group):
                yield group, alike.get(group, NONE)

    def _prevailing(self, topic: str) -> Iterator[Group]:
        """Events with a fair share of the talk on a topic: without a word or a place in common only they may do."""
        whole = self._talk[topic].mass
        for key in islice(reversed(self._topics.get(topic, _NO_LINE)), NAMED):
            group = self._groups.get(key)
            if group is not None and 4 * group.talk.mass >= whole:
                yield group

    def _copy(self, new: Item) -> Group | None:
        """The event that holds a copy of this text."""
        for band in new.bands:
            hit = self._bands.get(band)
            if hit is None or hit[0].gone:
                continue
            group, old = hit
            if abs(new.told_at - old.told_at) <= SLOW_WINDOW and _overlap(new.vector, old.vector) >= COPY:
                return group
        return None

    def _alike(self, new: Item) -> dict[Group, Likeness]:
        """Events with the members that are nearest by words, and how near."""
        sums: dict[Entry, float] = {}
        telling: dict[str, float] = {}
        for word in new.telling:
            line = self._words.get(word, ())
            telling[word] = _told_apart(line)
            weight = new.vector[word] * telling[word]
            for other, entry in line:
                if entry in sums:
                    sums[entry] += weight * other
                else:
                    sums[entry] = weight * other
        found: dict[Group, Likeness] = {}
        for entry in heapq.nlargest(CANDIDATES, sums, key=sums.__getitem__):
            group, old = entry.group, entry.member
            if group.gone:
                continue
            # The heaviest words count by how well they tell events apart here, the others as they are.
            words = _dot(new.vector, old.vector)
            words -= sum(
                [
                    (1 - here) * new.vector[word] * old.vector.get(word, 0.0)
                    for word, here in telling.items()
                    if here < 1
                ]
            )
            if group not in found or words > found[group].words:
                rare = sum(telling.get(word, 1.0) for word in new.rare & old.rare)
                found[group] = Likeness(words, rare)
        return found

    def _fits(self, new: Item, group: Group) -> bool:
        """Time and mode: a drill or an old story joins its like, or corrects a happening that it follows."""
        window = _window(group.topic)
        if not group.first_at - window <= new.told_at <= group.last_at + window:
            return False
        if new.mode is group.mode:
            return True
        return group.mode is Nature.CURRENT and new.believed and new.told_at >= group.first_at

    def _score(self, new: Item, group: Group, likeness: Likeness) -> float:
        """Log-odds that they are one happening."""
        return sum([WEIGHTS[name] * value for name, value in self.evidence(new, group, likeness).items()])

    def evidence(self, new: Item, group: Group, likeness: Likeness) -> dict[str, float]:
        """What speaks for and against one happening, by the names of WEIGHTS."""
        gap = _gap(new, group)
        at_the_time = math.exp(-gap / NEAR)
        place = _place_evidence(new, group)
        seen = {
            "always": 1.0,
            "words": likeness.words,
            "rare": math.log1p(likeness.rare),
            "share": self._share(new, group),
            "gap": gap / _window(group.topic),
            _topic_evidence(new, group): 1.0,
        }
        if new.believed and likeness.words < UNLIKE and place != "same place":
            seen["unlike"] = 1.0
        if place:
            seen[place] = 1.0
        if place == "same place":
            seen["same place at the time"] = at_the_time
        if new.local and "topic" in seen and group.topic in WIDE:
            seen["outage at the time"] = at_the_time
        if new.local and not {"other topic", "elsewhere"} & seen.keys() and self._alone(group):
            seen["the only one at the time"] = at_the_time
        return seen

    def _share(self, new: Item, group: Group) -> float:
        """How much of what is said of the topic these days belongs to the event, as log-odds.

        Where a hundred happenings of one kind are talked about at once, a common topic tells little.
        """
        if group.topic not in new.topics[:1]:
            return 0.0
        own = group.talk.at(new.told_at)
        others = self._talk[group.topic].at(new.told_at) - own
        return math.log((own + 0.5) / (max(others, 0.0) + 1.0))

    def _alone(self, group: Group) -> bool:
        """Whether it is the one event of its topic that people are speaking of."""
        if not group.topic.startswith("hazard."):
            return False
        others = (self._groups.get(key) for key in self._topics.get(group.topic, ()))
        return not any(
            other is not None
            and other is not group
            and other.mode is group.mode
            and abs(other.last_at - group.last_at) < timedelta(days=1)
            and 4 * other.size >= group.size
            for other in others
        )


_PLACES = {"same place": "同一地点", "inside": "地点相容", "elsewhere": "地点不同", "": "地点未明"}


def _looked_up(topics: Sequence[str]) -> list[str]:
    """The first two topics, and what a hazard is mixed up with: a bang is heard before the fire is seen."""
    mixed = (kin for family in HAZARD_FAMILIES if family & set(topics[:1]) for kin in sorted(family))
    return list(dict.fromkeys((*topics[:2], *mixed)))


def _topic_evidence(new: Item, group: Group) -> str:
    topic = group.topic
    if topic in new.topics[:1]:
        return "topic"
    if topic in new.topics or not RELATED.get(topic, _NOBODY).isdisjoint(new.topics):
        return "family"
    if topic.startswith("hazard.") and new.topics and new.topics[0].startswith("hazard."):
        return "other hazard"
    return "other topic"


def _first(scored: tuple[float, Group | None, Likeness]) -> float:
    return scored[0]


def _why(new: Item, group: Group, likeness: Likeness) -> str:
    """The main evidence in words."""
    place = _place_evidence(new, group).partition(",")[0]
    hours = _gap(new, group) / timedelta(hours=1)
    return f"用词相近{likeness.words:.2f}，{_PLACES[place]}，相隔{hours:.1f}小时"


def _place_evidence(new: Item, group: Group) -> str:
    """How the places fit; empty where one side names none."""
    if not new.specific or not group.known:
        return ""
    if not new.specific.isdisjoint(group.known):
        return "same place"
    if not (new.around.isdisjoint(group.known) and new.specific.isdisjoint(group.surroundings)):
        return "inside"
    return "elsewhere, outage" if group.topic in WIDE else "elsewhere"


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


def _overlap(one: dict[str, float], other: dict[str, float]) -> float:
    """Jaccard of the words."""
    if not one or not other:
        return 0.0
    return len(one.keys() & other.keys()) / len(one.keys() | other.keys())
