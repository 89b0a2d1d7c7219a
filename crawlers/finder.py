"""Finds many words in a text in one pass (Aho-Corasick)."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

try:
    import daachorse
except ModuleNotFoundError:  # no wheel for this machine; the other library takes twice as long
    daachorse = None  # type: ignore[assignment]

Hit: TypeAlias = tuple[int, int, int]
"""Where a word starts and ends, half open, and its number in the list."""


class Finder:
    """Words in a text, by where they end.

    `find` gives none that overlaps an earlier one: of several the one that ends first, or with `longest` the longest
    of those that begin first. `find_all`, not to be asked with `longest`, gives every one.
    """

    __slots__ = ("find", "find_all")

    find: Callable[[str], list[Hit]]
    find_all: Callable[[str], list[Hit]]

    def __init__(self, words: Iterable[str], *, longest: bool = False) -> None:
        self.find, self.find_all = (_by_characters if daachorse else _by_bytes)(list(words), longest)


_Searches = tuple[Callable[[str], list[Hit]], Callable[[str], list[Hit]]]


def _by_characters(words: list[str], longest: bool) -> _Searches:  # noqa: FBT001  # one of two alike
    kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST if longest else daachorse.MATCH_KIND_STANDARD
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(words, kind)
    return automaton.find, automaton.find_overlapping


def _by_bytes(words: list[str], longest: bool) -> _Searches:  # noqa: FBT001
    from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415

    find = AhoCorasick(words, MatchKind.LeftmostLongest if longest else MatchKind.Standard).find_matches_as_indexes
    return (
        lambda text: [(start, end, word) for word, start, end in find(text)],
        lambda text: [(start, end, word) for word, start, end in find(text, overlapping=True)],
    )
