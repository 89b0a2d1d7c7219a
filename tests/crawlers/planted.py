"""Generated texts with planted personal data, and texts that look like it and hold none. All of it is invented."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

_WORDS = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_SURNAMES, _GIVEN = _WORDS["surnames"].split(), _WORDS["given"].split()
_COMPOUNDS, _STREETS = _WORDS["compounds"].split(), _WORDS["streets"].split()
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMERALS = "零一二三四五六七八九"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青川宁琼"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "0123456789"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Case:
    """A text, and the pieces that must not stand in its masked form (none for a text that must stay as it is)."""

    kind: str
    text: str
    planted: tuple[str, ...] = ()


def digits(rng: random.Random, count: int, first: str = _DIGITS) -> str:
    return rng.choice(first) + "".join(rng.choices(_DIGITS, k=count - 1))


def name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN)


def mobile(rng: random.Random) -> str:
    return "1" + digits(rng, 10, "3456789")


def identity(rng: random.Random) -> str:
    area = rng.choice(("110101", "330106", "420111", "510104", "610113", "230102", "440305"))
    born = f"{rng.randint(1940, 2019)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    body = f"{area}{born}{rng.randint(0, 999):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def card(rng: random.Random) -> str:
    issuer = rng.choice(("621700", "622848", "623058", "601382", "436742", "552245"))
    body = issuer + digits(rng, rng.choice((9, 12)))
    total = sum(sum(divmod(int(d) * 2, 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def plate(rng: random.Random) -> str:
    head = rng.choice(_PROVINCES) + rng.choice(_LETTERS[:18]) + rng.choice(("", "", "·", " "))
    if rng.random() < 0.4:
        return head + rng.choice("DF") + rng.choice(_DIGITS + _LETTERS) + digits(rng, 4)
    return head + "".join(rng.choices(_DIGITS + _LETTERS, k=3)) + digits(rng, 2)


def door(rng: random.Random) -> str:
    room = f"{rng.randint(1, 28)}0{rng.randint(1, 6)}"
    house, unit = rng.randint(1, 36), rng.randint(1, 5)
    forms = (
        *(f"{house}栋{unit}单元{room}室", f"{house}号楼{unit}单元{room}", f"{house}幢{room}室", f"{house}栋{room}"),
        *(
            f"{house}号楼{room}",
            f"{house}-{unit}-{room}",
            f"{house}#{unit}单元{room}",
            f"{rng.choice('ABCDE')}座{room}室",
        ),
        *(f"{house}号楼{_NUMERALS[unit]}单元{room}室", f"{unit}单元{room}室", f"{house}栋{unit}-{room}"),
    )
    return rng.choice(forms)


def written_mobile(rng: random.Random) -> str:
    """A phone number as people write it."""
    plain = mobile(rng)
    forms = (
        *(plain, plain, f"{plain[:3]} {plain[3:7]} {plain[7:]}", f"{plain[:3]}-{plain[3:7]}-{plain[7:]}", f"86{plain}"),
        *(f"{plain[:3]} {plain[3:6]} {plain[6:]}", f"{plain[:4]} {plain[4:7]} {plain[7:]}", f"+86 {plain}"),
        *(plain.translate(_FULL_WIDTH), "".join(_NUMERALS[int(digit)] for digit in plain)),
    )
    return rng.choice(forms)


def landline(rng: random.Random) -> str:
    area, local = rng.choice(("010", "021", "0571", "0755", "028", "0931")), digits(rng, 8, "2345678")
    return rng.choice((f"{area}-{local}", f"（{area}）{local}", f"{area} {local}", f"{area}{local}"))


def written_identity(rng: random.Random) -> str:
    plain = identity(rng)
    spaced = f"{plain[:6]} {plain[6:14]} {plain[14:]}"
    return rng.choice((plain, plain, plain.lower(), plain.translate(_FULL_WIDTH), spaced))


def written_card(rng: random.Random) -> str:
    plain = card(rng)
    return rng.choice((plain, " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))))


def account(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return digits(rng, rng.randint(6, 10), "123456789")
    stem = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(5, 9)))
    return stem + rng.choice(("", "_", "-")) + digits(rng, rng.randint(2, 4))


def mail(rng: random.Random) -> str:
    return f"{account(rng)}@{rng.choice(('mail.example', 'qihe.example', '163.example.com'))}"


def handle(rng: random.Random) -> str:
    return rng.choice(_WORDS["handles"].split())


_PIECES: dict[str, tuple[int, Callable[[random.Random], str]]] = {
    "mobile": (450, written_mobile),
    "landline": (150, landline),
    "identity": (200, written_identity),
    "bank": (150, written_card),
    "plate": (250, plate),
    "account": (200, account),
    "mail": (120, mail),
    "handle": (100, handle),
}


def _names(rng: random.Random) -> Iterator[Case]:
    for number in range(700):
        template = _WORDS["name"][number % len(_WORDS["name"])]
        first, second = name(rng), name(rng)
        place = {"c": rng.choice(_COMPOUNDS), "s": rng.choice(_STREETS), "a": rng.randint(7, 88)}
        planted = (first, second) if "{m}" in template else (first,)
        yield Case("name", template.format(n=first, m=second, **place), planted)


def _pieces(rng: random.Random) -> Iterator[Case]:
    for kind, (count, make) in _PIECES.items():
        for _ in range(count):
            piece = make(rng)
            planted = piece.removeprefix("+86 ")[-8:] if kind == "landline" else piece.removeprefix("+86 ")
            yield Case(kind, rng.choice(_WORDS[kind]).format(piece), (planted,))


def _doors(rng: random.Random) -> Iterator[Case]:
    for _ in range(350):
        piece = door(rng)
        yield Case("door", rng.choice(_WORDS["door"]).format(p=rng.choice(_COMPOUNDS), d=piece), (piece,))


def positives(seed: int = 20261120) -> list[Case]:
    """At least 2,000 texts with planted data."""
    rng = random.Random(seed)
    return [*_names(rng), *_pieces(rng), *_doors(rng)]


def negatives(seed: int = 20261120) -> list[Case]:
    """Texts that hold amounts, figures, times, streets, hotlines and titles, and no personal data."""
    rng = random.Random(seed)
    ranges = {"a": (2, 9), "b": (2, 98), "c": (11, 60), "n": (120, 98_000), "d": (1, 28), "h": (6, 22), "m": (10, 59)}
    cases = []
    for number in range(1100):
        numbers = {letter: rng.randint(*bounds) for letter, bounds in ranges.items()}
        places = {"p": rng.choice(_COMPOUNDS), "s": rng.choice(_STREETS), "t": rng.choice(_STREETS)}
        template = _WORDS["nothing_personal"][number % len(_WORDS["nothing_personal"])]
        cases.append(Case("none", template.format(f=rng.randint(1000, 1899), **numbers, **places)))
    return cases
