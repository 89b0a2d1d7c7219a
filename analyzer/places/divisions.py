"""The bundled list of administrative divisions, and what a named place is."""

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

ADMINISTRATIVE = ("province", "city", "county", "street", "village")
"""Levels that divide the land: two of one level have nothing in common."""
_COUNTY = 6
"""Digits of a county's code and of all above it; a street's or a town's begins with its county's."""
_STREET = re.compile(rf"^(\d{{{_COUNTY + 3}}}),([^,\n]*)", re.MULTILINE)
_AUTONOMOUS = ("自治州", "自治县", "自治旗")
"""Spoken without the peoples' names: 凉山州."""

_CALLED = {
    "150121": ("土左旗",),
    "150221": ("土右旗",),
    "150223": ("达茂旗",),
    "150421": ("阿旗",),
    "150425": ("克旗",),
    "150426": ("翁旗",),
    "150428": ("喀旗",),
    "150521": ("科左中旗",),
    "150522": ("科左后旗",),
    "150526": ("扎旗",),
    "150621": ("达旗",),
    "150622": ("准旗",),
    "150623": ("鄂前旗",),
    "150627": ("伊旗",),
    "150722": ("莫旗",),
    "150723": ("鄂伦春旗",),
    "150724": ("鄂温克旗",),
    "150725": ("陈旗",),
    "150726": ("新左旗",),
    "150727": ("新右旗",),
    "150823": ("乌前旗",),
    "150824": ("乌中旗",),
    "150825": ("乌后旗",),
    "150926": ("察右前旗",),
    "150927": ("察右中旗",),
    "150928": ("察右后旗",),
    "152221": ("科右前旗",),
    "152222": ("科右中旗",),
    "152500": ("锡盟",),
    "152523": ("东苏旗", "苏左旗"),
    "152524": ("西苏旗", "苏右旗"),
    "152525": ("东乌旗",),
    "152526": ("西乌旗",),
    "152900": ("阿盟",),
    "152921": ("阿左旗",),
    "152922": ("阿右旗",),
    "210921": ("阜蒙县",),
    "211324": ("喀左", "喀左县"),
    "220721": ("前郭", "前郭县"),
    "220723": ("干安", "干安县"),
    "230624": ("杜蒙", "杜蒙县"),
    "310000": ("沪上", "申城"),
    "330200": ("甬城",),
    "350200": ("鹭岛",),
    "370100": ("泉城",),
    "440100": ("羊城",),
    "440300": ("鹏城",),
    "450100": ("邕城",),
    "510100": ("蓉城",),
    "532800": ("版纳", "版纳州"),
    "433123": ("凤凰古城",),
    "429021": ("神农架",),
    "500103": ("渝中半岛",),
    "532901": ("大理古城",),
    "653101": ("喀什古城",),
    "652700": ("博州",),
    "610424": ("干县",),
    "622926": ("东乡县",),
    "653000": ("克州", "克孜勒苏", "克孜勒苏州"),
    "653131": ("塔县",),
    "654002": ("伊宁",),
    "654022": ("察县",),
    "654226": ("和丰县",),
}
"""What divisions are called in the papers or nearby, where no other place is meant; 乾 is read as 干."""


class Form(StrEnum):
    """How a name may be taken: `own` and `full` anywhere, a short name by its class."""

    OWN = "own"
    FULL = "full"
    FREE = "A"
    SUPPORTED = "B"
    BEHIND_PARENT = "C"


@dataclass(eq=False, slots=True)
class Entry:
    """One place of a list. Entries are compared by identity: names repeat."""

    name: str
    level: str
    code: str | None = None
    parent: "Entry | None" = None
    own: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Names from the topmost division down to this one."""
        return tuple(entry.name for entry in self.upward())[::-1]

    def upward(self) -> Iterable["Entry"]:
        """The entry and everything it lies in, inside out."""
        entry: Entry | None = self
        while entry is not None:
            yield entry
            entry = entry.parent

    def lies_in(self, other: "Entry") -> bool:
        """Whether it is `other` or a part of it."""
        entry: Entry | None = self
        while entry is not None and entry is not other:
            entry = entry.parent
        return entry is not None


Readings = tuple[tuple[Entry, Form], ...]
"""What a name may stand for, and in which form it does."""
Names = dict[str, list[tuple[Entry, Form]]]


@dataclass(frozen=True, slots=True)
class National:
    """The bundled list, read once a process and shared by every gazetteer.

    `names` has divisions down to the county with their short and former names. Below are nine in ten of all, with no
    other names than these: `streets` has the codes of each, parted by spaces; an entry is made when it is asked for.
    """

    by_code: dict[str, Entry]
    names: Names
    streets: Mapping[str, str]
    _named: Mapping[str, str]

    def entry(self, code: str) -> Entry | None:
        """The division of a code."""
        found = self.by_code.get(code)
        if found is None and code in self._named:
            made = Entry(self._named[code], "street", code, parent_of(code, self.by_code))
            found = self.by_code.setdefault(code, made)  # Of two threads that ask at once both are given the same.
        return found

    def readings(self, street: str) -> Readings:
        """What the full name of a street or a town may stand for."""
        found = map(self.entry, self.streets.get(street, "").split())
        return tuple((entry, Form.FULL) for entry in found if entry is not None)


@cache
def national() -> National:
    """Read analyzer/resources/places.csv.gz: code, name, short name, its class, former names; streets come last."""
    packed = resources.files("analyzer").joinpath("resources/places.csv.gz").read_bytes()
    by_code: dict[str, Entry] = {}
    names: Names = defaultdict(list)
    forms = {form.value: form for form in Form}  # To call the class takes ten times as long.
    text = gzip.decompress(packed).decode()
    for code, name, short, form, former in csv.reader(io.StringIO(text)):
        if len(code) > _COUNTY:
            break
        by_code[code] = entry = Entry(name, _level(code), code, parent_of(code, by_code))
        names[name].append((entry, Form.FULL))
        if short and short != name:
            names[short].append((entry, Form.FREE if short in _CALLED.get(code, ()) else forms[form]))
            if name.endswith(_AUTONOMOUS) and len(short) > 1:
                names[short + name[-1]].append((entry, Form.FULL))
        for called in _CALLED.get(code, ()):
            if called != short:
                names[called].append((entry, Form.FREE))
        for old in former.split("|") if former else ():
            names[old].append((entry, Form.FULL))
    named = dict(_STREET.findall(text))
    streets: dict[str, str] = {}
    for code, name in named.items():
        streets[name] = f"{streets[name]} {code}" if name in streets else code
    return National(by_code, names, streets, named)


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def parent_of(code: str, by_code: Mapping[str, Entry]) -> Entry | None:
    """The narrowest known division whose code begins this one."""
    for prefix in (code[:_COUNTY], f"{code[:4]}00", f"{code[:2]}0000"):
        if prefix != code and prefix in by_code:
            return by_code[prefix]
    return None
