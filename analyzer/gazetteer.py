"""The places that can be named: the bundled national list, and the district's own over it."""

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import ahocorasick

from analyzer.model import Place
from analyzer.text import normalise

ADMINISTRATIVE = ("province", "city", "county", "street", "village")
"""Levels that divide the land: two of one level and one parent have nothing in common."""
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
_AUTONOMOUS = ("自治州", "自治县", "自治旗")
"""Spoken without the peoples' names: 凉山州."""
_POINTS = {"compound", "school", "hospital", "plant", "station", "site"}
_NAME_LIMIT = 60
_STREET_END = re.compile(r"街道|[镇乡]|苏木")
_STREET_LENGTH = 12
"""Characters of a street's or town's name at most; the few longer ones are spoken of by shorter names."""


class Form(StrEnum):
    """How a name may be taken: `own` and `full` anywhere, a short name by its class."""

    OWN = "own"
    FULL = "full"
    FREE = "A"
    SUPPORTED = "B"
    BEHIND_PARENT = "C"


class Relation(StrEnum):
    """How two places lie to each other; `within` is one inside the other, whichever way round."""

    SAME = "same"
    WITHIN = "within"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"


@dataclass(eq=False, slots=True)
class Entry:
    """One place of the list. Entries are compared by identity: names repeat."""

    name: str
    level: str
    code: str | None = None
    parent: "Entry | None" = None
    own: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Names from the topmost division down to this one."""
        return (*self.parent.path, self.name) if self.parent else (self.name,)

    def lies_in(self, other: "Entry") -> bool:
        """Whether it is `other` or a part of it."""
        entry: Entry | None = self
        while entry is not None:
            if entry is other:
                return True
            entry = entry.parent
        return False


Names = dict[str, list[tuple[Entry, Form]]]


@dataclass(frozen=True, slots=True)
class National:
    """The bundled list, read once a process and shared by every gazetteer."""

    by_code: dict[str, Entry]
    names: Names
    streets: Names


@cache
def _national() -> National:
    """analyzer/resources/places.csv.gz: code, name, short name, its class, former names. Parents come first."""
    packed = resources.files("analyzer").joinpath("resources/places.csv.gz").read_bytes()
    by_code: dict[str, Entry] = {}
    names: Names = defaultdict(list)
    streets: Names = defaultdict(list)
    for code, name, short, form, former in csv.reader(io.StringIO(gzip.decompress(packed).decode())):
        entry = Entry(name, _level(code), code, _parent(code, by_code))
        by_code[code] = entry
        (streets if entry.level == "street" else names)[name].append((entry, Form.FULL))
        if short and short != name:
            names[short].append((entry, Form(form)))
            if name.endswith(_AUTONOMOUS) and len(short) > 1:
                names[short + name[-1]].append((entry, Form.FULL))
        for old in former.split("|") if former else ():
            names[old].append((entry, Form.FULL))
    return National(by_code, names, streets)


def _level(code: str) -> str:
    if len(code) > 6:
        return "street"
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def _parent(code: str, by_code: Mapping[str, Entry]) -> Entry | None:
    """The narrowest known division whose code begins this one."""
    for prefix in (code[:6], f"{code[:4]}00", f"{code[:2]}0000"):
        if prefix != code and prefix in by_code:
            return by_code[prefix]
    return None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """National places and the district's own, findable by name. Made by `load`.

    `automaton` finds own names and divisions down to the county; streets and towns are found by their ends.
    """

    own: tuple[Entry, ...]
    automaton: Any
    _by_code: dict[str, Entry]
    _by_name: dict[str, list[Entry]] = field(default_factory=dict)

    @classmethod
    def load(cls, entries: Iterable[Mapping[str, Any]] = ()) -> "Gazetteer":
        """The national list with a district's entries (docs/formats.md).

        Raises ValueError with one Chinese sentence that names the entry.
        """
        national = _national()
        rows = [_checked(number, entry) for number, entry in enumerate(entries, start=1)]
        own = [Entry(row.name, row.level, row.code, own=True) for row in rows]
        by_name: dict[str, list[Entry]] = defaultdict(list)
        by_code = dict(national.by_code)
        codes: set[str] = set()
        for row, entry in zip(rows, own, strict=True):
            if row.code in codes:
                raise ValueError(f"地名库{row.where}的编码 {row.code} 与前面的条目重复，请改正其一。")
            by_name[row.name].append(entry)
            if row.code:
                codes.add(row.code)
                by_code[row.code] = entry
        for row, entry in zip(rows, own, strict=True):
            entry.parent = _own_parent(row, by_name, by_code, national)
        for row, entry in zip(rows, own, strict=True):
            _refuse_circle(row, entry)
        names: Names = defaultdict(list)
        for row, entry in zip(rows, own, strict=True):
            for name in {row.name, *row.aliases}:
                names[normalise(name)].append((entry, Form.OWN))
        return cls(tuple(own), _automaton(national.names, names), by_code, dict(by_name))

    def region(self, region: str | None) -> Entry | None:
        """The entry of a source's region: a code, or a name that stands for one place only."""
        if not region:
            return None
        if region in self._by_code:
            return self._by_code[region]
        if region in self._by_name:
            return self._by_name[region][0]
        # Codes are often cut or filled up: 3310 and 331000000000 are 331000.
        if region.isdigit():
            short = region.rstrip("0")
            short += "0" * (-len(short) % 2)
            return self._by_code.get(f"{short:0<6}"[:6] if len(short) <= 6 else short[:9])
        entries = {id(e): e for e, form in _national().names.get(region, ()) if form is Form.FULL or form is Form.FREE}
        return next(iter(entries.values())) if len(entries) == 1 else None

    def streets(self, plain: str) -> Iterable[tuple[int, int, tuple[tuple[Entry, Form], ...]]]:
        """National streets and towns in a normalised text: start, end, readings."""
        named = _national().streets
        for match in _STREET_END.finditer(plain):
            end = match.end()
            for start in range(max(0, end - _STREET_LENGTH), match.start()):
                found = named.get(plain[start:end])
                if found is not None:
                    yield start, end, tuple(found)

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
        if place.level not in {"school", "plant", "site", "hospital", "station", "compound"}:
            return frozenset()
        kinds = {place.level}
        if place.level == "school" and "幼儿园" in place.name:
            kinds.add("kindergarten")
        return frozenset(kinds)

    def _entry(self, place: Place) -> Entry | None:
        if place.code is not None:
            return self._by_code.get(place.code)
        return next((e for e in self._by_name.get(place.name, ()) if e.path == place.path), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """One checked line of the district's file."""

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
        raise ValueError(f"地名库{where}不是一个对象，请写成 {{“name”: …, “level”: …}} 的形式。")
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


def _own_parent(
    row: _Row, by_name: Mapping[str, list[Entry]], by_code: Mapping[str, Entry], national: National
) -> Entry | None:
    """The entry that a line's parent stands for; without one, the division its code begins with."""
    if row.parent is None:
        return _parent(row.code, national.by_code) if row.code and row.code.isdigit() else None
    if row.parent in by_code:
        return by_code[row.parent]
    listed = [*national.names.get(row.parent, ()), *national.streets.get(row.parent, ())]
    found = by_name.get(row.parent) or [e for e, form in listed if form is Form.FULL]
    if len(found) == 1:
        return found[0]
    reason = "在库中找不到，请先写上级条目" if not found else "不止一个，请改写上级的编码"
    raise ValueError(f"地名库{row.where}的上级“{row.parent}”{reason}。")


def _refuse_circle(row: _Row, entry: Entry) -> None:
    seen: set[int] = set()
    above: Entry | None = entry
    while above is not None:
        if id(above) in seen:
            raise ValueError(f"地名库{row.where}的上级绕了一圈又回到自己，请改正 parent。")
        seen.add(id(above))
        above = above.parent


def _automaton(national: Names, own: Names) -> Any:
    """Name -> `Name`; an own name hides the national ones of the same letters."""
    automaton = ahocorasick.Automaton()
    for name, entries in (national | own).items():
        if len(name) > 1 or name in own:
            automaton.add_word(name, (len(name), tuple(entries), max(_alone(*reading) for reading in entries)))
    automaton.make_automaton()
    return automaton


def _alone(entry: Entry, form: Form) -> int:
    """How far a name stands alone: 2 by itself, 1 with a region, 0 only behind its parent."""
    if form is Form.BEHIND_PARENT:
        return 1 if entry.level == "city" else 0
    return 1 if form is Form.SUPPORTED or entry.level == "street" and not entry.own else 2


def _apart(one: Entry, other: Entry) -> bool:
    """Whether nothing can be in both: they, or divisions they lie in, are two of one kind."""
    if one.level == other.level and one.level in _POINTS:
        return True
    divisions = {e.level: e for e in _above(one) if e.level in ADMINISTRATIVE}
    return any(e.level in divisions and divisions[e.level] is not e for e in _above(other))


def _above(entry: Entry) -> Iterable[Entry]:
    """The entry and everything it lies in."""
    above: Entry | None = entry
    while above is not None:
        yield above
        above = above.parent
