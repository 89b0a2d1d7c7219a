"""One crawl: every due source once, in this process.

A reactor cannot be started twice, so the caller gives each crawl a child process of its own.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from crawlers.desk import Job, job, visit_all
from crawlers.kinds import BadParams, spider
from crawlers.middleware import RunClock
from crawlers.model import Health, Source, Visit
from crawlers.ports import CrawlStore
from crawlers.reader import Keys


def crawl(
    sources: Sequence[Source],
    store_factory: Callable[[], CrawlStore],
    data_dir: Path,
    now: datetime,
    *,
    contact: str,
) -> list[Visit]:
    """Visit every source once and return the visits, in the order of the sources.

    Posts are in the store before the next ones are read, so a killed crawl loses nothing it has read.
    `now` is the service's clock at the start. `contact` is an e-mail address or URL that sites see.
    """
    store = store_factory()
    visits: list[Visit] = []
    jobs: list[Job] = []
    try:
        for source in sources:
            try:
                jobs.append(job(spider(source)))
            except BadParams as error:
                visits.append(_misconfigured(store, source, str(error), now))
        if jobs:
            keys, clock = Keys(folder=data_dir), RunClock(start=now)
            visits += visit_all(jobs, store, keys=keys, data_dir=data_dir, clock=clock, contact=contact)
    finally:
        store.close()
    order = [source.id for source in sources]
    return sorted(visits, key=lambda visit: order.index(visit.source_id))


def _misconfigured(store: CrawlStore, source: Source, problem: str, now: datetime) -> Visit:
    visit = Visit(source_id=source.id, health=Health.FAILING, started_at=now, finished_at=now, problems=(problem,))
    store.visited(visit)
    return visit
