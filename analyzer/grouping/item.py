"""A post as grouping sees it."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern

from analyzer.grouping.areas import LETTERED, district, divisions, is_town, wide
from analyzer.grouping.compounds import HOUSES
from analyzer.grouping.days import again, called, days, earlier, going_on
from analyzer.grouping.meaning import About, Direction, Meanings, direction
from analyzer.grouping.names import LINE, Called, Name, name, said
from analyzer.grouping.objects import around, buses, named, objects, standing, sudden
from analyzer.grouping.recalled import without_recalled
from analyzer.grouping.storms import storms
from analyzer.model import Fact, FactKind, Nature, Place, Reading, Scope
from analyzer.patterns.expressions import anywhere
from analyzer.terms import JOINT, LEAD, PLACE_ENDS, is_place
from analyzer.topics import HAZARD, SERVICE
from crawlers.model import Authority, Post

TELLING = 8
"""Words of a text by which others are looked up: its most telling ones hold nearly all of its likeness."""
NAMING = 1.6
"""How much more a name leads to others than a word that weighs as much."""
RARE = 9.0
"""Inverse document frequency from which a word is as good as a name."""
COARSE = {"province", "city", "county"}
"""Levels too wide to tell two happenings of one district apart."""
COUNTED_HOUSES = (*HOUSES, "单元")
"""Ends of words that are part of a name, though not looked up by."""
UNTOLD = {Nature.STATISTIC, Nature.HYPOTHETICAL}
"""What tells of no happening."""
_COMPLAINTS = UNTOLD | {Nature.PAST}
"""How people complain of what is so today: they suppose, they count, they tell since when it has been so."""
_ASKS = re.compile(r"^(?:.{0,3}(?:咨询|请问|建议))|咨询$|的咨询|[吗？?]$")
"""A title that asks or proposes."""
_COUNT = re.compile(r"([1-9](?<![\d.:：·月年/\-].)\d{1,5})[余多]?(?:名|人|位)")
"""How many people a report of a hazard counts: from ten on hardly two hazards of these days have as many."""
_CODE = re.compile(
    r"[A-Z\d](?:(?<![A-Za-z0-9].)(?<=[A-Z])[A-Z]?\d{3,4}(?![A-Za-z0-9.])|(?<=[渔船航轮]\d)\d{1,4}(?![\d.]|[名人艘条只年月日]))"
)
"""The number of a train, a flight, a ship."""
_AFTERMATH = anywhere(r"调查|追责|问责|整改|[宣审]判|判处|庭审|报告|周年|重建|回访|复产|重新|恢复")
"""What an office or a medium tells of when it comes back to what is over."""
_ALSO = anywhere(r"[也样](?:[停断没黑]|是停|是没|不通|全[停断没黑])|\+1")
"""Who says "也停了" or "一样没水" goes on from somebody else."""
_NONE: frozenset[str] = frozenset()
_NO_MAGNITUDES: frozenset[float] = frozenset()
_NO_THINGS: frozenset[int] = frozenset()
SURE = 0.3
"""Probability of a topic from which a post is about it."""
NARROW = {"home", "school", "works", LINE}
"""Sorts of names of which a title has one where the post is about it."""
SUDDEN_OUT = {"service.water", "service.power", "service.gas", "service.telecom"}
"""What is out from one minute to the next."""
WIDE = SUDDEN_OUT | {"service.heating"}
"""An outage covers many places: naming different ones does not make different events."""
_HOSPITALS = ("医院", "卫生院")
"""How the names of those end that people are taken to."""


@dataclass(slots=True, init=False, eq=False)
class Item:
    """A post as grouping sees it.

    `told` in seconds since 1970. `local` when the source belongs to one region: only then does "the same time" say
    something where no place is named. `topic` is the first of its topics, `sure` its probability.

    `ends` when it says that something is over: the power is back; `aftermath` when an office or a medium tells what
    came of something. `lasting` is how many seconds it says that a failing service has been so,
    `again` that it fails again and again, or has for weeks.

    `voice` is the day's speaker, where somebody of the public spoke. `bare` when it names neither a place nor a town.

    `things` are those that its title speaks of, else its text; `akin` what all of it speaks of and what goes with that.

    `reach` is how far what has failed goes, -1..1: a street's main, or a house's own.

    `out` is what it says is out: the things, or the topic.

    `called` are the names it uses, `beside` those that it says beside the place of its title; `text` is what was
    compared, in which others' names are looked for.

    `vector` has length 1, heaviest word first; `telling` are the first of them, names before others; `rare` are the
    words as good as names, `proper` those and the words of names; `pairs` are words that stand side by side, `named`
    pairs and words that are places or houses by their form. `strange` are pairs of characters that nobody else writes,
    but for those of a town's name, counts of people in a hazard, the numbers of trains, flights and ships, `meant` is
    what the post is about (`meaning.py`).

    `specific` are the names of places below county level, `around` those places and what they lie in, below county
    level too; `towns` are the finest places above, `regions` those and what they lie in. `magnitudes`
    are those of today that it states, `storms` those that it names. `days` are those that it names, `earlier` those
    before it was told, `dated` those that it calls what happened by (`days.py`).
    """

    told: float
    mode: Nature
    believed: bool
    local: bool
    home: str
    seat: str
    lies: frozenset[str]
    voice: str | None
    bare: bool
    topics: tuple[str, ...]
    topic: str | None
    hazard: bool
    sure: float
    unsure: bool
    asks: bool
    also: bool
    ends: bool
    aftermath: bool
    lasting: float
    again: bool
    vector: dict[str, float]
    telling: tuple[str, ...]
    rare: frozenset[str]
    proper: frozenset[str]
    pairs: tuple[str, ...]
    strange: tuple[str, ...]
    meant: Direction
    things: frozenset[int]
    akin: frozenset[int]
    scenes: frozenset[int]
    out: frozenset[int | str]
    reach: float
    names: tuple[Name, ...]
    called: Called
    beside: frozenset[str]
    text: str
    specific: frozenset[str]
    around: frozenset[str]
    towns: frozenset[str]
    regions: frozenset[str]
    magnitudes: frozenset[float]
    storms: frozenset[str]
    days: frozenset[int]
    earlier: frozenset[int]
    dated: frozenset[int]
    placed: tuple[str, ...]
    bands: tuple[int, ...]

    def __init__(self, post: Post, reading: Reading, weight: Callable[[str], float]) -> None:
        """The grouping view of a reading; `weight` is a word's inverse document frequency."""
        told = without_recalled(post.text, titled=bool(post.title))
        text = f"{post.title}\n{told[:LEAD]}"
        told_at = post.told_at
        self._tell(post, told_at, reading)
        self._hint(post.title, text, told_at, reading)
        whole = len(told) == len(post.text)
        fine = self._lie(text, reading.places if whole else _not_recalled(reading.places, post, told))
        # All who live there say the town's name: among them it tells nothing.
        begun = "".join([f"\n{name}" for name in self.regions])
        self.pairs, telling, raw = _words(reading.terms, begun if self.local else "", weight)
        heaviest = sorted(raw, key=raw.__getitem__, reverse=True)
        length = math.sqrt(sum([v * v for v in raw.values()])) or 1.0
        self.vector = {word: raw[word] / length for word in heaviest}
        places = [term for term in (*self.pairs, *heaviest) if term[-1] in PLACE_ENDS and is_place(term)]
        self._name(places, post.title, text)
        self.bare = not (fine or self.towns or self.called.keys)
        proper = _proper(telling, [*places, *[one.full for one in self.names if len(one.full) > 2]], fine)
        leading = raw | {word: raw[word] * NAMING for word in proper}
        self.telling = tuple(sorted(heaviest, key=leading.__getitem__, reverse=True)[:TELLING])
        town = JOINT.join([*[one.full for one in self.names if one.sort == "town"], *self.regions])
        self.rare = frozenset(
            [word for word in proper if telling[word] >= RARE and f"\n{word}" not in begun and word not in town]
        )
        if self.called.houses:
            proper |= {word for word in telling if word.endswith(COUNTED_HOUSES)}
        self.proper = proper
        self._mean(reading, text, town)
        self._speak(post, reading, text)

    def _tell(self, post: Post, told_at: datetime, reading: Reading) -> None:
        """Who tells it, when, from where, and of which topics."""
        self.told = told_at.timestamp()
        self.mode = told_as(post, reading)
        self.believed = post.authority is not Authority.PUBLIC
        self.voice = None if self.believed else post.voice
        self.local = post.region is not None
        self.home = _division(post.region or "")
        seat, self.lies = district(post.region) if post.region else ("", _NONE)
        self.seat = _short(seat)
        self.topics = tuple([topic.code for topic in reading.topics])
        self.topic = self.topics[0] if self.topics else None
        self.hazard = self.topic is not None and self.topic.startswith(HAZARD)
        self.sure = reading.topics[0].probability if reading.topics else 0.0
        self.unsure = reading.scope is Scope.UNSURE
        self.bands = reading.fingerprint

    def _hint(self, title: str, text: str, told_at: datetime, reading: Reading) -> None:
        """What it says of time and of what was before: days, that something goes on, ends, or is looked into."""
        self.also = ("也" in text or "样" in text or "+1" in text) and _ALSO.search(text) is not None
        self.ends = reading.resolves
        self.lasting = going_on(text) if self.topic is not None and self.topic.startswith(SERVICE) else 0.0
        self.again = self.topic in WIDE and again(text)
        self.aftermath = self.believed and _AFTERMATH.search(text) is not None
        self.asks = _ASKS.search(title) is not None
        self.days = self.earlier = self.dated = named_days = days(text, told_at)
        if named_days:
            self.earlier, self.dated = earlier(named_days, told_at), called(text, told_at)
        self.magnitudes = _magnitudes(reading.facts, len(text)) if reading.facts else _NO_MAGNITUDES
        self.storms = storms(text)

    def _lie(self, text: str, places: Sequence[Place]) -> list[Place]:
        """Where it is: the places below county level are given back."""
        fine = [place for place in places if place.level not in COARSE]
        self.towns, self.regions = divisions(text, places)
        self.placed = () if self.local else _called_short(self.towns, self.regions)
        self.specific = self.around = frozenset([place.name for place in fine]) if fine else _NONE
        if fine:
            self.around = self.specific.union([name for place in fine for name in place.path if not wide(name)])
        return fine

    def _name(self, places: Sequence[str], title: str, text: str) -> None:
        """By which names."""
        names = (*map(name, places), *said(LETTERED.sub(" ", text)))
        self.names, self.beside, self.text = _titled(
            _without_hospitals(names, title) if self.hazard else names, title, text
        )
        self.called = Called.of(self.names)

    def _mean(self, reading: Reading, text: str, town: str) -> None:
        """What it is about, and what nobody else writes; `town` are the names of towns."""
        strange, meaning = _about(reading, text)
        if town:
            strange = tuple([pair for pair in strange if pair not in town])
        if self.hazard:
            strange = (*strange, *dict.fromkeys([f"{count}人" for count in _COUNT.findall(text)]))
        self.strange = tuple(map(intern, (*strange, *dict.fromkeys(_CODE.findall(text)))))
        self.meant = direction(meaning)

    def _speak(self, post: Post, reading: Reading, text: str) -> None:
        """Of which things and scenes."""
        about = objects(text)
        things = (post.title and about.things and named(objects(post.title).things)) or about.things
        if not (things or self.hazard) and LINE in self.called.sorts and "road" not in self.called.sorts:
            things = buses()
        self.things = things
        self.scenes = about.scenes if about.scenes and self.hazard else _NO_THINGS
        self.akin = around(about.things | things | self.scenes) if things or self.scenes else _NO_THINGS
        self.out = _out(things, reading)
        self.reach = about.reach

    def replace(self, **changes: object) -> "Item":
        """The same with other values in some fields."""
        other = object.__new__(Item)
        for field in Item.__slots__:
            setattr(other, field, changes[field] if field in changes else getattr(self, field))
        return other


