"""Words of a regular expression, told without running it: those it cannot do without, and those it begins with."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import Any

from analyzer.patterns.expressions import NO_TEXT, REPEATS, alternatives, firsts, listed_class, once, parser

_MOST = 600
"""Words that one part of a pattern may expand to."""
_CLASS = 40
_AHEAD = 1
"""The direction of an assertion that looks forward."""
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国为到说们时要就出会可也你对那着前后月日年近系已经请应再才没又还都被把给从但只如同现当去过下天好小多等0123456789，。！？、；（）“”"
)
"""Characters that stand in so many texts that alone they tell next to nothing."""
_OFTEN = frozenset(("死", "伤", "亡", "命", "没有", "以后", "以上", "过去"))
"""Words that stand in many texts, too."""
_FREQUENT = 60
_BY_LENGTH = {1: 30, 2: 3, 3: 0.1}
"""How many of a thousand texts hold a word of so many characters."""
_GROUP = re.compile(r"(?P<opening>\(\?P<\w+>)(?P<inner>.*)\)", re.DOTALL)
Words = frozenset[str]
_NOTHING: Words = frozenset(("",))
_expanded: dict[int, tuple[Any, Words | None]] = {}
"""Elements of the pattern looked at, by identity, and what they expand to: it is asked for at every level above."""


@once
def necessary(pattern: str) -> Words | None:
    """Words of which every match of `pattern` contains at least one; None where there are none."""
    _expanded.clear()
    return _necessary(parser.parse(pattern))


def _necessary(parsed: Iterable[tuple[Any, Any]]) -> Words | None:
    """The best necessary words of a sequence: those of the run of fixed characters that is seen least."""
    best: Words | None = None
    run = _NOTHING
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            best = _better(best, _asserted(run, *value) if name == "ASSERT" else None)
            continue
        fixed = _expand(name, value)
        joined = _product(run, fixed) if fixed else None
        if joined is not None:
            run = joined
            continue
        best = _better(_better(best, run), _product(run, _opening_words([(code, value)])))
        if fixed is None:
            best = _better(best, _inside(name, value))
        run = _last(name, value)
    return _better(best, run)


def _asserted(run: Words, direction: int, parsed: Any) -> Words | None:
    """Necessary words of what must stand beside: what stands ahead is joined to the run before it, too.

    Alone only longer words are worth it; a look at one character is a guard.
    """
    ahead = direction == _AHEAD
    alone = _necessary(parsed) if ahead else _expand_all(parsed)
    telling = alone if alone and min(map(len, alone)) > 1 else None
    joined = _product(run, _opening_words(parsed)) if ahead and "" not in run else None
    return _better(joined, telling)


def _product(firsts: Words, seconds: Words) -> Words | None:
    """Each of the first words before each of the second; None where they are too many."""
    return frozenset(a + b for a in firsts for b in seconds) if len(firsts) * len(seconds) <= _MOST else None


def _last(name: str, value: Any) -> Words:
    """What an element must end with; nothing where that cannot be listed."""
    fixed = _expand(name, value)
    if fixed:
        return fixed
    if name == "SUBPATTERN":
        return _last_of(value[3])
    if name == "BRANCH":
        ends = list(map(_last_of, value[1]))
        return frozenset().union(*ends) if all("" not in words for words in ends) else _NOTHING
    if name in REPEATS and value[0] > 0:
        return _last_of(value[2])
    return _NOTHING


def _last_of(parsed: Iterable[tuple[Any, Any]]) -> Words:
    elements = [(str(code), value) for code, value in parsed if str(code) not in NO_TEXT]
    if not elements:
        return _NOTHING
    ends = _last(*elements[-1])
    if ends == _NOTHING or "" not in ends:
        return ends
    before = _last_of(elements[:-1])
    return _NOTHING if "" in before else (ends - _NOTHING) | before


@once
def beginnings(pattern: str) -> dict[str, str]:
    """Words, of which every match of `pattern` begins with one, and those alternatives that may begin with the word.

    No word begins with another one. Raises ValueError where an alternative may begin with anything.
    """
    _expanded.clear()
    leaves = list(_leaves(pattern))
    begun = [_openers(parser.parse(text)) for _, text in leaves]
    listed = frozenset().union(*begun)
    if "" in listed:
        raise ValueError(f"it may begin with anything: {pattern}")
    found: dict[str, dict[int, None]] = {}
    for number, words in enumerate(begun):
        for word in words:
            shortest = next(word[:end] for end in range(1, len(word) + 1) if word[:end] in listed)
            found.setdefault(shortest, {})[number] = None
    return {word: _joined(leaves[number] for number in numbers) for word, numbers in found.items()}


_Leaf = tuple[str, str]
"""The opening of the named group that an alternative stands in, if any, and the alternative."""


def _leaves(pattern: str) -> Iterator[_Leaf]:
    for branch in alternatives(pattern):
        group = _GROUP.fullmatch(branch)
        alone = group is not None and len(alternatives(f"{branch[:-1]}|)")) == 1
        if group is not None and alone and "(?P<" not in group["inner"]:
            yield from ((group["opening"], inner) for inner in alternatives(group["inner"]))
        else:
            yield "", branch


def _joined(leaves: Iterable[_Leaf]) -> str:
    groups = groupby(leaves, key=itemgetter(0))
    texts = [(opening, "|".join(text for _, text in inside)) for opening, inside in groups]
    return "|".join(f"{opening}{text})" if opening else text for opening, text in texts)


def _openers(parsed: Iterable[tuple[Any, Any]]) -> Words:
    """All that a sequence may begin with: words as long as can be listed, else its first characters."""
    elements = [element for element in parsed if str(element[0]) not in NO_TEXT]
    begun = _opening_words(elements)
    if "" not in begun:
        return begun
    if elements and str(elements[0][0]) in REPEATS:
        begun = _openers(elements[0][1][2]) | _openers(elements[1:])
        if "" not in begun:
            return begun
    chars, empty = firsts(elements)
    return begun if chars is None or empty else frozenset(chars)


def _opening_words(parsed: Iterable[tuple[Any, Any]]) -> Words:
    begun: Words = _NOTHING
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            continue
        fixed = _expand(name, value)
        further = fixed or _opening(name, value)
        if further is None or (len(begun) > 1 and len(begun) * len(further) > _MOST):
            return begun
        begun = frozenset(a + b for a in begun for b in further)
        if fixed is None:
            return begun
    return begun


def _opening(name: str, value: Any) -> Words | None:
    """What an element may begin with that has no finite list of texts; None where that cannot be listed."""
    if name == "IN":
        chars = listed_class(value)
        return None if chars is None else frozenset(chars)
    if name == "SUBPATTERN":
        return _openers(value[3])
    if name == "BRANCH":
        return frozenset().union(*map(_openers, value[1]))
    if name in REPEATS and value[0] > 0:
        return _openers(value[2])
    return None


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The set of whose words fewer are to be expected in a text."""
    if other is None or "" in other:
        return one
    if one is None:
        return other
    # Summed exactly: rounding would depend on the order of a set, which each process has its own way.
    return min(one, other, key=lambda words: (fsum(map(_frequency, words)), len(words)))


