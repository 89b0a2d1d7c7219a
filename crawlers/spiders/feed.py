"""RSS, Atom and JSON Feed."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urljoin

import orjson
from lxml import etree
from pydantic import Field

from crawlers import urls
from crawlers.details import DetailParams, Entry, read_details, sort_out
from crawlers.model import Outcome
from crawlers.page import Page
from crawlers.privacy import Candidate
from crawlers.reader import Reader
from crawlers.spiders.base import Kind, Params
from crawlers.text import clean_title

# A feed that declares entities wants to be expanded; no feed needs that.
_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_OPENING = re.compile(r"<[A-Za-z]")
_MAX_OPEN = 5_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# feedparser would add a line of its own to a document without one, and every place would be a line off.
_UTF8 = '<?xml version="1.0" encoding="utf-8"?>'
_ADVICE = "请核对网址，或改用 page_list 类型"


class FeedParams(DetailParams):
    """How much of an entry is read."""

    max_pages: int = Field(5, ge=1, le=100, description="订阅分页时最多读几页")
    full_text: bool = Field(default=False, description="订阅里只有摘要时，打开每一条的网页读全文")


class Feed(Kind[FeedParams]):
    """Reads every entry of one feed."""

    kind: ClassVar[str] = "feed"
    params_type: ClassVar[type[Params]] = FeedParams

    async def read(self, reader: Reader) -> None:
        """Read the feed if it has changed, and what it names as its continuation while that brings something new."""
        url: str | None = self.source.url
        visited: set[str] = set()
        for number in range(self.params.max_pages):
            if url is None or url in visited:
                return
            visited.add(url)
            page = await reader.get(url, conditional=number == 0, start=number == 0)
            text = reader.text_of(page) if page else None
            if page is None or text is None:
                return
            found = _of_json(reader, text) if text.lstrip().startswith(("{", "[")) else _of_xml(reader, text)
            ids = Counter(_text(entry.get("id")) for entry in found.entries)
            candidates = (_candidate(reader, page, entry, ids, found.authors) for entry in found.entries)
            if self.params.full_text:
                brought = await self._read_pages(reader, list(candidates))
            else:
                outcomes = await reader.give_all(candidates)
                brought = any(outcome in (Outcome.NEW, Outcome.REVISED) for outcome in outcomes)
            url = urls.join(page.url, found.next) if brought or reader.backlog else None

    async def _read_pages(self, reader: Reader, candidates: Sequence[Candidate]) -> bool:
        """Open the page of each entry, whether there were any new; one without a page is taken as it is."""
        await reader.give_all(candidate for candidate in candidates if not candidate.url)
        entries = [
            Entry(
                url=one.url,
                title=clean_title(one.title),
                date=one.published_at.isoformat() if one.published_at else "",
                text=one.text,
                author=one.author or "",
            )
            for one in candidates
            if one.url
        ]
        new, again = sort_out(reader, entries)
        await read_details(reader, new[: self.params.max_details], self.params)
        await read_details(reader, again, self.params)
        if len(new) > self.params.max_details:
            reader.incomplete(f"新条目超过 {self.params.max_details} 条，余下的下次再读")
        return bool(new)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """One document of a feed: who speaks in it where an entry does not say, and the address of its continuation."""

    entries: Sequence[Mapping[str, Any]] = ()
    authors: tuple[str, ...] = ()
    next: str = ""


def _of_xml(reader: Reader, text: str) -> _Read:
    if _ENTITIES.search(text[:100_000]) or _is_deep(text):
        reader.fail(f"内容里声明了实体，或标签层层不闭合（可能是攻击），没有解析，{_ADVICE}")
        return _Read()
    # One encoding for all: the declaration may be wrong, the text is not.
    document = (_UTF8 + _DECLARATION.sub("", text)).encode(errors="replace")
    strict = _strict(document)
    return strict if strict.entries else _Read(entries=_lenient(reader, document, text))


def _strict(document: bytes) -> _Read:
    """Return the entries of a well-formed feed, ten times as fast as the lenient way; none where it is not."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        return _Read()
    links = (link for link in root.iterchildren("{http://www.w3.org/2005/Atom}link") if link.get("rel") == "next")
    return _Read(
        entries=[_from_xml(entry) for entry in root.iter("{*}item", "{*}entry")],
        authors=tuple(filter(None, (_child_text(author, "name") for author in root.iterchildren("{*}author")))),
        next=next((link.get("href") or "" for link in links), ""),
    )


