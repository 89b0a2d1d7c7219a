"""Reading one HTML page: by selectors where they are given, by its look where not."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from parsel import Selector
from parsel.selector import SelectorList

from crawlers import text

# Beyond this a page is no article, and the extractor's time would have no bound.
MAX_EXTRACT = 1_000_000
_MAX_NODES = 30_000


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


def tree(document: str) -> Selector:
    """Parse an HTML document."""
    return Selector(text=text.without_invisible(document[: text.MAX_MARKUP]) or "<html></html>", type="html")


def select(node: Selector, selector: str) -> SelectorList[Selector]:
    """Select by XPath where it looks like one, else by CSS (with ::attr(name) and ::text)."""
    return node.xpath(selector) if is_xpath(selector) else node.css(selector)


def is_xpath(selector: str) -> bool:
    """Whether a selector is written as XPath."""
    return selector.lstrip().startswith(("/", "./", "(", "descendant", "string(", "normalize-space("))


def first_text(node: Selector, selector: str | None) -> str:
    """Return the readable text of the first match; an attribute as it is."""
    for match in select(node, selector) if selector else ():
        return _readable(match)
    return ""


def all_text(node: Selector, selector: str) -> str:
    """Return the readable text of every match, a line each."""
    return "\n".join(filter(None, map(_readable, select(node, selector))))


def article(document: str, selectors: ArticleSelectors, *, url: str) -> Article:
    """Return what a detail page says."""
    page = tree(document)
    return Article(
        title=first_text(page, selectors.title) or _title(page),
        text=all_text(page, selectors.text) if selectors.text else main_text(document, url=url),
        date=first_text(page, selectors.date) or _date(page),
        author=first_text(page, selectors.author),
    )


def main_text(document: str, *, url: str) -> str:
    """Return the main text of a page, as trafilatura sees it; of a page too large for it, the paragraphs."""
    root = _parsed(document)
    if root is None:
        return ""
    if len(document) <= MAX_EXTRACT and sum(1 for _ in root.iter()) <= _MAX_NODES:
        from trafilatura import extract  # noqa: PLC0415  # slow to load, not every source needs it

        found = extract(root, url=url, fast=True, include_comments=False, include_tables=True, favor_recall=True)
        if found:
            return str(found)
    return "\n".join(_paragraphs(root))


def _parsed(document: str) -> html.HtmlElement | None:
    safe = text.without_invisible(document[: text.MAX_MARKUP])
    try:
        return html.document_fromstring(safe.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError:
        return None


def _paragraphs(root: html.HtmlElement) -> Iterator[str]:
    total = 0
    for paragraph in root.iter("p"):
        found = text.element_text(paragraph)
        total += len(found)
        if found:
            yield found
        if total > text.MAX_TEXT:
            return


def _readable(match: Selector) -> str:
    if isinstance(match.root, str):
        return text.clean(match.root)
    return text.element_text(match.root)


def _title(page: Selector) -> str:
    for selector in ("//meta[@property='og:title']/@content", "//meta[@name='ArticleTitle']/@content"):
        found = text.clean(page.xpath(selector).get(""))
        if found:
            return found
    headings = [found for found in map(_readable, page.xpath("//h1")) if found]
    return headings[0] if len(headings) == 1 else text.clean(page.xpath("//title/text()").get(""))


def _date(page: Selector) -> str:
    for selector in (
        "//meta[@name='PubDate' or @name='pubdate' or @name='publishdate' or @name='PublishDate']/@content",
        "//meta[@property='article:published_time' or @itemprop='datePublished']/@content",
        "//time/@datetime",
        "//*[contains(@class,'time') or contains(@class,'date') or contains(@id,'time')][string-length(.) < 80]",
    ):
        for match in page.xpath(selector)[:3]:
            found = _readable(match)
            if any(character.isdigit() for character in found):
                return found
    return ""
