"""What speaks for and against a post and an event being one happening, as log-odds."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from analyzer.grouping.areas import around, far, other_province
from analyzer.grouping.fit import Fit
from analyzer.grouping.group import LONGEST, WINDOW, Group
from analyzer.grouping.item import Item
from analyzer.grouping.members import Likeness
from analyzer.grouping.names import LINE
from analyzer.grouping.objects import shared, spreading
from analyzer.grouping.storms import WHIRLWIND
from analyzer.topics import SERVICE

NEAR = timedelta(hours=6).total_seconds()
"""Decay of "at the same time": what is said within the hour speaks of one thing, a day later hardly."""
LATER = timedelta(days=1).total_seconds()
"""How soon two posts that name no place are no longer one happening by their words."""
REGIONAL = {"hazard.flood", "hazard.storm", "hazard.earthquake", "hazard.epidemic"}
"""Hazards that come over many towns at once."""
SHAKEN = {"hazard.earthquake", "hazard.storm"}
"""What many towns feel in the same hour."""
WEATHER = {"hazard.storm", "hazard.flood", "hazard.landslide"}
"""What a storm brings itself."""
STORM = "hazard.storm"
"""Of them, what each province has its own of."""
SHAKING = timedelta(hours=2).total_seconds()
LONG = {"hazard.epidemic", "hazard.flood"}
"""Hazards that offices count the harm of for weeks."""
CREEPING = {"hazard.epidemic", "hazard.pollution"}
"""Hazards that nobody sees at one hour."""
AFTERMATH = timedelta(days=240).total_seconds()
"""How soon what is told of the aftermath is no longer of this hazard; what is forgotten by then takes nothing in."""
SUDDEN = {
    "hazard.fire",
    "hazard.explosion",
    "hazard.work_accident",
    "hazard.food_poisoning",
    "hazard.epidemic",
    "hazard.storm",
    "hazard.earthquake",
    "hazard.landslide",
}
"""Happenings that many things fail by: another thing is no sign of another one."""
STREWN = 0.3
"""What another name counts where a hazard comes over many places at once."""
UNALIKE = 0.3
"""The cosine of what two texts are about that says nothing."""
UNLIKE = 0.05
"""A medium or an office that tells of the same thing has some words in common with those who told it before."""
KNOWN_BY = 2.0
"""Strange pairs in common from which a post names what the event is known by."""
WEIGHTS = {
    "always": -0.54,
    "one of a district's": -0.6,
    "words": 2.25,
    "matter": 0.48,
    "core": 2.53,
    "rare": 0.61,
    "pairs": 0.08,
    "strange": 0.98,
    "meaning": 2.84,
    "meaning, here": 2.56,
    "other day": -1.21,
    "its day": 2.0,
    "unlike": -0.27,
    "share": 0.4,
    "share, local": 0.02,
    "topic": 0.45,
    "no topic": -0.83,
    "family": 0.12,
    "other topic": -1.69,
    "other hazard": -0.87,
    "name alone": 0.36,
    "name alone, akin": -1.84,
    "name alone, later": 0.81,
    "ends": 1.27,
    "outage, afar": 2.39,
    "nowhere, later": 0.19,
    "asks, nowhere": -1.19,
    "same place": -0.07,
    "inside": 0.17,
    "elsewhere": -3.5,
    "elsewhere, outage": 4.41,
    "others": -0.68,
    "family, later": -0.71,
    "placeless": -0.64,
    "unplaced, later": -1.5,
    "name at the time": 0.1,
    "same object, here": 2.28,
    "same object": 0.16,
    "other object": -1.27,
    "other object, here": -2.43,
    "other object, alone": -1.27,
    "other scene": -1.17,
    "other name": -3.8,
    "within a town": -1.19,
    "rival name": -6.0,
    "other phase": -4.28,
    "other house": -7.12,
    "same house": 2.94,
    "other kind of name": -2.9,
    "the town's at the time": 2.06,
    "also at the time": 6.26,
    "other town": -3.28,
    "other town, wide": -0.33,
    "other town, outage": -2.9,
    "other province": -1.0,
    "its town": 2.8,
    "its town, matter": 0.8,
    "its town, meant": 2.0,
    "known by": 1.2,
    "known by, coined": 1.5,
    "other magnitude": -2.04,
    "other storm": -8.0,
    "same storm": 2.5,
    "same storm, of its harm": 2.0,
    "shaken at the time": 5.14,
    "spot, topic": 0.48,
    "spot, other topic": 0.27,
    "outage at the time": 2.01,
    "same place at the time": 5.96,
    "the only one at the time": 5.0,
    "the only one, akin": -3.0,
    "the only one, unsure": -2.0,
    "the only one, elsewhere": -4.0,
    "the only one, of many": -2.0,
    "of these hours": 2.5,
    "its thing": 0.99,
    "same voice": 7.0,
    "gap": -3.01,
}
"""What each piece of evidence adds to the log-odds; docs/events.md tells how they were found."""
NAME_ALONE = {"other topic": "name alone", "other hazard": "name alone", "family": "name alone, akin"}
"""What a name tells that two posts have in common, and no word of the matter, by how their topics fit."""
PUMPS = 0.2
"""How far an outage goes where nobody says what has failed, and two compounds may have two pumps."""
ALSO = 0.4
"""Probability below which a topic is no objection to "也停了"."""
AFAR = {"other topic", "other name", "other kind of name", "others", "within a town"}
"""What says little of an outage that goes from place to place at this time."""
WIDELY = {
    "other town, wide",
    "other town",
    "other province",
    "elsewhere",
    "other name",
    "other kind of name",
    "within a town",
    "name alone",
    "name alone, akin",
    "placeless",
}
"""What says nothing where both speak of one storm: it comes over many towns, and over several provinces."""
MATTERS = {"topic", "family"}
"""Topics that may be one matter."""
OF_TWO = {"other object, here", "other phase", "other house", "rival name"}
"""What says that two matters of one place, or of two that are called alike, are two."""
STREETS = {"home", "road"}
"""Where people complain of many things: a compound, a road."""
TWO = 0.7
"""How sure it is then."""
STEPS = 0.3
"""What another day counts of a matter that goes on for weeks: people name the days of its steps."""
SERVICES = 0.5
"""How sure it is of two services of which both are sure: people complain of one matter under several."""
OTHERS = {"other name", "rival name", "within a town"}
"""What says that a post and an event name two places of one sort."""
OF_A_NAME = {"words", "core", "rare", "pairs", "strange", "same house"}
"""What two posts have in common by a name alone: where one tells of a hazard and the other surely of something else, it
is no sign of one happening."""
SAME_THING = 0.3
"""What a name in common counts as "no more than a name" where the thing that fails is the same."""
UNSURE = 0.6
"""What another topic counts that is no more than a guess."""
TOWNS = ("镇", "乡", "街道")
TOWN = 0.5
"""What a town or a street's office tells of where something is."""
DOUBTED = 0.7
"""Probability up to which a topic may be a mistake."""
PLACES = {"same place": "同一地点", "inside": "地点相容", "elsewhere": "地点不同", "": "地点未明"}


