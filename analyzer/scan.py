"""Patterns that are tried only where one of their necessary words stands: what keeps reading a post cheap.

A pattern of two hundred alternatives costs some microseconds at every character. Nearly all posts hold
none of its words, and one pass of an Aho-Corasick automaton over all words of all patterns tells so.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import ahocorasick

from analyzer.expressions import guarded, necessary
from analyzer.text import normalise

__all__ = ["Hints", "Seen", "guarded", "plain_of"]

plain_of = lru_cache(maxsize=4)(normalise)
"""The normal form of a post that several stages read one after the other."""


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