def _frequency(word: str) -> float:
    """In how many of a thousand texts a word may stand, at a guess."""
    if word in _COMMON:
        return 300
    return _FREQUENT if word in _OFTEN else _BY_LENGTH.get(len(word), 0.02)


def _inside(name: str, value: Any) -> Words | None:
    """Necessary words of an element that has no finite list of texts."""
    if name == "SUBPATTERN":
        return _necessary(value[3])
    if name == "BRANCH":
        found = [_necessary(branch) for branch in value[1]]
        return None if any(words is None for words in found) else frozenset().union(*filter(None, found))
    if name in REPEATS and value[0] > 0:
        return _necessary(value[2])
    return None


def _expand(name: str, value: Any) -> Words | None:
    """All texts of an element, where they are few."""
    if name == "LITERAL":
        return frozenset((chr(value),))
    if id(value) not in _expanded:
        _expanded[id(value)] = value, _expansion(name, value)
    return _expanded[id(value)][1]


def _expansion(name: str, value: Any) -> Words | None:
    if name == "IN":
        return _members(value)
    if name in {"MAX_REPEAT", "MIN_REPEAT"} and tuple(value[:2]) == (0, 1):
        inner = _expand_all(value[2])
        return None if inner is None else inner | {""}
    if name == "SUBPATTERN":
        return _expand_all(value[3])
    if name == "BRANCH":
        found = [_expand_all(branch) for branch in value[1]]
        whole = None if any(words is None for words in found) else frozenset().union(*filter(None, found))
        return whole if whole is not None and len(whole) <= _MOST else None
    return None


def _expand_all(parsed: Iterable[tuple[Any, Any]]) -> Words | None:
    """All texts of a sequence, where they are few."""
    texts: Words = _NOTHING
    for code, value in parsed:
        name = str(code)
        if name in NO_TEXT:
            continue
        part = _expand(name, value)
        if part is None or len(texts) * len(part) > _MOST:
            return None
        texts = frozenset(a + b for a in texts for b in part)
    return texts


def _members(members: Iterable[tuple[Any, Any]]) -> Words | None:
    """Characters of a class, None for a negated or a large one."""
    found: set[str] = set()
    for code, value in members:
        if str(code) == "LITERAL":
            found.add(chr(value))
        elif str(code) == "RANGE" and value[1] - value[0] < _CLASS:
            found |= {chr(point) for point in range(value[0], value[1] + 1)}
        elif str(value) == "CATEGORY_DIGIT":
            found |= set("0123456789")
        else:
            return None
    return frozenset(found) if len(found) <= _CLASS else None
