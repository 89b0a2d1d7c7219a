"""The town's web sites on one loopback server; they show what has been published by their clock."""

import hashlib
import re
import sys
import threading
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from crawlers.beijing import BEIJING
from services.demo import pages
from services.demo.story import Item

LINK_CHECK_AT = datetime(2026, 11, 5, 15, 0, tzinfo=BEIJING)
_LIST = re.compile(r"/gov/notices/index(?:_(\d+))?\.html")


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What the server answers with."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    changed_at: datetime | None = None

    @property
    def etag(self) -> str:
        """Equal bodies have equal tags."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


Route = Callable[[dict[str, list[str]], datetime], Page]
MISSING = Page(body="没有这个页面。".encode(), status=HTTPStatus.NOT_FOUND)
FAULT = Page(body="服务器内部错误。".encode(), status=HTTPStatus.INTERNAL_SERVER_ERROR)


@dataclass(kw_only=True, slots=True)
class Faults:
    """What goes wrong on the town's sites, as on real ones.

    The page of the first everyday notice takes `slow` seconds; that of the second fails `failures` times,
    then works.
    """

    slow: float = 1.2
    failures: int = 2


@dataclass(slots=True)
class _Shelf:
    """One source's posts in the order in which they show up."""

    items: list[Item] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def shown(self, now: datetime) -> Sequence[Item]:
        """Everything up to `now`, oldest first."""
        return self.items[: bisect_right(self.times, now)]


class Site:
    """All four sites behind one address. Use it as a context manager; `requests` counts (path, status)."""

    def __init__(
        self,
        story: Iterable[Item],
        clock: Callable[[], datetime],
        *,
        port: int = 0,
        faults: Faults | None = None,
    ) -> None:
        self.faults = faults or Faults()
        self.requests: Counter[tuple[str, int]] = Counter()
        self._clock = clock
        self._lock = threading.Lock()
        self._shelves = _shelved([*story, pages.link_check(LINK_CHECK_AT)])
        self._failed = 0
        everyday = [pages.notice_path(i) for i in self._shelves["gov"].items if i.theme == "notices"]
        self._slow_path, self._failing_path = (*everyday, "", "")[:2]
        self._details = self._addresses()
        self._routes: dict[str, Route] = {
            "/": lambda _, __: _text(pages.home()),
            "/robots.txt": lambda _, __: _text(pages.ROBOTS, kind="text/plain; charset=utf-8"),
            "/gov/internal/roster.html": lambda _, __: _gbk(pages.roster()),
            "/news/": lambda _, now: _text(pages.news_home(self._newest("news", now), now)),
            "/news/feed.xml": lambda _, now: self._feed(now),
            "/board/api/posts": self._board,
            "/cap/index.xml": lambda _, now: self._cap_index(now),
        }
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def slow_url(self) -> str:
        """The page that takes its time."""
        return self.url + self._slow_path

    @property
    def failing_url(self) -> str:
        """The page that fails at first."""
        return self.url + self._failing_path

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def count(self, path: str) -> int:
        """Requests so far for paths that begin so."""
        with self._lock:
            return sum(n for (asked, _), n in self.requests.items() if asked.startswith(path))

    def answer(self, target: str) -> Page:
        """The page at `target` (path and query), faults included."""
        parts = urlsplit(target)
        if parts.path == self._slow_path:
            time.sleep(self.faults.slow)
        if parts.path == self._failing_path and self._still_failing():
            return FAULT
        return self._page(parts.path, parse_qs(parts.query), self._clock())

    def record(self, target: str, status: int) -> None:
        """Count one request."""
        with self._lock:
            self.requests[target, status] += 1

    def _still_failing(self) -> bool:
        with self._lock:
            self._failed += 1
            return self._failed <= self.faults.failures

    def _page(self, path: str, query: dict[str, list[str]], now: datetime) -> Page:
        listed = _LIST.fullmatch(path)
        if listed:
            return self._notices(int(listed[1] or 1), now)
        route = self._routes.get(path)
        return route(query, now) if route else self._detail(path, now)

    def _newest(self, source: str, now: datetime) -> Sequence[Item]:
        return self._shelves[source].shown(now)[::-1]

    def _feed(self, now: datetime) -> Page:
        items = self._newest("news", now)[: pages.FEED_ITEMS]
        kind = "application/rss+xml; charset=utf-8"
        return _text(pages.feed(items, self.url, now), kind=kind, changed_at=_latest(items, now))

    def _notices(self, page: int, now: datetime) -> Page:
        items = self._newest("gov", now)
        part = items[(page - 1) * pages.LIST_ITEMS : page * pages.LIST_ITEMS]
        if page > 1 and not part:
            return MISSING
        return _gbk(pages.notices(part, page, len(items), now), changed_at=_latest(items, now))

    def _board(self, query: dict[str, list[str]], now: datetime) -> Page:
        page = max(1, _number(query, "page", 1))
        size = min(max(1, _number(query, "size", pages.API_ITEMS)), pages.API_MOST)
        items = self._newest("board", now)
        part = items[(page - 1) * size : page * size]
        answer = pages.board(part, page, size, len(items), now)
        return _text(answer, kind="application/json; charset=utf-8", changed_at=_latest(part, now))

    def _cap_index(self, now: datetime) -> Page:
        items = self._newest("cap", now)
        latest = _latest(items, now)
        text = pages.cap_index(items, self.url, latest or now)
        return _text(text, kind="application/atom+xml; charset=utf-8", changed_at=latest)

    def _detail(self, path: str, now: datetime) -> Page:
        item = self._details.get(path)
        if item is None or item.visible_at > now:
            return MISSING
        changed_at = _latest([item], now)
        if item.source == "gov":
            return _gbk(pages.notice(item, now), changed_at=changed_at)
        if item.cap is None:
            return _text(pages.article(item, now), changed_at=changed_at)
        earlier = next((i for i in self._shelves["cap"].items if i.cap and i.cap.key == item.cap.of), None)
        text = pages.cap_message(item, item.cap, earlier)
        return _text(text, kind="application/cap+xml; charset=utf-8", changed_at=changed_at)

    def _addresses(self) -> dict[str, Item]:
        """Every post that has a page of its own, by path."""
        paths = {"news": pages.article_path, "gov": pages.notice_path, "cap": pages.cap_path}
        return {path(item): item for key, path in paths.items() for item in self._shelves[key].items}


