"""How a post and an event fit by topic, by place and by name."""

from dataclasses import dataclass
from functools import cache

from analyzer.grouping.group import Group
from analyzer.grouping.item import Item
from analyzer.grouping.members import Likeness
from analyzer.grouping.names import NONE
from analyzer.topics import HAZARD

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
"""Topics that people mix up when they speak of one happening, or of which one brings the other about."""
APART = (
    {"hazard.traffic", "hazard.fire"},
    {"hazard.traffic", "hazard.explosion"},
    {"hazard.collapse", "hazard.fire"},
    {"hazard.collapse", "hazard.explosion"},
    {"hazard.equipment", "hazard.explosion"},
)
"""Of them, hazards that nobody takes for each other: one happening only where the talk on it is of both."""
BOTH = 8
"""Such hazards are told of together when every eighth member, or the post itself, speaks of both."""
RELATED = {topic: frozenset().union(*(f for f in FAMILIES if topic in f)) for family in FAMILIES for topic in family}
HAZARD_FAMILIES = tuple(family for family in FAMILIES if all(topic.startswith(HAZARD) for topic in family))
_NOBODY: frozenset[str] = frozenset()
GUESS = 0.2
"""Probability below which a topic is a guess, and akin to nothing."""
NO_GUESS = 0.1
"""The same for an office and a medium."""
WITHIN = {"town"}
"""A town or a street as all that one side names: what the other names may lie in it."""
MIXED = 4
"""A topic that every fourth member has been taken for is no other matter."""


@dataclass(slots=True, eq=False)
class Fit:
    """How topic, place and name fit, each by the name of a weight ("" where one side says nothing), and how alike.

    `here` when the post names a place of the event, or what is called so there. `patience` is how long a silence it
    may break, in seconds.
    """

    topic: str
    place: str
    name: str
    like: Likeness
    here: bool
    patience: float


def telling(new: Item, group: Group, fits: Fit) -> bool:
    """Whether a post and an event have a place, a name or words as good as one in common, and no mere common words."""
    like = fits.like
    return bool(
        fits.here or fits.place == "inside" or like.rare or like.pairs or like.strange or new.towns & group.regions
    )


def fit(new: Item, group: Group, like: Likeness, patience: float) -> Fit:
    """How a post fits an event."""
    place, name = _place(new, group), _name(new, group)
    return Fit(_topic(new, group), place, name, like, place == "same place" or name == "same name", patience)


@cache
def looked_up(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The first two topics, and what a hazard is mixed up with: a bang is heard before the fire is seen."""
    mixed = (kin for family in HAZARD_FAMILIES if family & set(topics[:1]) for kin in sorted(family))
    return tuple(dict.fromkeys((*topics[:2], *mixed)))


def _topic(new: Item, group: Group) -> str:
    topic = group.topic
    if topic == new.topic:
        return "topic"
    if not topic or new.topic is None or new.sure < (NO_GUESS if new.believed else GUESS):
        return "no topic"
    if {topic, new.topic} in APART and topic not in new.topics:
        return "family" if BOTH * group.topics.get(new.topic, 0) >= group.size else "other hazard"
    akin = new.sure >= GUESS and (topic in new.topics or not RELATED.get(topic, _NOBODY).isdisjoint(new.topics))
    if akin or MIXED * group.topics.get(new.topic, 0) >= group.size:
        return "family"
    if group.hazard and new.hazard:
        return "other hazard"
    return "other topic"


def _place(new: Item, group: Group) -> str:
    """How the places fit; empty where one side names none."""
    if not new.specific or not group.known:
        return ""
    if not new.specific.isdisjoint(group.known):
        return "same place"
    if group.outage:
        return "elsewhere, outage"
    if not (new.around.isdisjoint(group.specific) and new.specific.isdisjoint(group.surroundings)):
        return "inside"
    return "elsewhere"


def _said(new: Item, group: Group, but: frozenset[str]) -> bool:
    """Whether the post says a name of the event, or the event's first post one of the post's."""
    text, shortened, ours = new.text, group.shortened, new.called.sought
    for name in group.called.sought:
        if name in text and name not in shortened and name not in but:
            return True
    begun = [name for name in ours if name in group.begun] if ours else ()
    return bool(begun) and not group.beside.union(but).issuperset(begun)


def _name(new: Item, group: Group) -> str:
    """How the names fit; empty where one side uses none.

    A name counts also where it stands in the post's text without being told apart there, unless the post says
    another name with the same part of its own ("锦绣华庭", "锦绣名邸"), or where it stands so in the first one.
    """
    ours, theirs = new.called, group.called
    # Who builds or keeps two compounds is named of both.
    firms = ours.builders | theirs.builders
    if firms and not ("home" in ours.sorts and "home" in theirs.sorts):
        firms = NONE
    if not ours.keys.isdisjoint(theirs.keys) and (both := (ours.keys & theirs.keys) - firms):
        return "rival name" if both <= ours.halves & theirs.halves else "same name"
    if not ours.homes.isdisjoint(theirs.homes):
        return "rival name"
    if _said(new, group, firms):
        return "same name"
    if not ours.keys or not theirs.keys:
        return ""
    if (ours.sorts == WITHIN) != (theirs.sorts == WITHIN):
        return "within a town"
    return "other kind of name" if ours.sorts.isdisjoint(theirs.sorts) else "other name"
