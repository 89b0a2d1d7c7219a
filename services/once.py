"""`minqing once`: every source once, all work and mail drained, for cron and for tests."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from alerts.model import NotificationState
from crawlers.model import Health
from services import worker
from services.bootstrap import Service, open_service
from services.clock import RunningClock
from services.folder.reload import refresh
from services.logs import configure
from services.ports import Tally
from services.reporting.outputs import write_outputs
from services.settings import load_settings
from services.sourcing.health import assess
from services.supervision.leading import wait_to_lead


@dataclass(slots=True)
class Result:
    """What to tell the caller, and what failed; each a Chinese sentence."""

    lines: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def run_once(folder: Path, now: datetime | None) -> Result:
    """One round. Raises ConfigError."""
    settings = load_settings(folder)
    configure(folder / settings.data / "log.jsonl", settings.secrets)
    service = open_service(folder, RunningClock(now))
    try:
        wait_to_lead(service.presence, service.stopping)
        refresh(service)
        given_up = set(_unsent(service, NotificationState.DEAD))
        ended = worker.crawl(service, everything=True)
        worker.drain(service)
        worker.purge(service)
        result = Result(lines=_counts(service))
        if not ended:
            result.failures.append("采集进程异常结束，已采到的内容不受影响，详见 log.jsonl。")
        _look_at_sources(service, result)
        _look_at_mail(service, given_up, result)
        result.lines += write_outputs(service, service.data)
    finally:
        service.stopping.set()
        service.close()
    return result


def _counts(service: Service) -> list[str]:
    with service.view() as uow:
        events = uow.events.all()
        rated = [r for r in uow.events.latest([e.id for e in events]).values() if r.tier is not None]
        return [
            uow.sources.tallies().get("", Tally()).words() + "。",
            f"事件{len(events)}个，达到级别的{len(rated)}个；未结束的预警{len(uow.alerts.open())}个。",
        ]


def _look_at_sources(service: Service, result: Result) -> None:
    """A source that could not be read is a failure; what was odd about the others is only said."""
    with service.view() as uow:
        states = uow.sources.states()
    for source in service.sources:
        seen = assess(states.get(source.id), source, service.clock.now())
        said = f"来源“{source.name}”：{seen.sentence or '采集失败。'}"
        if seen.health in {Health.FAILING, Health.BLOCKED}:
            result.failures.append(said)
        elif seen.sentence:
            result.lines.append(said)


def _look_at_mail(service: Service, given_up: set[str], result: Result) -> None:
    """Messages that wait for another try, or were given up in this round."""
    unsent = {**_unsent(service, NotificationState.RETRY), **_unsent(service, NotificationState.DEAD)}
    errors = Counter(error for key, error in unsent.items() if key not in given_up)
    result.failures += [f"有{count}封邮件未送达：{error}" for error, count in errors.items()]


def _unsent(service: Service, state: NotificationState) -> dict[str, str]:
    """Messages in this state, by id, and why."""
    with service.view() as uow:
        return {n.id: n.error for n in uow.outbox.all(limit=10_000) if n.state is state}
