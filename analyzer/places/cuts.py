"""Names that a text has by chance: their characters belong to the words on both sides."""

import re
from collections.abc import Mapping

import rjieba

_RUNS_ON = re.compile(
    r"阳台(?![风州湾办商资])|沙发(?=[坏垫套椅床弹掉上塌])|源头(?![条一])|口述|定了(?!解)|安排(?=[个了人在好])"
)
"""A name's last character and the next that are one word: 安阳台漏水, 保定了航班."""
_RUN_ON = frozenset("台发头述了排")
_SEAT = re.compile(r"沙发上(?=[看坐躺睡休打的了，。！])")
"""What somebody sits on, who is not there: 在长沙发上看书."""
_LEADS_THERE = frozenset("在到去回来至抵离")
_MEASURES = frozenset("米尺寸分张条套组款把个")
_LONG = "长"
"""Behind a measure: 三米长, 这张长沙发."""


def runs_on(plain: str, start: int, end: int, inside: Mapping[int, tuple[int, int]]) -> bool:
    """Whether a name's last character begins another word, and nobody is said to be or to go there.

    `inside` has the dictionary's words (`names`).
    """
    if plain[end : end + 1] == "发" and _SEAT.match(plain, end - 1):
        return True
    if plain[start - 1 : start] in _LEADS_THERE:
        return False
    if plain[end : end + 1] in _RUN_ON and _RUNS_ON.match(plain, end - 1):
        return True
    return end - start == 2 and _is_torn(plain, start, inside)


def _is_torn(plain: str, start: int, inside: Mapping[int, tuple[int, int]]) -> bool:
    """Whether the characters beside two make words with them: 三米长|沙发, 投保|定损 (保定 is a verb as well)."""
    if start == 0 or start + 2 == len(plain) or any(spot in inside for spot in (start, start + 2, start + 3)):
        return False
    if plain[start] == _LONG and plain[start - 1] in _MEASURES:
        return _is_word(plain[start + 1 : start + 3])
    if start - 1 in inside or not _is_word(plain[start - 1 : start + 1]):
        return False
    return _is_word(plain[start + 1 : start + 3]) or not rjieba.tag(plain[start : start + 2])[0][1].startswith("n")


def _is_word(two: str) -> bool:
    return two.isalpha() and len(rjieba.cut(two, False)) == 1  # noqa: FBT003  # the binding takes no keyword
