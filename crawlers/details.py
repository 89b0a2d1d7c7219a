"""Reading the pages that a list, a sitemap or a feed names: each once, and again when its entry looks different."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from crawlers.article import Article, ArticleSelectors, article, compiled
from crawlers.model import Memo
from crawlers.privacy import Candidate
from crawlers.reader import Reader, digest
from crawlers.spiders.base import Params

_AT_ONCE = 8
_YOUNG = timedelta(days=2)
_MOST_AGAIN = 50


def _selector(written: str) -> str:
    compiled(written)
    return written


Chosen = Annotated[str, AfterValidator(_selector)]
"""A selector: CSS, or XPath where it begins with "/" or "./"."""


class DetailParams(Params):
    """How detail pages are read."""

    max_details: int = Field(200, ge=1, le=5000, description="一次最多读几个详情页")
    detail_title: Chosen | None = Field(None, description="详情页标题")
    detail_text: Chosen | None = Field(None, description="详情页正文；不写则自动提取")
    detail_date: Chosen | None = Field(None, description="详情页日期")
    detail_author: Chosen | None = Field(None, description="详情页作者（只用于去标识，不保存）")

    @property
    def selectors(self) -> ArticleSelectors:
        """The selectors of a detail page."""
        return ArticleSelectors(
            title=self.detail_title, text=self.detail_text, date=self.detail_date, author=self.detail_author
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a list shows of one page, and what is remembered of it."""

    url: str
    title: str = ""
    date: str = ""
    memo: Memo | None = None


def fresh(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose pages were not yet read as they look now, in their order, each once."""
    looks = {(entry.url, _seen(reader, entry)): entry for entry in dict.fromkeys(entries)}
    memos = reader.memos([url for url, _ in looks])
    return [
        replace(entry, memo=memo)
        for (look, entry), memo in zip(looks.items(), memos, strict=True)
        if not (memo.done and memo.seen == look[1])
    ]


def aging(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose pages were read as they look now and are due to be looked at again.

    An office corrects its notices in place. A page is looked at again at the next visit, and from then on at distances
    that double, for two days.
    """
    looks = {(entry.url, _seen(reader, entry)): entry for entry in dict.fromkeys(entries)}
    memos = reader.memos([url for url, _ in looks])
    due = []
    for (look, entry), memo in zip(looks.items(), memos, strict=True):
        at = _next_look(memo, reader.date(entry.date)) if memo.done and memo.seen == look[1] else None
        if at is None:
            continue
        if memo.read_at != reader.now() and at <= reader.now():
            due.append(replace(entry, memo=memo))
        else:
            reader.look_again(at)
    return due[:_MOST_AGAIN]


def _next_look(memo: Memo, told: datetime | None) -> datetime | None:
    """Return when a page is to be looked at again; None for one that is too old."""
    if memo.first_at is None or memo.read_at is None:
        return None
    at = memo.read_at + (memo.read_at - memo.first_at)
    return at if at - min(told or memo.first_at, memo.first_at) <= _YOUNG else None


async def read_details(
    reader: Reader, entries: Sequence[Entry], params: DetailParams, *, open_pages: bool = True
) -> None:
    """Read the pages of a list that has the newest first, the oldest first."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def read(entry: Entry) -> None:
        async with gate:
            found = await _article(reader, entry, params) if open_pages else Article()
        if found is not None:
            await _give(reader, entry, params, found)

    await asyncio.gather(*(read(entry) for entry in reversed(entries)))


async def _give(reader: Reader, entry: Entry, params: DetailParams, found: Article) -> None:
    candidate = Candidate(
        title=found.title if params.detail_title or not entry.title else entry.title,
        text=found.text,
        url=entry.url,
        author=found.author or None,
        published_at=reader.date(found.date) or reader.date(entry.date),
    )
    first = entry.memo.first_at if entry.memo and entry.memo.seen == _seen(reader, entry) else None
    await reader.give(candidate, read=_read(reader, entry, first or reader.now()))


def _read(reader: Reader, entry: Entry, first_at: datetime) -> Memo:
    memo = Memo(
        url=reader.key(entry.url),
        done=True,
        seen=_seen(reader, entry),
        first_at=first_at,
        read_at=reader.now(),
    )
    at = _next_look(memo, reader.date(entry.date))
    if at:
        reader.look_again(at)
    return memo


async def _article(reader: Reader, entry: Entry, params: DetailParams) -> Article | None:
    page = await reader.get(entry.url)
    document = reader.text_of(page) if page else None
    if document is None:
        return None
    found = article(document, params.selectors)
    if not found.text:
        place = reader.place(entry.url)
        reader.problem(f"{place}没有提取到正文，只保存了标题；请在 params.detail_text 中写明正文位置")
    return found


def _seen(reader: Reader, entry: Entry) -> str:
    """Return the look of an entry; a relative date ("3小时前") changes by itself and does not count."""
    return digest(entry.title, reader.absolute(entry.date))
