"""Visits to many sources side by side, by one Scrapy crawler in this process."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.budget import Budget
from crawlers.fetch import fetch
from crawlers.hosts import Reach, reach
from crawlers.lots import Lots
from crawlers.middleware import Errand, RunClock
from crawlers.model import Visit
from crawlers.page import Page
from crawlers.ports import CrawlStore
from crawlers.reader import Keys, Reader
from crawlers.resolver import PRIVATE_HOSTS_SETTING
from crawlers.settings import AT_ONCE, DAILY_REQUESTS, DAILY_REQUESTS_PRIVATE, scrapy_settings
from crawlers.spiders.base import Kind

_log = logging.getLogger("crawlers")
# Their lines name addresses and their tracebacks hold text.
_TALKATIVE = ("scrapy", "twisted", "trafilatura", "htmldate", "protego", "asyncio", "py.warnings", "filelock")


@dataclass(frozen=True, kw_only=True)
class Job:
    """One source to visit: its spider, the hosts it may reach and its daily requests to each."""

    kind: Kind[Any]
    reach: Reach
    limit: int


def job(kind: Kind[Any]) -> Job:
    """Return the job of a spider."""
    params = kind.params
    reachable = reach(kind.source, hosts=params.hosts, private=params.allow_private_hosts)
    limit = DAILY_REQUESTS_PRIVATE if reachable.private else DAILY_REQUESTS
    return Job(kind=kind, reach=reachable, limit=min(limit, params.daily_requests or limit))


def visit_all(
    jobs: Sequence[Job], store: CrawlStore, *, keys: Keys, data_dir: Path, clock: RunClock, contact: str
) -> list[Visit]:
    """Do all jobs; a process can do this once. The visits come in the order in which they end."""
    private = sorted({name.rpartition(":")[0] or name for job in jobs for name in job.reach.private})
    process = AsyncCrawlerProcess({**scrapy_settings(contact), PRIVATE_HOSTS_SETTING: private})
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    budget = Budget(folder=data_dir)
    visits: list[Visit] = []
    process.crawl(_Desk, jobs=jobs, store=store, keys=keys, clock=clock, budget=budget, visits=visits)
    try:
        process.start(install_signal_handlers=False)
    finally:
        budget.close(clock.now())
    return visits


class _Desk(scrapy.Spider):
    """Reads all sources side by side over one downloader, so that two sources on one host share its pace."""

    name = "desk"

    def __init__(
        self,
        *,
        jobs: Sequence[Job],
        store: CrawlStore,
        keys: Keys,
        clock: RunClock,
        budget: Budget,
        visits: list[Visit],
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self.lots = Lots(store=store)
        self.keys = keys
        self.clock = clock
        self.budget = budget
        self.visits = visits

    async def start(self) -> AsyncIterator[Any]:
        """Visit every source; nothing goes through Scrapy's scheduler."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def visit(job: Job) -> None:
            async with gate:
                await self._visit(job)

        await asyncio.gather(*map(visit, self.jobs))
        if self.jobs is None:  # an async generator that yields nothing
            yield

    async def _visit(self, job: Job) -> None:
        source = job.kind.source
        errand = Errand(reach=job.reach, limit=job.limit, deadline=monotonic() + job.kind.params.max_seconds)
        reader = Reader(
            source=source,
            lots=self.lots,
            keys=self.keys,
            now=self.clock.now,
            fetch=partial(self._fetch, errand=errand, encoding=job.kind.params.encoding),
        )
        try:
            await job.kind.read(reader)
        except Exception as error:  # noqa: BLE001  # one source's fault must not hurt another
            # Only the error's name: its message may hold what the page says.
            reader.broken(type(error).__name__)
        visit = reader.finish()
        self.visits.append(visit)
        _log.info("%s %s items=%d new=%d", source.id, visit.health.value, visit.items, visit.new)

    async def _fetch(
        self, url: str, *, headers: Mapping[str, str], errand: Errand, encoding: str | None
    ) -> Page | None:
        return await fetch(self.crawler, url, errand, headers=headers, encoding=encoding)