class Telling(NamedTuple):
    """How well the towns and each name that a post uses tell happenings apart, 0..1; a name that is left out does.

    `talk` is how much is said these days of its topic.
    """

    towns: float
    names: Mapping[str, float]
    talk: float


def evidence(new: Item, group: Group, fits: Fit, telling: Telling) -> dict[str, float]:
    """What speaks for and against one happening, by the names of WEIGHTS, from the post and the event alone."""
    gap, topic = group.gap(new), fits.topic
    soon = math.exp(-gap / NEAR)
    seen = {"always": 1.0, "gap": gap / fits.patience, topic: _doubted(new, group, fits)}
    if new.local and group.slow:
        seen["one of a district's"] = 1.0
    _alike(new, group, fits, seen)
    if new.believed and fits.like.words < UNLIKE and fits.place != "same place":
        seen["unlike"] = 1.0
    _about(new, group, fits, seen)
    _placed(new, group, fits, telling, seen)
    if fits.here and topic != "other hazard":
        _here(new, fits, _tells(new, group, fits, telling), soon, seen)
    elif fits.name:
        _elsewhere(new, group, fits, seen)
    else:
        _nowhere(new, group, gap, fits, seen)
    if topic == "family" and not (fits.here or regional(group)):
        seen["family, later"] = 1.0 - soon
    _name_alone(new, group, fits, soon, seen)
    if fits.place == "same place":
        seen["same place at the time"] = (
            (1.0 - (new.sure if topic.startswith("other") else 0.0)) * soon * _tells(new, group, fits, telling)
        )
    if topic == "topic" and group.topic in SHAKEN and not ("other province" in seen and group.topic == STORM):
        seen["shaken at the time"] = math.exp(-gap / SHAKING)
    if new.ends and (topic in MATTERS or not new.things.isdisjoint(group.things)):
        seen["ends"] = 1.0 if group.outage or not new.believed else 0.0
    if group.outage:
        _outage(new, group, fits, gap, seen)
    return seen if new.storms.isdisjoint(group.storms) else _of_a_storm(new, group, fits, seen)


