"""Well-known disasters of the past: who names one beside its figures tells of no happening of today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from analyzer.patterns import bounds
from crawlers.beijing import BEIJING

FRESH_FOR = timedelta(days=60)
"""So long after a disaster its name is news."""
_BETWEEN = r"[省市州县区镇]?[\d·.“”\"]{0,9}年?(?:的?那场|的)?(?:特别重大|特大|重大|大|强烈)?"
"""What may stand between a place and what befell it: "汶川“5·12”特大地震"."""
_NUMBER = r"[\d零一二两三四五六七八九十百千万亿]{1,9}"
_HARM = r"死|亡|难|牺牲|丧生|生命|性命|失踪|失联|伤|没了|葬身|埋|再也|下落"
_FIGURE = re.compile(
    rf"{_NUMBER}[多余几]?(?:[名个位口条人具][^，。；！？\n]{{0,14}}?(?:{_HARM})|公顷|亩|亿元|万元)|(?:{_HARM}|夺[走去]|带走)[^，。；！？\n]{{0,5}}?{_NUMBER}"
)
_ANEW = re.compile(r"发生(?![后在于的时以])|突发|再[次度]|又(?!到)|[昨今](?![年后])|近日|日前|刚")
"""Between a name and a figure, or before the name: something has happened there of late."""
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_DIGITS = re.compile(r"\d+")
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
_SENTENCE = "。！？\n"
_REACH = 80


@dataclass(frozen=True, slots=True)
class _Disaster:
    """One name of a disaster: what it is written like, its day, its dead; `loose` if others may be called so."""

    pattern: str
    day: datetime
    dead: int
    loose: bool


def _named(name: str) -> str:
    place, _, what = name.partition("+")
    ways = "|".join(map(re.escape, place.split("/")))
    return f"(?:{ways})" + (f"{_BETWEEN}(?:{'|'.join(map(re.escape, what.split('/')))})" if what else "")


def _read() -> Iterator[_Disaster]:
    listed = resources.files("analyzer").joinpath("resources", "past_disasters.txt").read_text(encoding="utf-8")
    for line in listed.splitlines():
        if line.startswith("#"):
            continue
        day, dead, names = line.split("\t")
        at = datetime.fromisoformat(day).replace(tzinfo=BEIJING)
        for name in names.split():
            yield _Disaster(_named(name.removesuffix("?")), at, int(dead), loose=name.endswith("?"))


_KNOWN = tuple(sorted(_read(), key=lambda one: one.loose))
NAMES = "|".join(one.pattern for one in _KNOWN)


@cache
def _meant(name: str) -> _Disaster:
    return next(one for one in _KNOWN if re.fullmatch(one.pattern, name))


def is_bygone(name: re.Match[str], told_at: datetime | None) -> bool:
    """Whether a name found in a normalised text tells of the old disaster: its figures stand beside it, nothing new."""
    plain, (first, last) = name.string, name.span()
    known = _meant(name[0])
    if told_at is not None and told_at - known.day <= FRESH_FOR:
        return False
    start, end = bounds.begin(plain, first, _SENTENCE, _REACH), bounds.end(plain, last, _SENTENCE, _REACH)
    before = plain[start:first]
    if _ANEW.search(before) or any(int(year) != known.day.year for year in _YEAR.findall(before)):
        return False
    figure = _FIGURE.search(plain, last, end) or _FIGURE.search(plain, start, first)
    if figure is None or _ANEW.search(plain, last, max(last, figure.start())):
        return False
    if not known.loose:
        return True
    told = " ".join(one[0] for one in _FIGURE.finditer(plain, start, end))
    return 2 * max(map(_size, re.findall(_NUMBER, told)), default=0) >= known.dead


def _size(number: str) -> float:
    """About how much a numeral is: enough to tell three from three hundred."""
    digits = _DIGITS.match(number)
    value = float(digits[0]) if digits else float(_NUMERALS.get(number[0], 1))
    for character in number:
        value *= _UNITS.get(character, 1)
    return value
