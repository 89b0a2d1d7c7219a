"""When a page says that it was published."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from crawlers import text
from crawlers.text import Node

_META = frozenset(
    (
        *("pubdate", "publishdate", "publish_date", "publish-date", "published_time", "datepublished", "createdate"),
        *("article:published_time", "og:published_time", "og:release_date", "bytedance:published_time"),
        *("dc.date", "dc.date.issued", "dcterms.issued", "weibo:article:create_at"),
    )
)
_TIME = etree.XPath("//time/@datetime")
_CALLED_SO = etree.XPath(
    "//*[contains(@class,'time') or contains(@class,'date') or contains(@id,'time')][string-length(.) < 80]"
)
_HAS_DIGIT = re.compile(r"\d")
_LOOKED_AT = 3
_LOOKED_THROUGH = 20_000
_SHORT_LINE = 150
_VALUE = (
    r"\s*[\])】]?\s*[:：]?\s*"
    r"((?:\d{1,4}\s?(?:[-/.年月]|小时前|分钟前|天前)|[〇零一二三四五六七八九十]{4}年|今|昨|前天|刚).{0,40})"
)
# 停水时间 is when water fails: before a bare 时间 stands no other word.
_PUBLISHED = re.compile(
    r"(?:(?:发布|發布|发稿|公开|刊发|发帖|上传|更新)(?:时间|時間|日期)|(?<![\u4e00-\u9fff])(?:时间|時間|日期)|发布于|发表于)"
    + _VALUE
)
_WRITTEN = re.compile(r"(?:发文|成文|生成|印发|信息|创建)(?:时间|時間|日期)" + _VALUE)
_ORIGIN = re.compile(r"(?:发布时间|发布日期|来源|稿源|信息来源|作者|责任编辑|浏览次数|阅读次数|点击数?)\s?:")
_DAY_FIRST = re.compile(r"[\[(]?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?[\])]?(?:$|\s)")
_SENTENCE = re.compile(r"[,，。;；!！?？]")
_DAY = re.compile(
    r"(?:\d{4}|[〇零一二三四五六七八九十]{4})[-/.年]\s?(?:\d|[一二三四五六七八九十]){1,3}[-/.月]"
    r"|(?<!\d)\d{1,2}(?:-|月)\d{1,2}日?\s+\d{1,2}:\d{2}"
)


def said_dates(page: Node, *, linked: str) -> Iterator[str]:
    """Yield what the page calls its date, the surest first: meta tags, linked data, elements and lines named for it."""
    yield from filter(_HAS_DIGIT.search, map(text.clean, _tagged(page, linked)))
    yield from filter(_HAS_DIGIT.search, map(text.element_text, _CALLED_SO(page)[:_LOOKED_AT]))
    lines = _lines(page)
    for pattern in (_PUBLISHED, _WRITTEN):
        yield from (match[1] for line in lines if (match := pattern.search(line)))


def is_imprint(line: str) -> bool:
    """Whether a line says when and where a text appeared, and nothing of what it tells."""
    plain = text.half_width(line)
    if len(plain) > _SHORT_LINE or _SENTENCE.search(plain):
        return False
    return _DAY_FIRST.match(plain) is not None or _ORIGIN.search(plain) is not None


def loose_date(page: Node) -> str:
    """Return the first line that holds a date and is no sentence: it may be any date that the page is about."""
    return next((line for line in _lines(page) if _DAY.search(line) and not _SENTENCE.search(line)), "")


def _tagged(page: Node, linked: str) -> Iterator[str]:
    yield from (tag.get("content") or "" for tag in page.iter("meta") if _names(tag) & _META)
    yield linked
    yield from _TIME(page)[:_LOOKED_AT]


def _names(tag: Node) -> set[str]:
    return {(tag.get(key) or "").lower() for key in ("name", "property", "itemprop")}


def _lines(page: Node) -> Sequence[str]:
    shown = text.element_text(page)[:_LOOKED_THROUGH]
    return [text.half_width(line) for line in shown.splitlines() if len(line) < _SHORT_LINE]
