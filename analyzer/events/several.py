"""What one happening comes to where a post tells of several: "发生两起车祸，共造成4人死亡" is two in one at least."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil

from analyzer.facts import document_value
from analyzer.facts.numerals import parse
from analyzer.facts.sorts import SENTENCES
from analyzer.model import Fact, FactKind, Nature, Qualifier
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded, plain_of

_ACCIDENT = "(?:事[故件]|火灾|火情|火警|爆炸|车祸|坍塌|塌方|滑坡|溺[水亡]|中毒|沉船|翻船|坠落|案件)"
_SEVERAL = r"(?:[两二三四五六七八九]|(?<!\d)[2-9])"
_TOGETHER = re.compile(
    rf"(?:(?<!第)(?P<count>{_SEVERAL})[起宗](?!来|火(?![灾情警]))[^。；！？\n起]{{0,20}}?{_ACCIDENT}|{_ACCIDENT}(?P<number>{_SEVERAL})[起宗]|(?<!第)(?P<both>{_SEVERAL})[起宗](?=合计|共))"
    r"(?:[^。；！？\n起]|(?<=[第一二三四五六])起){0,60}?(?:共计?|合计|总计|累计|一共)(?:已?(?:造成|导致|致使?))?[^，。；！？\n\d]{0,8}$"
)
"""Before a figure, in its sentence: it is of all of them."""
_ANOTHER = guarded(r"(?:另|再|又)(?:外|有)?一起|第[二三四五六]起")
"""Between two figures: the second one is of another happening."""
_EACH = re.compile(r"(?<!第)[两二三四五六七八九2-9]起[^。；！？\n]{0,20}?分别")
_LOOK = 120
_SIGNS = "起宗"


def document_value_of_one(text: str, facts: Sequence[Fact], kind: FactKind) -> Fact | None:
    """`document_value`, but of the gravest one where a text tells of several happenings.

    Of those that are only told together one has its share at least.
    """
    whole = document_value(facts, kind)
    if whole is None or not whole.value or kind.unit != "person" or not any(sign in text for sign in _SIGNS):
        return whole
    plain = plain_of(text)
    told = [f for f in facts if f.kind is kind and f.value and f.status is Nature.CURRENT and f.part_of is None]
    shares = [_share(plain, fact) for fact in told]
    known = [fact for fact, count in zip(told, shares, strict=True) if count == 1]
    gravest = max(known, key=lambda f: f.value, default=None)
    if max(shares, default=1) > 1:
        parts = [
            replace(f, value=float(ceil(f.value / n)), qualifier=Qualifier.AT_LEAST)
            for f, n in zip(told, shares, strict=True)
        ]
        return max(parts, key=lambda f: f.value)
    summed = gravest is not None and gravest.value < whole.value
    return gravest if summed and _apart(plain, told) else whole


def _apart(plain: str, told: Sequence[Fact]) -> bool:
    """Whether figures of one kind are told one happening after another."""
    first = told[0].span[0]
    if _EACH.search(plain, bounds.begin(plain, first, SENTENCES, _LOOK), first):
        return True
    return any(_ANOTHER.search(plain, one.span[1], other.span[0]) for one, other in pairwise(told))


def _share(plain: str, fact: Fact) -> int:
    """Among how many happenings a figure is to be shared out."""
    start = bounds.begin(plain, fact.span[0], SENTENCES, _LOOK)
    found = _TOGETHER.search(plain, start, fact.span[0])
    count = parse(found["count"] or found["number"] or found["both"]) if found else None
    return int(count.value) if count is not None else 1
