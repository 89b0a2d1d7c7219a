"""What speaks for and against a post and an event being one happening, as log-odds."""

import math
from datetime import timedelta
from functools import cache

from analyzer.grouping.group import WIDE, Group
from analyzer.grouping.item import Item
from analyzer.grouping.members import Likeness
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
APART = ({"hazard.traffic", "hazard.fire"}, {"hazard.traffic", "hazard.explosion"}, {"hazard.collapse", "hazard.fire"})
"""Of them, hazards that nobody takes for each other: one happening only where the talk on it is of both."""
BOTH = 8
"""Such hazards are told of together when every eighth member, or the post itself, speaks of both."""
RELATED = {topic: frozenset().union(*(f for f in FAMILIES if topic in f)) for family in FAMILIES for topic in family}
HAZARD_FAMILIES = tuple(family for family in FAMILIES if all(topic.startswith(HAZARD) for topic in family))
_NOBODY: frozenset[str] = frozenset()
NEAR = timedelta(hours=6).total_seconds()
"""Decay of "at the same time": what is said within the hour speaks of one thing, a day later hardly."""
REGIONAL = {"hazard.flood", "hazard.storm", "hazard.earthquake", "hazard.epidemic"} | WIDE
"""What comes over many towns at once."""
GUESS = 0.25
"""Probability below which a topic is a guess, and akin to nothing."""
UNLIKE = 0.05
"""A medium or an office that tells of the same thing has some words in common with those who told it before."""
WEIGHTS = {
    "always": -1.5,
    "words": 7.6,
    "matter": 0.8,
    "core": 4.0,
    "rare": 1.2,
    "pairs": 0.6,
    "unlike": -1.9,
    "share": 1.0,
    "topic": 0.2,
    "no topic": 0.0,
    "family": 0.0,
    "other topic": -2.0,
    "other hazard": -6.0,
    "name alone": -2.4,
    "same place": -0.5,
    "inside": -0.4,
    "elsewhere": -0.9,
    "elsewhere, outage": 0.7,
    "other name": -1.4,
    "other town": -2.9,
    "other town, wide": 0.4,
    "figures": 0.6,
    "spot, topic": 1.3,
    "spot, other topic": 0.8,
    "outage at the time": 1.6,
    "same place at the time": 3.4,
    "the only one at the time": 5.0,
    "gap": -2.8,
}
"""What each piece of evidence adds to the log-odds; docs/events.md tells how they were found."""
PLACES = {"same place": "同一地点", "inside": "地点相容", "elsewhere": "地点不同", "": "地点未明"}


def evidence(new: Item, group: Group, topic: str, likeness: Likeness, telling_towns: float) -> dict[str, float]:
    """What speaks for and against one happening, by the names of WEIGHTS, from the post and the event alone.

    `topic` is `topic_evidence`; `telling_towns` says how well the towns that the post names tell happenings apart,
    0..1.
    """
    gap = group.gap(new)
    seen = {"always": 1.0, "gap": gap / group.window, topic: _doubted(topic, new)}
    _alike(new, group, likeness, seen)
    place = place_evidence(new, group)
    if new.believed and likeness.words < UNLIKE and place != "same place":
        seen["unlike"] = 1.0
    _named(new, group, place, topic, seen, likeness)
    if topic.startswith("other") and (likeness.rare or "spot, other topic" in seen):
        seen["name alone"] = max(0.0, 1.0 - 4.0 * likeness.matter) * max(new.sure, 0.25)
    if topic == "other topic" and "spot, other topic" in seen:
        seen[topic] = (1.0 + new.sure) / 2
    if telling_towns and group.towns and _far(new, group):
        seen["other town, wide" if group.topic in REGIONAL else "other town"] = telling_towns
    if place == "same place":
        doubt = new.sure if topic == "other hazard" else 0.0
        seen["same place at the time"] = (1.0 - doubt) * math.exp(-gap / NEAR)
    if new.local and topic == "topic" and group.topic in WIDE:
        seen["outage at the time"] = new.sure * math.exp(-gap / NEAR)
    return seen


def _doubted(topic: str, new: Item) -> float:
    """How much a topic's fit counts: another hazard as far as it is sure, but at least by a quarter."""
    return max(new.sure, 0.25) if topic == "other hazard" else 1.0


def _alike(new: Item, group: Group, likeness: Likeness, seen: dict[str, float]) -> None:
    """Words and figures."""
    if likeness.words or likeness.pairs:
        seen["words"] = likeness.words
        seen["core"] = group.core(new, likeness.told)
        seen["rare"] = math.log1p(likeness.rare)
        seen["pairs"] = math.log1p(likeness.pairs)
        seen["matter"] = likeness.matter
    if new.figures and (shared := len(new.figures & group.figures)):
        seen["figures"] = math.log1p(shared)


def _named(new: Item, group: Group, place: str, topic: str, seen: dict[str, float], likeness: Likeness) -> None:
    """Places of the gazetteer, and names that are places by their form."""
    if place == "elsewhere":
        seen[place] = 1.0 - group.spread
    elif place == "elsewhere, outage":
        seen[place] = 2.0 * group.spread - 1.0
    elif place:
        seen[place] = 1.0
    named = bool(new.named) and bool(group.names)
    if place == "same place" or (named and not new.named.isdisjoint(group.names)):
        if topic != "other hazard":
            seen["spot, topic" if topic == "topic" else "spot, other topic"] = new.sure
    elif named and not place and not likeness.rare:
        seen["other name"] = 1.0 - group.spread


def _far(new: Item, group: Group) -> bool:
    """Whether the towns of one side lie neither among nor around those of the other."""
    return new.towns.isdisjoint(group.regions) and new.regions.isdisjoint(group.towns)


@cache
def looked_up(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The first two topics, and what a hazard is mixed up with: a bang is heard before the fire is seen."""
    mixed = (kin for family in HAZARD_FAMILIES if family & set(topics[:1]) for kin in sorted(family))
    return tuple(dict.fromkeys((*topics[:2], *mixed)))


def topic_evidence(new: Item, group: Group) -> str:
    """How the topics fit."""
    topic = group.topic
    if topic in new.topics[:1]:
        return "topic"
    if not topic or not new.topics:
        return "no topic"
    if {topic, new.topics[0]} in APART and topic not in new.topics:
        return "family" if BOTH * group.topics.get(new.topics[0], 0) >= group.size else "other hazard"
    if new.sure >= GUESS and (topic in new.topics or not RELATED.get(topic, _NOBODY).isdisjoint(new.topics)):
        return "family"
    if topic.startswith(HAZARD) and new.topics and new.topics[0].startswith(HAZARD):
        return "other hazard"
    return "other topic"


def strange(new: Item, group: Group, topic: str) -> bool:
    """Whether neither the topics nor the places have anything to do with each other."""
    return topic.startswith("other") and not same_name(new, group)


def same_name(new: Item, group: Group) -> bool:
    """Whether the post names a place of the event, or what is called so there."""
    return not (new.specific.isdisjoint(group.known) and new.named.isdisjoint(group.names))


def place_evidence(new: Item, group: Group) -> str:
    """How the places fit; empty where one side names none."""
    if not new.specific or not group.known:
        return ""
    if not new.specific.isdisjoint(group.known):
        return "same place"
    if group.topic in WIDE:
        return "elsewhere, outage"
    if not (new.around.isdisjoint(group.specific) and new.specific.isdisjoint(group.surroundings)):
        return "inside"
    return "elsewhere"
