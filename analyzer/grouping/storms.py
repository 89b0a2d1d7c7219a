"""Storms that a text calls by a name of their own: typhoons, and whirlwinds as what no typhoon is."""

import re

_TYPHOON = re.compile(
    r"台风[“\"「]([\u4e00-\u9fff]{2,4})[”\"」]|[“\"「]([\u4e00-\u9fff]{2,4})[”\"」](?:[强超]{0,2}台风|登陆)"
)
_WHIRLWIND = "龙卷"
_NONE: frozenset[str] = frozenset()


def storms(text: str) -> frozenset[str]:
    """The names of the typhoons that a text names; a whirlwind's where it names none."""
    if "台风" in text or "登陆" in text:
        named = frozenset(one or other for one, other in _TYPHOON.findall(text))
        if named:
            return named
    return frozenset((_WHIRLWIND,)) if _WHIRLWIND in text and "台风" not in text else _NONE
