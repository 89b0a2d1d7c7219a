"""Where an event is by what its posts say, and the name that tells it from others of its kind."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analyzer.grouping.names import Name
from analyzer.model import Place

SHARE = 4
"""A place belongs to an event when it is named by every fourth as many posts as the first one."""
SHOWN = 5
"""Places of one event, at the most."""
MANY = 3
"""So many of one fineness, none of them named by most, share a trouble of the area that they lie in."""
STILL = 3
"""The name that most used stays the event's while every third post uses it and none is used more."""
AREAS = frozenset({"province", "city", "county", "street"})
"""Levels too wide to tell two events of one kind apart."""
_WAYS = frozenset({"village", "road", "water"})
"""Levels and sorts at which many houses stand."""
_SITES = frozenset({"home", "school", "works", "branch"})
"""Sorts of names of one compound, house or firm."""
_VILLAGE = re.compile("[^新一二三四五六七八九十]村$")
_ANY = re.compile(
    r"(?:[一二两三四五六七八九十几多数半各每全\d]+[个条所座处户家栋间片]|上游|下游|周边|附近|邻近|相邻|在建|新建|农村|乡村|旅游|沿[线河江途]|[本外当]地|[我本][省市县区]"
    r"|[省县市区镇乡村])(?:小学|中学|学校|幼儿园|医院|卫生[院室]|水[厂库]|电[厂站]|车站|[敬养]老院|工厂|煤矿|隧道|大?桥|河|街道?|[乡镇村]|小区|商场|市场|工地|仓库|渡口|景区)"
)
"""What any place of its kind is called ("村小学", "三个乡", "上游水厂")."""
_CITY, _COUNTY, _TOWN = 1, 2, 9
"""How deep what no list knows lies: a town below any county."""


@dataclass(slots=True)
class Told:
    """Names of one fineness by how many posts use them; `posts` use any.

    `listed` are those of the gazetteer, `sure` those too that stand in a headline: they need no second post. `led` is
    the one that most used last: an event that has its name by it is not called otherwise because of a few posts more.
    """

    posts: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    listed: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    led: str = ""

    def add(self, known: Sequence[str], others: Sequence[str], headline: str) -> None:
        """Take in one post's names: those of the gazetteer, and others."""
        names = dict.fromkeys((*known, *others))
        self.listed.update(known)
        self.sure.update(known, [name for name in others if name in headline])
        self.posts += bool(names)
        self.counts.update(names.keys())
        for name in names:
            if self.counts[name] >= MANY and 2 * self.counts[name] > self.posts:
                self.led = name

    def main(self, *, few: bool) -> str:
        """The name that most of them use, in its longest form; empty where no two say one, or many are named alike.

        A listed one that half as many use is the same, or where it is, as people call it ("二小" and its full name).
        `few` when so few of the public tell of the event that one must do.
        """
        heard = {name: n for name, n in self.counts.items() if n > 1 or few or name in self.sure}
        if not heard:
            return ""
        most = max(heard.values())
        firsts = [name for name, n in heard.items() if n == most]
        if len(self.counts) >= MANY and (2 * most <= self.posts or len(firsts) >= MANY):
            return self.led if self.led in firsts and STILL * most >= self.posts else ""
        listed = [name for name, n in heard.items() if name in self.listed and 2 * n >= most]
        if listed:
            return max(listed, key=self.counts.__getitem__)
        top = max(firsts, key=len)
        return max((name for name, n in heard.items() if name.endswith(top) and 2 * n >= most), key=len)


@dataclass(slots=True)
class Whereabouts:
    """What the posts of one event say of where it is, counted by posts."""

    posts: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    place_of: dict[str, Place] = field(default_factory=dict)
    sites: Told = field(default_factory=Told)
    ways: Told = field(default_factory=Told)
    placed: int = 0
    areas: Counter[str] = field(default_factory=Counter)
    depths: dict[str, int] = field(default_factory=dict)
    """Of each area, how many lie around it."""

    def add(
        self,
        places: Sequence[Place],
        names: Sequence[Name] = (),
        towns: Iterable[str] = (),
        *,
        headline: str = "",
    ) -> None:
        """Take in one post: places of the gazetteer, names that no list knows, counties and cities by their form.

        `headline` is that of a medium or an office.
        """
        self.posts += 1
        for key, place in {p.code or p.name: p for p in places}.items():
            self.counts[key] += 1
            self.place_of.setdefault(key, place)
        fine = [place for place in places if place.level not in AREAS]
        listed = {place.name for place in places}
        named = [one for one in names if one.full not in listed and (one.proper or one.sort != "works")]
        named = [one for one in named if not _ANY.fullmatch(one.full)]
        ways = [place.name for place in fine if place.level in _WAYS]
        sites = [place.name for place in fine if place.level not in _WAYS]
        self.ways.add(ways, [one.full for one in named if _is_way(one)], headline)
        self.sites.add(sites, [one.full for one in named if one.sort in _SITES and not _is_way(one)], headline)
        depths = {name: n for place in places for n, name in enumerate(_around(place))}
        # In one order whatever a set's: of a city and its county the county is told, of two counties the first.
        unknown = {name: _CITY if name.endswith("市") else _COUNTY for name in sorted(towns)}
        depths = unknown | depths | {one.full: _TOWN for one in named if one.sort == "town"}
        self.placed += bool(depths)
        self.areas.update(depths.keys())
        self.depths |= depths

    def places(self) -> tuple[Place, ...]:
        """The most named first; of those named as often the first told: a title's before those of a long list."""
        most = max(self.counts.values(), default=0)
        shared = [(key, count) for key, count in self.counts.items() if SHARE * count >= most]
        shared.sort(key=lambda item: -item[1])
        return tuple(self.place_of[key] for key, _ in shared[:SHOWN])

    def name(self, *, few: bool) -> str:
        """The compound, firm or road that most name, with what it lies at where no list knows it; empty without one."""
        site, way = self.sites.main(few=few), self.ways.main(few=few)
        enough = 1 if site in self.sites.listed else 2
        if enough * self.sites.counts[site] < self.ways.counts[way]:
            site = ""  # What fewer name beside a river or a road is a neighbour.
        if site in self.sites.listed or (way in self.ways.listed and not site):
            return site or way
        if not site and not way:
            return ""
        return f"{way if site and way in self.ways.listed else self._narrowest(self.posts / 2)}{site or way}"

    def area(self) -> str:
        """The narrowest area of three fourths of the posts that say where; else the first that is told."""
        first = next((place.name for place in self.places() if place.level in AREAS), "")
        return self._narrowest(self.placed * 3 / 4) or first

    def _narrowest(self, posts: float) -> str:
        """The narrowest area that so many posts tell; empty without one."""
        shared = [name for name, n in self.areas.items() if n >= posts]
        return max(shared, key=lambda name: (self.depths[name], self.areas[name]), default="")


def _is_way(one: Name) -> bool:
    """Whether many houses stand at what is called so: a village is one, and a compound that is called 新村 is not."""
    return one.sort in _WAYS or _VILLAGE.search(one.full) is not None


def _around(place: Place) -> list[str]:
    """The areas in which a place lies, from wide to narrow; its own name last where it is one."""
    return [name for name in place.path if place.level in AREAS or name != place.name]
