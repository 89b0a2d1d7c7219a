"""What kind of source a page is, by its look."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from lxml import etree

from crawlers import dates, urls
from crawlers.article import base, first_text, readable, select, tree
from crawlers.page import Page, Unreadable, parse_xml
from crawlers.spiders.page_list import by_look, with_records
from crawlers.spiders.sitemap import addresses
from crawlers.text import Node, clean_title

_MAX_DEPTH = 4
_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("content", "text", "body", "detail", "description", "message", "summary", "neirong", "内容", "正文"),
    "title": ("title", "subject", "headline", "biaoti", "标题", "主题"),
    "id": ("id", "_id", "uuid", "guid", "编号"),
    "published_at": (
        *("published_at", "publish_time", "publishTime", "pubDate", "published", "created_at", "create_time"),
        *("createTime", "ctime", "time", "date", "发布时间", "时间"),
    ),
    "author": (
        "user.uid",
        "user.id",
        "author.id",
        "user_id",
        "uid",
        "userId",
        "author",
        "user",
        "username",
        "nickname",
    ),
    "url": ("url", "link", "href", "网址", "链接"),
}
_SPEAKERS = ("nickname", "username", "user.nickname", "user.name", "user.username", "author.name", "name", "author")
_ITEMS = frozenset(("li", "tr", "dd", "article", "div", "p"))
_PLAIN = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """A kind with its parameters. `url` differs from the page's where the page names a better one."""

    kind: str
    url: str
    name: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


def guess(page: Page) -> Guess | None:
    """Return what a page most likely is; None where it is nothing that can be read."""
    try:
        text = page.text
    except Unreadable:
        return None
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return _of_json(page, text)
    return _of_xml(page, text) or _of_html(page, text)


def _of_xml(page: Page, text: str) -> Guess | None:
    if addresses(text):
        return Guess(kind="sitemap", url=page.url)
    if not text.lstrip().startswith("<") or "<html" in text[:2000].lower():
        return None
    try:
        root = parse_xml(text)
    except Unreadable:
        # A feed with faults is still one; its spider says what is wrong with it.
        return Guess(kind="feed", url=page.url) if re.search(r"<(?:rss|feed|rdf:RDF)\b", text[:2000]) else None
    name = str(etree.QName(root).localname)
    title = clean_title(root.findtext("{*}title") or root.findtext("{*}channel/{*}title") or "")
    linked = any("cap+xml" in (link.get("type") or "") for link in root.iter("{*}link")) or _speaks_cap(root)
    if name in ("alert", "alerts") or linked:
        return Guess(kind="cap", url=page.url, name=title)
    if name in ("urlset", "sitemapindex"):
        return Guess(kind="sitemap", url=page.url)
    return Guess(kind="feed", url=page.url, name=title) if name in ("rss", "feed", "RDF") else None


def _speaks_cap(root: etree._Element) -> bool:
    """Whether a directory says of its entries what CAP says of a warning, as that of the US weather service does."""
    return any("tc:emergency:cap" in (uri or "") for entry in root.iter("{*}entry", "{*}item") for uri in _uses(entry))


def _uses(entry: etree._Element) -> Iterator[str | None]:
    return (etree.QName(child).namespace for child in entry if isinstance(child.tag, str))


def _of_json(page: Page, text: str) -> Guess | None:
    try:
        document = orjson.loads(text.encode(errors="replace"))
    except orjson.JSONDecodeError:
        return None
    home = f"{page.url.partition('://')[0]}://{urls.authority(page.url)}"
    if isinstance(document, dict) and "jsonfeed.org" in str(document.get("version")):
        return Guess(kind="feed", url=page.url, name=str(document.get("title") or ""))
    if isinstance(document, dict) and isinstance(document.get("topic_list"), dict):
        return Guess(kind="forum", url=page.url.partition("/latest")[0] or home)
    if "/api/v1/timelines/" in page.url:
        return Guess(kind="mastodon", url=home)
    found = max(_lists(document, ()), key=lambda pair: len(pair[1]), default=None)
    fields = _fields(found[1][0]) if found else {}
    if not found or "text" not in fields:
        return None
    return Guess(kind="json_api", url=page.url, params={"items": _path(found[0]) or "@", "fields": fields})


