"""A second planted set, in other styles than the first (held_out.yaml); the first one's makers make its pieces."""

import random
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML

from tests.crawlers import planted
from tests.crawlers.planted import Case

_WORDS = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
NAMES = _WORDS["names"].split()
_COMPOUNDS, _STREETS = _WORDS["compounds"].split(), _WORDS["streets"].split()
_SPOKEN = "零幺二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
COUNT = 2_200


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
    "dash": _dashed,
    "dots": _dotted,
    "fw": lambda rng: planted.mobile(rng).translate(_FULL_WIDTH),
    "qq": lambda rng: planted.digits(rng, rng.randint(6, 10), "123456789"),
    "spoken": lambda rng: "".join(_SPOKEN[int(digit)] for digit in planted.mobile(rng)),
}


def positives(seed: int = 411) -> list[Case]:
    """Texts with one or several planted pieces each."""
    rng = random.Random(seed)
    return [_positive(rng, _WORDS["positive"][n % len(_WORDS["positive"])]) for n in range(COUNT)]


def _positive(rng: random.Random, template: str) -> Case:
    first, second = rng.sample(NAMES, 2)
    plain = {"n": first, "m": second, "n1": first[0]}
    pieces = {name: make(rng) for name, make in MAKERS.items() if f"{{{name}}}" in template}
    places = {"c": rng.choice(_COMPOUNDS), "s": rng.choice(_STREETS), "a": rng.randint(3, 91)}
    named = [plain[key] for key in ("n", "m") if f"{{{key}}}" in template]
    return Case("held out", template.format(**plain, **pieces, **places), (*named, *pieces.values()))


def negatives(seed: int = 411) -> list[Case]:
    """Texts with figures, amounts, streets, dates and plan numbers, and no personal data."""
    rng = random.Random(seed)
    cases = []
    for number in range(1_000):
        hour = rng.randint(1, 18)
        figures = {"k": rng.randint(2, 99), "j": rng.randint(2, 9), "i": rng.randint(10, 59), "d": rng.randint(1, 28)}
        template = _WORDS["nothing"][number % len(_WORDS["nothing"])]
        cases.append(Case("none", template.format(h=hour, h2=hour + 4, s=rng.choice(_STREETS), **figures)))
    return cases
