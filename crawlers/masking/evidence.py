"""What speaks for and against a candidate: its characters, the words it would make, and what stands beside it."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import rjieba

from crawlers.kept import kept
from crawlers.masking import renowned
from crawlers.masking.candidates import Candidate, Kind
from crawlers.masking.lexicon import ADDRESSES, CUES, DOUBLE_SURNAMES, GIVEN, HIDES_CUE, PLACE_CHARACTERS, PLACE_ENDS

_DIGIT = re.compile("[0-9]")
_FAR, _NEAR = 6, 4
# Candidates that overlap begin or end in one place.
_SHARED = 64
_PLACE_ENDS = {first: tuple(end for end in PLACE_ENDS if end[0] == first) for first in {end[0] for end in PLACE_ENDS}}
"""Ends of places' names by their first character."""
_BEGINS_PLACE_END = frozenset(_PLACE_ENDS)
_CUES = {last: tuple(cue for cue in sorted(CUES) if cue[-1] == last) for last in {cue[-1] for cue in CUES}}
"""Cues by their last character."""
_TELLS_BEFORE = frozenset((*_CUES, *HIDES_CUE))
_BEGINS_ADDRESS = frozenset(form[0] for form in ADDRESSES)
# Surnames that are hardly ever another word: the dictionary holds 李明 since people are called so.
PLAIN = frozenset("王李张刘陈杨赵吴周徐孙朱郭林罗郑梁宋邓冯韩曹彭蔡潘董袁蒋魏吕沈姚卢傅崔谭廖陆戴韦邱邹孟秦")


@kept(1 << 16)
def is_word(piece: str) -> bool:
    """Whether the dictionary holds a piece, as whatever."""
    return bool(rjieba.has_word(piece))


@kept(1 << 14)
def _tag(word: str) -> str:
    tagged = rjieba.tag(word)
    return tagged[0][1] if len(tagged) == 1 else "?"


def inner(kind: str, first: str, rest: str) -> list[str]:
    """What the candidate itself tells: its surname and given name, or its parts."""
    if kind == Kind.FULL:
        return _inner_full(first, rest)
    if kind == Kind.FOREIGN:
        marks = [f"t{len(first)}", f"t{first[0]}", f"t-{len(rest)}"]
        marks += [f"t.{character}" for character in first + rest if character != "•"]
        return [*marks, *(["t#"] if len(first) > 1 and is_word(first) else [])]
    if kind == Kind.SOUND:
        return _inner_sound(rest)
    return [kind, kind + first + rest]


def _inner_sound(name: str) -> list[str]:
    marks = [f"z{len(name)}", f"z^{name[0]}", f"z^{name[:2]}", f"z${name[-1]}", f"z${name[-2:]}"]
    marks += [f"z{character}" for character in name]
    marks += [f"z.{left}{right}" for left, right in pairwise(name)]
    return [*marks, f"z#{_tag(name)}"] if is_word(name) else marks


def _inner_full(surname: str, given: str) -> list[str]:
    marks = begun(surname, given[0], len(given))
    return marks if len(given) == 1 else [*marks, *called(given), *whole(surname, given)]


def begun(surname: str, first: str, length: int) -> list[str]:
    """What a surname tells, and the first of so many characters of a given name behind it."""
    marks = [f"s{surname}", f"p{surname[-1]}{first}"]
    marks.append("S" if len(surname) == 1 else "D" if surname in DOUBLE_SURNAMES else "DD")
    word = is_word(surname + first)
    if len(surname) == 1 and word:
        plain = "+" if surname in PLAIN else ""
        marks.append(f"w{length}{_tag(surname + first)}{plain}")
    if length > 1:
        return [*marks, "2", f"a{first}"]
    marks += ["1", f"c{first}", f"1{first in GIVEN}"]
    if first in PLACE_CHARACTERS:
        marks.append("P1")
    return [*marks, f"={surname}{first}"] if word else marks


def called(given: str) -> list[str]:
    """What a given name of two characters tells."""
    first, second = given[0], given[1]
    marks = [f"b{second}", f"g{given}", f"2{(first in GIVEN) + (second in GIVEN)}"]
    if second in PLACE_CHARACTERS:
        marks.append("P2")
    if first == second:
        marks.append("R")
    return [*marks, f"G{_tag(given)}"] if is_word(given) else marks


def whole(surname: str, given: str) -> list[str]:
    """What the word tells that surname and given name make together; whole ones seldom recur and are not kept."""
    name = surname + given
    return [f"W{_tag(name)}{'+' if surname in PLAIN else ''}", f"={name}"] if rjieba.has_word(name) else []


def outer(shadow: str, candidate: Candidate) -> list[str]:
    """What stands around the candidate tells; digits are alike."""
    kind, start, _, end = candidate
    before, after = shadow[max(0, start - _FAR) : start], shadow[end : end + _FAR]
    marks = [*_left(before), *_right(after)]
    if before and is_word(before[-1] + shadow[start]):
        marks.append("f")
    goes_on = after != "" and is_word(shadow[end - 1] + after[0])
    if goes_on:
        marks.append(f"e{end - start}")
    if kind != Kind.FULL:
        return [kind + mark for mark in marks]
    if len(after) > 1:
        # Of 孙浩约好 and 孙浩|约好 one ends where a word begins.
        marks.append(f"x{end - start}{is_word(after[:2]):d}{goes_on:d}")
    if is_word(shadow[start:end]):
        # What makes a name of a word: 死者|雷鸣, 雷鸣|，男.
        marks += [f"W{mark}" for mark in marks if mark[0] in "Clru"]
    return marks


