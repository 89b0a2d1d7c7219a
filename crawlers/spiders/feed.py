"""RSS, Atom and JSON Feed."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import feedparser
import orjson

from crawlers import urls
from crawlers.page import Page
from crawlers.privacy import Candidate
from crawlers.reader import Reader
from crawlers.spiders.base import Kind, Params

# A feed that declares entities wants to be expanded; no feed needs that.
_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# feedparser would add a line of its own to a document without one, and every place would be a line off.
_UTF8 = '<?xml version="1.0" encoding="utf-8"?>'
_ADVICE = "请核对网址，或改用 page_list 类型"


class FeedParams(Params):
    """Nothing beyond the common ones."""


class Feed(Kind[FeedParams]):
    """Reads every entry of one feed."""

    kind: ClassVar[str] = "feed"
    params_type: ClassVar[type[Params]] = FeedParams

    async def read(self, reader: Reader) -> None:
        """Read the feed if it has changed."""
        page = await reader.get(self.source.url, conditional=True, start=True)
        text = reader.text_of(page) if page else None
        if page is None or text is None:
            return
        entries = _json_entries(reader, text) if text.lstrip()[:1] in "{[" else _xml_entries(reader, text)
        for entry in entries:
            await reader.give(_candidate(reader, page, entry))


def _xml_entries(reader: Reader, text: str) -> list[Mapping[str, Any]]:
    if _ENTITIES.search(text[:100_000]):
        reader.fail(f"内容里声明了实体（可能是攻击），没有解析，{_ADVICE}")
        return []
    # One encoding for all: the declaration may be wrong, the text is not.
    document = io.BytesIO((_UTF8 + _DECLARATION.sub("", text)).encode())
    feed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        reader.fail(f"首页不是有效的 RSS/Atom{_where(feed)}，{_ADVICE}", text[:500])
    elif feed.bozo and (where := _where(feed)):
        reader.problem(f"订阅内容有格式错误{where}，读出了 {len(feed.entries)} 条，请通知网站核对")
    return list(feed.entries)


def _where(feed: Mapping[str, Any]) -> str:
    fault = feed.get("bozo_exception")
    if fault is None or not hasattr(fault, "getLineNumber"):
        return ""
    return f"（第{fault.getLineNumber()}行第{fault.getColumnNumber() + 1}列）"


def _json_entries(reader: Reader, text: str) -> list[Mapping[str, Any]]:
    try:
        feed = orjson.loads(text)
        entries = list(feed["items"])
    except (ValueError, KeyError, TypeError):
        reader.fail(f"首页不是有效的 JSON Feed，{_ADVICE}", text[:500])
        return []
    return [_from_json(entry) for entry in entries if isinstance(entry, dict)]


def _from_json(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    authors = entry.get("authors") or [entry.get("author") or {}]
    author = authors[0] if isinstance(authors, list) and authors and isinstance(authors[0], dict) else {}
    return {
        "id": entry.get("id"),
        "link": entry.get("url"),
        "title": entry.get("title"),
        "summary": entry.get("content_html") or entry.get("content_text") or entry.get("summary"),
        "published": entry.get("date_published") or entry.get("date_modified"),
        "author": author.get("name") or author.get("url"),
    }


def _candidate(reader: Reader, page: Page, entry: Mapping[str, Any]) -> Candidate:
    written = _first(entry, ("published", "updated", "created", "date"))
    return Candidate(
        title=_text(entry.get("title")),
        text=max(_bodies(entry), key=len, default=""),
        own_id=_text(entry.get("id")) or None,
        url=urls.join(page.url, _text(entry.get("link"))),
        author=_text(entry.get("author")) or None,
        published_at=reader.date(written),
    )


def _bodies(entry: Mapping[str, Any]) -> Iterator[str]:
    yield _text(entry.get("summary"))
    for content in entry.get("content") or ():
        yield _text(content.get("value"))


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((_text(value) for name in names if (value := entry.get(name))), None)


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""
