"""The places that can be named: the bundled national list, and the district's own over it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import Any

from analyzer.idf import UNHEARD, Idf
from analyzer.model import Place
from analyzer.places.divisions import ADMINISTRATIVE, Entry, Form, Names, Readings, national, parent_of
from analyzer.text import normalise
from crawlers.finder import Finder

LEVELS = (
    "city",
    "county",
    "street",
    "village",
    "compound",
    "school",
    "hospital",
    "plant",
    "road",
    "station",
    "water",
    "site",
)
"""Levels of the district's own file (docs/formats.md)."""
_POINTS = {"compound", "school", "hospital", "plant", "station", "site"}
_NAME_LIMIT = 60
_KIND = re.compile(r"(?:小区|家园|花园|新村|公寓|宿舍)$")
"""What a compound is, left out where its name is enough: one that no other word is."""
_DIVISION = re.compile(r"(?<=..)[区县市旗]$")
"""The kind of a county, left out where it is known which is meant."""
_STREET_END = re.compile(r"[街镇乡苏](?:(?<=街)道|(?<=[镇乡])|(?<=苏)木)")
"""街道, 镇, 乡 or 苏木: what begins with a class is looked for many times as fast as alternatives."""
_STREET_LENGTH = 12
"""Characters of a street's or town's name at most; the few longer ones are spoken of by shorter names."""

__all__ = ["LEVELS", "Entry", "Form", "Gazetteer", "Readings", "Relation"]


class Relation(StrEnum):
    """How two places lie to each other; `within` is one inside the other, whichever way round."""

    SAME = "same"
    WITHIN = "within"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """National places and the district's own, findable by name. Made by `load`.

    The finder finds own names and divisions down to the county; streets and towns are found by their ends.
    """

    own: tuple[Entry, ...]
    _finder: Finder
    _named: tuple[tuple[Readings, int], ...]
    """What each word of the finder stands for, and how far it stands alone (`alone`)."""
    _by_code: dict[str, Entry]
    _by_name: dict[str, list[Entry]] = field(default_factory=dict)

    @classmethod
    def load(cls, entries: Iterable[Mapping[str, Any]] = ()) -> "Gazetteer":
        """The national list with a district's entries (docs/formats.md).

        Raises ValueError with one Chinese sentence that names the entry.
        """
        rows = [_checked(number, entry) for number, entry in enumerate(entries, start=1)]
        own = tuple(Entry(row.name, row.level, row.code, own=True) for row in rows)
        by_code = {entry.code: entry for entry in own if entry.code}
        by_name: dict[str, list[Entry]] = defaultdict(list)
        names: Names = defaultdict(list)
        codes: set[str] = set()
        for row, entry in zip(rows, own, strict=True):
            if row.code in codes:
                raise ValueError(f"地名库{row.where}的编码 {row.code} 与前面的条目重复，请改正其一。")
            codes |= {row.code} if row.code else set()
            by_name[row.name].append(entry)
            for name in {row.name, *row.aliases}:
                names[normalise(name)].append((entry, Form.OWN))
        for name, entry in _short_names(rows, own, names).items():
            names[name].append((entry, Form.OWN))
        for name, reading in _short_divisions(own, names):
            names[name] = [*names.get(name, _others(name, reading[0])), reading]
        for row, entry in zip(rows, own, strict=True):
            entry.parent = _parent(row, by_name, by_code)
        for row, entry in zip(rows, own, strict=True):
            _refuse_circle(row, entry, len(own))
        return cls(own, *_finder(national().names | names), by_code, dict(by_name))

    def region(self, region: str | None) -> Entry | None:
        """The entry of a source's region: a code, or a name that stands for one place only."""
        if not region:
            return None
        coded = self._coded(region)
        if coded is not None:
            return coded
        if region in self._by_name:
            return self._by_name[region][0]
        if region.isdigit():
            return self._coded(_full_code(region))
        named = [entry for entry, form in national().names.get(region, ()) if form in {Form.FULL, Form.FREE}]
        return named[0] if len({id(entry) for entry in named}) == 1 else None

    def naming(self, plains: Sequence[str]) -> set[int]:
        """Which of many normalised texts hold a name, or a word that streets' names end with."""
        joined = "\n".join(plains)
        spots = [start for start, _, _ in self._finder.find_all(joined)]
        spots += [match.start() for match in _STREET_END.finditer(joined)]
        ends = list(accumulate(len(plain) + 1 for plain in plains))
        return {bisect_right(ends, spot) for spot in spots}

    def names(self, plain: str) -> list[tuple[int, int, Readings, int]]:
        """Own names and divisions in a normalised text, overlapping ones too: start, end, readings, `alone`."""
        hits = self._finder.find_all(plain)
        return [(start, end, *self._named[name]) for start, end, name in hits]

    def streets(self, plain: str) -> Iterable[tuple[int, int, Readings]]:
        """National streets and towns in a normalised text: start, end, readings."""
        listed = national()
        for match in _STREET_END.finditer(plain):
            end = match.end()
            for start in range(max(0, end - _STREET_LENGTH), match.start()):
                if plain[start:end] in listed.streets:
                    yield start, end, listed.readings(plain[start:end])

    def relation(self, one: Place, other: Place) -> Relation:
        """How two places of a reading lie to each other."""
        first, second = self._entry(one), self._entry(other)
        if first is None or second is None:
            return Relation.SAME if one.name == other.name and one.path == other.path else Relation.UNKNOWN
        if first is second:
            return Relation.SAME
        if first.lies_in(second) or second.lies_in(first):
            return Relation.WITHIN
        return Relation.DISJOINT if _apart(first, second) else Relation.UNKNOWN

    def settings(self, place: Place) -> frozenset[str]:
        """Kinds of surroundings that a place is: its level word, where plans speak of it, and "kindergarten"."""
        if place.level not in _POINTS:
            return frozenset()
        kindergarten = place.level == "school" and "幼儿园" in place.name
        return frozenset((place.level, "kindergarten") if kindergarten else (place.level,))

    def _coded(self, code: str) -> Entry | None:
        return self._by_code.get(code) or national().entry(code)

    def _entry(self, place: Place) -> Entry | None:
        if place.code is not None:
            return self._coded(place.code)
        return next((e for e in self._by_name.get(place.name, ()) if e.path == place.path), None)


