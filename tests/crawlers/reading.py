"""Reads one source in this process from pages held in memory: the spider kinds without Scrapy."""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.kinds import spider
from crawlers.lots import Lots
from crawlers.model import Authority, Source, Visit
from crawlers.page import Absent, Page
from crawlers.reader import Keys, Reader
from tests.contracts.crawl_store import NOW, MemoryCrawlStore

SITE = "http://site.example"


@dataclass
class Web:
    """Pages by path; bytes, text, a Page, None for "not modified", or an exception to raise."""

    pages: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    conditions: list[Mapping[str, str]] = field(default_factory=list)

    async def __call__(self, url: str, *, headers: Mapping[str, str]) -> Page | None:
        path = url.removeprefix(SITE)
        self.asked.append(path)
        self.conditions.append(headers)
        await asyncio.sleep(0)
        found = self.pages.get(path, Absent("网站返回 HTTP 404", gone=True))
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Page | None):
            return found
        body = found.encode() if isinstance(found, str) else found
        return Page(url=url, body=body, headers={"etag": f'"{hash(body)}"'})


@dataclass
class Read:
    """What one visit left behind."""

    visit: Visit
    store: MemoryCrawlStore
    web: Web

    @property
    def posts(self) -> list[Any]:
        return list(self.store.posts.values())

    @property
    def titles(self) -> list[str]:
        return [post.title for post in self.posts]

    @property
    def problems(self) -> str:
        return "\n".join(self.visit.problems)


def read(
    kind: str,
    pages: dict[str, Any],
    params: Mapping[str, Any] | None = None,
    *,
    path: str = "/start",
    authority: Authority = Authority.OFFICIAL,
    store: MemoryCrawlStore | None = None,
    now: datetime = NOW,
    clock: Callable[[], datetime] | None = None,
) -> Read:
    """Visit a source once; `clock` where time shall pass."""
    source = Source(
        id="s1", kind=kind, name="栖川在线", url=SITE + path, authority=authority, region="990101", params=params or {}
    )
    kept = store or MemoryCrawlStore()
    web = Web(pages)
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(
            source=source, lots=Lots(store=kept), keys=Keys(folder=Path(folder)), now=clock or (lambda: now), fetch=web
        )
        asyncio.run(spider(source).read(reader))
    return Read(visit=reader.finish(), store=kept, web=web)
