"""Sitemaps: plain, as text, indexes of sitemaps, and news sitemaps."""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar

from lxml import etree
from pydantic import AfterValidator, Field

from crawlers import urls
from crawlers.details import DetailParams, Entry, read_details, sort_out
from crawlers.page import Page, Unreadable, parse_xml
from crawlers.reader import Reader
from crawlers.settings import MAX_PAGE_BYTES
from crawlers.spiders.base import Kind, Params

_MAX_SITEMAPS = 50
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ADVICE = "请核对网址，应为 sitemap.xml"


def _pattern(written: str) -> str:
    try:
        re.compile(written)
    except re.error as error:
        raise ValueError(f"不是有效的正则表达式：{written}") from error
    return written


class SitemapParams(DetailParams):
    """Which pages of the site are read."""

    include: Annotated[str, AfterValidator(_pattern)] | None = Field(None, description="只读网址符合此正则表达式的页面")
    max_age_days: int = Field(3, ge=1, le=90, description="只读最近几天更新的页面")


class Sitemap(Kind[SitemapParams]):
    """Reads the pages that are new in a sitemap, the newest first where the limit bites."""

    kind: ClassVar[str] = "sitemap"
    params_type: ClassVar[type[Params]] = SitemapParams

    async def read(self, reader: Reader) -> None:
        """Read the sitemap and those it names."""
        waiting, seen = [self.source.url], {urls.canonical(self.source.url)}
        entries: list[Entry] = []
        while waiting and len(seen) <= _MAX_SITEMAPS:
            start = waiting[-1] == self.source.url
            page = await reader.get(waiting.pop(), conditional=True, start=start)
            root = _root(reader, page, start=start) if page else None
            if page is None or root is None:
                continue
            entries += self._entries(reader, root, page)
            for url in _locations(root, "sitemap", page):
                if urls.canonical(url) not in seen:
                    seen.add(urls.canonical(url))
                    waiting.append(url)
        if waiting:
            reader.problem(f"站点地图超过 {_MAX_SITEMAPS} 份，其余没有读，请把 url 改为所需的那一份")
        new, again = sort_out(reader, entries)
        new.sort(key=lambda entry: reader.date(entry.date) or _LONG_AGO, reverse=True)
        await read_details(reader, new[: self.params.max_details], self.params)
        await read_details(reader, again, self.params)
        if len(new) > self.params.max_details:
            reader.incomplete(f"新页面超过 {self.params.max_details} 个，余下的下次再读")

    def _entries(self, reader: Reader, root: etree._Element, page: Page) -> Iterator[Entry]:
        oldest = reader.now() - timedelta(days=self.params.max_age_days)
        for element in root.iterchildren("{*}url"):
            written = element.findtext("{*}loc") or ""
            date = element.findtext(".//{*}publication_date") or element.findtext("{*}lastmod") or ""
            url = urls.join(page.url, written)
            at = reader.date(date)
            wanted = url and (self.params.include is None or re.search(self.params.include, url))
            if url and wanted and (at is None or at >= oldest):
                changed = element.findtext("{*}lastmod") or date
                yield Entry(url=url, title=element.findtext(".//{*}news/{*}title") or "", date=changed.strip())


def _locations(root: etree._Element, name: str, page: Page) -> Iterator[str]:
    for element in root.iterchildren(f"{{*}}{name}"):
        url = urls.join(page.url, element.findtext("{*}loc") or "")
        if url:
            yield url


def _root(reader: Reader, page: Page, *, start: bool) -> etree._Element | None:
    set_aside = reader.fail if start else reader.quarantine
    text = reader.text_of(_unzipped(page))
    if text is None:
        return None
    if lines := addresses(text):
        return _as_urlset(lines)
    try:
        root = parse_xml(text)
    except Unreadable as error:
        set_aside(f"{reader.place(page.url)}{error}，{_ADVICE}", text[:500])
        return None
    if etree.QName(root).localname not in ("urlset", "sitemapindex"):
        set_aside(f"{reader.place(page.url)}不是站点地图，{_ADVICE}", text[:500])
        return None
    return root


def addresses(text: str) -> list[str]:
    """Return the lines of a sitemap that is plain text, one address a line; none of anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if lines and all(line.startswith(("http://", "https://")) for line in lines) else []


def _as_urlset(addresses: list[str]) -> etree._Element:
    root = etree.Element("urlset")
    for address in addresses:
        etree.SubElement(etree.SubElement(root, "url"), "loc").text = address
    return root


def _unzipped(page: Page) -> Page:
    """Return the page behind sitemap.xml.gz; no more of it than any page may have."""
    if not page.body.startswith(b"\x1f\x8b"):
        return page
    try:
        body = zlib.decompressobj(wbits=31).decompress(page.body, MAX_PAGE_BYTES)
    except zlib.error:
        body = b""
    return Page(url=page.url, body=body, encoding=page.encoding)
