"""Crawl runs: each in a child process, because a reactor cannot be started twice and memory goes with the process."""

import multiprocessing
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

from crawlers.model import Source
from services.ports import SourceState

LONGEST = timedelta(minutes=10)
"""A run that takes longer is killed; what it has stored stays."""


def due(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> list[Source]:
    """Sources whose interval has passed since their last visit."""
    found = []
    for source in sources:
        state = states.get(source.id)
        if state is None or state.last_visit_at is None or state.last_visit_at + source.interval <= now:
            found.append(source)
    return found


def run(folder: Path, sources: Sequence[Source], now: datetime) -> bool:
    """Crawl these sources in a process of its own and wait; whether it ended well."""
    process = _context().Process(target=_crawl, args=(folder, [source.id for source in sources], now), name="crawl")
    process.start()
    process.join(LONGEST.total_seconds())
    if process.is_alive():
        process.kill()
        process.join()
    ended = process.exitcode == 0
    process.close()
    return ended


@cache
def _context() -> ForkServerContext:
    """Children are forked from a server that has Scrapy imported already: a run starts in milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["services.crawl"])
    return context


def _crawl(folder: Path, ids: Sequence[str], now: datetime) -> None:
    """The child's work."""
    from services.crawl import crawl_folder  # noqa: PLC0415  # only the child needs Scrapy

    crawl_folder(folder, ids, now)
