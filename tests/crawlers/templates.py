"""Planted sets that are templates in YAML files, and how pieces are put into them. All of it is invented."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from tests.crawlers import planted
from tests.crawlers.planted import Case

_SPOKEN = "零幺二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _dashed(rng: random.Random) -> str:
    plain = planted.mobile(rng)
    return rng.choice(
        (f"{plain[:3]}—{plain[3:7]}—{plain[7:]}", f"{plain[:3]}－{plain[3:7]}－{plain[7:]}", "-".join(plain))
    )


def _dotted(rng: random.Random) -> str:
    plain = planted.mobile(rng)
    return rng.choice(
        (f"{plain[:3]}.{plain[3:7]}.{plain[7:]}", " ".join(plain), f"{plain[:5]} {plain[5:8]} {plain[8:]}")
    )


def _door(rng: random.Random) -> str:
    room, house, unit = f"{rng.randint(1, 33)}0{rng.randint(1, 8)}", rng.randint(1, 40), rng.randint(1, 6)
    return rng.choice(
        (
            f"{house}号楼{unit}单元{room}室",
            f"{house}幢{unit}单元{room}",
            f"{house}-{unit}-{room}",
            f"{house}栋{room}",
            f"{rng.choice('ABCD')}栋{unit}单元{room}房",
            f"{unit}单元{rng.choice('二三四五六')}楼{rng.choice('东西')}户",
            f"{house}号{room}室",
            f"{house}＃{room}",
        )
    )


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "tel": planted.mobile,
    "id": planted.identity,
    "card": planted.card,
    "car": planted.plate,
    "wx": planted.account,
    "mail": planted.mail,
    "at": planted.handle,
    "land": planted.landline,
    "door": _door,
    "gate": lambda rng: f"{rng.randint(1, 28)}栋{rng.randint(1, 4)}门{rng.randint(1, 33)}0{rng.randint(1, 8)}号",
    "house": lambda rng: f"{rng.randint(15, 298)}号",
    "dash": _dashed,
    "dots": _dotted,
    "fw": lambda rng: planted.mobile(rng).translate(_FULL_WIDTH),
    "qq": lambda rng: planted.digits(rng, rng.randint(6, 10), "123456789"),
    "spoken": lambda rng: "".join(_SPOKEN[int(digit)] for digit in planted.mobile(rng)),
}


class Templates:
    """One set: `positive` and `nothing` are its texts with slots, `names` and the other lists what stands for them."""

    def __init__(self, name: str, count: int) -> None:
        words = YAML(typ="safe").load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))
        self.name, self._count = name, count
        self._positive, self._nothing = words["positive"], words["nothing"]
        self._named = {"nmkpq": words["names"].split(), "tuv": words.get("traditional", "").split()}
        self._called = words.get("called", "").split()
        self._compounds, self._streets = words["compounds"].split(), words["streets"].split()
        self._surnames, self._addresses = words.get("surnames", ""), words.get("addresses", "").split()
        self._lists = {key: words.split("|") for key, words in words.get("lists", {}).items()}
        self.names = frozenset((*self._named["nmkpq"], *self._named["tuv"], *self._called))

    def is_name(self, piece: str) -> bool:
        """Whether a planted piece names somebody, be it by surname and form of address."""
        return piece in self.names or (piece[0] in self._surnames and piece.endswith(tuple(self._addresses)))

    def positives(self, seed: int) -> list[Case]:
        """Texts with one or several planted pieces each; of a form of address the surname before it counts too."""
        rng = random.Random(seed)
        return [self._case(rng, self._positive[n % len(self._positive)]) for n in range(self._count)]

    def _case(self, rng: random.Random, template: str) -> Case:
        pieces = {slot: make(rng) for slot, make in MAKERS.items() if f"{{{slot}}}" in template}
        for slots, names in self._named.items():
            if names:
                pieces |= dict(zip(slots, rng.sample(names, len(slots)), strict=True))
        if self._called:
            pieces["o"] = rng.choice(self._called)
        if self._addresses:
            pieces["h"] = rng.choice(self._surnames) + rng.choice(self._addresses)
        places = {"c": rng.choice(self._compounds), "s": rng.choice(self._streets), "a": rng.randint(3, 91)}
        surname = pieces["n"][0]
        text = template.format(**pieces, **places, n1=surname)
        return Case(self.name, text, tuple(piece for slot, piece in pieces.items() if f"{{{slot}}}" in template))

    def negatives(self, seed: int) -> list[Case]:
        """Texts with places, brands, words that begin like names, figures and amounts, and no personal data."""
        rng = random.Random(seed)
        cases = []
        for number in range(1_000):
            hour = rng.randint(1, 18)
            figures = {"k": rng.randint(2, 99), "j": rng.randint(2, 9), "i": rng.randint(10, 59), "h": hour}
            figures |= {"h2": hour + 4, "d": rng.randint(1, 28)}
            listed = {key: rng.choice(words) for key, words in self._lists.items()} | {"s": rng.choice(self._streets)}
            cases.append(Case("none", self._nothing[number % len(self._nothing)].format(**(figures | listed))))
        return cases


@cache
def held_out() -> Templates:
    """The second set, in other styles than the first."""
    return Templates("held_out", 2_200)


@cache
def registers() -> Templates:
    """The third set, in further registers."""
    return Templates("registers", 1_700)


@cache
def occasions() -> Templates:
    """The fourth set, in registers that the others do not have; a tenth of its names are words."""
    return Templates("occasions", 2_000)


@cache
def everyday() -> Templates:
    """The fifth set: names as they are borne, in the ordinary registers of a duty desk."""
    return Templates("everyday", 2_400)
