"""Figures that somebody only asks about: "是不是死了十个人？", "死了十个人？真的假的", not "死了十个人，谁负责？"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.facts.lexicon import PERSON
from analyzer.facts.sorts import CLAUSES, SENTENCES
from analyzer.model import Fact, Nature, Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

_WHETHER = re.compile(r"(?:是不是|有没有|是否|真有|难道|莫非|不会是?)[^，。！？；\d]{0,8}$")
"""Before a figure, in its clause, where the sentence asks."""
_ASKS = re.compile(r"[？]|[吗么嘛啊呀呢](?=[。！\n]|$)")
_IS_IT = re.compile(
    rf"(?:{PERSON})?(?:[了过啦的]{{0,2}}(?:吗|么|嘛|没有(?=[？。]|$))|？(?![^。\n]{{0,6}}！))"
    r"|[^。！？\d]{0,12}[，。？]{0,2}[^，。！？\d]{0,6}"
    r"(?:(?:是|有)?真的(?:吗|么|嘛|假的?|还是假)|真假(?![^，。]{0,3}[不未难])|求证|属实[吗么]|是否属实|是不是真的?|谣言(?:吗|还是)|有没有这回?事)"
)
"""Behind a figure: whether it is so."""
_QUESTION = guarded(r"？|吗|么|嘛|是不是|有没有|是否|真假(?![^，。]{0,3}[不未难])|求证|难道")
"""Without any of these nobody asks."""
_LOOK = 60


def only_asked(plain: str, facts: Sequence[Fact]) -> Iterable[Fact]:
    """No figure of people that is asked about is told."""
    if _QUESTION.search(plain) is None:
        return facts
    return [replace(f, status=Nature.HYPOTHETICAL) if _told(f) and _is_asked(plain, f.span) else f for f in facts]


def _told(fact: Fact) -> bool:
    return fact.status is Nature.CURRENT and fact.unit == "person" and fact.value > 0


def _is_asked(plain: str, span: Span) -> bool:
    clause = bounds.begin(plain, span[0], CLAUSES, _LOOK)
    if _WHETHER.search(plain, clause, span[0]):
        end = bounds.end(plain, span[1], SENTENCES, _LOOK)
        return _ASKS.search(plain, span[1], end + 1) is not None
    return _IS_IT.match(plain, span[1]) is not None
