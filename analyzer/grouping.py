"""Which event a post belongs to: near duplicates first, then words, topic, place and time together."""

import math
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from analyzer.model import Nature, Reading
from crawlers.model import Authority, Post

WINDOW = timedelta(days=5)
"""How long after its last post an event still takes in new ones; slow concerns have longer."""
SLOW_WINDOW = timedelta(days=15)
FAMILIES = (
    {"hazard.fire", "hazard.explosion", "hazard.work_accident", "hazard.pollution", "hazard.collapse"},
    {"hazard.flood", "hazard.storm", "hazard.landslide"},
    {"hazard.food_poisoning", "hazard.epidemic", "service.school", "service.medical", "service.consumer"},
    {"hazard.collapse", "service.roads", "service.housing", "hazard.landslide"},
    {"hazard.equipment", "service.housing"},
    {"hazard.traffic", "service.roads", "service.transit"},
    {"hazard.explosion", "service.gas"},
    {"hazard.pollution", "service.water"},
    {"service.wages", "service.housing", "hazard.work_accident"},
)
"""Topics that people mix up when they speak of one happening."""
WIDE = {"service.water", "service.power", "service.gas", "service.heating", "service.telecom"}
"""An outage covers many places: naming different ones does not make different events."""
COARSE = {"province", "city", "county"}
"""Levels too wide to tell two happenings of one district apart."""
NEAR = timedelta(hours=6)
"""Decay of "at the same time": what is said within the hour speaks of one thing, a day later hardly."""

WEIGHTS = {
    "always": -1.7,
    "words": 7.5,
    "topic": 0.7,
    "family": 1.0,
    "other topic": -1.5,
    "same place": 1.7,
    "inside": 1.0,
    "elsewhere": -2.2,
    "elsewhere, outage": 0.0,
    "outage at the time": 1.3,
    "same place at the time": 0.9,
    "the only one at the time": 0.8,
    "days between": -0.5,
}
"""What each piece of evidence adds to the log-odds; docs/reading.md tells how they were found."""

POSTINGS = 64
"""Most recent members kept per word: a common word cannot make a post dear."""
CANDIDATES = 24
MEMBERS = 12
COPY = 0.6
"""Share of common words from which a text with a common hash band is a copy."""


@dataclass(frozen=True, slots=True)
class Item:
    """A post as grouping sees it.

    `vector` has length 1; `specific` are the names of places below county level, `around` those places
    and what they lie in, below county level too. `local` when the source belongs to one region: only then
    does "the same time" say something where no place is named.
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


def _fine(path: tuple[str, ...]) -> Iterable[str]:
    """The names on a path that are narrower than a county."""
    return (
        name for name in path if name.endswith(("小区", "社区")) or not name.endswith(("省", "市", "区", "县", "州"))
    )


def item(post: Post, reading: Reading, weight: Callable[[str], float]) -> Item:
    """The grouping view of a reading; `weight` is a word's inverse document frequency."""
    counts = Counter(reading.terms)
    raw = {word: (1 + math.log(n)) * weight(word) for word, n in counts.items()}
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
    )


@dataclass(slots=True)
class Group:
    """What grouping remembers of an event: a few members and the places most of them name."""

    id: str
    mode: Nature
    first_at: datetime
    last_at: datetime
    size: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    specific: Counter[str] = field(default_factory=Counter)
    around: Counter[str] = field(default_factory=Counter)
    first: list[Item] = field(default_factory=list)
    latest: deque[Item] = field(default_factory=lambda: deque(maxlen=MEMBERS - 4))

    def take(self, new: Item) -> None:
        """Count a member in."""
        self.size += 1
        self.first_at = min(self.first_at, new.told_at)
        self.last_at = max(self.last_at, new.told_at)
        self.topics.update(new.topics[:2])
        self.specific.update(new.specific)
        self.around.update(new.around)
        if len(self.first) < MEMBERS - self.latest.maxlen if self.latest.maxlen else True:
            self.first.append(new)
        else:
            self.latest.append(new)

    @property
    def topic(self) -> str:
        """The topic most members have."""
        return self.topics.most_common(1)[0][0] if self.topics else ""

    def known_places(self) -> set[str]:
        """Specific places that a fair share of the members name."""
        return _fair(self.specific)

    def surroundings(self) -> set[str]:
        """What those places lie in."""
        return _fair(self.around)


def _fair(counts: Counter[str]) -> set[str]:
    most = max(counts.values(), default=0)
    return {key for key, n in counts.items() if 4 * n >= most}


@dataclass(frozen=True, slots=True)
class Match:
    """The event a post joins, and the evidence in figures."""

    event_id: str
    score: float
    reason: str