def _from_xml(entry: etree._Element) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for child in entry:
        qualified = etree.QName(child)
        name = _NAMES.get(qualified.localname) if _OURS.match(qualified.namespace or "") else None
        if name == "link":
            if child.get("rel", "alternate") == "alternate":
                # An Atom feed may say what its addresses are relative to.
                found.setdefault("link", urljoin(child.base or "", (child.get("href") or child.text or "").strip()))
        elif name == "author":
            found.setdefault("author", _child_text(child, "name") or child.text)
        elif name:
            said = _inner(child)
            found[name] = max(found.get(name, ""), said, key=len) if name == "summary" else found.get(name) or said
    return found


_NAMES = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "id": "id",
    "author": "author",
    "creator": "author",
    "pubDate": "published",
    "published": "published",
    "date": "published",
    "issued": "published",
    "updated": "updated",
    "modified": "updated",
    "description": "summary",
    "summary": "summary",
    "content": "summary",
    "encoded": "summary",
}


# RSS itself, RSS 1.0, Atom, Dublin Core and content:encoded. Media RSS and podcasts call other things by
# the same names.
_OURS = re.compile(
    r"$|http://(?:purl\.org/(?:rss|dc|atom)/|www\.w3\.org/2005/Atom|backend\.userland\.com|my\.netscape\.com)"
)


def _inner(element: etree._Element) -> str:
    """Return what an element says: its text, or its markup where it holds elements (XHTML)."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False)) if len(element) else element.text or ""


def _child_text(element: etree._Element, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return (child.text or "") if child is not None else ""


def _lenient(reader: Reader, document: bytes, text: str) -> Sequence[Mapping[str, Any]]:
    import feedparser  # noqa: PLC0415  # only feeds with faults need it

    feed = feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and (feed.bozo or not feed.get("version")):
        reader.fail(f"首页不是有效的 RSS/Atom{_where(feed)}，{_ADVICE}", text[:500])
    elif feed.bozo and (where := _where(feed)):
        reader.problem(f"订阅内容有格式错误{where}，读出了 {len(feed.entries)} 条，请通知网站核对")
    entries: Sequence[Mapping[str, Any]] = feed.entries
    return entries


def _is_deep(text: str) -> bool:
    """Whether many elements stay open; what stands in CDATA does not count."""
    outside, *sections = text.split(_CDATA)
    plain = outside + "".join(section.partition(_CDATA_END)[2] or section for section in sections)
    opened = len(_OPENING.findall(plain)) - plain.count("</") - plain.count("/>")
    return opened > _MAX_OPEN


def _where(feed: Mapping[str, Any]) -> str:
    fault = feed.get("bozo_exception")
    if fault is None or not hasattr(fault, "getLineNumber"):
        return ""
    return f"（第{fault.getLineNumber()}行第{fault.getColumnNumber() + 1}列）"


def _of_json(reader: Reader, text: str) -> _Read:
    try:
        feed = orjson.loads(text)
        entries = list(feed["items"])
    except (ValueError, KeyError, TypeError):
        reader.fail(f"首页不是有效的 JSON Feed，{_ADVICE}", text[:500])
        return _Read()
    author = _json_author(feed)
    return _Read(
        entries=[_from_json(entry) for entry in entries if isinstance(entry, dict)],
        authors=(author,) if author else (),
        next=_text(feed.get("next_url")),
    )


def _from_json(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "id": entry.get("id"),
        "link": entry.get("url") or entry.get("external_url"),
        "title": entry.get("title"),
        "summary": entry.get("content_html") or entry.get("content_text") or entry.get("summary"),
        "published": entry.get("date_published") or entry.get("date_modified"),
        "author": _json_author(entry),
    }


def _json_author(found: Mapping[str, Any]) -> str:
    authors = found.get("authors") or [found.get("author") or {}]
    author = authors[0] if isinstance(authors, list) and authors and isinstance(authors[0], dict) else {}
    return _text(author.get("name") or author.get("url"))


def _candidate(
    reader: Reader, page: Page, entry: Mapping[str, Any], ids: Mapping[str, int], authors: tuple[str, ...]
) -> Candidate:
    own_id = _text(entry.get("id"))
    written = _first(entry, ("published", "updated", "created", "date"))
    return Candidate(
        title=_text(entry.get("title")),
        text=max(_bodies(entry), key=len, default=""),
        # Some programs write the same id, such as the site's address, under every entry.
        own_id=own_id if own_id and ids[own_id] == 1 else None,
        url=urls.join(page.url, _text(entry.get("link"))),
        author=_text(entry.get("author")) or next(iter(authors), None),
        aliases=authors,
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
