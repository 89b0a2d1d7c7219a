"""Which event a post belongs to, of those that are open."""

import math
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from analyzer.grouping.ageing import Ageing
from analyzer.grouping.areas import NONE, finest
from analyzer.grouping.births import Births
from analyzer.grouping.evidence import (
    CREEPING,
    MATTERS,
    NEAR,
    PLACES,
    SHAKEN,
    SHAKING,
    WEIGHTS,
    Telling,
    evidence,
    going_on,
    one_storm,
    patience,
    regional,
    surely_apart,
)
from analyzer.grouping.fit import GUESS, Fit, fit, looked_up, telling
from analyzer.grouping.group import LONGEST, WELL_KNOWN, WINDOW, Group
from analyzer.grouping.heard import Heard
from analyzer.grouping.item import WIDE, Item
from analyzer.grouping.lines import Lines, leave_out_gone, to_the_end
from analyzer.grouping.members import Likeness, Members
from analyzer.grouping.names import Called
from analyzer.grouping.storms import KINDS, TYPHOON, says
from analyzer.grouping.talk import Talks
from analyzer.grouping.texts import Texts
from analyzer.grouping.towns import Towns
from analyzer.grouping.troubled import Troubled
from analyzer.grouping.voices import DAY, Voices
from analyzer.model import Nature

LATEST = 8
"""Events remembered for each place and topic."""
NAMED = 3
"""Of them, the latest that are looked at for each place and topic of a post."""
STRANGE = 0.15
"""Likeness below which an event of another topic is no candidate, unless its place is named."""
AWAY = {"elsewhere", "other town", "other house", "other phase", "rival name"}
"""What says that a post is about another place: then the only event of its kind is another one."""
MANY = 3
"""Open events that may go by one name before it tells less."""
ANOTHER = {"other town", "other province", "other name"}
"""Where it says that a hazard is another one, what both say is a word of its trade."""
KNOWN = 2.0
"""What is known by so many coined words is a hazard that has a name."""
OF_A_HAZARD = {
    "name alone",
    "name alone, akin",
    "name alone, later",
    "other object",
    "other object, here",
    "other object, alone",
}
"""What says nothing against a name that only one hazard goes by."""
APART = 3.0
"""How much less each other hazard of these hours makes it that somebody who says not where sees this one."""
WEATHER = {"hazard.storm", "hazard.flood"}
"""What one cloud brings: of a town they are one matter."""
STORMY = {"hazard.flood", "hazard.storm", "hazard.earthquake"}
FAILING = WIDE | {"service.school", "service.roads", "service.transit"}
"""What of a town fails by them."""
ITS_TOWN = 0.25
"""How much of a town's talk is about an event that is a candidate whatever its topic."""
WIDER = 0.4
"""What the city that both are in counts of two kinds of hazards, where they do not name one county of it."""
_ALL = "all"
"""What is said of any topic."""
_UNLIKE = Likeness()


@dataclass(frozen=True, slots=True)
class Match:
    """The event a post joins, and the evidence in figures."""

    event_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Kin:
    """Another event that may be the same happening: so many of the posts would belong to it, were theirs not there."""

    event_id: str
    posts: int
    reason: str


