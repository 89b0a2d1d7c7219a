"""What is done again and again until Ctrl-C: each tick by itself, so that one that hangs or fails holds up no other."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Protocol, TypeVar

import structlog
import typer
from apscheduler.schedulers.background import BackgroundScheduler

from services.supervision.steps import NAMES, Steps

log = structlog.get_logger("run")

_DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Stepping(Protocol):
    """What ticks: it keeps account of its steps, and can be told to end."""

    steps: Steps
    stopping: threading.Event


S = TypeVar("S", bound=Stepping)


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, or the SIGTERM of a service manager, ends the block in good order.

    A shell that starts it in the background has SIGINT ignored, so its handler cannot be borrowed.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        yield


@contextmanager
def ticking(service: S, ticks: Mapping[str, tuple[Callable[[S], object], float]]) -> Iterator[None]:
    """Run the ticks, each every so many seconds, until the block ends; those under way are waited for."""
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults=_DEFAULTS)
    for name, (job, seconds) in ticks.items():
        if name in NAMES:
            service.steps.expect(name, seconds)
        scheduler.add_job(guarded, "interval", seconds=seconds, args=(name, job, service), id=name)
    scheduler.start()
    try:
        yield
    finally:
        service.stopping.set()
        scheduler.shutdown(wait=True)


def wait() -> None:
    """Wait for Ctrl-C, or until `stoppable` is told to end."""
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("正在停止……")


def guarded(name: str, job: Callable[[S], object], service: S) -> None:
    """One tick. A fault of one must not end the loop: it is logged, and a tick after a short rest tries again."""
    if service.steps.resting(name):
        return
    try:
        job(service)
    except Exception as error:
        log.exception("tick failed", job=name)
        service.steps.failed(name, error)
    else:
        service.steps.done(name)
