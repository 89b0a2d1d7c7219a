"""Crawl runs: each in a child process, because a reactor cannot be started twice and memory goes with the process."""

import multiprocessing
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from threading import Event
from typing import Protocol

import structlog

from crawlers.model import Health, Source, Visit
from crawlers.settings import AT_ONCE, SOURCE_SECONDS
from services.clock import Clock
from services.ports import SourceState, UnitOfWork
from services.settings import Settings

log = structlog.get_logger("crawling")

SPARE = timedelta(minutes=2)
"""What a run may take beyond the time limits of its sources, each of which ends its visit by itself."""
SLOW = timedelta(seconds=30)
"""A source whose last visit took longer is visited in runs of slow ones, so that it holds up no others."""
LOOK = timedelta(seconds=0.2)
"""How often a run looks whether it shall stop."""


class Visiting(Protocol):
    """What visits sources: the whole service, or a process of its own that carries nothing else."""

    folder: Path
    settings: Settings
    sources: Sequence[Source]
    clock: Clock
    stopping: Event

    def view(self) -> UnitOfWork:
        """A look at the record."""

    def unit_of_work(self) -> UnitOfWork:
        """A transaction on the record."""


def due(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> list[Source]:
    """Sources whose interval has passed since their last visit; also those that another clock visited far from now."""
    visits = {key: state.last_visit_at for key, state in states.items()}
    return [s for s in sources if (last := visits.get(s.id)) is None or abs(now - last) >= s.interval]


def is_slow(state: SourceState | None) -> bool:
    """Whether a source belongs to the runs of slow ones; one that nobody has visited yet does not."""
    return state is not None and state.took > SLOW


def longest(sources: Sequence[Source]) -> timedelta:
    """A run that takes longer is killed; what it has stored stays."""
    limits = [source.params.get("max_seconds", SOURCE_SECONDS) for source in sources]
    seconds = max((limit for limit in limits if isinstance(limit, int | float)), default=SOURCE_SECONDS)
    return -(-len(sources) // AT_ONCE) * timedelta(seconds=seconds) + SPARE


def visit_quick(service: Visiting) -> bool:
    """Visit the sources that are due and quick; whether that ended well."""
    return visit(service, _due(service, slow=False))


def visit_slow(service: Visiting) -> bool:
    """Visit those that are due and slow; no source is both, so that two runs may go on side by side."""
    return visit(service, _due(service, slow=True))


def _due(service: Visiting, *, slow: bool) -> list[Source]:
    with service.view() as uow:
        states = uow.sources.states()
    wanted = due(service.sources, states, service.clock.now())
    return [source for source in wanted if is_slow(states.get(source.id)) is slow]


def visit(service: Visiting, sources: Sequence[Source]) -> bool:
    """Crawl these sources and wait; whether that ended well.

    Where the process died, the culprit is found by halving what was left: it alone is marked, the others are read.
    """
    if not sources:
        return True
    with service.view() as uow:
        before = uow.sources.states()
    began = service.clock.now()
    if run(service.folder, service.settings, sources, began, service.stopping):
        return True
    if service.stopping.is_set():
        return False
    with service.view() as uow:
        now = uow.sources.states()
    left = [source for source in sources if now.get(source.id) == before.get(source.id)]
    log.warning("crawl died", sources=[source.id for source in left])
    if len(left) > 1:
        half = len(left) // 2
        return all([visit(service, left[:half]), visit(service, left[half:])])
    for source in left:
        _mark(service, source, began)
    return False


def _mark(service: Visiting, source: Source, began: datetime) -> None:
    """A visit that its process did not live to close."""
    why = f"来源“{source.name}”：采集进程没有正常结束，本次没有读完；已读到的内容不受影响，下次自动再试。"
    with service.unit_of_work() as uow:
        uow.sources.visited(
            Visit(
                source_id=source.id,
                health=Health.FAILING,
                started_at=began,
                finished_at=service.clock.now(),
                problems=(why,),
            )
        )
        uow.commit()


def run(folder: Path, settings: Settings, sources: Sequence[Source], now: datetime, stop: Event) -> bool:
    """Crawl these sources in a process of its own and wait; whether it ended well.

    It is killed after the longest time, or when `stop` is set: whatever it has read is stored already.
    """
    process = context().Process(target=_crawl, args=(folder, settings, sources, now), name="crawl")
    process.start()
    for _ in range(int(longest(sources) / LOOK)):
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
def context() -> ForkServerContext:
    """Children are forked from a server that has Scrapy imported already: a run starts in milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["services.sourcing.crawl"])
    return context


def _crawl(folder: Path, settings: Settings, sources: Sequence[Source], now: datetime) -> None:
    """The child's work: its parent says what counts, for a file may be in the middle of an edit.

    Settings that are read at the next start only would else send what is read into another record than is looked at.
    """
    # Ctrl-C in a terminal reaches the child too; its parent is the one who ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from services.sourcing.crawl import crawl_sources  # noqa: PLC0415  # only the child needs Scrapy

    try:
        crawl_sources(folder, settings, sources, now)
    except Exception:
        # The outermost frame of this process: the log says where it was, the parent what it means.
        log.exception("crawl broke")
        sys.exit(1)