def one_storm(new: Item, group: Group) -> bool:
    """Whether a post and an event call one storm by its name, or by its kind, and tell of nothing else by it.

    Another hazard is its own; so is what somebody complains of at a place of his own, or in a district.
    """
    if new.storms.isdisjoint(group.storms) or WHIRLWIND in new.storms:
        return False
    if new.topic not in WEATHER and (new.hazard or (not new.believed and (new.local or new.called.keys))):
        return False
    return group.topic in WEATHER or not (group.hazard or group.called.keys)


def _of_a_storm(new: Item, group: Group, fits: Fit, seen: dict[str, float]) -> dict[str, float]:
    """What tells of one storm: where somebody tells of it is nothing."""
    if not one_storm(new, group):
        return seen
    alike = "same storm" if fits.topic in {"topic", "no topic"} else "same storm, of its harm"
    return {name: value for name, value in seen.items() if name not in WIDELY} | {alike: 1.0}


def _outage(new: Item, group: Group, fits: Fit, gap: float, seen: dict[str, float]) -> None:
    """What goes from place to place at the time: somebody says "也停了", or all sources are of one district."""
    alike = fits.topic == "topic"
    if new.also and _goes_on(new, group) and (alike or new.sure < ALSO) and not _other_things(new, group):
        seen["also at the time"] = math.exp(-gap / SHAKING) * _reach(new, group)
    if new.local and alike and group.near(new):
        near = math.exp(-gap / NEAR)
        seen["outage at the time"] = new.sure * near * (_reach(new, group) if fits.name in OTHERS else 1.0)


def going_on(new: Item, group: Group, at_once: float, seen: dict[str, float]) -> None:
    """An outage of these minutes: that a post names another place, or has another topic, says little against it.

    `at_once` is how much says that what has failed there fails elsewhere too, 0..1.
    """
    if at_once and not new.local:
        seen["outage, afar"] = at_once * _reach(new, group)
    if afar := max(seen.get("outage, afar", 0.0), seen.get("also at the time", 0.0)):
        seen.update({name: seen[name] * (1.0 - afar) for name in AFAR & seen.keys()})


def patience(new: Item, group: Group, like: Likeness) -> float:
    """How long a silence a post may break: who names the place comes back to it weeks later; of an outage, an office.

    What the public says of a place where something burned a month ago is something new; what an office or a medium
    tells of an inquiry or of rebuilding there is not, however late.
    """
    unnamed = (
        like.strange < KNOWN_BY
        and new.called.keys.isdisjoint(group.called.keys)
        and new.specific.isdisjoint(group.known)
        and not group.of_day(new)
    )
    hazard = new.believed and group.hazard
    if hazard and new.aftermath and not unnamed:
        return AFTERMATH
    if hazard and (new.aftermath or group.topic in LONG) and group.topic == new.topic and new.towns & group.towns:
        return LONGEST
    if group.outage and not (unnamed or new.believed):
        return group.window + (new.lasting if group.topic == new.topic else 0.0)
    if unnamed:
        return group.window
    return LONGEST if new.believed else max(group.window, LONGEST / 3)


def _nowhere(new: Item, group: Group, gap: float, fits: Fit, seen: dict[str, float]) -> None:
    """A post that names no place: less of an event that names one, and of another without one days later.

    One that names a place: less of a service's trouble that nobody has placed.
    """
    placed = bool(group.called.keys or group.known)
    if new.called.keys or new.specific:
        if not (placed or group.hazard):
            seen["unplaced, later"] = (1.0 - math.exp(-gap / NEAR)) / (1.0 + fits.like.rare)
        return
    if not placed:
        seen["nowhere, later"] = 1.0 - math.exp(-gap / LATER)
    elif group.topic == new.topic:
        seen["placeless"] = 1.0
    if new.asks:
        seen["asks, nowhere"] = 1.0


def regional(group: Group) -> bool:
    """Whether an event comes over many places at once."""
    return group.outage or group.topic in REGIONAL


def _reach(new: Item, group: Group) -> float:
    """How likely it is that an outage goes from place to place, 0..1, by what people say has failed."""
    if new.reach < 0 or group.reached < 0:
        return 0.0
    if new.reach > 0 or group.reached > 0:
        return 1.0
    return PUMPS if not new.local and "home" in new.called.sorts and "home" in group.called.sorts else 0.5