def item(post: Post, reading: Reading, weight: Callable[[str], float]) -> Item:
    """The grouping view of a reading."""
    return Item(post, reading, weight)


def lead(post: Post) -> str:
    """What is compared of a post: its title and where its text begins, without what it says of other happenings."""
    return f"{post.title}\n{without_recalled(post.text, titled=bool(post.title))[:LEAD]}"


def _not_recalled(places: Sequence[Place], post: Post, told: str) -> list[Place]:
    """Places of a report but those of which it speaks only where it recalls what happened elsewhere."""
    whole = f"{post.title}\n{told}"
    return [place for place in places if _short(place.name) in whole or _short(place.name) not in post.text]


def told_as(post: Post, reading: Reading) -> Nature:
    """The nature of a post; who complains of a service, or of a danger that stays, means today whatever he tells."""
    if reading.nature not in _COMPLAINTS or post.authority is not Authority.PUBLIC or not reading.topics:
        return reading.nature
    stays = reading.topics[0].code.startswith(SERVICE) or objects(lead(post)).things & standing()
    return Nature.CURRENT if stays else reading.nature


def _about(reading: Reading, text: str) -> About:
    """What a text is about: of a reading kept from before that was read, it is read now."""
    if reading.meaning:
        return About(reading.strange, reading.meaning)
    return Meanings.load().read_many([text])[0]


