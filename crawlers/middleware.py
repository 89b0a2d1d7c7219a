"""Manners towards every site, at the one place that each request passes."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers import robots, urls
from crawlers.beijing import BEIJING
from crawlers.budget import Budget
from crawlers.faults import clause
from crawlers.hosts import Reach
from crawlers.pace import DEFAULT_PAUSE, Pace, pace, retry_after
from crawlers.robots import Robots
from crawlers.rules import Kept, Shelf, kept
from crawlers.settings import MAX_WAIT_SECONDS

ROBOTS_MAX_BYTES = 1_000_000


class Refused(IgnoreRequest):
    """A request that we do not make; `args[0]` is a Chinese clause. The flags mean the same as those of Failed."""

    def __init__(self, reason: str, *, gone: bool = False, blocked: bool = False, everywhere: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone
        self.blocked = blocked
        self.everywhere = everywhere


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What a request is made for: the hosts it may go to, the budget, and the moment to give up."""

    reach: Reach
    limit: int
    deadline: float


@dataclass(kw_only=True)
class RunClock:
    """The service's clock at the start of the run, and what has gone by since."""

    start: datetime
    _monotonic: float = field(default_factory=monotonic)

    def now(self) -> datetime:
        """Return the service's time now."""
        return self.start + timedelta(seconds=monotonic() - self._monotonic)


def plain_headers(response: Response) -> dict[str, str]:
    """Return an answer's headers, their names in lower case."""
    found = {name.decode("latin-1").lower(): response.headers.get(name) for name in response.headers}
    return {name: value.decode("latin-1") if value else "" for name, value in found.items()}


class Manners:
    """Scrapy downloader middleware: own hosts only, robots.txt, pace, pauses and the daily budget."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._robots: dict[str, asyncio.Future[Robots]] = {}
        self._paces: dict[str, Pace] = {}
        self._paused: dict[str, float] = {}
        self._met: set[str] = set()
        self._tidied = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    @property
    def _budget(self) -> Budget:
        budget: Budget = self._crawler.spider.budget  # type: ignore[union-attr]
        return budget

    @property
    def _shelf(self) -> Shelf:
        return Shelf(folder=self._budget.folder)

    @property
    def _clock(self) -> RunClock:
        clock: RunClock = self._crawler.spider.clock  # type: ignore[union-attr]
        return clock

    async def process_request(self, request: Request) -> None:
        """Let a request pass when it may, and as soon as it may."""
        errand: Errand = request.meta["errand"]
        reason = errand.reach.refusal(request.url)
        if reason:
            raise Refused(reason, gone=True)
        host = urls.authority(request.url)
        self._keep_pace(host, self._paces.get(host) or pace(public=not errand.reach.names_private(host), asked=0))
        if not request.meta.get("is_robots"):
            await self._ask_robots(request, errand, host)
        await self._wait(host, errand)
        await self._take_turn(host, errand)
        if not self._budget.take(host, self._clock.now(), limit=errand.limit):
            raise Refused(f"今天对 {host} 的请求已达上限（{errand.limit} 次），明天再读", everywhere=True)
        request.meta["download_slot"] = host

    def process_response(self, request: Request, response: Response) -> Response:
        """Learn from an answer how fast the host can take it."""
        host = request.meta["download_slot"]
        latency = request.meta.get("download_latency")
        if latency is not None:
            self._keep_pace(host, self._paces[host].after(latency, ok=response.status < 400))
        if response.status in (429, 503):
            self._pause(host, response)
        return response

    def _keep_pace(self, host: str, new: Pace) -> None:
        self._paces[host] = new
        downloader: Any = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"concurrency": new.concurrency, "delay": new.seconds, "jitter": 0}
        slot = downloader.slots.get(host)
        if slot:
            slot.concurrency, slot.delay = new.concurrency, new.seconds

    async def _ask_robots(self, request: Request, errand: Errand, host: str) -> None:
        root = request.url.partition("://")[0] + "://" + host
        if root not in self._robots:
            self._robots[root] = asyncio.get_running_loop().create_future()
            found = await self._rules(root, errand)
            self._robots[root].set_result(found)
            if found.delay:
                public = not errand.reach.names_private(host)
                self._keep_pace(host, pace(public=public, asked=found.delay))
        found = await self._robots[root]
        reason = found.refusal(request.url)
        if reason:
            forbidden = found.parser is not None
            raise Refused(reason, gone=forbidden, blocked=forbidden)
        if found.delay > errand.deadline - monotonic():
            wait = f"该站 robots.txt 要求每次请求间隔 {found.delay:.0f} 秒"
            raise Refused(f"{wait}，本次时间已用完，余下的下次再读", everywhere=True)

    async def _rules(self, root: str, errand: Errand) -> Robots:
        """Return the rules of a site, asked for once a day."""
        known = self._shelf.get(root)
        if known and known.serves(self._clock.now()):
            return known.robots()
        return await self._fetch_robots(root, errand, known)

    async def _fetch_robots(self, root: str, errand: Errand, known: Kept | None) -> Robots:
        request = Request(
            f"{root}/robots.txt",
            headers=dict(known.conditions) if known else {},
            meta={"is_robots": True, "errand": errand, "download_maxsize": ROBOTS_MAX_BYTES},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Refused as refusal:
            # Sent on to a site that is not the source's: this one has no rules of its own.
            return Robots() if "不是该来源" in str(refusal) else Robots(reason=str(refusal))
        except Exception as error:  # noqa: BLE001  # whatever goes wrong on the way, the rules are not known
            return robots.unreachable(clause(error))
        headers, now = plain_headers(response), self._clock.now()
        still = known.renewed(headers, now) if known and response.status == 304 else None
        found = still or kept(response.status, response.body, headers, now)
        if found is None:
            return robots.read(response.status, response.body)
        self._shelf.put(root, found)
        if not self._tidied:
            self._tidied = True
            self._shelf.tidy(now)
        return found.robots()

    async def _wait(self, host: str, errand: Errand) -> None:
        until = self._budget.paused_until(host, self._clock.now()) if host not in self._paused else None
        if until:
            when = f"{until.astimezone(BEIJING):%m月%d日 %H:%M}"
            raise Refused(f"{host} 要求 {when} 以后再访问，届时自动继续", everywhere=True)
        while (rest := self._paused.setdefault(host, 0.0) - monotonic()) > 0:
            if rest > min(MAX_WAIT_SECONDS, errand.deadline - monotonic()):
                raise Refused(f"{host} 要求暂停访问，余下的下次再读", everywhere=True)
            await asyncio.sleep(rest)

    async def _take_turn(self, host: str, errand: Errand) -> None:
        """Keep the least distance between two requests to a host, whichever process or run makes them."""
        gap = self._paces[host].floor
        if not gap and host in self._met:
            return
        self._met.add(host)
        wait = self._budget.turn(host, monotonic(), gap=gap, patience=errand.deadline - monotonic())
        if wait is None:
            raise Refused(f"{host} 还须等待才可再访问，余下的下次再读", everywhere=True)
        await asyncio.sleep(wait)

    def _pause(self, host: str, response: Response) -> None:
        header = response.headers.get("Retry-After")
        now = self._clock.now()
        seconds = retry_after(header.decode("latin-1") if header else None, now)
        seconds = DEFAULT_PAUSE if seconds is None else min(seconds, 86_400.0)
        self._paused[host] = max(self._paused.get(host, 0.0), monotonic() + seconds)
        if seconds > MAX_WAIT_SECONDS:
            self._budget.pause(host, now, now + timedelta(seconds=seconds))
