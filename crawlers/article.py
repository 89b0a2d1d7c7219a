"""Reading one HTML page: by selectors where they are given, by its look where not."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from cssselect import SelectorError
from lxml import etree, html
from parsel.csstranslator import HTMLTranslator

from crawlers import text, urls
from crawlers.body import main_text
from crawlers.dated import is_imprint, loose_date, said_dates
from crawlers.linked import linked
from crawlers.text import Node

_AUTHOR_TAGS = frozenset(("author", "article:author", "og:article:author", "byline"))

Match: TypeAlias = Any
"""An element, or a string where the selector ends in an attribute or in text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a detail page holds; markup may still be in it.

    `near` is a date that the page holds where none is called its own; `names` are others than `author` that it says
    wrote it.
    """

    title: str = ""
    text: str = ""
    date: str = ""
    near: str = ""
    author: str = ""
    names: tuple[str, ...] = ()


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


def base(page: Node, url: str) -> str:
    """Return what the links of a page are relative to: its own address, unless it names another."""
    written = next((one.get("href") for one in page.iter("base") if one.get("href")), None)
    return (urls.join(url, written) if written else None) or url


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
    own = linked(page)
    date = first_text(page, selectors.date) or next(said_dates(page, linked=own.date), "")
    near = "" if date else loose_date(page)
    author, names = first_text(page, selectors.author), (*own.authors, *_named(page))
    if selectors.text:
        body = _all_text(page, selectors.text)
    else:
        body = _without_heading(main_text(page, size=len(document)), title)
    return Article(title=title, text=body, date=date, near=near, author=author, names=names)


def _named(page: Node) -> Iterator[str]:
    for tag in page.iter("meta"):
        if (tag.get("name") or tag.get("property") or "").lower() in _AUTHOR_TAGS and tag.get("content"):
            yield tag.get("content").strip()


def _without_heading(body: str, title: str) -> str:
    """Return a main text without the title and the line of date and origin below it, where its block holds them too."""
    lines = body.splitlines()
    if lines and lines[0] == title:
        del lines[0]
    while len(lines) > 1 and is_imprint(lines[0]):
        del lines[0]
    return "\n".join(lines) or body


def _all_text(page: Node, selector: str) -> str:
    pieces: list[str] = []
    for match in select(page, selector):
        pieces.append(readable(match))
        if sum(map(len, pieces)) > text.MAX_TEXT:
            break
    return "\n".join(filter(None, pieces))


def _title(page: Node) -> str:
    for selector in ("//meta[@property='og:title']/@content", "//meta[@name='ArticleTitle']/@content"):
        if found := first_text(page, selector):
            return found
    headings = [found for match in select(page, "//h1")[:10] if (found := readable(match))]
    return headings[0] if len(headings) == 1 else first_text(page, "//title")
