"""Reading one HTML page: by selectors where they are given, by its look where not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from cssselect import SelectorError
from lxml import etree, html
from parsel.csstranslator import HTMLTranslator

from crawlers import text

# Beyond this a page is no article; the extractor's time grows with the square of the nodes.
_MAX_EXTRACT = 1_000_000
_MAX_NODES = 8_000
_DATE_PLACES = (
    "//meta[@name='PubDate' or @name='pubdate' or @name='publishdate' or @name='PublishDate']/@content",
    "//meta[@property='article:published_time' or @itemprop='datePublished']/@content",
    "//time/@datetime",
    "//*[contains(@class,'time') or contains(@class,'date') or contains(@id,'time')][string-length(.) < 80]",
)

Node: TypeAlias = Any
"""An lxml element."""
Match: TypeAlias = Any
"""An element, or a string where the selector ends in an attribute or in text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a detail page holds; markup may still be in it."""

    title: str = ""
    text: str = ""
    date: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSelectors:
    """Selectors of a detail page; a missing one is made up for by the page's look."""

    title: str | None = None
    text: str | None = None
    date: str | None = None
    author: str | None = None


def tree(document: str) -> Node:
    """Parse an HTML document; one that holds nothing is an empty page."""
    root = text.html_root(document)
    return root if root is not None else html.document_fromstring(b"<html></html>")


@cache
def compiled(selector: str) -> etree.XPath:
    """Compile XPath where it looks like one, else CSS (with ::attr(name) and ::text). Raises ValueError."""
    is_xpath = selector.lstrip().startswith(("/", "./", "(", "descendant", "string(", "normalize-space("))
    try:
        return etree.XPath(selector if is_xpath else HTMLTranslator().css_to_xpath(selector))
    except (etree.XPathError, SelectorError) as error:
        raise ValueError(f"不是有效的 CSS 或 XPath 选择器：{selector}") from error


def select(node: Node, selector: str) -> list[Match]:
    """Return the matches of a selector below a node, in the order of the page."""
    found = compiled(selector)(node)
    return found if isinstance(found, list) else [str(found)]


def readable(match: Match) -> str:
    """Return the text of a match, a line a block."""
    return text.clean(match) if isinstance(match, str) else text.element_text(match)


def first_text(node: Node, selector: str | None) -> str:
    """Return the text of the first match, "" where there is none."""
    matches = select(node, selector) if selector else []
    return readable(matches[0]) if matches else ""


def article(document: str, selectors: ArticleSelectors) -> Article:
    """Return what a detail page says."""
    page = tree(document)
    title = first_text(page, selectors.title) or _title(page)
    date = first_text(page, selectors.date) or _date(page)
    author = first_text(page, selectors.author)
    body = _all_text(page, selectors.text) if selectors.text else main_text(page, size=len(document))
    return Article(title=title, text=body, date=date, author=author)


def main_text(page: Node, *, size: int) -> str:
    """Return the main text of a page, as trafilatura sees it; of a page too large for it, the paragraphs.

    `size` is the length of the document. The extractor may change the tree.
    """
    if size <= _MAX_EXTRACT and _COUNT(page) <= _MAX_NODES:
        extract, options = _extractor()
        found = extract(page, options=options)
        if found:
            return str(found)
    return "\n".join(_paragraphs(page))


_COUNT = etree.XPath("count(descendant-or-self::node())")


@cache
def _extractor() -> tuple[Callable[..., str | None], object]:
    """The extractor and its options, which take a while to load and to build; not every source needs them."""
    from trafilatura import extract  # noqa: PLC0415
    from trafilatura.settings import Extractor  # noqa: PLC0415

    return extract, Extractor(fast=True, comments=False, tables=True, recall=True)


def _all_text(page: Node, selector: str) -> str:
    pieces: list[str] = []
    for match in select(page, selector):
        pieces.append(readable(match))
        if sum(map(len, pieces)) > text.MAX_TEXT:
            break
    return "\n".join(filter(None, pieces))


def _paragraphs(page: Node) -> Iterator[str]:
    total = 0
    for paragraph in page.iter("p"):
        found = text.element_text(paragraph)
        total += len(found)
        if found:
            yield found
        if total > text.MAX_TEXT:
            return


def _title(page: Node) -> str:
    for selector in ("//meta[@property='og:title']/@content", "//meta[@name='ArticleTitle']/@content"):
        if found := first_text(page, selector):
            return found
    headings = [found for match in select(page, "//h1")[:10] if (found := readable(match))]
    return headings[0] if len(headings) == 1 else first_text(page, "//title")


def _date(page: Node) -> str:
    for selector in _DATE_PLACES:
        for match in select(page, selector)[:3]:
            found = readable(match)
            if any(character.isdigit() for character in found):
                return found
    return ""
