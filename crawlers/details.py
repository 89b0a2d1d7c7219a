"""Reading the pages that a list, a sitemap or a feed names: each once, and again when its entry looks different."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from crawlers.article import Article, ArticleSelectors, article, compiled
from crawlers.model import Memo
from crawlers.page import Page
from crawlers.privacy import Candidate
from crawlers.reader import Reader, digest
from crawlers.spiders.base import Params

_AT_ONCE = 8
_YOUNG = timedelta(days=2)
_MOST_AGAIN = 50
_UNKNOWN = Memo(url="")


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
    memo: Memo = _UNKNOWN


def fresh(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose pages were not yet read as they look now, in their order, each once."""
    wanted = []
    for entry, seen in _looked_up(reader, entries):
        memo = entry.memo
        if memo.done and memo.seen == seen:
            reader.unchanged()
        elif not reader.waits(memo, seen):
            wanted.append(entry)
    return wanted


def aging(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose pages were read as they look now and are due to be looked at again.

    An office corrects its notices in place. A page is looked at again at the next visit, and from then on at distances
    that double, for two days.
    """
    due: list[Entry] = []
    for entry, seen in _looked_up(reader, entries):
        memo = entry.memo
        if not memo.done or memo.seen != seen or memo.due is None or memo.due > _until(reader, entry, memo):
            continue
        if reader.is_due(memo) and len(due) < _MOST_AGAIN:
            due.append(entry)
        else:
            reader.look_again(memo.due)
    return due


def _looked_up(reader: Reader, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield each entry once, with what is remembered of its page and its look now."""
    looks = {(entry.url, _seen(reader, entry)): entry for entry in dict.fromkeys(entries)}
    memos = reader.memos([url for url, _ in looks])
    for ((_, seen), entry), memo in zip(looks.items(), memos, strict=True):
        yield replace(entry, memo=memo), seen


def _until(reader: Reader, entry: Entry, memo: Memo) -> datetime:
    """Return until when a page is young."""
    first = memo.first_at or reader.now()
    return min(reader.date(entry.date) or first, first) + _YOUNG


async def read_details(
    reader: Reader, entries: Sequence[Entry], params: DetailParams, *, open_pages: bool = True
) -> None:
    """Read the pages of a list that has the newest first, the oldest first."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def read(entry: Entry) -> None:
        if not open_pages:
            await _give(reader, entry, params, Article(), None)
            return
        async with gate:
            page = await reader.look(entry.url, entry.memo, _seen(reader, entry), _until(reader, entry, entry.memo))
            found = _article(reader, entry, params, page) if page else None
        if found is not None:
            await _give(reader, entry, params, found, page)

    await asyncio.gather(*(read(entry) for entry in reversed(entries)))


async def _give(reader: Reader, entry: Entry, params: DetailParams, found: Article, page: Page | None) -> None:
    candidate = Candidate(
        title=found.title if params.detail_title or not entry.title else entry.title,
        text=found.text,
        url=entry.url,
        author=found.author or None,
        published_at=reader.date(found.date) or reader.date(entry.date),
    )
    seen, before = _seen(reader, entry), entry.memo
    memo = reader.behind(entry.url, seen, before.first_at if before.done and before.seen == seen else None)
    if memo.due and memo.due <= _until(reader, entry, memo):
        reader.look_again(memo.due)
    # A page whose text was not found is read in full until it is.
    headers = page.headers if page and found.text else {}
    etag, last_modified = headers.get("etag"), headers.get("last-modified")
    await reader.give(candidate, read=replace(memo, done=True, etag=etag, last_modified=last_modified))


def _article(reader: Reader, entry: Entry, params: DetailParams, page: Page) -> Article | None:
    document = reader.text_of(page)
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