def alone(entry: Entry, form: Form) -> int:
    """How far a name stands alone: 2 by itself, 1 with a region or a telling word, 0 only behind its parent."""
    if form is Form.BEHIND_PARENT:
        return 1 if entry.level == "city" else 0
    return 1 if form is Form.SUPPORTED else 2


def _short_names(rows: Iterable["_Row"], own: Iterable[Entry], names: Names) -> dict[str, Entry]:
    """Compounds by what people leave of their names ("阳光里" of "阳光里小区"), where it stands for one place only."""
    found = dict[str, list[Entry]]()
    for row, entry in zip(rows, own, strict=True):
        short = _KIND.sub("", normalise(row.name))
        if row.level == "compound" and short not in names and Idf.load().weight(short) >= UNHEARD:
            found.setdefault(short, []).append(entry)
    return {short: entries[0] for short, entries in found.items() if len(entries) == 1 and len(short) > 1}


def _short_divisions(own: Iterable[Entry], names: Names) -> Iterable[tuple[str, tuple[Entry, Form]]]:
    """Own counties without their kind ("栖川" of "栖川区"), each in the source's region alone."""
    told = set(names)
    for entry in own:
        short = _DIVISION.sub("", normalise(entry.name)) if entry.level in {"city", "county"} else ""
        if len(short) > 1 and short not in told and short != entry.name:
            free = short not in national().names and Idf.load().weight(short) >= UNHEARD
            yield short, (entry, Form.SUPPORTED if free else Form.BEHIND_PARENT)