def _lists(found: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    if isinstance(found, list) and found and isinstance(found[0], dict):
        yield path, found
    elif isinstance(found, dict) and len(path) < _MAX_DEPTH:
        for name, inner in found.items():
            yield from _lists(inner, (*path, name))


def _fields(item: Mapping[str, Any]) -> dict[str, Any]:
    flat = dict(_leaves(item, ()))
    fields: dict[str, Any] = {}
    for wanted, names in _NAMES.items():
        found = next((name for name in names if name in flat), None)
        if found:
            fields[wanted] = found
    if "text" not in fields:
        longest = max(flat, key=lambda name: len(str(flat[name])), default=None)
        fields |= {"text": longest} if longest and len(str(flat[longest])) > 10 else {}
    others = [name for name in _SPEAKERS if name in flat and name != fields.get("author")]
    return fields | ({"names": others} if others else {})


def _leaves(item: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, value in item.items():
        if isinstance(value, dict) and not path:
            yield from _leaves(value, (name,))
        elif isinstance(value, str | int | float):
            yield _path((*path, name)), value


def _path(names: tuple[str, ...]) -> str:
    return ".".join(name if _PLAIN.fullmatch(name) else orjson.dumps(name).decode() for name in names)


def _of_html(page: Page, text: str) -> Guess | None:
    document = tree(with_records(text))
    title = first_text(document, "//title")
    home = f"{page.url.partition('://')[0]}://{urls.authority(page.url)}"
    maker = first_text(document, "//meta[@name='generator']/@content").lower()
    for name, kind in (("discourse", "forum"), ("mastodon", "mastodon")):
        if name in maker:
            return Guess(kind=kind, url=home, name=title)
    feeds = select(document, "//link[@rel='alternate'][contains(@type,'rss') or contains(@type,'atom')]/@href")
    feed = next((url for link in feeds if (url := urls.join(page.url, str(link)))), None)
    if feed:
        return Guess(kind="feed", url=feed, name=title)
    wanted = {entry.url for entry in by_look(document, page)}
    if len(wanted) < 2:
        return None
    return Guess(kind="page_list", url=page.url, name=title, params=_selectors(document, page, wanted))


def _selectors(document: Node, page: Page, wanted: set[str]) -> dict[str, str]:
    """Return selectors for the list that most of the article links stand in."""
    own = base(document, page.url)
    anchors = [a for a in document.iter("a") if urls.join(own, a.get("href") or "") in wanted]
    places = Counter(_selector(anchor) for anchor in anchors)
    selector, count = places.most_common(1)[0]
    params = {"items": selector} if count >= 3 and selector else {}
    if params:
        item = next(iter(select(document, selector)), None)
        date = _date_place(item) if item is not None else ""
        params |= {"date": date} if date else {}
    near = "//a[contains(.,'下一页') or contains(.,'下页')]"
    if first_text(document, near):
        params["next"] = f"{near}/@href"
    return params


def _selector(anchor: Node) -> str:
    item = next((parent for parent in anchor.iterancestors() if parent.tag in _ITEMS), None)
    container = item.getparent() if item is not None else None
    if item is None or container is None:
        return ""
    return f"{_named(container)} > {item.tag}"


def _named(element: Node) -> str:
    name = element.get("id") or ""
    if re.fullmatch(r"[A-Za-z][\w-]*", name):
        return f"{element.tag}#{name}"
    kind = next(iter((element.get("class") or "").split()), "")
    return f"{element.tag}.{kind}" if re.fullmatch(r"[A-Za-z][\w-]*", kind) else str(element.tag)


def _date_place(item: Node) -> str:
    for element in item.iter("span", "em", "i", "time", "td", "div", "p"):
        said = readable(element)
        if len(said) < 30 and dates.parse(said, dates.LATE) and element is not item:
            return _named(element)
    return ""
