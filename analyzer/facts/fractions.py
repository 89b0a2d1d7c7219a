"""The gravely injured and the dead that are told as a share of people counted before: "40名伤者中四分之一为重伤"."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from analyzer.facts.groups import Group
from analyzer.facts.lexicon import Role
from analyzer.facts.numerals import parse
from analyzer.model import FactKind, Qualifier, Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

_DIGIT = "一二两三四五六七八九十"
_SHARE = (
    rf"(?:(?P<{{0}}parts>[{_DIGIT}]{{{{1,3}}}})分之(?P<{{0}}of>[{_DIGIT}]{{{{1,3}}}})|(?P<{{0}}tenths>[{_DIGIT}])成(?:(?P<{{0}}half>半)|(?P<{{0}}more>[一二三四五六七八九]))?"
    rf"|百分之(?P<{{0}}hundredths>[\d{_DIGIT}]{{{{1,4}}}})|(?P<{{0}}percent>\d{{{{1,2}}}}(?:\.\d)?)%|(?P<{{0}}all>半数|一半))"
)
_GRAVE = r"重伤|伤势(?:严重|较重|危重|很重)|伤情(?:严重|较重|危重)|危重|重症|伤得(?:很|较|比较)?重"
_DEAD = r"死亡|遇难|身亡|丧生|罹难"
_THEY = r"(?:的?(?:人|伤[者员]|患者|病人|工人|乘客|旅客|学生|村民|居民|矿工|员工))?"
_TOLD = guarded(
    _SHARE.format("") + rf"(?P<least>以上|多)?(?:左右)?{_THEY}(?:[都均已经]|不幸|当场){{0,3}}"
    rf"(?:为|是|属于?|系|受)?(?:(?P<grave>{_GRAVE})|{_DEAD})"
    rf"|(?P<its_grave>{_GRAVE})(?:者|员|人员|的|人数){{0,2}}约?占(?:比|到|了)?(?:全部|总数|伤员|伤者)?的?约?"
    + _SHARE.format("its_")
)
HINTS: dict[str, str | re.Pattern[str]] = {"share of people": _TOLD}
_WHOLE = {FactKind.INJURED, FactKind.ILL, FactKind.SERIOUS_INJURED, FactKind.TRAPPED, Role.HOSPITAL, Role.CASUALTY}
_KINDS_OF_SHARE = ("parts", "tenths", "hundredths", "percent", "all")
_REACH = 60
_SENTENCES = "。！？；\n"
_ABOUT_EARLIER = re.compile(r"[较比](?:去年|上年|昨|前|同期)|下降|减少|上升|增长|同比")
"""A share by which something changed is none of people."""


def shares(plain: str, groups: Sequence[Group]) -> Iterator[tuple[FactKind, float, Qualifier, Span, Group]]:
    """Kind, value, qualifier and place of each share told, with the figure it is a share of."""
    for told in _TOLD.finditer(plain):
        whole = _whole(groups, told.start())
        start = bounds.begin(plain, told.start(), _SENTENCES, _REACH)
        share = _share(told, "" if any(told[name] for name in _KINDS_OF_SHARE) else "its_")
        if whole is None or share is None or _ABOUT_EARLIER.search(plain, start, told.end()):
            continue
        exact = share * Fraction(whole.value)
        qualifier = (
            Qualifier.AT_LEAST if told["least"] else Qualifier.EXACTLY if exact.denominator == 1 else Qualifier.ABOUT
        )
        kind = FactKind.SERIOUS_INJURED if told["grave"] or told["its_grave"] else FactKind.DEATHS
        if int(exact):
            yield kind, float(int(exact)), qualifier, told.span(), whole


def _whole(groups: Sequence[Group], position: int) -> Group | None:
    """The last people counted before who are hurt or ill, and no share themselves."""
    before = [g for g in groups if g.end <= position <= g.end + _REACH and g.value and not g.superseded]
    return next((g for g in reversed(before) if not g.part_of and (_WHOLE & g.words.keys())), None)


def _share(told: re.Match[str], which: str) -> Fraction | None:
    """A share; the groups of one that stands behind its word begin with `which`."""
    if told[f"{which}all"]:
        return Fraction(1, 2)
    if told[f"{which}percent"]:
        return Fraction(told[f"{which}percent"]) / 100
    if told[f"{which}hundredths"]:
        number = parse(told[f"{which}hundredths"])
        return Fraction(number.value) / 100 if number else None
    if told[f"{which}tenths"]:
        tenths, more = parse(told[f"{which}tenths"]), parse(told[f"{which}more"] or "零")
        half = Fraction(1, 20) if told[f"{which}half"] else Fraction(0)
        return Fraction(int(tenths.value), 10) + half + Fraction(int(more.value), 100) if tenths and more else None
    parts, of = parse(told[f"{which}parts"]), parse(told[f"{which}of"])
    return Fraction(int(of.value), int(parts.value)) if parts and of and 0 < of.value < parts.value else None
