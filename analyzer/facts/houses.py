"""Houses that have come down or are badly damaged: "倒塌房屋27户81间，严重损坏102间" are 183."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.facts.amounts import AFTER, BEFORE, TAIL, quantity
from analyzer.facts.numerals import NUMERAL
from analyzer.facts.sorts import CLAUSES, SENTENCES
from analyzer.model import Qualifier, Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

_HOUSES = "(?:[^，。；：、！？\\n\\d]{0,4}(?:房屋|老屋|住宅|民居|房子|房))"
_DOWN = (
    "(?:倒塌|垮塌|坍塌|倒损|损毁|毁坏|冲毁|冲垮|冲塌|震塌|震毁|压塌|刮倒|吹倒|砸塌|冲走|烧毁|严重损坏|严重受损|严重损毁|严重倒损|严损|倒(?=了|房)|塌(?=了|房)"
    "|被毁|(?<=房屋)倒)"
)
ROOM = "间"
"""What houses are counted by."""
_BADLY = re.compile(r"严重损坏|严重受损|严重损毁|严损")
_ALL = re.compile(r"倒损|(?:倒塌|垮塌)[和及、或与]{1}[^，。；\d]{0,4}(?:严重|损)")
"""What counts those that have come down and the others together."""


def _amount(side: str) -> str:
    return (
        rf"(?:{NUMERAL}余?[户栋幢座](?:居民)?[，、]?)?(?:(?P<{side}before>{BEFORE})\s?)?(?P<{side}numeral>{NUMERAL})"
        rf"(?P<{side}after>{AFTER})?\s?{ROOM}(?![隔接断歇距谍题铺店商门厂库仓棚教办工])(?P<{side}tail>{TAIL})?"
    )


PATTERN = guarded(
    rf"{_DOWN}(?:[和及、或与](?:的)?{_DOWN})?(?:了|的)?{_HOUSES}?(?:[和及、或与]?{_DOWN})?(?:的|数|数量|共计|共|计|达到?|为|是|有|已|累计|合计|更新为|[增升]至|增加到|上升[到至]|：|:|总数){{0,3}}"
    + _amount("h")
    + "|"
    + _amount("b")
    + rf"的?{_HOUSES}(?:被?(?:洪水|大水|山洪|泥石流|滑坡|大风|台风|大火|雪|震)?"
    + rf"(?:已|全|都|完全|整体|先后|相继|不同程度|基本)?){_DOWN}"
)
"""A figure behind what has come down, or before it: "3间民房被洪水冲走"."""
_LOOK = 60
_IN_IT = "其中"


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure of houses: a part of a greater one, or other houses than the one before."""

    value: float
    qualifier: Qualifier
    span: Span
    part: bool = False
    adds: bool = False


def counted(plain: str) -> Iterator[Counted]:
    """Houses counted one after another: the badly damaged add to those that have come down, unless a sum holds them."""
    last: tuple[int, bool, bool] | None = None
    for match in PATTERN.finditer(plain):
        side = "h" if match["hnumeral"] else "b"
        told = quantity(match[f"{side}numeral"], match[f"{side}before"], match[f"{side}after"], match[f"{side}tail"])
        if told is None:
            continue
        badly, whole = _BADLY.search(match.group()) is not None, _ALL.search(match.group()) is not None
        part = adds = False
        if last is not None and bounds.begin(plain, match.start(), SENTENCES, _LOOK) <= last[0]:
            inside = _IN_IT in plain[last[0] : match.start()] or last[2]
            part, adds = inside, not inside and not whole and badly is not last[1]
        elif _IN_IT in plain[bounds.begin(plain, match.start(), CLAUSES, _LOOK) : match.start()]:
            part = True
        last = match.end(), badly, whole or (last is not None and last[2] and part)
        yield Counted(*told, match.span(f"{side}numeral"), part=part, adds=adds)
