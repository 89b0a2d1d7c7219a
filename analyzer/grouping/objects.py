"""What a post is about more closely than its topic: the thing that fails or is hit, by the words people have for it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import NamedTuple

from analyzer.patterns import lists
from crawlers.finder import Finder

Numbers = frozenset[int]


class Objects(NamedTuple):
    """Numbers of the things that fail, and of the scenes that an accident hit.

    `reach` is how far a failure goes by what has failed: 1 a street's main, -1 what one house has of its own.
    """

    things: Numbers = frozenset()
    scenes: Numbers = frozenset()
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class _List:
    """`meant` is what each word of the finder means, `kin` what one trouble brings with it."""

    finder: Finder
    words: frozenset[str]
    meant: tuple[Objects, ...]
    kin: dict[int, Numbers]
    kinds: Numbers
    outages: Numbers
    sudden: Numbers
    standing: Numbers
    fallen: Numbers
    shared: Numbers
    buses: Numbers
    spreading: Numbers


_NOTHING = Objects()


def objects(text: str) -> Objects:
    """The things and scenes that a text speaks of."""
    listed = _listed()
    found = {listed.meant[word] for _, _, word in listed.finder.find(text)}
    if len(found) < 2:
        return found.pop() if found else _NOTHING
    things = _NOTHING.things.union(*[one.things for one in found])
    scenes = _NOTHING.scenes.union(*[one.scenes for one in found])
    reach = sum({one.reach for one in found})
    return Objects(named(things) or things, scenes, reach)


def is_told(word: str) -> bool:
    """Whether a word is one that many tell of: of a thing, a scene or what is beside them."""
    return word in _listed().words


def named(things: Numbers) -> Numbers:
    """Of these things those that are one: what all noises have in common is none."""
    return things - _listed().kinds


@lru_cache(maxsize=1 << 12)
def around(numbers: Numbers) -> Numbers:
    """These things or scenes, and what one trouble brings with them."""
    kin = _listed().kin
    return numbers.union(*[kin[number] for number in numbers if number in kin])


@cache
def spreading() -> Numbers:
    """What is smelled in several compounds at once."""
    return _listed().spreading


@cache
def buses() -> Numbers:
    """What the number of a line speaks of."""
    return _listed().buses


@cache
def outages() -> Numbers:
    """What fails and comes back in days."""
    return _listed().outages


@cache
def sudden() -> Numbers:
    """Of them, what fails from one minute to the next."""
    return _listed().sudden


@cache
def standing() -> Numbers:
    """What stays a danger until somebody mends it."""
    return _listed().standing


@cache
def fallen() -> Numbers:
    """What is down already: nothing of that kind is a danger any more."""
    return _listed().fallen


@cache
def shared() -> Numbers:
    """What all houses of a compound have in common."""
    return _listed().shared


@cache
def _listed() -> _List:
    raw = lists.read("things.yaml")
    numbers = count()
    things, scenes = ({name: next(numbers) for name in raw[kind]} for kind in ("things", "scenes"))
    meant: dict[str, Objects] = defaultdict(Objects)
    for name, words in raw["things"].items():
        for word in words.split():
            meant[word] = meant[word]._replace(things=meant[word].things | {things[name]})
    for name, words in raw["scenes"].items():
        for word in words.split():
            meant[word] = meant[word]._replace(scenes=meant[word].scenes | {scenes[name]})
    for name, reach in (("far", 1.0), ("near", -1.0)):
        for word in raw["reach"][name].split():
            within = [meant[part] for part in meant if part in word]
            found = _NOTHING.things.union(*[one.things for one in within])
            meant[word] = Objects(found, _NOTHING.scenes.union(*[one.scenes for one in within]), reach)
    meant |= dict.fromkeys(raw["none"].split(), _NOTHING)
    kin: dict[int, Numbers] = {}
    for line in raw["akin"]:
        for numbered in (things, scenes):
            family = frozenset([numbered[name] for name in line.split() if name in numbered])
            for one in family:
                kin[one] = kin.get(one, frozenset()) | family
    sorts = [
        frozenset([things[name] for name in raw[kind].split()])
        for kind in ("kinds", "outages", "sudden", "standing", "fallen", "shared", "buses", "spreading")
    ]
    return _List(Finder(meant, longest=True), frozenset(meant), tuple(meant.values()), kin, *sorts)
