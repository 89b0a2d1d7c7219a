"""A post as grouping sees it."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analyzer.model import Fact, FactKind, Nature, Place, Reading
from analyzer.terms import is_pair, is_place
from crawlers.model import Authority, Post

TELLING = 8
"""Words of a text by which others are looked up: its most telling ones hold nearly all of its likeness."""
RARE = 9.0
"""Inverse document frequency from which a word is as good as a name."""
COARSE = {"province", "city", "county"}
"""Levels too wide to tell two happenings of one district apart."""
COUNTED = {
    FactKind.DEATHS,
    FactKind.MISSING,
    FactKind.SERIOUS_INJURED,
    FactKind.INJURED,
    FactKind.ILL,
    FactKind.TRAPPED,
    FactKind.EVACUATED,
    FactKind.HOUSEHOLDS,
    FactKind.MAGNITUDE,
}
"""Figures by which two reports may be known to speak of one thing."""
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A post as grouping sees it.

    `told` in seconds since 1970. `sure` is the probability of its first topic. `vector` has length 1, heaviest word
    first; `telling` are the first of them, `rare` the words as good as names, `pairs` words that stand side by side,
    `named` pairs and words that are places or houses by their form. `specific` are the names of places below county
    level, `around` those places and what they lie in, below county level too; `towns` are the finest places above,
    `regions` those and what they lie in. `figures` are counts as the post states them. `local` when the source belongs
    to one region: only then does "the same time" say something where no place is named.
    """

    told: float
    mode: Nature
    believed: bool
    local: bool
    topics: tuple[str, ...]
    sure: float
    vector: dict[str, float]
    telling: tuple[str, ...]
    rare: frozenset[str]
    pairs: tuple[str, ...]
    named: frozenset[str]
    specific: frozenset[str]
    around: frozenset[str]
    towns: frozenset[str]
    regions: frozenset[str]
    figures: frozenset[tuple[str, float]]
    bands: tuple[int, ...]


def item(post: Post, reading: Reading, weight: Callable[[str], float]) -> Item:
    """The grouping view of a reading; `weight` is a word's inverse document frequency."""
    counts = Counter(reading.terms)
    pairs = tuple(filter(is_pair, counts))
    for pair in pairs:
        del counts[pair]
    telling = {word: weight(word) for word in counts}
    raw = {word: telling[word] * (1.0 if n == 1 else 1.0 + math.log(n)) for word, n in counts.items()}
    length = math.sqrt(sum([v * v for v in raw.values()])) or 1.0
    fine = [place for place in reading.places if place.level not in COARSE]
    regions = _regions(reading.places) if reading.places else _NONE
    heaviest = sorted(raw, key=raw.__getitem__, reverse=True)
    return Item(
        told=post.told_at.timestamp(),
        mode=reading.nature,
        believed=post.authority is not Authority.PUBLIC,
        local=post.region is not None,
        topics=tuple([t.code for t in reading.topics]),
        sure=reading.topics[0].probability if reading.topics else 0.0,
        vector={word: raw[word] / length for word in heaviest},
        telling=tuple(heaviest[:TELLING]),
        rare=frozenset([word for word, idf in telling.items() if idf >= RARE and not _of_town(word, regions)]),
        pairs=pairs,
        named=frozenset([*filter(is_place, pairs), *filter(is_place, telling)]),
        specific=frozenset([p.name for p in fine]),
        around=frozenset([name for p in fine for name in p.path if not _wide(name)]),
        towns=frozenset(map(_town, reading.places)) if reading.places else _NONE,
        regions=regions,
        figures=frozenset(_figures(reading.facts)),
        bands=reading.fingerprint,
    )


def _figures(facts: Iterable[Fact]) -> Iterable[tuple[str, float]]:
    return (
        (fact.kind.value, fact.value)
        for fact in facts
        if fact.kind in COUNTED and fact.value > 1 and fact.status is Nature.CURRENT
    )


def _town(place: Place) -> str:
    """The finest part of its path that is as wide as a county; the place itself where it has none."""
    return next((name for name in reversed(place.path) if _wide(name)), place.name)


def _regions(places: Sequence[Place]) -> frozenset[str]:
    return frozenset([name for place in places for name in (*filter(_wide, place.path), _town(place))])


def _of_town(word: str, regions: frozenset[str]) -> bool:
    """Whether a word is a town's name: all who live there say it, and it tells nothing."""
    return bool(regions) and any(name.startswith(word) for name in regions)


def _wide(name: str) -> bool:
    """Whether a name on a path is a county's or wider."""
    return name.endswith(("省", "市", "区", "县", "州")) and not name.endswith(("小区", "社区"))
