"""One crawl: every due source once, in this process, by one Scrapy crawler.

A reactor cannot be started twice, so the caller gives each crawl a child process of its own.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.budget import Budget
from crawlers.fetch import fetch
from crawlers.hosts import Reach, reach
from crawlers.kinds import BadParams, spider
from crawlers.middleware import Errand, RunClock
from crawlers.model import Health, Source, Visit
from crawlers.page import Page
from crawlers.ports import CrawlStore
from crawlers.reader import Keys, Reader
from crawlers.resolver import PRIVATE_HOSTS_SETTING
from crawlers.settings import DAILY_REQUESTS, DAILY_REQUESTS_PRIVATE, scrapy_settings
from crawlers.spiders.base import Kind

_log = logging.getLogger("crawlers")
# Their lines name addresses and their tracebacks hold text.
_TALKATIVE = ("scrapy", "twisted", "trafilatura", "htmldate", "protego", "asyncio", "py.warnings", "filelock")


@dataclass(frozen=True, kw_only=True)
class _Job:
    kind: Kind[Any]
    reach: Reach
    limit: int


def crawl(
    sources: Sequence[Source],
    store_factory: Callable[[], CrawlStore],
    data_dir: Path,
    now: datetime,
    *,
    contact: str,
) -> list[Visit]:
    """Visit every source once and return the visits, in the order of the sources.

    Each post is in the store before the next one is read, so a killed crawl loses nothing it has read.
    `now` is the service's clock at the start. `contact` is an e-mail address or URL that sites see.
    """
    store = store_factory()
    clock = RunClock(start=now)
    visits: dict[str, Visit] = {}
    jobs: list[_Job] = []
    for source in sources:
        try:
            jobs.append(_job(source))
        except BadParams as error:
            visits[source.id] = _misconfigured(store, source, str(error), now)
    try:
        if jobs:
            _run(jobs, store, data_dir, clock, contact, visits)
    finally:
        store.close()
    return [visits[source.id] for source in sources if source.id in visits]


def _job(source: Source) -> _Job:
    kind = spider(source)
    params = kind.params
    reachable = reach(source, hosts=params.hosts, private=params.allow_private_hosts)
    limit = DAILY_REQUESTS_PRIVATE if reachable.private else DAILY_REQUESTS
    return _Job(kind=kind, reach=reachable, limit=min(limit, params.daily_requests or limit))


def _run(
    jobs: Sequence[_Job], store: CrawlStore, data_dir: Path, clock: RunClock, contact: str, visits: dict[str, Visit]
) -> None:
    private = sorted({name.rpartition(":")[0] or name for job in jobs for name in job.reach.private})
    process = AsyncCrawlerProcess({**scrapy_settings(contact), PRIVATE_HOSTS_SETTING: private})
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    budget = Budget(folder=data_dir)
    keys = Keys(folder=data_dir)
    process.crawl(_Desk, jobs=jobs, store=store, keys=keys, clock=clock, budget=budget, visits=visits)
    try:
        process.start(install_signal_handlers=False)
    finally:
        budget.close(clock.now())


class _Desk(scrapy.Spider):
    """Reads all sources side by side over one downloader, so that two sources on one host share its pace."""

    name = "desk"

    def __init__(
        self,
        *,
        jobs: Sequence[_Job],
        store: CrawlStore,
        keys: Keys,
        clock: RunClock,
        budget: Budget,
        visits: dict[str, Visit],
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self.store = store
        self.keys = keys
        self.clock = clock
        self.budget = budget
        self.visits = visits

    async def start(self) -> AsyncIterator[Any]:
        """Visit every source; nothing goes through Scrapy's scheduler."""
        await asyncio.gather(*map(self._visit, self.jobs))
        if self.jobs is None:  # an async generator that yields nothing
            yield

    async def _visit(self, job: _Job) -> None:
        source = job.kind.source
        errand = Errand(reach=job.reach, limit=job.limit, deadline=monotonic() + job.kind.params.max_seconds)
        reader = Reader(
            source=source,
            store=self.store,
            keys=self.keys,
            now=self.clock.now,
            fetch=partial(self._fetch, errand=errand, encoding=job.kind.params.encoding),
        )
        try:
            await job.kind.read(reader)
        except Exception as error:  # noqa: BLE001  # one source's fault must not hurt another
            # Only the error's name: its message may hold what the page says.
            reader.broken(type(error).__name__)
        visit = self.visits[source.id] = reader.finish()
        _log.info("%s %s items=%d new=%d", source.id, visit.health.value, visit.items, visit.new)

    async def _fetch(
        self, url: str, *, headers: Mapping[str, str], errand: Errand, encoding: str | None
    ) -> Page | None:
        return await fetch(self.crawler, url, errand, headers=headers, encoding=encoding)


def _misconfigured(store: CrawlStore, source: Source, problem: str, now: datetime) -> Visit:
    visit = Visit(source_id=source.id, health=Health.FAILING, started_at=now, finished_at=now, problems=(problem,))
    store.visited(visit)
    return visit
