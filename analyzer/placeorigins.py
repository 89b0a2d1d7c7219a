"""Names that tell where somebody or something is from, and not where something happens."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import rjieba

from analyzer.divisions import Form
from analyzer.placenames import Mention
from analyzer.placescenes import is_led_to, is_told
from analyzer.topics import topic_list

_THERE = re.compile(r"[^\W\d从到至往回去来]{1,12}(?:的|在[^，。；：！？、,.;:!?\s]{0,8})")
"""Between whose and where: 浙江商人在贵阳, 河南货车在高速湖北咸宁段, 上海建工承建的合肥某工地."""
_OF = re.compile(r"[\u4e00-\u9fff]{0,6}的")
"""Between where and whose, behind what leads to a place: 在东莞打工的贵州老乡."""
_LEADS = frozenset("在到去回往从来至自由与赴进离向于")
_CITIES = frozenset(("110000", "120000", "310000", "500000", "710000", "810000", "820000"))
"""Provinces that are no wider than a city."""
_THINGS = frozenset(("n", "nr", "nz", "nrt", "nrfg"))
"""The dictionary's kinds of words for things, persons and brands; those for places are others."""
_LAND = frozenset(
    "站场田城桥区岛街宫院楼园馆厂店校局所港库坝河湖山路道巷村镇乡塔门寺庙陵墓矿井隧洞厅会委府部处台网社里口岸线境地速"
)
"""How a word ends that stands or lies somewhere, or governs there."""
_AHEAD = 8
"""Characters behind a name that hold the next two words."""
_DIVIDED = re.compile(r"[\u4e00-\u9fff]{2,3}[县市区旗镇乡]")
"""A county or a town that no list knows lies there all the same."""


def whose(plain: str, named: Sequence[Mention]) -> set[int]:
    """Which short names tell whose somebody or something is that the same clause puts elsewhere, by number."""
    found = set[int]()
    for number, (one, other) in enumerate(pairwise(named)):
        led = plain[one.first - 1 : one.first] in _LEADS
        if (_OF if led else _THERE).fullmatch(plain, one.end, other.first) and _are_apart(one, other):
            found.add(number + led)
    return {number for number in found if _is_short(named[number]) and not is_told(plain, named[number])}


def comes_from(plain: str, province: Mention) -> bool:
    """Whether a province's short name tells where a thing or somebody comes from: 云南松毛虫.

    What stands there, and what the topics are about, does not come from there but is there: 湖北医保.
    """
    entries = [entry for entry, form in province.readings if form is Form.FREE and entry.code not in _CITIES]
    inside = any(inner.lies_in(entry) for inner, _ in province.inner for entry in entries)
    behind = province.behind is not None or is_led_to(plain, province)
    if not entries or inside or behind or is_told(plain, province) or _DIVIDED.match(plain, province.end):
        return False
    words = rjieba.tag(plain[province.end : province.end + _AHEAD])[:2]
    there = any(word[-1] in _LAND or word in _matters() for word, _ in words)
    return bool(words) and not there and words[0][1] in _THINGS


@cache
def _matters() -> frozenset[str]:
    """What keywords of the topics are, or begin with."""
    return frozenset(word[:size] for word in topic_list().keywords for size in range(2, len(word) + 1))


def _are_apart(one: Mention, other: Mention) -> bool:
    """Whether two names stand for places of which neither lies in the other."""
    first, second = one.entry, other.entry
    return first is not None and second is not None and not first.lies_in(second) and not second.lies_in(first)


def _is_short(mention: Mention) -> bool:
    return all(form not in {Form.FULL, Form.OWN} for entry, form in mention.readings if entry is mention.entry)
