"""Patterns that are tried only where one of their necessary words stands: what keeps reading a post cheap.

A pattern of two hundred alternatives costs some microseconds at every character. Nearly all posts hold
none of its words, and one pass of an Aho-Corasick automaton over all words of all patterns tells so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import ClassVar, ParamSpec, TypeVar, cast

import numpy as np
import numpy.typing as npt

from analyzer.patterns.expressions import guarded
from analyzer.patterns.words import Words, beginnings, necessary
from analyzer.text import normalise
from crawlers.finder import Finder, Hit

__all__ = ["BATCH", "Hints", "Opened", "Seen", "compile_all", "forget", "guarded", "look_at", "plain_of", "remembered"]

_ASCII_MARK = re.compile(r"[,;:!?().](?:(?<=[!?()])|(?<=[,;:])(?:(?<!\d.)(?=.)|(?!\d))|(?<=[\u4e00-\u9fff]\.)(?!\d))")
_SPACES = re.compile(r"  {0,39}")
_SIGNS = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf][\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d ]{0,39}")
_MARKS = frozenset("，。；：、！？")
_WIDE = dict(zip(",;:!?().", "，；：！？（）。", strict=True))


BATCH = 2048
"""Texts that are read together, stage after stage; so many are remembered from one stage to the next."""
_plain: dict[str, str] = {}
_remembering: list[Callable[[], None]] = [_plain.clear]
P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function makes of the texts of a batch until `forget`: several stages ask for it.

    There is room to spare: were it full, one more text (a stage may read another form of one) would push out the next
    that is asked for, and that one the next.
    """
    kept = lru_cache(maxsize=2 * BATCH)(function)
    _remembering.append(kept.cache_clear)
    return cast("Callable[P, R]", kept)


def forget() -> None:
    """Keep nothing of any text."""
    for clear in _remembering:
        clear()


def look_at(texts: Sequence[str], normal: Sequence[str]) -> None:
    """Make the plain forms of a batch of texts, whose normal forms are known, and look for the words of all hints."""
    _plain.clear()
    marked = _marked("\n".join(normal))  # No mark changes or is changed across the end of a line.
    starts = accumulate((len(one) + 1 for one in normal), initial=0)
    for text, one, start in zip(texts, normal, starts, strict=False):
        _plain[text] = marked[start : start + len(one)]
    for plain in _plain.values():
        _bits_of(plain)


def plain_of(text: str) -> str:
    """The normal form of a post, its sentence marks full-width.

    Spaces and emoji beside a mark become the mark, and emoji at the end of a line a full stop: no position moves, and
    "，  " ends a clause like "，".
    """
    plain = _plain.get(text)
    if plain is None:
        if len(_plain) > 2 * BATCH:
            _plain.clear()
        plain = _plain[text] = _marked(normalise(text))
    return plain


def _marked(plain: str) -> str:
    marked = _ASCII_MARK.sub(lambda mark: _WIDE[mark[0]], plain)
    return _SPACES.sub(_beside_mark, _SIGNS.sub(_beside_mark, marked))


def _beside_mark(spaces: re.Match[str]) -> str:
    """Spaces as the mark before them, or behind them."""
    start, end = spaces.span()
    text = spaces.string
    before, behind = text[start - 1 : start], text[end : end + 1].strip("\n") or "。"
    mark = before if before in _MARKS else behind
    return mark * (end - start) if mark in _MARKS else spaces[0]


class Opened:
    """A pattern of many alternatives, tried only where a word stands that one begins with, and only those that do.

    Named groups of alternatives that were not tried are missing in a match.
    """

    _all: ClassVar[list["Opened"]] = []

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        begun = beginnings(pattern)
        self._words = Finder(begun)
        self._tried = tuple(begun.values())
        self._matches: list[Match | None] = [None] * len(begun)
        Opened._all.append(self)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Matches from left to right, none inside another."""
        done = 0
        matches = self._matches
        for at, _, word in self._begun(text):
            if at >= done and (found := (matches[word] or self._compiled(word))(text, at)):
                yield found
                done = found.end()

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match between two places; like a pattern of `re` it looks behind `start`, not beyond `end`."""
        for at, _, word in self._begun(text[start:end]):
            if found := (self._matches[word] or self._compiled(word))(text, start + at, end):
                return found
        return None

    def compile(self) -> None:
        """Compile at once whatever its words may ask for."""
        for word in range(len(self._tried)):
            self._compiled(word)

    def _compiled(self, word: int) -> "Match":
        """Compiled when it is first tried: many beginnings are seldom seen."""
        match = self._matches[word] = re.compile(self._tried[word]).match
        return match

    def _begun(self, text: str) -> list[Hit]:
        """Words that a match may begin with, from left to right."""
        found = self._words.find_all(text)
        found.sort()
        return found


Match = Callable[..., re.Match[str] | None]
"""What a pattern's beginning is tried with: text, start and end."""


def compile_all() -> None:
    """Compile whatever the beginnings of any pattern may ask for, so that processes forked later share it."""
    for opened in Opened._all:  # noqa: SLF001  # the same module
        opened.compile()


Seen = frozenset[str]
"""The names of the patterns whose words were seen in a text."""


def words_in(finder: Finder, texts: Sequence[str], *, overlapping: bool = False) -> npt.NDArray[np.int64]:
    """The words of a finder in a batch of texts: three rows, of word, of text, and of place in that text."""
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    ends = np.cumsum(sizes)
    joined = "\n".join(texts)
    hits = finder.find_all(joined) if overlapping else finder.find(joined)
    found = np.fromiter(chain.from_iterable(hits), dtype=np.int64, count=3 * len(hits)).reshape(-1, 3)
    owners = np.searchsorted(ends, found[:, 0], side="right")
    return np.stack([found[:, 2], owners, found[:, 0] - (ends - sizes)[owners]])


class Hints:
    """Which of several patterns may match a text at all; given some as the words of which one must stand.

    All hints share one finder, so that stages which read the same text one after the other pass over it once.
    """

    _words: ClassVar[dict[str, int]] = {}
    _taken: ClassVar[int] = 0

    def __init__(self, patterns: Mapping[str, str | re.Pattern[str] | Words]) -> None:
        first, self._always = Hints._taken, 0
        Hints._taken += len(patterns)
        self._bit = {name: 1 << place for place, name in enumerate(patterns, start=first)}
        for name, pattern in patterns.items():
            words = pattern if isinstance(pattern, frozenset) else necessary(_source(pattern))
            if words is None:
                self._always |= self._bit[name]
            for word in words or ():
                Hints._words[word] = Hints._words.get(word, 0) | self._bit[name]
        self._own = sum(self._bit.values())
        self._names: dict[int, Seen] = {}
        _shared.cache_clear()
        forget()

    def __call__(self, plain: str) -> Seen:
        """The names of what a normalised text may match."""
        bits = self._own & (self._always | _bits_of(plain))
        seen = self._names.get(bits)
        if seen is None:
            seen = self._names[bits] = frozenset(name for name, bit in self._bit.items() if bits & bit)
        return seen


def _source(pattern: str | re.Pattern[str]) -> str:
    return pattern if isinstance(pattern, str) else pattern.pattern


@cache
def _shared() -> tuple[Finder, tuple[int, ...]]:
    """A finder of the words of all hints made so far, and what each word is a hint of."""
    words = Hints._words  # noqa: SLF001  # the same module
    return Finder(words), tuple(words.values())


@remembered
def _bits_of(plain: str) -> int:
    finder, bits = _shared()
    seen = 0
    for _, _, word in finder.find_all(plain):
        seen |= bits[word]
    return seen
