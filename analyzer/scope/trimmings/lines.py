"""Many short lines are one text: a heading said again, numbers of a list and breaks behind a mark tell nothing.

A single break stays, since it parts a title from its text.
"""

import re

_NUMBER = re.compile(
    r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}[、.．]|[一二三四五六七八九十]{1,3}、|[①-⑳])"
    r" ?(?=\D)",
    re.MULTILINE,
)
_BREAK = re.compile(r"(?<=[，。！？；：、,!?;])\n+|(?<=\n)\n+")
_AROUND = "【】[]#《》 "
_CUT = "….。！!"
_LEAST = 4
"""Characters of a heading that may be said again; a shorter one is a mere word."""


def joined(text: str) -> str:
    """A normalised text of several lines as one that is read on."""
    text = _once(text)
    numbered, numbers = _NUMBER.subn("", text)
    if numbers > 1:
        return _BREAK.sub("", numbered)
    return _BREAK.sub("", text) if text.count("\n") > 1 else text


def _once(text: str) -> str:
    """Without a first line with which what is below begins again."""
    while True:
        head, gap, rest = text.partition("\n")
        said = head.strip(_AROUND).rstrip(_CUT)
        if not gap or len(said) < _LEAST or not rest.lstrip(_AROUND).startswith(said):
            return text
        text = rest
