"""Reading the pages that a list, a sitemap or a feed names: each once, and again when its entry looks different."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from crawlers.article import Article, ArticleSelectors, article, compiled
from crawlers.beijing import BEIJING
from crawlers.model import Memo
from crawlers.page import Page
from crawlers.privacy import Candidate
from crawlers.reader import Reader, digest
from crawlers.spiders.base import Params

_AT_ONCE = 8
_YOUNG = timedelta(days=2)
_MOST_AGAIN = 50
_WRONG_CLOCK = timedelta(days=1)
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
    """What a list shows of one page, its look, and what is remembered of the page.

    `text` and `author` are what a feed or a list says of it.
    """

    url: str
    title: str = ""
    date: str = ""
    text: str = ""
    author: str = ""
    seen: str = ""
    memo: Memo = _UNKNOWN


def sort_out(reader: Reader, entries: Iterable[Entry], *, pages: bool = True) -> tuple[list[Entry], list[Entry]]:
    """Return the entries whose pages were not yet read as they look now, in their order, and those to be read again.

    An office corrects its notices in place. A page is looked at again at the next visit, and from then on at distances
    that double, for two days; where `pages` are not read at all, none.
    """
    fresh: list[Entry] = []
    again: list[Entry] = []
    for entry in _looked_up(reader, entries):
        memo = entry.memo
        if not (memo.done and memo.seen == entry.seen):
            fresh += [] if reader.waits(memo, entry.seen) else [entry]
            continue
        reader.unchanged()
        if pages and memo.due is not None and memo.due <= _until(reader, entry):
            if reader.is_due(memo) and len(again) < _MOST_AGAIN:
                again.append(entry)
            else:
                reader.look_again(memo.due)
    return fresh, again


def _looked_up(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return each entry once, with its look now and what is remembered of its page."""
    looks: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        # A relative date ("3小时前") changes by itself and does not count.
        seen = digest(entry.title, reader.absolute(entry.date))
        looks.setdefault((reader.key(entry.url), seen), replace(entry, seen=seen))
    memos = reader.memos([entry.url for entry in looks.values()])
    return [replace(entry, memo=memo) for entry, memo in zip(looks.values(), memos, strict=True)]


def _until(reader: Reader, entry: Entry, memo: Memo | None = None) -> datetime:
    """Return until when a page is young."""
    first = (memo or entry.memo).first_at or reader.now()
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
            page = await reader.look(entry.url, entry.memo, entry.seen, _until(reader, entry))
            found = _article(reader, entry, params, page) if page else None
        if found is not None:
            await _give(reader, entry, params, found, page)
        elif entry.text and not entry.memo.done:
            await reader.give(_candidate(reader, entry, params, Article(text=entry.text)))

    await asyncio.gather(*(read(entry) for entry in reversed(entries)))


async def _give(reader: Reader, entry: Entry, params: DetailParams, found: Article, page: Page | None) -> None:
    before = entry.memo
    memo = reader.behind(entry.url, entry.seen, before.first_at if before.done and before.seen == entry.seen else None)
    if memo.due and memo.due <= _until(reader, entry, memo):
        reader.look_again(memo.due)
    # A page whose text was not found is read in full until it is.
    headers = page.headers if page and found.text else {}
    etag, last_modified = headers.get("etag"), headers.get("last-modified")
    candidate = _candidate(reader, entry, params, found)
    await reader.give(candidate, read=replace(memo, done=True, etag=etag, last_modified=last_modified))


def _candidate(reader: Reader, entry: Entry, params: DetailParams, found: Article) -> Candidate:
    return Candidate(
        title=found.title if params.detail_title or not entry.title else entry.title,
        text=found.text,
        url=entry.url,
        author=found.author or entry.author or None,
        aliases=tuple(filter(None, (*found.names, entry.author))),
        published_at=_published(reader, entry, found),
    )


def _published(reader: Reader, entry: Entry, found: Article) -> datetime | None:
    """Return what the page calls its date, else the list; a date that just stands there may tell the time of that day.

    What lies days ahead is no date of publication; a site's clock may be wrong by hours.
    """
    latest = reader.now() + _WRONG_CLOCK
    said, listed, near = (
        date if date and date <= latest else None for date in map(reader.date, (found.date, entry.date, found.near))
    )
    if said or not (listed and near):
        return said or listed or near
    return near if near.astimezone(BEIJING).date() == listed.astimezone(BEIJING).date() else listed


def _article(reader: Reader, entry: Entry, params: DetailParams, page: Page) -> Article | None:
    document = reader.text_of(page)
    if document is None:
        return None
    found = article(document, params.selectors)
    if not found.text:
        place = reader.place(entry.url)
        reader.problem(f"{place}没有提取到正文，只保存了标题；请在 params.detail_text 中写明正文位置")
    return found