class Grouper:
    """The open events, indexed by word, place, topic and hash band.

    Posts come roughly in order of time; a late one is matched against the events of its own time. What one post
    costs does not depend on how many events are open.
    """

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._numbered: dict[int, Group] = {}
        self._last_number = 0
        self._members = Members()
        self._ages = Ageing[Group]()
        self._gone: list[int] = []
        self._texts = Texts()
        self._places = Lines()
        self._topics: dict[str, OrderedDict[Group, None]] = defaultdict(OrderedDict)
        self._talk = Talks()
        self._towns = Towns()
        self._sought: tuple[Item, int, Item] | None = None
        self._shorts: dict[str, str] = {}
        self._lies: dict[str, frozenset[str]] = {}
        self._heard = Heard()
        self._voices = Voices()
        self._hazards: OrderedDict[Group, None] = OrderedDict()
        self._troubled = Troubled()
        self._births = Births()
        self._storms = Lines()

    def find(self, new: Item, among: Collection[str] | None = None) -> Match | None:
        """The best matching event, of those `among` if any are named; None when the post opens one of its own."""
        self._sought = _, copy, new = self._seek(new)
        if copy and (among is None or self._texts.event(copy).id in among):
            return Match(self._texts.event(copy).id, math.inf, "与已有信息雷同")
        best, score, telling = None, 0.0, self._telling(new)
        for group, fits in self.candidates(new):
            if among is not None and group.id not in among:
                continue
            odds = _odds(self.evidence(new, group, fits, telling))
            if odds > score:
                best, score = (group, fits), odds
        return Match(best[0].id, score, _why(new, *best)) if best is not None else None

    def add(self, new: Item, event_id: str) -> None:
        """Remember that a post belongs to an event (an unknown id opens it)."""
        group = self._groups.get(event_id) or self._open(event_id, new)
        sought, self._sought = self._sought, None
        _, text, new = sought if sought and sought[0] is new else self._seek(new)
        known = text > 0 and self._texts.event(text) is group
        group.take(new)
        self._hear(new)
        for key in new.specific | new.called.keys:
            to_the_end(self._places[key], group, LATEST)
        for town in new.placed:
            to_the_end(self._places[town], group, LATEST)
        for storm in new.storms:
            to_the_end(self._storms[storm], group, LATEST)
        for topic in new.topics[:2]:
            to_the_end(self._topics[topic], group, LATEST)
        if group.hazard:
            to_the_end(self._hazards, group, LATEST)
            if group.size == 1:
                self._births.add(group)
        self._troubled.add(new, group)
        if new.voice is not None:
            self._voices.add(new.voice, new.told, group)
        if new.bands:
            self._texts.add(new, group, text if known else 0)
        if not known and (group.size <= WELL_KNOWN or group.size % 8 == 0):
            self._members.add(new, group.number)

    def drop(self, event_id: str) -> None:
        """Forget one event; nothing leads to it any more."""
        group = self._groups.pop(event_id, None)
        if group is not None:
            del self._numbered[group.number]
            self._gone.append(group.number)
            self._troubled.drop(group)

    def forget(self, before: datetime) -> None:
        """Drop events whose last post is older; they take in nothing any more."""
        limit = before.timestamp()
        for group in self._ages.gone(limit, self._last_told):
            self.drop(group.id)
        self._texts.forget(self._gone)
        self._places.forget(limit, self._last_told)
        self._storms.forget(limit, self._last_told)
        leave_out_gone(self._topics, self._open_still)
        self._births.forget(self._open_still)
        self._heard.forget(self._places)
        self._members.forget(self._gone)
        self._voices.forget(self._talk.last(_ALL) - DAY)
        self._gone.clear()

    def kin(self, event_id: str, posts: Sequence[Item]) -> list[Kin]:
        """Other events to which most of an event's posts would belong, the likeliest first.

        By what they say: that nothing else is going on is a guess for a new post, and no reason to join two events.
        """
        own = self._groups.get(event_id)
        votes: dict[Group, list[tuple[float, str]]] = defaultdict(list)
        for new in [self._in_full(one.replace(voice=None)) for one in posts] if own is not None else ():
            telling = self._telling(new)
            for group, fits in self.candidates(new, own):
                odds = _odds(self.evidence(new, group, fits, telling))
                if odds > 0.0 and (fits.like.words >= STRANGE or fits.here):
                    votes[group].append((odds, _why(new, group, fits)))
        kin = [
            Kin(group.id, len(found), max(found)[1]) for group, found in votes.items() if 2 * len(found) > len(posts)
        ]
        return sorted(kin, key=lambda one: (-one.posts, one.event_id))

    def candidates(self, new: Item, but: Group | None = None) -> Iterator[tuple[Group, Fit]]:
        """Events that share telling words, a place, a name, a topic or a hazard of its family, and whose time fits.

        Each with how it fits; `but` is left out.
        """
        numbered, spoken = self._numbered, self._voices.events(new.voice)
        vague = new.unsure and new.sure < GUESS
        found = dict.fromkeys(spoken)
        for key in sorted(new.specific | new.called.keys):
            if key in self._places:
                line = self._places[key]
                found |= dict.fromkeys(islice(reversed(line), NAMED))
                if new.things and len(line) > NAMED:
                    found |= dict.fromkeys([one for one in line if not new.things.isdisjoint(one.things)])
        found |= dict.fromkeys(self._local(new) if new.local else self._afar(new))
        found |= dict.fromkeys(self._births.called(new))
        found |= dict.fromkeys(self._storm(new))
        failed = dict.fromkeys(self._troubled.events(new))
        found |= failed
        asked = (
            [group.number for group in found if not group.words.keys().isdisjoint(new.telling)] if new.believed else ()
        )
        country = not new.local and self._towns.breadth() > 0.0
        nearest = self._members.nearest(new, asked, but.number if but else 0, coined=country)
        alike = {numbered[n]: like for n, like in nearest.items() if n in numbered}
        for group in dict.fromkeys(alike) | found:
            if group is but or group.number not in numbered:
                continue
            like = alike.get(group, _UNLIKE)
            silence = patience(new, group, like)
            if _fits(new, group, silence):
                fits = fit(new, group, like, silence)
                goes_on = new.also and group.outage
                town = new.believed and not new.towns.isdisjoint(group.regions)
                told = fits.like.words >= STRANGE or fits.here or town or goes_on
                told = told or (bool(new.storms) and one_storm(new, group))
                if vague and not (group in spoken or telling(new, group, fits) or goes_on):
                    continue
                likely = told or group in spoken or group in failed or not fits.topic.startswith("other")
                if likely or self._known(new, group, fits) or self._towns.about(new, group) >= ITS_TOWN:
                    yield group, fits

    def _storm(self, new: Item) -> Iterator[Group]:
        """What is told of the storm that a post names."""
        for storm in sorted(new.storms & self._storms.keys()):
            yield from islice(reversed(self._storms[storm]), NAMED)

    def _known(self, new: Item, group: Group, fits: Fit) -> bool:
        """Whether a post shares with a hazard, where people speak of a whole country, what nobody else writes."""
        return fits.like.strange >= 1.0 and not new.local and group.hazard and self._towns.breadth(group.topic) > 0.0

    def _local(self, new: Item) -> Iterator[Group]:
        """What one district speaks of under the topics of a post, and what was told of it lately."""
        if new.seat in self._places:
            yield from islice(reversed(self._places[new.seat]), NAMED)
        for topic in looked_up(new.topics[:2]):
            if topic in self._topics:
                yield from self._prevailing(topic, new)

    def _afar(self, new: Item) -> Iterator[Group]:
        """What goes on in the towns that a post names, in full or in short, or is felt in many towns at once."""
        for town in (*new.placed, *sorted(new.rare)):
            if town in self._places:
                yield from islice(reversed(self._places[town]), NAMED)
        if new.topic in SHAKEN and new.topic in self._topics:
            yield from self._prevailing(new.topic, new)
        if _sees(new):
            yield from self._of_these_hours(new)
        if new.also:
            for topic in sorted(WIDE & self._topics.keys()):
                for group in islice(reversed(self._topics[topic]), NAMED):
                    if group.outage and abs(group.last - new.told) < SHAKING:
                        yield group

    def _of_these_hours(self, new: Item) -> Iterator[Group]:
        """Hazards of its kind that were told of within hours of a post."""
        for topic in looked_up(new.topics[:2]):
            for group in reversed(self._topics.get(topic, ())):
                if self._open_still(group) and abs(group.last - new.told) < NEAR and group.mode is new.mode:
                    yield group

    def evidence(self, new: Item, group: Group, fits: Fit, telling: Telling) -> dict[str, float]:
        """What speaks for and against one happening, by the names of WEIGHTS."""
        seen = evidence(new, group, fits, telling)
        if far := 0.0 if new.local else self._towns.breadth(group.topic):
            self._nationwide(new, group, fits, far, seen)
        if fits.topic == "topic":
            own, seen["others"] = _share(new, group, telling.talk)
            seen["share" if regional(group) else "share, local"] = own * (
                new.sure if own > 0 and not (fits.like.words or fits.here) else 1.0
            )
        if (
            new.placed
            and _one_matter(new, group, fits)
            and not (fits.place or fits.name)
            and self._alone_in_town(new, group)
        ):
            seen["the town's at the time"] = telling.towns * new.sure * math.exp(-group.gap(new) / NEAR)
        if new.bare and new.things and (thing := self._troubled.tie(new, group)):
            seen["its thing"] = thing
        if group.outage and (new.out or new.also):
            going_on(new, group, self._troubled.at_once(new, group), seen)
        if new.voice is not None:
            seen["same voice"] = self._voices.tie(new, group)
        if fits.topic == "topic" and _sees(new):
            others = sum([1 for one in self._of_these_hours(new) if one is not group])
            seen["of these hours"] = new.sure * math.exp(-group.gap(new) / NEAR) / (1.0 + APART * others)
        ours = new.local and fits.topic != "other topic" and group.near(new)
        if ours and seen.keys().isdisjoint(AWAY) and self._alone(new, group):
            self._only(new, group, fits, seen)
        return seen

    def _nationwide(self, new: Item, group: Group, fits: Fit, far: float, seen: dict[str, float]) -> None:
        """What tells where people speak of a whole country, `far` of it: a town, and words that nobody else uses."""
        if its := 0.0 if "other magnitude" in seen else self._towns.about(new, group):
            if _two_hazards(new, group, fits) and finest(new.towns).isdisjoint(finest(group.towns)):
                its *= WIDER
            if fits.topic in MATTERS:
                seen["its town, matter"] = its
            elif group.topic in STORMY and new.topic in FAILING:
                seen[fits.topic] *= 1.0 - its
            elif fits.topic == "other topic":
                its *= 1.0 - surely_apart(new, group)
            seen["its town"] = its
            seen["its town, meant"] = its * seen["meaning"]
        apart = group.hazard and not ANOTHER.isdisjoint(seen)
        if not apart and (fits.like.strange or fits.like.rare):
            if fits.topic == "other hazard":
                far *= 1.0 - surely_apart(new, group)
            coined, rare = self._members.known_by(new, group.number)
            seen["known by, coined"] = far * math.log1p(coined)
            seen["known by"] = far * math.log1p(rare)
            if group.hazard and (own := min(1.0, seen["known by, coined"] / KNOWN)):
                seen.update({name: seen[name] * (1.0 - own) for name in OF_A_HAZARD & seen.keys()})

    def _only(self, new: Item, group: Group, fits: Fit, seen: dict[str, float]) -> None:
        """The district's only hazard of its kind: how much that says, and what takes it back."""
        doubt = seen.get("other hazard", 0.0)
        if fits.topic == "no topic":
            doubt = 1.0 - group.talk.at(new.told) / max(self._talk.at(_ALL, new.home, new.told), 1.0)
        seen["the only one at the time"] = only = (1.0 - doubt) * math.exp(-group.gap(new) / NEAR)
        if new.unsure and fits.like.words < STRANGE and not fits.here:
            seen["the only one, unsure"] = only
        if not (fits.here or fits.place):
            if fits.topic == "family":
                seen["the only one, akin"] = only
            if not new.bare:
                seen["the only one, elsewhere"] = only
        seen["the only one, of many"] = only * math.log1p(self._others(new, group))

    def _others(self, new: Item, group: Group) -> int:
        """Other hazards that people are speaking of: in a storm or a night of fires "the fire" may be any."""
        told, numbered = new.told, self._numbered
        return len(
            [
                one
                for one in self._hazards
                if one.size > 1
                and one is not group
                and abs(one.last - told) < NEAR
                and one.number in numbered
                and one.near(new)
            ]
        )

    def _seek(self, new: Item) -> tuple[Item, int, Item]:
        """A post as it came, the number of the text that it is a copy of, and the post with its names in full."""
        return new, self._texts.copied(new, self._open_still), self._in_full(new)

    def _in_full(self, new: Item) -> Item:
        """A post with the compound, or the town, that it calls by half its name, where others have said the whole."""
        if "home" not in new.called.sorts and (names := self._heard.spoken(new)):
            new = new.replace(called=Called.of([*new.names, *names]), names=(*new.names, *names), bare=False)
        if not new.storms and self._storms:
            new = self._stormy(new)
        if new.towns:
            return new
        shorts = self._shorts.keys() & new.rare.union(self._peoples(new))
        if not shorts:
            return new
        towns = frozenset([self._shorts[short] for short in shorts])
        around = NONE.union(towns, *[self._lies[town] for town in towns if town in self._lies])
        placed = () if new.local else tuple(sorted(shorts))
        return new.replace(towns=towns, regions=around, rare=new.rare - shorts, bare=False, placed=placed)

    def _stormy(self, new: Item) -> Item:
        """A post that calls the storm of these days by its name alone ("沙棘走后")."""
        named = [one for one in self._storms if one not in KINDS]
        storms = frozenset([one for one in named if says(new.text, one)])
        if not storms and TYPHOON in new.text and not new.local:
            alive = [one for one in named if self._blows(one, new.told)]
            storms = frozenset(alive if len(alive) == 1 else ())
        return new.replace(storms=storms) if storms else new

    def _blows(self, storm: str, told: float) -> bool:
        """Whether a typhoon has been told of within days."""
        return any(
            abs(told - one.last) < WINDOW.total_seconds() for one in self._storms[storm] if self._open_still(one)
        )

    def _peoples(self, new: Item) -> Iterator[str]:
        """Towns in short whose people a post speaks of ("株洲人"); to a country, cities where no place was read."""
        for word in new.vector:
            if word[-1] == "人":
                yield word[:-1]
            elif not new.local and word in self._shorts and self._shorts[word].endswith("市"):
                yield word

    def _telling(self, new: Item) -> Telling:
        """How well the towns and names of a post tell: what many are called by ("实验小学", a crossing) tells less."""
        names = dict[str, float]()
        for key in new.called.keys:
            line = self._places.get(key, ())
            if len(line) > MANY and (many := sum(map(self._open_still, line))) > MANY:
                names[key] = MANY / many
        talk = self._talk.at(new.topic, new.home, new.told) if new.topic else 0.0
        return Telling(self._towns.tells(new), names, talk)

    def _open_still(self, group: Group) -> bool:
        return group.number in self._numbered

    def _last_told(self, group: Group) -> float | None:
        return group.last if group.number in self._numbered else None

    def _open(self, event_id: str, new: Item) -> Group:
        self._last_number += 1
        group = Group(event_id, self._last_number, new.mode, new.told, new.told)
        self._groups[event_id] = self._numbered[group.number] = group
        self._ages.add(group)
        return group

    def _hear(self, new: Item) -> None:
        """Count a post in what is said of its topic and its towns."""
        for topic in (_ALL, *new.topics[:1]):
            self._talk.add(topic, new.home, new.told)
        for town in sorted(new.towns):  # Of two that are called alike in one post it is the last.
            if len(town) > 2:
                self._shorts[town[:-1]] = town
                if finest(new.towns) == {town}:
                    self._lies[town] = new.regions
        self._towns.add(new)
        for name in new.names:
            self._heard.add(name)

    def _prevailing(self, topic: str, new: Item) -> Iterator[Group]:
        """Events with a fair share of the talk on a topic: without a word or a place in common only they may do."""
        whole = self._talk.at(topic, new.home, -math.inf)
        left = NAMED
        for group in reversed(self._topics[topic]):
            if group.near(new):
                if 4 * group.talk.mass >= whole:
                    yield group
                left -= 1
                if not left:
                    return

    def _alone_in_town(self, new: Item, group: Group) -> bool:
        """Whether a post names a town that the event is in, and no other event of its kind is in."""
        if not (group.outage or group.hazard) or not any(town[-1] in "县市区旗" for town in new.towns & group.towns):
            return False
        return not any(
            other is not group
            and (other.topic == group.topic or WEATHER.issuperset((other.topic, group.topic)))
            and other.mode is group.mode
            and abs(other.last - group.last) < DAY
            and self._open_still(other)
            for town in new.placed
            for other in self._places.get(town, ())
        )

    def _alone(self, new: Item, group: Group) -> bool:
        """Whether it is the one event of its topic that people of a post's district are speaking of."""
        if not group.hazard:
            return False
        return not any(
            other is not group
            and other.mode is group.mode
            and abs(other.last - group.last) < DAY
            and 4 * other.size >= group.size
            and self._open_still(other)
            and other.near(new)
            for other in self._topics[group.topic]
        )


