"""Patterns that are tried only where one of their necessary words stands: what keeps reading a post cheap.

A pattern of two hundred alternatives costs some microseconds at every character. Nearly all posts hold
none of its words, and one pass of an Aho-Corasick automaton over all words of all patterns tells so.
"""

import importlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import ahocorasick

from analyzer.text import normalise

_parser: Any = importlib.import_module("re._parser")
_MOST = 600
"""Words that one part of a pattern may expand to."""
_CLASS = 40

Words = frozenset[str]

plain_of = lru_cache(maxsize=4)(normalise)
"""The normal form of a post that several stages read one after the other."""


def necessary(pattern: str) -> Words | None:
    """Words of which every match of `pattern` contains at least one; None where there are none."""
    return _necessary(_parser.parse(pattern))


def _necessary(parsed: Iterable[tuple[Any, Any]]) -> Words | None:
    """The best necessary words of a sequence: those of its longest run of fixed characters."""
    best: Words | None = None
    run: Words = frozenset(("",))
    for code, value in parsed:
        name = str(code)
        if name in {"AT", "ASSERT", "ASSERT_NOT"}:
            continue
        fixed = _expand(name, value)
        joined = frozenset(a + b for a in run for b in fixed) if fixed and len(run) * len(fixed) <= _MOST else None
        if joined is not None:
            run = joined
            continue
        best = _better(best, run)
        run = fixed or frozenset(("",))
        if fixed is None:
            best = _better(best, _inside(name, value))
    return _better(best, run)


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The set whose shortest word is longer; the smaller one of equals."""
    if other is None or "" in other:
        return one
    if one is None:
        return other
    return min(one, other, key=lambda words: (-min(map(len, words)), len(words)))


def _inside(name: str, value: Any) -> Words | None:
    """Necessary words of an element that has no finite list of texts."""
    if name == "SUBPATTERN":
        return _necessary(value[3])
    if name == "BRANCH":
        found = [_necessary(branch) for branch in value[1]]
        return None if any(words is None for words in found) else frozenset().union(*filter(None, found))
    if name in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] > 0:
        return _necessary(value[2])
    return None


def _expand(name: str, value: Any) -> Words | None:
    """All texts of an element, where they are few."""
    if name == "LITERAL":
        return frozenset((chr(value),))
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
    texts: Words = frozenset(("",))
    for code, value in parsed:
        name = str(code)
        if name in {"AT", "ASSERT", "ASSERT_NOT"}:
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
        else:
            return None
    return frozenset(found) if len(found) <= _CLASS else None


def guarded(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, behind a look at its first character that spares most positions the rest."""
    first, empty = _firsts(_parser.parse(pattern))
    if first is None or empty:
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(map(re.escape, sorted(first)))}])(?:{pattern})")


def _firsts(parsed: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """Characters a sequence may begin with (None: any), and whether it may be empty."""
    found: set[str] = set()
    for code, value in parsed:
        name = str(code)
        if name in {"AT", "ASSERT", "ASSERT_NOT"}:
            continue
        first, empty = _first(name, value)
        if first is None:
            return None, False
        found |= first
        if not empty:
            return found, False
    return found, True


def _first(name: str, value: Any) -> tuple[set[str] | None, bool]:
    if name == "LITERAL":
        return {chr(value)}, False
    if name == "IN":
        return _range(value), False
    if name == "SUBPATTERN":
        return _firsts(value[3])
    if name == "BRANCH":
        parts = [_firsts(branch) for branch in value[1]]
        if any(first is None for first, _ in parts):
            return None, False
        return set().union(*(first or set() for first, _ in parts)), any(empty for _, empty in parts)
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        first, empty = _firsts(value[2])
        return first, empty or value[0] == 0
    return None, False


def _range(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """Characters of a class, digits and spaces among them; None for one that cannot be listed."""
    found: set[str] = set()
    for code, value in members:
        name = str(code)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < 256:
            found |= {chr(point) for point in range(value[0], value[1] + 1)}
        elif name == "CATEGORY" and str(value) in {"CATEGORY_DIGIT", "CATEGORY_SPACE"}:
            found |= set("0123456789" if str(value) == "CATEGORY_DIGIT" else " \t\n\r\f\v")
        else:
            return None
    return found


class Hints:
    """Which of several patterns may match a text at all."""

    def __init__(self, patterns: Mapping[str, str | re.Pattern[str]]) -> None:
        bits: dict[str, int] = {}
        self._bit = {name: 1 << place for place, name in enumerate(patterns)}
        self._always = 0
        for name, pattern in patterns.items():
            words = necessary(pattern if isinstance(pattern, str) else pattern.pattern)
            if words is None:
                self._always |= self._bit[name]
            for word in words or ():
                bits[word] = bits.get(word, 0) | self._bit[name]
        self._automaton = ahocorasick.Automaton()
        for word, value in bits.items():
            self._automaton.add_word(word, value)
        self._automaton.make_automaton()

    def __call__(self, plain: str) -> "Seen":
        """What a normalised text may match."""
        seen = self._always
        for _, bits in self._automaton.iter(plain):
            seen |= bits
        return Seen(self._bit, seen)


class Seen:
    """The patterns whose words were seen in one text."""

    __slots__ = ("_bit", "_seen")

    def __init__(self, bit: Mapping[str, int], seen: int) -> None:
        self._bit = bit
        self._seen = seen

    def __contains__(self, name: str) -> bool:
        return bool(self._seen & self._bit[name])
