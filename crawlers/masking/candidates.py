"""Stretches of a folded text that may be a person's name; the recogniser decides which are."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from crawlers.masking.lexicon import (
    ADDRESSES,
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    FAMILY_PLACES,
    FOREIGN,
    GIVEN,
    NEVER_AFTER_NAME,
    NEVER_ENDS_NAME,
    OFFICES,
    SOUNDS,
    SURNAMES,
    WHOLE_NAMES,
)


class Kind:
    """What a candidate looks like; the letter stands in the names of its features."""

    FULL = "n"
    """surname and given name: 王建国"""
    ADDRESSED = "h"
    """a surname before a form of address: 王|女士"""
    FAMILIAR = "o"
    """as neighbours call: 老王, 小李, 阿强"""
    FOREIGN = "t"
    """parts with a dot between: 阿依古丽•卡德尔"""
    WHOLE = "w"
    """parts of names that have no surname: 卓玛"""
    SOUND = "z"
    """characters that spell a name of another people: 古丽扎提"""
    CALLED = "g"
    """a given name before a word for a brother or sister: 芳|姐"""


Candidate = tuple[str, int, int, int]
"""Kind, start, middle, end; half open. The middle parts the surname from the given name, or first parts from last."""

# Surnames that are mostly other words, and yet worth a look in running text.
SELDOM = frozenset("代党应成古农强解车简米阳占单冷乌井燕桂丘尧索管时司师边连全")
_ONE = SURNAMES | SELDOM
BEGINS_NAME = _ONE | {name[0] for name in (*DOUBLE_SURNAMES, *WHOLE_NAMES)} | {*"老小阿"}
_ADDRESSES = frozenset(form[:2] for form in ADDRESSES)
_NEVER_GIVEN = frozenset((*OFFICES, *ADDRESSES)) - {"大伯", "大姐", "大哥"}
_BEGINS_ADDRESS = frozenset(form[0] for form in ADDRESSES)
FAMILIAR = frozenset(
    (*(f"{call}{name}" for call in "老小" for name in (*SURNAMES, *"连管司边")), *(f"阿{name}" for name in GIVEN))
)
_SPELT = "".join(sorted(FOREIGN))
_FOREIGN = re.compile(f"[{_SPELT}]{{1,9}}(?:•[{_SPELT}]{{1,9}}){{1,3}}")
_SOUNDS = "".join(sorted(SOUNDS))
_SOUND = re.compile(f"[{_SOUNDS}][{_SOUNDS}]{{2,7}}")
_NOT_CALLED = frozenset("大小二三四五六一老女亲表堂学师的空幺")
_CALLED = re.compile(f"[{''.join(sorted(GIVEN - _NOT_CALLED))}]子?(?=[哥姐])")
_NO_NAME = {
    first: tuple(word for word in NEVER_AFTER_NAME if word[0] == first)
    for first in {word[0] for word in NEVER_AFTER_NAME}
}
"""What never stands behind a name, by its first character."""
_BEGINS_WHOLE = frozenset(name[:2] for name in WHOLE_NAMES)
WHOLE = re.compile(f"(?:{'|'.join(sorted(WHOLE_NAMES, key=lambda name: (-len(name), name)))})+江?")


class Spots(NamedTuple):
    """Where in a text names may begin, as `look` has seen it."""

    firsts: Sequence[int]
    """A character that names begin with, before one of a word."""
    hardly: Sequence[int]
    """A surname that is mostly another word, before two characters of given names."""
    sounds: bool
    """Whether anywhere stand three characters in a row that spell sounds."""


Form = tuple[str, int, int]
"""Kind, middle and end of a name that begins where a window of a text does."""
_WINDOW, _WIDE = 3, 4
_DOUBLES = frozenset(COMMON_SURNAMES) | {name[1] for name in DOUBLE_SURNAMES}
"""What a surname may go on with, or another one behind it be: only then is the fourth character asked for."""


def candidates(shadow: str, spots: Spots, forms: Callable[[str], Iterable[Form]] | None = None) -> list[Candidate]:
    """Return every stretch that has the form of a name; they overlap.

    `forms` says which ones may begin a window of three characters, or of four where two may be the surname.
    """
    found: list[Candidate] = []
    after_whole = 0
    ask = forms or forms_of
    for start in spots.firsts:
        width = _WIDE if shadow[start + 1] in _DOUBLES else _WINDOW
        for kind, middle, end in ask(shadow[start : start + width]):
            if kind == Kind.FULL and _is_no_name(shadow, start + end):
                continue
            if kind != Kind.WHOLE:
                found.append((kind, start, start + middle, start + end))
            elif start >= after_whole and (whole := WHOLE.match(shadow, start)):
                after_whole = whole.end()
                found.append((Kind.WHOLE, start, start, after_whole))
    found += ((Kind.FULL, at, at + 1, at + 3) for at in spots.hardly if not _is_no_name(shadow, at + 3))
    if spots.sounds:
        found += ((Kind.SOUND, match.start(), *match.span()) for match in _SOUND.finditer(shadow))
    if "哥" in shadow or "姐" in shadow:
        found += ((Kind.CALLED, match.start(), *match.span()) for match in _CALLED.finditer(shadow))
    if "•" in shadow:
        spans = (match.span() for match in _FOREIGN.finditer(shadow))
        found += [(Kind.FOREIGN, start, shadow.index("•", start), end) for start, end in spans]
    return found


def _is_no_name(shadow: str, at: int) -> bool:
    """Whether here stands what never does behind a name."""
    return shadow.startswith(_NO_NAME.get(shadow[at : at + 1], ()), at)


def forms_of(window: str) -> list[Form]:
    """Forms that a name may have which begins a window; a whole one goes on as far as there are names."""
    two = window[:2]
    found = _full(window, 1) if two[0] in _ONE else []
    if two in DOUBLE_SURNAMES:
        found += _full(window, 2)
    elif two[0] in COMMON_SURNAMES and two[1:] in COMMON_SURNAMES and len(window) == 4 and GIVEN.issuperset(window[2:]):
        found.append((Kind.FULL, 2, 4))
    if two in FAMILIAR:
        found.append((Kind.FAMILIAR, 1, 2))
    elif two in _BEGINS_WHOLE:
        found.append((Kind.WHOLE, 0, 2))
    return found


def _full(window: str, middle: int) -> list[Form]:
    found: list[Form] = []
    given = window[middle : middle + 2]
    if given[:1] in _BEGINS_ADDRESS and (given in _ADDRESSES or given[0] in _ADDRESSES):
        found.append((Kind.ADDRESSED, 0, middle))
    for length in (1, 2):
        last = given[length - 1 : length]
        if not "\u4e00" <= last <= "\u9fff":
            break
        if length == 2 and given in _NEVER_GIVEN:
            break
        if last not in NEVER_ENDS_NAME and not (length == 2 and given[0] == "家" and last in FAMILY_PLACES):
            found.append((Kind.FULL, middle, middle + length))
    return found