def _name_alone(new: Item, group: Group, fits: Fit, soon: float, seen: dict[str, float]) -> None:
    """What they have in common may be no more than a name: it tells nothing where they are surely two matters."""
    named = fits.like.rare or fits.here
    if not named and (not fits.like.words or new.believed or new.local):
        return
    alone, apart = max(0.0, 1.0 - 4.0 * fits.like.matter), 0.0
    if not named:
        alone *= TOWN  # Of posts of many districts the town, or half its name, is all that is left.
    elif fits.topic == "no topic":
        seen["name alone, later"] = alone * (1.0 - soon)
    if not (new.believed or OF_TWO.isdisjoint(seen)) and not STREETS.isdisjoint(group.called.sorts):
        apart = TWO
    if fits.topic in NAME_ALONE:
        alone *= max(new.sure, 0.25)
        seen[NAME_ALONE[fits.topic]] = alone * (SAME_THING if "same object, here" in seen else 1.0)
        if fits.topic != "family" or "other scene" in seen or (fits.here and _other_things(new, group)):
            apart = surely_apart(new, group)
    if apart:
        together = 1.0 - alone * apart
        seen.update({name: seen[name] * together for name in OF_A_NAME & seen.keys()})


def surely_apart(new: Item, group: Group) -> float:
    """How sure it is that a post and an event of another topic are two matters, 0..1."""
    if _other_things(new, group):
        return 1.0
    hazard = group.hazard or new.hazard
    return max(0.0, (min(new.sure, group.sure) - DOUBTED) / (1.0 - DOUBTED)) * (1.0 if hazard else SERVICES)


def _other_things(new: Item, group: Group) -> bool:
    """Whether both say which thing fails, and nothing that the post speaks of goes with what the event is about."""
    return bool(new.things and group.things) and new.akin.isdisjoint(group.things)


def _doubted(new: Item, group: Group, fits: Fit) -> float:
    """How much a topic's fit counts: another hazard as far as both are sure, but at least by a quarter.

    Another topic counts less, the less sure it is, where the public names a town or shares a word that few others use.
    """
    if fits.topic == "other topic" and not (new.local or new.believed) and (fits.like.strange or new.towns):
        return UNSURE + (1.0 - UNSURE) * new.sure
    return max(min(new.sure, group.sure), 0.25) if fits.topic == "other hazard" else 1.0


def _alike(new: Item, group: Group, fits: Fit, seen: dict[str, float]) -> None:
    """What they say."""
    like = fits.like
    meant = group.likely(new)
    seen["meaning"] = meant - UNALIKE
    # Where another place is named what they share is mentioned by the way, but for the source of a smell.
    named = like.strange if fits.name not in OTHERS or _spreads(new, group) else 0.0
    if named or fits.here:
        seen["meaning, here"] = meant - UNALIKE
    if named:
        seen["strange"] = math.log1p(named)
    if like.words or like.pairs:
        seen["words"] = like.words
        seen["core"] = group.core(new, like.told)
        seen["rare"] = math.log1p(like.rare)
        seen["pairs"] = math.log1p(like.pairs)
        seen["matter"] = like.matter
    if new.dated and fits.topic in MATTERS and group.of_day(new):
        seen["its day"] = 1.0
    elif new.earlier and group.days and new.days.isdisjoint(group.days):
        seen["other day"] = STEPS if group.slow else 1.0
    if new.magnitudes and group.magnitudes and new.magnitudes.isdisjoint(group.magnitudes):
        seen["other magnitude"] = 3.0 if _other_town(new, group) or _other_days(new, group) else 1.0
    if new.storms and new.storms.isdisjoint(group.storms):
        away = new.regions.isdisjoint(group.regions) and not fits.here
        seen["other storm"] = 1.0 if group.storms or away else 0.0


def _about(new: Item, group: Group, fits: Fit, seen: dict[str, float]) -> None:
    """The thing that fails and the scene that is hit, where both say what they are."""
    if not new.things.isdisjoint(group.things):
        seen["same object, here" if fits.here else "same object"] = 1.0
    elif group.topic not in REGIONAL and (group.stands or group.topic not in SUDDEN) and _other_things(new, group):
        seen["other object, here" if fits.here else "other object"] = 1.0
        if fits.here and not new.believed and len(new.things) == len(group.things) == 1:
            seen["other object, alone"] = 1.0
    if new.scenes and group.scenes and new.akin.isdisjoint(group.scenes):
        seen["other scene"] = 1.0