class Grouper:
    """The open events, indexed by word, place, topic and hash band.

    Posts come roughly in order of time; a late one is matched against the events of its own time.
    """

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._words: dict[str, deque[tuple[str, float]]] = defaultdict(lambda: deque(maxlen=POSTINGS))
        self._places: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=CANDIDATES))
        self._topics: dict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)
        self._bands: dict[int, tuple[str, Item]] = {}
        self._expiry: deque[tuple[datetime, str]] = deque()

    def find(self, new: Item) -> Match | None:
        """The best matching event, None when the post opens one of its own."""
        copy = self._copy(new)
        if copy is not None:
            return Match(copy, math.inf, "与已有信息雷同")
        best: Match | None = None
        for group in self._candidates(new):
            score, reason = self._score(new, group)
            if score > 0 and (best is None or score > best.score):
                best = Match(group.id, score, reason)
        return best

    def add(self, new: Item, event_id: str) -> None:
        """Remember that a post belongs to an event (an unknown id opens it)."""
        group = self._groups.get(event_id)
        if group is None:
            group = self._groups[event_id] = Group(event_id, new.mode, new.told_at, new.told_at)
        group.take(new)
        for word, weight in new.vector.items():
            self._words[word].append((event_id, weight))
        for key in new.specific:
            if event_id not in self._places[key]:
                self._places[key].append(event_id)
        for topic in new.topics[:2]:
            line = self._topics[topic]
            line[event_id] = None
            line.move_to_end(event_id)
            if len(line) > CANDIDATES:
                line.popitem(last=False)
        for band in new.bands:
            self._bands[band] = (event_id, new)

    def forget(self, before: datetime) -> None:
        """Drop events whose last post is older; they take in nothing any more."""
        gone = {key for key, group in self._groups.items() if group.last_at < before}
        if not gone:
            return
        for key in gone:
            del self._groups[key]
        self._bands = {band: pair for band, pair in self._bands.items() if pair[0] not in gone}
        self._words = defaultdict(
            lambda: deque(maxlen=POSTINGS),
            {
                word: kept
                for word, line in self._words.items()
                if (kept := deque((p for p in line if p[0] not in gone), maxlen=POSTINGS))
            },
        )

    def _copy(self, new: Item) -> str | None:
        """The event that holds a copy of this text."""
        for band in new.bands:
            hit = self._bands.get(band)
            if hit is None or hit[0] not in self._groups:
                continue
            event_id, old = hit
            if abs(new.told_at - old.told_at) <= SLOW_WINDOW and _overlap(new.vector, old.vector) >= COPY:
                return event_id
        return None

    def _candidates(self, new: Item) -> Iterable[Group]:
        """Events that share rare words, a place or a topic, and whose time fits."""
        near: dict[str, float] = defaultdict(float)
        for word, weight in new.vector.items():
            for event_id, other in self._words.get(word, ()):
                near[event_id] += weight * other
        by_words = sorted(near, key=near.__getitem__, reverse=True)[:CANDIDATES]
        by_place = (event_id for key in new.specific for event_id in self._places.get(key, ()))
        by_topic = (event_id for topic in new.topics[:2] for event_id in reversed(self._topics.get(topic, {})))
        for event_id in dict.fromkeys((*by_words, *by_place, *by_topic)):
            group = self._groups.get(event_id)
            if group is not None and self._fits(new, group):
                yield group

    def _fits(self, new: Item, group: Group) -> bool:
        """Time and mode: a drill or an old story joins its like, or corrects a happening that it follows."""
        window = SLOW_WINDOW if group.topic.startswith("service.") and group.topic not in WIDE else WINDOW
        if not group.first_at - window <= new.told_at <= group.last_at + window:
            return False
        if new.mode is group.mode:
            return True
        return group.mode is Nature.CURRENT and new.believed and new.told_at >= group.first_at

    def _score(self, new: Item, group: Group) -> tuple[float, str]:
        """Log-odds that they are one happening, and the evidence in words."""
        seen = self.evidence(new, group)
        score = sum(WEIGHTS[name] * value for name, value in seen.items())
        place = next((name for name in ("same place", "inside", "elsewhere") if name in seen), "no place")
        return score, f"用词相近{seen['words']:.2f}，{_PLACES[place]}，相隔{24 * seen['days between']:.1f}小时"

    def evidence(self, new: Item, group: Group) -> dict[str, float]:
        """What speaks for and against one happening, by the names of WEIGHTS."""
        gap = max(new.told_at - group.last_at, group.first_at - new.told_at, timedelta(0))
        at_the_time = math.exp(-gap / NEAR)
        place = _place_evidence(new, group)
        seen = {
            "always": 1.0,
            "words": max((_dot(new.vector, old.vector) for old in (*group.first, *group.latest)), default=0.0),
            "days between": gap / timedelta(days=1),
            _topic_evidence(new, group): 1.0,
        }
        if place:
            seen[place] = 1.0
        if place == "same place":
            seen["same place at the time"] = at_the_time
        if new.local and "topic" in seen and group.topic in WIDE:
            seen["outage at the time"] = at_the_time
        if new.local and "topic" in seen and "elsewhere" not in seen and self._alone(group):
            seen["the only one at the time"] = at_the_time
        return seen

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


_PLACES = {"same place": "同一地点", "inside": "地点相容", "elsewhere": "地点不同", "no place": "地点未明"}


def _topic_evidence(new: Item, group: Group) -> str:
    topic = group.topic
    if topic in new.topics[:1]:
        return "topic"
    if topic in new.topics or any(topic in f and not f.isdisjoint(new.topics) for f in FAMILIES):
        return "family"
    return "other topic"


def _place_evidence(new: Item, group: Group) -> str:
    """How the places fit; empty where one side names none."""
    known = group.known_places()
    if not new.specific or not known:
        return ""
    if new.specific & known:
        return "same place"
    if new.around & known or new.specific & group.surroundings():
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