class Most(NamedTuple):
    """What marks other than those of the nearest characters weigh at the most: any text's, a cue's, an address's."""

    any: int
    cue: int
    address: int

    @classmethod
    def of(cls, weights: Mapping[str, int]) -> "Most":
        lengths = "234"
        ends = [f"e{length}" for length in lengths]
        words = [f"x{length}{word}{goes_on}" for length in lengths for word in "01" for goes_on in "01"]
        kinds = (ends, words, ("f",), ("Q", "Q2"))
        at_most = [max(0, *(weights.get(mark, 0) for mark in marks)) for marks in (*kinds, ("C", "C:"), ("H", "I"))]
        return cls(sum(at_most[:-2]), *at_most[-2:])


def weighed(
    weigh: Callable[[str, int], int], shadow: str, start: int, end: int, near: int, least: int, most: Most
) -> int:
    """What the marks of `outer` weigh together, when it is known what those of the `near` characters do.

    For a name of the usual form that is no word: nearly all stretches are of that form, and nothing special stands
    beside most. Where it cannot be more than `least`, something not more than that is returned.
    """
    total = near
    after = shadow[end : end + 3]
    bound = near + most.any
    if start and shadow[start - 1] in _TELLS_BEFORE:
        bound += most.cue
    if after and after[0] in _BEGINS_ADDRESS:
        bound += most.address
    if bound <= least:
        return bound
    if start:
        if shadow[start - 1] in _TELLS_BEFORE:
            total += sum([weigh(mark, 0) for mark in _cue(shadow[max(0, start - _FAR) : start])])
        if is_word(shadow[start - 1 : start + 1]):
            total += weigh("f", 0)
    if not after:
        return total
    if after[0] in _BEGINS_ADDRESS or not _BEGINS_PLACE_END.isdisjoint(after):
        total += sum([weigh(mark, 0) for mark in _follows(shadow[end : end + _FAR])])
    goes_on = is_word(shadow[end - 1 : end + 1])
    if goes_on:
        total += weigh(f"e{end - start}", 0)
    return total + weigh(f"x{end - start}{is_word(after[:2]):d}{goes_on:d}", 0) if len(after) > 1 else total


def cued(shadow: str, start: int) -> bool:
    """Whether a word stands before a place that says that somebody is named there: 患者|李白."""
    return bool(start and _cue(shadow[max(0, start - _FAR) : start]))


def joint(shadow: str, candidate: Candidate) -> list[str]:
    """How the tagger cuts it all when nobody tells it where the name is, and what it takes the neighbours for."""
    kind, start, middle, end = candidate
    if kind == Kind.FOREIGN:
        return []
    left = max(0, start - _NEAR)
    at, length = left - start, end - start
    begins = ends = False
    over = ""
    marks = []
    beside = ["", ""]
    for word, tag in rjieba.tag(shadow[left : end + _NEAR]):
        stop = at + len(word)
        if stop == 0:
            marks.append(f"T{tag}")
            beside[0] = tag
        elif at == length:
            marks.append(f"U{tag}")
            beside[1] = tag
        begins |= at == 0
        ends |= stop == length
        if at < 0 < stop and is_word(word):
            over += "<"
        if at < length < stop and is_word(word):
            over += ">"
        if at == 0 and stop == length:
            over = tag
        at = stop
    cut = f"{int(begins)}{int(ends)}{over}{length}"
    marks += (f"J{cut}", f"V{beside[0]}-{beside[1]}")
    if kind != Kind.FULL:
        return [kind + mark for mark in marks]
    given = shadow[middle:end]
    known = sum([character in GIVEN for character in given])
    return [*marks, f"K{known}{cut}", *_fame(shadow, start, end)]


def _fame(shadow: str, start: int, end: int) -> list[str]:
    """Whether it is somebody or something known to all, and what stands around that: 买的|李宁, 患者|李宁."""
    begin = max(0, start - _FAR)
    for left, right in renowned.spans(shadow[begin : end + _FAR]):
        if left + begin < end and start < right + begin:
            whole = "B" if (left + begin, right + begin) == (start, end) else "b"
            before, after = shadow[begin:start], shadow[end : end + _FAR]
            return [whole, *(f"{whole}{mark}" for mark in (*_left(before), *_right(after)) if mark[0] in "Clmru")]
    return []


@lru_cache(maxsize=_SHARED)
def _left(before: str) -> list[str]:
    if not before:
        return ["l^"]
    before = _DIGIT.sub("0", before)
    return [f"l{before[-1]}", f"m{before[-2:]}", f"n{before[-3:]}", *_cue(before)]


def _cue(before: str) -> list[str]:
    """Whether a cue stands there, at once or behind what may stand between."""
    bare = before.rstrip(HIDES_CUE) if before[-1] in HIDES_CUE else before
    if bare and bare.endswith(_CUES.get(bare[-1], ())):
        return ["C" if bare is before else "C:"]
    return []


@lru_cache(maxsize=_SHARED)
def _right(after: str) -> list[str]:
    if not after:
        return ["r$"]
    after = _DIGIT.sub("0", after)
    return [f"r{after[0]}", f"q{after[:2]}", f"u{after[:3]}", *_follows(after)]


def _follows(after: str) -> list[str]:
    """What a place's name would end with, or a form of address."""
    if _place_ends(after, 0):
        return ["Q"]
    if _place_ends(after, 1) or _place_ends(after, 2):
        return ["Q2"]
    if after[:2] in ADDRESSES or after[:3] in ADDRESSES:
        return ["H"]
    return ["I"] if after[0] in ADDRESSES else []


def _place_ends(after: str, at: int) -> bool:
    """Whether an end of a place's name stands here."""
    return after.startswith(_PLACE_ENDS.get(after[at : at + 1], ()), at)
