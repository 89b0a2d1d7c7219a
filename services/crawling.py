"""Crawl runs: each in a child process, because a reactor cannot be started twice and memory goes with the process."""

import multiprocessing
import signal
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from threading import Event

from crawlers.model import Source
from services.ports import SourceState

LONGEST = timedelta(minutes=10)
"""A run that takes longer is killed; what it has stored stays."""
LOOK = timedelta(seconds=0.2)
"""How often a run looks whether it shall stop."""


def due(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> list[Source]:
    """Sources whose interval has passed since their last visit; also those that another clock visited far from now."""
    visits = {key: state.last_visit_at for key, state in states.items()}
    return [s for s in sources if (last := visits.get(s.id)) is None or abs(now - last) >= s.interval]


def run(folder: Path, sources: Sequence[Source], now: datetime, stop: Event) -> bool:
    """Crawl these sources in a process of its own and wait; whether it ended well.

    It is killed after the longest time, or when `stop` is set: whatever it has read is stored already.
    """
    process = _context().Process(target=_crawl, args=(folder, [source.id for source in sources], now), name="crawl")
    process.start()
    for _ in range(int(LONGEST / LOOK)):
        process.join(LOOK.total_seconds())
        if process.exitcode is not None or stop.is_set():
            break
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
    # Ctrl-C in a terminal reaches the child too; its parent is the one who ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from services.crawl import crawl_folder  # noqa: PLC0415  # only the child needs Scrapy

    crawl_folder(folder, ids, now)
