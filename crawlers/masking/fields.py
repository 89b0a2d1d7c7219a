"""Names of which a form says so: 姓名：…, 联系人：…; whatever stands there is one, however strange."""

import re
from collections.abc import Iterator
from functools import cache

import rjieba

from crawlers.finder import Finder
from crawlers.masking.candidates import WHOLE
from crawlers.masking.lexicon import (
    DOUBLE_SURNAMES,
    ENDS_NAME,
    FORM_CUES,
    GIVEN,
    HONORIFICS,
    RARE_SURNAMES,
    STRONG_CUES,
    SURNAMES,
)

SAID = ":：(（叫名"
"""A field of a form, or what needs none (名叫), has one of these, or is a kind of person (联系人)."""
_LINK = re.compile(r"(?:[:： \"“'‘(（\[【<《]|名字|真名|名叫|叫做|叫|是|为|就){0,4}")
_SAID = re.compile(r"[:：(（]")
# 萨拉赫的邻居: the last part is no longer than the name.
_PART = rf"[\u4e00-\u9fff](?:(?![{''.join(sorted(ENDS_NAME))}])[\u4e00-\u9fff]){{0,7}}"
_DOTTED = re.compile(rf"{_PART}(?:[.•]{_PART}){{1,3}}")
_NO_NAME = "(?![些种个地日月年处小公企村镇县市区校医单品时位次名])"
_HIDDEN = re.compile(rf"(?:某某|某|[xX×*○]{{1,3}}){_NO_NAME}")
SOMEBODY = re.compile(rf"[\u4e00-\u9fff](?:某某|某){_NO_NAME}")
_FORM_OF_ADDRESS = re.compile("|".join(HONORIFICS))
_LATIN = re.compile(r"[A-Z][A-Za-z]{1,15}(?:[ .][A-Z][A-Za-z]{0,15}){0,2}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,4}(?=[\s,，。;；、:：)）\]】!！\d]|$)")


def find(shadow: str) -> Iterator[tuple[int, int]]:
    """Yield the names that follow a cue for certain."""
    finder, certainty = _cues()
    for begin, start, cue in finder.find_all(shadow):
        certain = certainty[cue]
        link = _LINK.match(shadow, start)
        at = link.end() if link else start
        said = _SAID.search(shadow, start, at) is not None
        if not (certain or said) or (at == start and rjieba.has_word(shadow[begin : at + 1])):
            # 姓名学: the cue is but the beginning of a word.
            continue
        end = _name(shadow, at, said=said)
        if end:
            yield at, end


@cache
def _cues() -> tuple[Finder, tuple[bool, ...]]:
    """Finds the cues; whether each leaves no doubt."""
    certain = dict.fromkeys(FORM_CUES, False) | dict.fromkeys(STRONG_CUES, True)
    return Finder(certain), tuple(certain.values())


def surname(shadow: str, at: int, *, rare: bool = False) -> int:
    """Return the length of the surname that begins here, 0 for none."""
    if shadow[at : at + 2] in DOUBLE_SURNAMES:
        return 2
    first = shadow[at : at + 1]
    return int(first != "" and (first in SURNAMES or (rare and first in RARE_SURNAMES)))


def _name(shadow: str, at: int, *, said: bool) -> int | None:
    """Return where the name ends that must begin here."""
    if match := _DOTTED.match(shadow, at) or WHOLE.match(shadow, at):
        return match.end()
    length = surname(shadow, at, rare=True)
    if not length:
        match = (_UNKNOWN.match(shadow, at) or _LATIN.match(shadow, at)) if said else None
        return match.end() if match and len(rjieba.cut(match[0])[0]) == 1 else None
    at += length
    if (match := _HIDDEN.match(shadow, at)) or (match := _FORM_OF_ADDRESS.match(shadow, at)):
        return at if match.re is _FORM_OF_ADDRESS else match.end()
    if not _is_han(shadow, at):
        return None
    if shadow[at] in ENDS_NAME:
        # 俞向荣 between marks is a name; 俞向我们 is not.
        whole = _UNKNOWN.match(shadow, at)
        return whole.end() if said and whole and len(whole[0]) == 2 and shadow[at + 1] in GIVEN else None
    return at + (2 if _is_han(shadow, at + 1) and _second_given(shadow, at + 1) else 1)


def _second_given(shadow: str, at: int) -> bool:
    """Whether the character still belongs to the name and does not begin the next word (张伟|今年, 张伟|电话)."""
    if shadow[at] in ENDS_NAME:
        return False
    word, tag = rjieba.tag(shadow[at : at + 4])[0]
    return len(word) == 1 or tag.startswith("nr") or not rjieba.has_word(word)


def _is_han(shadow: str, at: int) -> bool:
    return at < len(shadow) and _HAN.match(shadow[at]) is not None