def _sees(new: Item) -> bool:
    """Whether somebody of the public, in no district of ours, tells of a hazard of this hour and says not where."""
    return new.bare and not (new.local or new.believed) and new.hazard and new.topic not in CREEPING


def _share(new: Item, group: Group, talk: float) -> tuple[float, float]:
    """How much of what is said of the topic these days belongs to the event, as log-odds.

    Where a hundred happenings of one kind are talked about at once, a common topic tells little.
    """
    own = group.talk.at(new.told)
    return math.log(own + 0.5), math.log(max(talk - own, 0.0) + 1.0)


def _one_matter(new: Item, group: Group, fits: Fit) -> bool:
    """Whether a post and an event have one topic, or both are about what one cloud brings."""
    return fits.topic == "topic" or (new.topic in WEATHER and group.topic in WEATHER)


def _two_hazards(new: Item, group: Group, fits: Fit) -> bool:
    """Whether a post and an event tell of hazards of two kinds."""
    return fits.topic != "topic" and group.hazard and new.hazard


def _odds(seen: dict[str, float]) -> float:
    return sum([WEIGHTS[name] * value for name, value in seen.items()])


def _fits(new: Item, group: Group, patience: float) -> bool:
    """Time and mode: a drill or an old story joins its like, or corrects a happening that it follows."""
    window = min(patience, LONGEST)
    if not group.first - window <= new.told <= group.last + window:
        return False
    if new.mode is group.mode:
        return True
    return group.mode is Nature.CURRENT and new.believed and new.told >= group.first


def _why(new: Item, group: Group, fits: Fit) -> str:
    """The main evidence in words."""
    place = fits.place.partition(",")[0]
    hours = group.gap(new) / 3600
    return f"用词相近{fits.like.words:.2f}，{PLACES[place]}，相隔{hours:.1f}小时"