def _without_hospitals(names: tuple[Name, ...], title: str) -> tuple[Name, ...]:
    """Names without those of hospitals: of a hazard they tell where people are taken to, unless a title names one."""
    return tuple([one for one in names if not one.full.endswith(_HOSPITALS) or one.full in title])


def _titled(names: Sequence[Name], title: str, text: str) -> tuple[tuple[Name, ...], frozenset[str], str]:
    """A title says where it is: what the text names beside of the same sort is a neighbour or a reminder.

    The names that count, what else is named, and the text in which others' names are looked for.
    """
    at = [one for one in names if one.sort in NARROW and one.proper and one.full in title] if title else []
    if not at:
        return tuple(names), _NONE, text
    sorts = {one.sort for one in at}
    beside = [one for one in names if one.sort in sorts and one.full not in title]
    if LINE not in sorts:  # Whose line is gone names others by which he may go.
        text = title
    if not beside:
        return tuple(names), _NONE, text
    kept = tuple([one for one in names if one.sort not in sorts or one.full in title])
    return kept, frozenset([key for one in beside if one.proper for key in one.keys]), text


def _words(
    terms: Sequence[str], common: str, weight: Callable[[str], float]
) -> tuple[tuple[str, ...], dict[str, float], dict[str, float]]:
    """The pairs of a text, how telling each word is, and what each weighs; `common` are names that begin with none.

    Words are shared with those that are remembered: looking for one does not read its letters, then.
    """
    counts = dict[str, int]()
    for term in map(intern, terms):
        counts[term] = counts.get(term, 0) + 1
    if common:
        for word in [word for word in counts if f"\n{word}" in common]:
            del counts[word]
    pairs = tuple([term for term in counts if JOINT in term])
    for pair in pairs:
        del counts[pair]
    telling = {word: weight(word) for word in counts}
    return pairs, telling, telling | {word: telling[word] * (1.0 + math.log(n)) for word, n in counts.items() if n > 1}