def _shelved(story: Iterable[Item]) -> dict[str, _Shelf]:
    shelves: dict[str, _Shelf] = defaultdict(_Shelf)
    for item in sorted(story, key=lambda i: i.visible_at):
        shelves[item.source].items.append(item)
        shelves[item.source].times.append(item.visible_at)
    return shelves


def _latest(items: Iterable[Item], now: datetime) -> datetime | None:
    """When any of these last changed, edits included."""
    return max((at for item in items for at in item.changed_at if at <= now), default=None)


def _number(query: dict[str, list[str]], name: str, default: int) -> int:
    value = query.get(name, [""])[0]
    return int(value) if value.isdecimal() else default


def _text(text: str, kind: str = "text/html; charset=utf-8", changed_at: datetime | None = None) -> Page:
    return Page(body=text.encode(), kind=kind, changed_at=changed_at)


def _gbk(text: str, changed_at: datetime | None = None) -> Page:
    """A page whose only word on its encoding is the meta tag, as on many government sites."""
    return Page(body=text.encode("gbk", "xmlcharrefreplace"), kind="text/html", changed_at=changed_at)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up is no fault of the town's; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Town"
    timeout = 30
    # One packet an answer; else the body waits 40 ms for the acknowledgement of the headers.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        """Quiet: the site counts its requests instead."""

    def _answer(self, *, with_body: bool) -> None:
        page = self.server.site.answer(self.path)
        unchanged = page.status is HTTPStatus.OK and self._unchanged(page)
        status = HTTPStatus.NOT_MODIFIED if unchanged else page.status
        self.server.site.record(self.path, status)
        self.send_response(status)
        self.send_header("ETag", page.etag)
        if page.changed_at is not None:
            self.send_header("Last-Modified", format_datetime(page.changed_at, usegmt=True))
        if not unchanged:
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(page.body)

    def _unchanged(self, page: Page) -> bool:
        """RFC 9110: an If-None-Match, where there is one, decides alone."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return page.etag in (tag.strip() for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None or page.changed_at is None:
            return False
        try:
            return page.changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False