def _others(name: str, own: Entry) -> list[tuple[Entry, Form]]:
    """What else a name stands for in the whole country."""
    return [(entry, form) for entry, form in national().names.get(name, ()) if entry.code != own.code]


def _full_code(region: str) -> str:
    """Codes are often cut or filled up: 3310 and 331000000000 are 331000."""
    short = region.rstrip("0")
    short += "0" * (len(short) % 2)
    return f"{short:0<6}"[:6] if len(short) <= 6 else region[:9]


@dataclass(frozen=True, slots=True)
class _Row:
    """One checked line of the district's file; `where` names it in sentences."""

    where: str
    name: str
    level: str
    code: str | None
    parent: str | None
    aliases: tuple[str, ...]


def _checked(number: int, entry: Any) -> _Row:
    """The line's fields, or a sentence about what is wrong with it."""
    where = f"第{number}条"
    if not isinstance(entry, Mapping):
        raise ValueError(  # noqa: TRY004  # one error for all that a file may hold
            f"地名库{where}不是一个对象，请写成 {{“name”: …, “level”: …}} 的形式。"
        )
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > _NAME_LIMIT:
        raise ValueError(f"地名库{where}没有可用的 name，请填写不超过{_NAME_LIMIT}字的名称。")
    where += f"“{name}”"
    level = entry.get("level")
    if level not in LEVELS:
        raise ValueError(f"地名库{where}的 level 是 {level!r}，只能写 {'、'.join(LEVELS)} 之一。")
    code, parent, aliases = entry.get("code"), entry.get("parent"), entry.get("aliases") or []
    for key, value in (("code", code), ("parent", parent)):
        if value is not None and not isinstance(value, str):
            raise ValueError(f"地名库{where}的 {key} 须是带引号的文字，或 null。")
    if not isinstance(aliases, list | tuple) or not all(isinstance(a, str) and a.strip() for a in aliases):
        raise ValueError(f"地名库{where}的 aliases 须是文字的列表，如 [“别名”]。")
    return _Row(where, name.strip(), level, code or None, parent or None, tuple(a.strip() for a in aliases))


def _parent(row: _Row, by_name: Mapping[str, list[Entry]], by_code: Mapping[str, Entry]) -> Entry | None:
    """The entry that a line's parent stands for; without one, the division its code begins with."""
    listed = national()
    if row.parent is None:
        return parent_of(row.code, listed.by_code) if row.code and row.code.isdigit() else None
    coded = by_code.get(row.parent) or listed.entry(row.parent)
    if coded is not None:
        return coded
    elsewhere = [*listed.names.get(row.parent, ()), *listed.readings(row.parent)]
    found = by_name.get(row.parent) or [entry for entry, form in elsewhere if form is Form.FULL]
    if len(found) == 1:
        return found[0]
    reason = "在库中找不到，请先写上级条目" if not found else "不止一个，请改写上级的编码"
    raise ValueError(f"地名库{row.where}的上级“{row.parent}”{reason}。")


def _refuse_circle(row: _Row, entry: Entry, own: int) -> None:
    """No way up may be longer than all entries and the national levels together."""
    for steps, _ in enumerate(entry.upward()):
        if steps > own + len(ADMINISTRATIVE):
            raise ValueError(f"地名库{row.where}的上级绕了一圈又回到自己，请改正 parent。")


def _finder(names: Names) -> tuple[Finder, tuple[tuple[Readings, int], ...]]:
    """Finds names; an own name hides the national ones of its letters."""
    kept = {name: tuple(entries) for name, entries in names.items() if len(name) > 1 or entries[0][0].own}
    return Finder(kept), tuple((entries, max(alone(*one) for one in entries)) for entries in kept.values())


def _apart(one: Entry, other: Entry) -> bool:
    """Whether nothing can be in both: they, or divisions they lie in, are two of one kind."""
    if one.level == other.level and one.level in _POINTS:
        return True
    divisions = {entry.level: entry for entry in one.upward() if entry.level in ADMINISTRATIVE}
    return any(divisions.get(entry.level, entry) is not entry for entry in other.upward())