def _placed(new: Item, group: Group, fits: Fit, telling: Telling, seen: dict[str, float]) -> None:
    """Places of the gazetteer, towns, and parts of a place."""
    place = fits.place
    if place == "elsewhere":
        seen[place] = 1.0 - group.spread
    elif place == "elsewhere, outage":
        seen[place] = 2.0 * group.spread - 1.0
    elif place:
        seen[place] = 1.0
    away = telling.towns if telling.towns and group.towns and _far(new, group) else 0.0
    widely = fits.topic == "topic" and (regional(group) or group.topic.startswith(SERVICE))
    if away and widely and (around(new.towns, group.regions) or around(group.towns, new.regions)):
        away = 0.0  # A whole city waits for vaccine, and so does each district of it.
    if away or not (fits.here or group.near(new)):
        seen["other town" + (", outage" if group.outage else ", wide" if group.topic in REGIONAL else "")] = away or 1.0
    if away and group.topic in REGIONAL and other_province(new.regions, group.regions):
        seen["other province"] = away
    if new.called.phases and group.called.phases and new.called.phases.isdisjoint(group.called.phases):
        seen["other phase"] = 1.0
    whole = group.outage or not shared().isdisjoint(new.things & group.things)
    if new.called.houses and group.called.houses and fits.here and not whole:
        if not new.called.houses.isdisjoint(group.called.houses):
            seen["same house"] = 1.0
        else:
            seen["other house"] = STREWN if group.topic in SUDDEN else 1.0


def _here(new: Item, fits: Fit, tells: float, soon: float, seen: dict[str, float]) -> None:
    """A place or a name in common: it counts half where nobody can say what the post is about."""
    spot = tells * (1.0 + new.sure) / 2
    if fits.topic == "topic":
        seen["spot, topic"] = spot
    else:
        seen["spot, other topic"] = spot
        if fits.topic == "other topic":
            seen[fits.topic] = (1.0 + new.sure) / 2
    if fits.place != "same place":
        seen["name at the time"] = soon


def _tells(new: Item, group: Group, fits: Fit, telling: Telling) -> float:
    """How well the best that they have in common tells happenings apart."""
    if fits.place == "same place":
        within = any(not key.endswith(TOWNS) for key in new.specific & group.known)
        if within:
            return 1.0
    shared = new.called.keys & group.called.keys
    if not shared:
        return TOWN if fits.place == "same place" else 1.0
    return max([telling.names.get(key, 1.0) * (TOWN if key.endswith(TOWNS) else 1.0) for key in shared], default=1.0)


def _elsewhere(new: Item, group: Group, fits: Fit, seen: dict[str, float]) -> None:
    """Another name: it counts less the more places the event's members have named so far."""
    name = fits.name
    telling = fits.like.rare or (fits.like.strange and group.topic.startswith(SERVICE))
    if fits.place or name == "same name" or (name == "other kind of name" and telling):
        return
    beside = group.beside and LINE not in new.called.sorts and not new.called.keys.isdisjoint(group.beside)
    if beside and not new.things.isdisjoint(group.things):
        return  # A neighbour of it.
    if name == "other kind of name":
        seen[name] = 1.0 - group.spread
    else:
        settled = 1.0 if new.reach < 0 else 1.0 - group.strewn / max(group.placed, 1)
        spreads = group.topic in REGIONAL or (fits.like.strange and _spreads(new, group))
        seen[name] = settled * (STREWN if spreads else 1.0)


def _spreads(new: Item, group: Group) -> bool:
    """Whether both are about what is smelled in several compounds at once."""
    return not spreading().isdisjoint(new.things & group.things)


def _goes_on(new: Item, group: Group) -> bool:
    """Whether somebody says "也停了" of another street while an outage is told: two compounds may have two pumps."""
    if not (new.also and group.outage) or _other_town(new, group):
        return False
    return "home" not in new.called.sorts or "home" not in group.called.sorts


def _other_town(new: Item, group: Group) -> bool:
    return bool(new.towns and group.towns) and _far(new, group)


def _other_days(new: Item, group: Group) -> bool:
    """Whether it names other days, long after the last that was told: no aftershock of these days."""
    named = bool(new.days and group.days) and new.days.isdisjoint(group.days)
    return named and group.gap(new) > WINDOW.total_seconds()


def _far(new: Item, group: Group) -> bool:
    """Whether the towns of one side lie neither among nor around those of the other."""
    return far(new.regions, group.regions)
