"""Towns by what people leave of their names: 柳市 of 柳市镇, where something speaks for it.

A city's street is called after what stands there ("鼓楼区中央门"), and many a town after a mountain or a lake: behind a
division such a name tells only which of its namesakes that is.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from analyzer.idf import UNHEARD, Idf
from analyzer.places.divisions import Entry, Form, Readings, national
from crawlers.finder import Finder

_CALLED = re.compile(r"(.{2,4}?)(?:街道(?<![路街桥道巷]街道)|镇|(?<!族)乡|苏木)")
"""A name and what is left of it; a street that is called after a road has none."""
_KIND = re.compile(r"街道|镇|乡|苏木")
_SIGHTS = ("街道", *(water + kind for water in "山湖岛" for kind in "镇乡"))
_SIZES = (4, 3, 2)
_COUNT = re.compile(r"[两二三四五六七八九十]个?([镇乡]|街道)(?![\u4e00-\u9fff]?[政长])")
_JOINS = frozenset("、和与及")
_RARE = 9.2
"""The weight from which a word right behind a county is seldom anything but a name (`idf`)."""
_APART = frozenset(" ·")
_DIGITS = {"province": 2, "city": 4, "county": 6}
"""How many digits of a division's code the codes of its towns begin with."""
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
"""Provinces that are no wider than a city."""


def is_left(entry: Entry, form: Form) -> bool:
    """Whether a reading is one of these names."""
    return entry.level == "street" and form is Form.SUPPORTED


def is_sight(entry: Entry) -> bool:
    """Whether what is left of its name is that of a sight: a city's street's, a mountain's, a lake's."""
    return entry.name.endswith(_SIGHTS)


def behind(plain: str, end: int, readings: Readings) -> Sequence[tuple[int, int, Readings]]:
    """The longest such name that begins right behind a division's: start, end, and what it may stand for there."""
    start = end + (plain[end : end + 1] in _APART)
    if plain[start : start + _SIZES[-1]] not in _heads():
        return ()
    for size in _SIZES:
        name = plain[start : start + size]
        codes = _codes().get(name, ())
        if not codes or name == plain[end - size : end]:
            continue
        over, form = _told(plain, start + len(name))
        weight = UNHEARD if form is Form.FULL else Idf.load().weight(name)
        inside = {code for entry, _ in readings if (code := _only(codes, _prefix(entry), weight))}
        if inside:
            return ((start, over, _readings(sorted(inside), form)),)
    return ()


def within(plain: str, division: Entry, *, home: bool) -> Sequence[tuple[int, int, Readings]]:
    """Such names of a county's or a city's towns anywhere in a text, those alone that are no word of any other kind."""
    codes = _unheard(prefix := _prefix(division))
    found: list[tuple[int, int, Readings]] = []
    for start, over, _ in _finder(prefix).find_all(plain) if codes else ():
        end, form = _told(plain, over)
        readings = _readings((codes[plain[start:over]],), form)
        if home or form is Form.FULL or not is_sight(readings[0][0]):
            found.append((start, end, readings))
    return found


def together(plain: str) -> Iterable[tuple[int, int, Readings]]:
    """Towns that are told in a row whose kind stands once behind it: 虎门、长安、厚街三镇."""
    for count in _COUNT.finditer(plain):
        row: list[tuple[int, int, Readings]] = []
        over = count.start()
        while size := next((size for size in _SIZES if _is_town(plain, over, size, count[1])), 0):
            row.append((over - size, over, national().readings(plain[over - size : over] + count[1])))
            over -= size + 1
            if plain[over : over + 1] not in _JOINS:
                break
        yield from row if len(row) > 1 else ()


def _is_town(plain: str, over: int, size: int, kind: str) -> bool:
    return over >= size and plain[over - size : over] + kind in national().streets


def naming(plains: Sequence[str], homes: Iterable[Entry | None]) -> set[int]:
    """Which of many texts hold such a name of their home's, by number."""
    at_home: dict[str, list[int]] = defaultdict(list)
    for number, home in enumerate(homes):
        if home is not None:
            at_home[_prefix(home)].append(number)
    found = set[int]()
    for prefix, numbers in at_home.items():
        ends = list(accumulate(len(plains[number]) + 1 for number in numbers))
        joined = "\n".join(plains[number] for number in numbers)
        hits = _finder(prefix).find_all(joined) if _unheard(prefix) else ()
        found |= {numbers[bisect_right(ends, start)] for start, _, _ in hits}
    return found


def _prefix(division: Entry) -> str:
    """What the codes of its towns begin with."""
    code = division.code or "-"
    digits = _DIGITS.get("city" if code in MUNICIPALITIES else division.level)
    return code[:digits].removesuffix("00") if digits else "-"


def _only(codes: Iterable[str], prefix: str, weight: float) -> str | None:
    """The one of a name's codes that begins so, unless the name is an everyday word."""
    inside = [code for code in codes if code.startswith(prefix)]
    least = _RARE if len(prefix) == _DIGITS["county"] else UNHEARD
    return inside[0] if len(inside) == 1 and weight >= least else None


def _told(plain: str, end: int) -> tuple[int, Form]:
    """Where a name ends, and its form: before another kind than its own it is told in full, many a 镇 was a 乡."""
    kind = _KIND.match(plain, end)
    return (end, Form.SUPPORTED) if kind is None else (kind.end(), Form.FULL)


def _readings(codes: Iterable[str], form: Form) -> Readings:
    return tuple((entry, form) for entry in map(national().entry, codes) if entry is not None)


@lru_cache(maxsize=4096)
def _unheard(prefix: str) -> Mapping[str, str]:
    """Codes of a county's or a city's towns by such names, without divisions' and words that the background has."""
    if len(prefix) <= _DIGITS["province"] and f"{prefix}0000" not in MUNICIPALITIES:
        return {}
    least = _RARE if len(prefix) == _DIGITS["county"] else UNHEARD
    listed, weight, divisions = _listed(), Idf.load().weight, national().names
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in listed[bisect_left(listed, (prefix,)) : bisect_left(listed, (f"{prefix}~",))]:
        if weight(name) >= least and name not in divisions:
            found[name].append(code)
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=4096)
def _finder(prefix: str) -> Finder:
    return Finder(_unheard(prefix))


@cache
def _listed() -> list[tuple[str, ...]]:
    """Code and what is left of the name of every town that has such a name, by code."""
    left = ((called[1], codes) for name, codes in national().streets.items() if (called := _CALLED.fullmatch(name)))
    return sorted((code, name) for name, codes in left for code in codes.split())


@cache
def _codes() -> Mapping[str, Sequence[str]]:
    """The codes of each such name."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in _listed():
        found[name].append(code)
    return dict(found)


@cache
def _heads() -> frozenset[str]:
    """What all such names begin with: a look at these spares nearly every other."""
    return frozenset(name[: _SIZES[-1]] for name in _codes())
