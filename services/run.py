"""`minqing run`: the whole embedded service in one process (crawls in children), until Ctrl-C."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
import typer
import uvicorn
from apscheduler.schedulers.background import BackgroundScheduler

from services import worker
from services.api.app import create_app
from services.bootstrap import Service, open_service
from services.clock import Clock, RunningClock
from services.logs import configure
from services.settings import load_settings

log = structlog.get_logger("run")

TICKS: dict[str, tuple[Callable[[Service], object], float]] = {
    "crawl": (worker.crawl, 5),
    "read": (worker.read, 1),
    "tick": (worker.tick, 1),
    "deliver": (worker.deliver, 1),
}
"""What is done again and again, and how often in seconds. What is due stands in the record; these only look."""


def run_until_interrupted(folder: Path, now: datetime | None) -> None:
    """Open the folder's service and serve it. Raises ConfigError."""
    configure(folder / load_settings(folder).data / "log.jsonl")
    serve(open_service(folder, RunningClock(now)))


def serve(service: Service, clock: Clock | None = None) -> None:
    """Work and serve until Ctrl-C, then leave the record clean."""
    service.clock = clock or service.clock
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for name, (work, seconds) in TICKS.items():
        scheduler.add_job(_guarded, "interval", seconds=seconds, args=(name, work, service), id=name)
    listen = service.settings.listen
    config = uvicorn.Config(create_app(service), host=listen.host, port=listen.port, log_config=None, lifespan="off")
    scheduler.start()
    typer.echo(f"控制台：http://{listen.host}:{listen.port}/　接口文档：/api/docs　按 Ctrl-C 停止。")
    try:
        uvicorn.Server(config).run()
    finally:
        scheduler.shutdown(wait=True)
        service.close()


def _guarded(name: str, work: Callable[[Service], object], service: Service) -> None:
    """One tick. A fault of one must not end the loop: it is logged, and the next tick tries again."""
    try:
        work(service)
    except Exception:
        log.exception("tick failed", job=name)