def _proper(telling: Mapping[str, float], named: Sequence[str], places: Sequence[Place]) -> frozenset[str]:
    """Words that are rare, or part of a name: what they have in common says where it is, and not what."""
    rare = [word for word, idf in telling.items() if idf >= RARE]
    if not named and not places:
        return frozenset(rare)
    names = JOINT.join([*named, *[place.name for place in places]])
    return frozenset([*rare, *[word for word in telling if word in names]])


def _magnitudes(facts: Iterable[Fact], end: int) -> frozenset[float]:
    return frozenset(
        [
            fact.value
            for fact in facts
            if fact.kind is FactKind.MAGNITUDE and fact.status is Nature.CURRENT and fact.span[0] < end
        ]
    )


def _out(things: frozenset[int], reading: Reading) -> frozenset[int | str]:
    """What a post says is out: water, power, gas or the net, by its words or by its topic."""
    if things:
        return things & sudden()
    topic = reading.topics[0] if reading.topics else None
    return frozenset((topic.code,)) if topic and topic.code in SUDDEN_OUT and topic.probability >= SURE else _NONE


def _division(code: str) -> str:
    """A code without the levels that it does not say: 370400 begins with what 370481 begins with, too."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _called_short(towns: frozenset[str], regions: frozenset[str]) -> tuple[str, ...]:
    """Towns and the cities around them as people call them."""
    around = [one for one in regions if one not in towns and is_town(one)]
    return tuple(dict.fromkeys([_short(one) for one in (*sorted(towns), *sorted(around))]))


def _short(town: str) -> str:
    """As people call it."""
    return town[:-1] if len(town) > 2 else town
