"""The date that a list shows of one entry, where no selector says in which element it stands."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from crawlers.text import Node, clean, half_width

_MAX_PIECES = 60
_MAX_PIECE = 40
_MAX_LEVELS = 4
_MAX_ANCHORS = 30
_BEFORE = r"^[\[(【]?\s?(?:(?:发布|發布|更新|发文|公开|成文)?(?:时间|時間|日期)|发布于|发表于|更新于)?\s?[:：]?\s?"
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\\.?"
# What can only be a date at the beginning of a short piece; a bare number or a clock time may count anything.
_DATE = re.compile(
    _BEFORE + rf"(?:{_MONTHS}\s\d{{1,2}},?\s20\d\d|\d{{1,2}}\s{_MONTHS},?\s20\d\d|"
    r"(?:20)?\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|[〇零一二三四五六七八九十]{4}年|20\d{6}(?!\d)"
    r"|(?:0?[1-9]|1[0-2])(?:-|/|月)(?:0?[1-9]|[12]\d|3[01])(?![\d.%])"
    r"|\d{1,3}\s?(?:秒钟?|分钟?|个?小时|小時|天|周|个月)之?前|半小时前|刚刚|剛剛|今[天日早晨晚]|昨[天日晚夜]|前天)"
)
_WITH_YEAR = re.compile(r"[\[(]?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?[\])]?")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])日?")
_MONTH = re.compile(r"(?:(20\d\d)[-/.年]\s?)?(0?[1-9]|1[0-2])月?")


def shown_date(item: Node, title: str) -> str:
    """Return the date that an entry's element shows beside its title, "" where there is none."""
    return _first(_pieces(item.itertext()), title)


def date_near(anchor: Node, title: str, *, longer_than: int) -> str:
    """Return the date beside a link: of the greatest element around it that holds no other link with so long a text.

    Where its neighbours are other links, it is what stands between it and the next one.
    """
    around = anchor
    for parent in islice(anchor.iterancestors(), _MAX_LEVELS):
        if _has_another(parent, anchor, longer_than):
            break
        around = parent
    if around is not anchor:
        return shown_date(around, title)
    behind = takewhile(lambda node: node.tag != "a", islice(anchor.itersiblings(), _MAX_PIECES))
    texts = [anchor.tail or ""]
    for node in behind:
        texts += ["".join(node.itertext()) if isinstance(node.tag, str) else "", node.tail or ""]
    return _first(_pieces(iter(texts)), title)


def _has_another(parent: Node, anchor: Node, longer_than: int) -> bool:
    anchors = list(islice(parent.iter("a"), _MAX_ANCHORS + 1))
    return len(anchors) > _MAX_ANCHORS or any(
        one is not anchor
        and one.get("href") != anchor.get("href")
        and len("".join(one.itertext()).strip()) >= longer_than
        for one in anchors
    )


def _pieces(texts: Iterator[str]) -> list[str]:
    plain = (half_width(clean(text)).strip() for text in texts)
    return list(islice(filter(None, plain), _MAX_PIECES))


def _first(pieces: Sequence[str], title: str) -> str:
    heading = half_width(title)
    beside = [piece for piece in pieces if len(piece) <= _MAX_PIECE]
    # A title may begin with the day that it is about (11月20日停水), but hardly with a year and nothing else.
    dated = (piece for piece in beside if _DATE.match(piece))
    whole = (piece for piece in dated if _WITH_YEAR.fullmatch(piece) or not heading.startswith(piece))
    # Many sites set the day apart from its month: 27 over 2026-11, or 11月 over 27.
    return next(whole, "") or next(filter(None, (_joined(*pair) for pair in pairwise(beside))), "")


def _joined(one: str, other: str) -> str:
    for day, month in ((one, other), (other, one)):
        of_day, of_month = _DAY.fullmatch(day), _MONTH.fullmatch(month)
        if of_day and of_month and (of_month[1] or "月" in month):
            year = f"{of_month[1]}年" if of_month[1] else ""
            return f"{year}{of_month[2]}月{of_day[1]}日"
    return ""
