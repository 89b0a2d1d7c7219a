"""Stretches of a folded text that may be a person's name; the recogniser decides which are."""

import re
from collections.abc import Callable, Iterable

from crawlers.masking.lexicon import (
    ADDRESSES,
    DOUBLE_SURNAMES,
    FOREIGN,
    GIVEN,
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


Candidate = tuple[str, int, int, int]
"""Kind, start, middle, end; half open. The middle parts the surname from the given name, or first parts from last."""

# Surnames that are mostly other words, and yet worth a look in running text.
_SELDOM = frozenset("代党应成古农强解车简米阳占单冷乌井燕桂丘尧索")
_HAN = "\u4e00-\u9fff"
_ONE = SURNAMES | _SELDOM
_FIRST = re.compile(
    f"[{''.join(sorted(_ONE | {name[0] for name in (*DOUBLE_SURNAMES, *WHOLE_NAMES)} | {*'老小阿'}))}](?=[{_HAN}])"
)
_ADDRESSES = frozenset(form[:2] for form in ADDRESSES)
_BEGINS_ADDRESS = frozenset(form[0] for form in ADDRESSES)
_FAMILIAR = frozenset((*(f"{call}{name}" for call in "老小" for name in SURNAMES), *(f"阿{name}" for name in GIVEN)))
_SOUNDS = "".join(sorted(FOREIGN))
_FOREIGN = re.compile(f"[{_SOUNDS}]{{1,9}}(?:•[{_SOUNDS}]{{1,9}}){{1,3}}")
_BEGINS_WHOLE = frozenset(name[:2] for name in WHOLE_NAMES)
_WHOLE = re.compile(f"(?:{'|'.join(sorted(WHOLE_NAMES, key=lambda name: (-len(name), name)))})+江?")


Form = tuple[str, int, int]
"""Kind, middle and end of a name that begins where a window of a text does."""
_WINDOW = 4


def candidates(shadow: str, forms: Callable[[str], Iterable[Form]] | None = None) -> list[Candidate]:
    """Return every stretch that has the form of a name; they overlap.

    `forms` says which ones may begin a window of four characters, and is asked of nearly every character of a text.
    """
    found: list[Candidate] = []
    after_whole = 0
    ask = forms or forms_of
    for match in _FIRST.finditer(shadow):
        start = match.start()
        for kind, middle, end in ask(shadow[start : start + _WINDOW]):
            if kind != Kind.WHOLE:
                found.append((kind, start, start + middle, start + end))
            elif start >= after_whole and (whole := _WHOLE.match(shadow, start)):
                after_whole = whole.end()
                found.append((Kind.WHOLE, start, start, after_whole))
    if "•" in shadow:
        spans = (match.span() for match in _FOREIGN.finditer(shadow))
        found += [(Kind.FOREIGN, start, shadow.index("•", start), end) for start, end in spans]
    return found


def forms_of(window: str) -> list[Form]:
    """Forms that a name may have which begins a window; a whole one goes on as far as there are names."""
    two = window[:2]
    found = _full(window, 1) if two[0] in _ONE else []
    if two in DOUBLE_SURNAMES:
        found += _full(window, 2)
    elif two in _FAMILIAR:
        found.append((Kind.FAMILIAR, 1, 2))
    elif two in _BEGINS_WHOLE:
        found.append((Kind.WHOLE, 0, 2))
    return found


def _full(window: str, middle: int) -> list[Form]:
    found: list[Form] = []
    given = window[middle : middle + 2]
    if given[:1] in _BEGINS_ADDRESS and (given in _ADDRESSES or given[0] in _ADDRESSES):
        found.append((Kind.ADDRESSED, 0, middle))
    if "\u4e00" <= given[:1] <= "\u9fff":
        found.append((Kind.FULL, middle, middle + 1))
        if "\u4e00" <= given[1:] <= "\u9fff":
            found.append((Kind.FULL, middle, middle + 2))
    return found
