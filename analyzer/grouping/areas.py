"""Cities, counties and districts of a text: those that the gazetteer knows, and others by their form."""

import re
from collections.abc import Sequence
from functools import lru_cache

from analyzer.grouping.glue import GLUE
from analyzer.model import Place
from analyzer.places.divisions import national

NONE: frozenset[str] = frozenset()
_LEVELS = {"省": 0, "市": 1, "州": 1, "盟": 1, "县": 2, "区": 2, "旗": 2}
"""How fine a division is, by its last character."""
_COUNTIES = {"county", "district"}
_FINEST = (2, 1, 0)
_SHORTEST = 2
"""Characters of a division's name without which people may say the rest of it."""
_NARROW = re.compile(r"(?:[小社园校厂院景矿库街]区|[超夜集菜门早花鱼]市)$")
"""Ends of places that are no county or city, though their last character is that of one."""

_BEFORE = GLUE + "的"
_TOWN_OWN = rf"(?:(?![{_BEFORE}])[\u4e00-\u9fff]){{2,3}}"
_NO_TOWN = "全我本该各两个三议映转离去跑向与令起至"
_NO_CITY = _NO_TOWN + "超城菜股楼上门夜早集花闹整经核请查散地"
_NO_COUNTY = _NO_TOWN + "区邻外家正"
"""Characters that stand before 市 or 县 where it is no city or county by its name."""
_TOWNS = re.compile(
    rf"(?:^|(?<=[\W\d{_BEFORE}]))({_TOWN_OWN}(?<![{_NO_CITY}])市(?![场民政委面里内井容])"
    rf"|{_TOWN_OWN}(?<![{_NO_COUNTY}])县(?![委里内域]))"
)
"""A city or a county by its form and by what stands around it, where the gazetteer has none."""


_NO_DISTRICT = "小社校园景厂矿片地山郊库新老开发中特辖战灾牧林市两各该本全我服人保疫院在城往务场轨震转"
"""Characters that stand before 区 where it is no district of a city."""
_DISTRICT = re.compile(
    rf"(?:^|(?<=[\n市：，。“])|(?<=[是于在]))([\u4e00-\u9fff]{{2}}(?<![{_NO_DISTRICT}])区)(?![段间域])(?=[\u4e00-\u9fff]{{2}}|[大小][（(])"
)
"""A district by its form, where a clause begins with it or its city stands before it."""
LETTERED = re.compile(r"[A-Z](?<![A-Za-z0-9栋座期].)(?:\d{0,2}[省市县]|\d{1,2}区)")
"""A division whose name has been taken out ("A市", "B3区")."""


def by_form(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The finest of the cities, counties and districts in a text by their form ("梧山县"), and all of them."""
    if lettered := LETTERED.findall(text):
        fine = [one for one in lettered if one[-1] in "区县"]
        return frozenset(fine or lettered), frozenset(lettered)
    if "区" in text and (districts := _DISTRICT.findall(text)):
        return frozenset(districts), frozenset([*districts, *_TOWNS.findall(text)])
    towns = frozenset(_TOWNS.findall(text)) if "县" in text or "市" in text else NONE
    return towns, towns


def divisions(text: str, places: Sequence[Place]) -> tuple[frozenset[str], frozenset[str]]:
    """The finest of the cities, counties and districts that a text speaks of, and all of them with what they lie in.

    Where names have been taken out ("A市B3区") the gazetteer knows none of them.
    """
    if not places or LETTERED.search(text):
        return by_form(text)
    lies = [_lies(place.name, place.path) for place in places]
    known, around = frozenset([town for town, _ in lies]), NONE.union(*[region for _, region in lies])
    if "县" not in text and "市" not in text and "区" not in text:
        return known, around
    for short in [name[:-1] for name in around if len(name) > _SHORTEST]:
        text = text.replace(short, f"{short} ")  # "云南梧澜县"
    towns, _ = by_form(text)
    new = frozenset([town for town in towns if not any(map(town.endswith, around))])
    if not new:
        return known, around
    return new.union([town for town in known if _level(town) == _FINEST[0]]), around | new


@lru_cache(maxsize=1 << 12)
def district(region: str) -> tuple[str, frozenset[str]]:
    """The county of a source's region by its code, and all that it lies in with itself; none where no list knows it."""
    entry = national().entry(region)
    if entry is None or entry.level not in _COUNTIES:
        return "", NONE
    return entry.name, frozenset(entry.path)


def wide(name: str) -> bool:
    """Whether a name on a path is a county's or wider."""
    return name.endswith(("省", "市", "区", "县", "州")) and not _NARROW.search(name)


_OWN_PROVINCES = {"北京市", "天津市", "上海市", "重庆市"}
"""Cities that lie in no province."""


@lru_cache(maxsize=1 << 14)
def is_town(name: str) -> bool:
    """Whether a division is a city, a county or a district of one."""
    return _level(name) > 0


@lru_cache(maxsize=1 << 14)
def finest(names: frozenset[str]) -> frozenset[str]:
    """Of these divisions the counties, where there are none the cities, or the provinces."""
    levels = {name: _level(name) for name in names}
    return frozenset([name for name in names if levels[name] == max(levels.values())])


@lru_cache(maxsize=1 << 14)
def is_province(name: str) -> bool:
    """Whether a division is a province, or a city that lies in none."""
    return _level(name) == 0 or name in _OWN_PROVINCES


@lru_cache(maxsize=1 << 14)
def other_province(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both sets of divisions name their provinces, and none of one side is among the other's."""
    one, other = _provinces(ones), _provinces(others)
    return bool(one and other) and one.isdisjoint(other)


@lru_cache(maxsize=1 << 14)
def around(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether some of these divisions are whole cities or provinces of the others."""
    return any(0 <= _level(name) < _FINEST[0] for name in ones & others)


def _provinces(names: frozenset[str]) -> set[str]:
    return set(filter(is_province, names))


@lru_cache(maxsize=1 << 14)
def far(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two sets of divisions are apart on the finest level of which both name one.

    A county that no list knows may lie in any province.
    """
    for level in _FINEST:
        one = {name for name in ones if _level(name) == level}
        if one and (other := {name for name in others if _level(name) == level}):
            return one.isdisjoint(other)
    return False


@lru_cache(maxsize=1 << 14)
def _level(name: str) -> int:
    """How fine a division is; -1 of what is none."""
    return 0 if name.endswith("自治区") else _LEVELS.get(name[-1], -1) if wide(name) or name[-1] in "盟旗" else -1


@lru_cache(maxsize=1 << 14)
def _lies(name: str, path: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """A place's town, the finest part of its path that is as wide as a county, and what it lies in from there up.

    A place that has none is its own.
    """
    whole = [part for part in path if wide(part)]
    town = whole[-1] if whole else name
    return town, frozenset([*whole, town])
