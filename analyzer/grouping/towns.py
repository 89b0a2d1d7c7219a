"""How much is said of each town these days, and of how many."""

import math
from collections import defaultdict

from analyzer.grouping.areas import far, is_province, is_town
from analyzer.grouping.group import Group
from analyzer.grouping.item import Item
from analyzer.grouping.talk import Talk

FEW, MANY = 15.0, 50.0
"""Towns that people speak of alike, up to which one that two posts name is where they live, and from which it tells
what they speak of: of a province's towns each has several events, of a country's hardly one has two."""
FEW_PROVINCES, MANY_PROVINCES = 3.0, 6.0
"""The same of provinces, which show sooner that people speak of a whole country."""
LISTED = 8
"""Towns that one matter may be told of; what lists more of them is about none."""
EPIDEMIC = "hazard.epidemic"
"""What is told of from everywhere."""
DOUBT = 0.5
"""Posts that count for something else in each town."""


class _Alike:
    """Of how many the talk is, were all spoken of alike: the square of all talk by the sum of the squares of each."""

    def __init__(self) -> None:
        self._whole = Talk()
        self._squares = 0.0

    def add(self, before: float, when: float) -> None:
        """One more post of one of which so many speak: the sum of their squares fades twice as fast."""
        left = self._whole.at(when) / self._whole.mass if self._whole.mass else 1.0
        self._squares = self._squares * left**2 + 2.0 * before + 1.0
        self._whole.add(when)

    def between(self, few: float, many: float) -> float:
        """How far it is from few of them to many, 0..1."""
        alike = self._whole.mass**2 / self._squares if self._squares else 0.0
        return min(1.0, math.log(alike / few) / math.log(many / few)) if alike > few else 0.0


class Towns:
    """What is left of the talk of each city and county, and of all of them."""

    def __init__(self) -> None:
        self._said: dict[str, Talk] = defaultdict(Talk)
        self._somewhere = Talk()
        self._towns = _Alike()
        self._provinces = _Alike()
        self._broad: tuple[float, float] | None = None

    def add(self, new: Item) -> None:
        """Count a post in what is said of the towns that it names and of those around them."""
        self._broad = None
        for town in sorted(new.regions):  # The order of a set would show in the last digits of the sums.
            talk = self._said[town]
            if is_town(town):
                self._towns.add(talk.at(new.told), new.told)
            if is_province(town):
                self._provinces.add(talk.at(new.told), new.told)
            talk.add(new.told)
        if new.towns:
            self._somewhere.add(new.told)

    def tells(self, new: Item) -> float:
        """How well the towns that a post names tell happenings apart: where all speak of one town, not at all."""
        if not new.towns:
            return 0.0
        whole = self._somewhere.at(new.told)
        named = min([self._said[town].at(new.told) if town in self._said else 0.0 for town in new.towns])
        return min(1.0, math.log((whole + 1.0) / (named + 1.0)))

    def breadth(self, topic: str = "") -> float:
        """How far the talk goes over a country, 0..1, by how many towns it is of, or provinces.

        An epidemic is told of from everywhere, however few places it is in.
        """
        if self._broad is None:
            towns = self._towns.between(FEW, MANY)
            self._broad = towns, max(towns, self._provinces.between(FEW_PROVINCES, MANY_PROVINCES))
        return self._broad[0 if topic == EPIDEMIC else 1]

    def about(self, new: Item, group: Group) -> float:
        """How much of the talk of a town that both name is about the event, 0..1, as far as towns tell happenings."""
        both = new.regions & group.regions
        if not both or new.local or not (broad := self.breadth(group.topic)) or far(new.regions, group.regions):
            return 0.0
        listed = max(len(new.towns), len(group.towns), LISTED)
        talk = group.talk.at(new.told) / group.size * LISTED / listed
        shares = [talk * group.region[town] / (self._said[town].at(new.told) + DOUBT) for town in both if is_town(town)]
        return broad * self.tells(new) * min(1.0, max(shares, default=0.0))
