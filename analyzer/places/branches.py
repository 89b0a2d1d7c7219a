"""Branches of universities and hospitals, which have the name of the town they are in: 南京师范大学泰州学院."""

import re

_HOUSES = frozenset(("大学", "学院", "医院"))
_PART = re.compile(r"[市省]?(?:学院|校区|分校|医院|分院|院区|研究院)")
_BETWEEN = re.compile(r"[\u4e00-\u9fff]{0,6}(?:大学|学院|医院)")
_BELONGING = "附属"


def is_branch(plain: str, start: int, end: int) -> bool:
    """Whether a name stands between a house and its part."""
    return plain[start - 2 : start] in _HOUSES and _PART.match(plain, end) is not None


def is_house(plain: str, end: int, branch: tuple[int, int]) -> bool:
    """Whether behind a name only that of a house stands whose branch is told next: 中山医院厦门医院."""
    return is_branch(plain, *branch) and _BETWEEN.fullmatch(plain, end, branch[0]) is not None


def belongs(plain: str, start: int) -> bool:
    """Whether a hospital or a school of that name belongs to a university: 附属中山医院."""
    return plain[start - 2 : start] == _BELONGING
