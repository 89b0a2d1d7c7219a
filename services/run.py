"""`minqing run`: the whole service in one process (crawls in children), until Ctrl-C; or its parts in several.

The parts share one PostgreSQL record: any number of `minqing api`, `work` and `crawl` (`services/sourcing/apart.py`).
Of those that work one leads.
"""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
import typer
import uvicorn

from services import worker
from services.api.app import create_app
from services.bootstrap import Service, open_service
from services.clock import RunningClock
from services.errors import ConfigError
from services.folder.reload import refresh
from services.garbage import keep_loaded
from services.listening import hear_out
from services.logs import configure
from services.reporting import papers
from services.sending.senders import Senders
from services.settings import load_settings
from services.supervision import canary
from services.supervision.auditor import Auditor
from services.supervision.leading import Beating
from services.ticks import guarded, stoppable, ticking, wait

log = structlog.get_logger("run")

TICKS: dict[str, tuple[Callable[[Service], object], float]] = {
    "crawl": (worker.crawl, 5),
    "crawl slow sources": (worker.crawl_slow, 5),
    "read": (worker.read, 0.5),
    "tick": (worker.tick, 1),
    "issue": (worker.issue, 5),
    "reload": (refresh, 2),
    "canary": (canary.send_due, 15),
    "wipe": (worker.wipe, 120),
    "purge": (worker.purge, 3600),
}
"""What is done again and again, and how often in seconds. What is due stands in the record; these only look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one process does: its ticks; whether it competes for the lead and sends; whether it serves the console."""

    ticks: Mapping[str, tuple[Callable[[Service], object], float]]
    works: bool = False
    serves: bool = False


WHOLE = Part(ticks=TICKS, works=True, serves=True)
API = Part(ticks={"reload": TICKS["reload"]}, serves=True)
WORK = Part(ticks={name: tick for name, tick in TICKS.items() if not name.startswith("crawl")}, works=True)
STARTS_WITHIN = 15.0
"""Seconds the web server may take to listen."""
STOPS_WITHIN = 2
"""Seconds an open request, such as a console's change stream, may go on after the end."""

SENDS_WITHIN = 10.0
"""Seconds that mails under way may take after the end; what takes longer goes again at the next start, same key."""


def run_until_interrupted(folder: Path, now: datetime | None, part: Part = WHOLE) -> None:
    """Open the folder's service and do this part of it until Ctrl-C. Raises ConfigError."""
    settings = load_settings(folder)
    if part is not WHOLE:
        _ = settings.shared_database
    configure(folder / settings.data / "log.jsonl", settings.secrets)
    with stoppable(), _opened(folder, now, part) as service:
        if part.works:
            if lacking := papers.lacking(service):
                typer.echo(lacking, err=True)
            guarded("purge", worker.purge, service)
        with web(service) if part.serves else nullcontext() as address:
            served = f"控制台：{address}　接口文档：{address}api/docs　" if address else "已开始工作，"
            typer.echo(f"{served}按 Ctrl-C 停止。")
            work(service, part)


@contextmanager
def _opened(folder: Path, now: datetime | None, part: Part) -> Iterator[Service]:
    """The service, its presence shown to the others where several share one record."""
    service = open_service(folder, RunningClock(now))
    service.competes = part.works
    beating = Beating(service.presence, service.stopping) if part.works and not service.alone else None
    try:
        if beating is not None:
            beating.start()
        yield service
    finally:
        service.stopping.set()
        if beating is not None:
            beating.join()
        service.close()


def work(service: Service, part: Part = WHOLE) -> None:
    """Run the part's ticks until Ctrl-C, or until `stoppable` is told to."""
    senders = Senders(service) if part.works else None
    keep_loaded()
    try:
        with ticking(service, part.ticks):
            if senders is not None:
                senders.start()
                Auditor(service).start()
            wait()
    finally:
        if senders is not None:
            senders.join(SENDS_WITHIN)


class _Server(uvicorn.Server):
    """Hangs up on whoever connects in the moment of its end too: uvicorn asks only those it knows by then."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            await hear_out(server)
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()


@contextmanager
def web(service: Service) -> Iterator[str]:
    """Console and API in a thread of their own; the address, with a slash at its end. Raises ConfigError."""
    listen = service.settings.listen
    config = uvicorn.Config(
        create_app(service),
        host=listen.host,
        port=listen.port,
        log_config=None,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=STOPS_WITHIN,
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    waited = threading.Event()
    for _ in range(int(STARTS_WITHIN / 0.05)):
        if server.started or not thread.is_alive():
            break
        waited.wait(0.05)
    if not server.started:
        way = "请先停止占用它的程序，或换一个端口：settings.yaml 的 listen.port，演示用 --port"
        raise ConfigError([f"{listen.host}:{listen.port} 已被占用或不能监听，{way}。"])
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://{listen.host}:{port}/"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
