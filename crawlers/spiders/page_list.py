"""A list of links and the pages behind them, as most government sites have it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from pydantic import Field

from crawlers import urls
from crawlers.article import base, first_text, readable, select, tree
from crawlers.details import Chosen, DetailParams, Entry, read_details, sort_out
from crawlers.listed import date_near, shown_date
from crawlers.page import Page
from crawlers.reader import Reader
from crawlers.spiders.base import Kind, Params
from crawlers.text import Node

_MIN_TITLE = 6
_MAX_ANCHORS = 3000
_LOOKS_LIKE_ARTICLE = re.compile(r"\d{3,}|[a-z0-9_-]\.(?:s?html?|aspx?|jsp|php)(?:\?|$)|[?&]id=\d", re.IGNORECASE)

# A content system of many offices keeps the entries of its lists in a script, for their pages to show piece by piece.
_RECORDS = re.compile(
    r"<script[^>]{0,100}text/xml[^>]{0,100}>(?=[^<]{0,100}<datastore)(.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)
NEXT = "//a[normalize-space(.)='下一页' or normalize-space(.)='下页' or @rel='next']/@href"


class PageListParams(DetailParams):
    """Where the entries of the list are, and its further pages."""

    items: Chosen | None = Field(None, description="列表中每一条的选择器；不写则按页面样子辨认")
    link: Chosen | None = Field(None, description="条目内的链接，默认第一个 a 的 href")
    title: Chosen | None = Field(None, description="条目内的标题，默认链接文字")
    date: Chosen | None = Field(None, description="条目内的日期，默认标题旁的日期")
    author: Chosen | None = Field(None, description="条目内的作者（只用于去标识，不保存）")
    next: Chosen | None = Field(None, description="下一页的链接，默认文字为“下一页”的链接")
    pages: str | None = Field(None, description="第二页起的地址，{page} 代表页码，如 http://…/index_{page}.html")
    first_page: int = Field(1, ge=0, description="第一页的页码，第二页在 pages 中是它加一")
    max_pages: int = Field(5, ge=1, le=200, description="最多翻几页")
    detail: bool = Field(default=True, description="是否打开详情页；不打开则只存标题")


class PageList(Kind[PageListParams]):
    """Walks the list from its first page until it meets only what it knows, and reads the new details."""

    kind: ClassVar[str] = "page_list"
    params_type: ClassVar[type[Params]] = PageListParams

    async def read(self, reader: Reader) -> None:
        """Read the list page by page."""
        url: str | None = self.source.url
        visited: set[str] = set()
        left = self.params.max_details
        for number in range(self.params.max_pages):
            if url is None or urls.canonical(url) in visited:
                return
            visited.add(urls.canonical(url))
            page = await reader.get(url, conditional=number == 0, start=number == 0)
            document = reader.text_of(page) if page else None
            if page is None or document is None:
                return
            listing = tree(with_records(document))
            entries = list(self._entries(listing, page, reader))
            if not entries and number == 0:
                reader.fail("列表页里没有找到任何条目，请核对 params.items 选择器", document[:500])
            new, again = sort_out(reader, entries, pages=self.params.detail)
            await read_details(reader, new[:left], self.params, open_pages=self.params.detail)
            await read_details(reader, again, self.params)
            left -= len(new)
            if left < 0:
                reader.incomplete(f"新条目超过 {self.params.max_details} 条，余下的下次再读")
                return
            url = self._next(listing, page, number) if new or reader.backlog else None

    def _entries(self, listing: Node, page: Page, reader: Reader) -> Iterator[Entry]:
        if self.params.items is None:
            yield from by_look(listing, page)
            return
        own = base(listing, page.url)
        for item in select(listing, self.params.items):
            if isinstance(item, str):
                continue
            anchor = _anchor(item)
            written = first_text(item, self.params.link) if self.params.link else _attribute(anchor, "href")
            url = urls.join(own, written)
            if url is None:
                if item.find(".//th") is None:  # no heading of a table
                    reader.quarantine("列表中有一条没有链接", readable(item))
                continue
            if url == page.url:
                continue
            title = first_text(item, self.params.title) or _attribute(anchor, "title") or _text(anchor)
            date = first_text(item, self.params.date) if self.params.date else shown_date(item, title)
            author = first_text(item, self.params.author)
            yield Entry(url=url, title=_without(date, title), date=date, author=author)

    def _next(self, listing: Node, page: Page, number: int) -> str | None:
        if self.params.pages:
            return self.params.pages.replace("{page}", str(self.params.first_page + number + 1))
        found = select(listing, self.params.next or NEXT)
        links = [one if isinstance(one, str) else one.get("href", "") for one in found]
        return next((url for link in links if (url := urls.join(base(listing, page.url), link))), None)


def with_records(document: str) -> str:
    """Return a list's page with the entries that stand in a datastore as part of it."""
    if "<datastore" not in document:
        return document
    return _RECORDS.sub(lambda script: "\n".join(_RECORD.findall(script[1])), document)


def by_look(listing: Node, page: Page) -> Iterator[Entry]:
    """Yield the links that look like articles: a long text, and an address with a number or a page's name."""
    own, relative_to = urls.authority(page.url), base(listing, page.url)
    for anchor in islice(listing.iter("a"), _MAX_ANCHORS):
        url = urls.join(relative_to, _attribute(anchor, "href"))
        title = _attribute(anchor, "title") or _text(anchor)
        if not url or len(title) < _MIN_TITLE or urls.authority(url) != own or url == page.url:
            continue
        if _LOOKS_LIKE_ARTICLE.search(url.partition("://")[2].partition("/")[2]):
            date = date_near(anchor, title, longer_than=_MIN_TITLE)
            yield Entry(url=url, title=_without(date, title), date=date)


def _without(date: str, title: str) -> str:
    """Return a link's text without the date that stands in the link, too."""
    return title.removeprefix(date).removesuffix(date).strip() or title


def _anchor(item: Node) -> Node | None:
    return item if item.tag == "a" else next(item.iter("a"), None)


def _attribute(element: Node | None, name: str) -> str:
    return (element.get(name) or "").strip() if element is not None else ""


def _text(element: Node | None) -> str:
    return readable(element).replace("\n", " ") if element is not None else ""
