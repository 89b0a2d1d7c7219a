"""`minqing once`: every source once, all work and mail drained, for cron and for tests."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from alerts.model import NotificationState
from crawlers.model import Health
from services import worker
from services.bootstrap import Service, open_service
from services.clock import RunningClock
from services.logs import configure
from services.outputs import write_outputs
from services.ports import Tally
from services.settings import load_settings


@dataclass(slots=True)
class Result:
    """What to tell the caller, and what failed; each a Chinese sentence."""

    lines: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def run_once(folder: Path, now: datetime | None) -> Result:
    """One round. Raises ConfigError."""
    configure(folder / load_settings(folder).data / "log.jsonl")
    service = open_service(folder, RunningClock(now))
    try:
        ended = worker.crawl(service, everything=True)
        worker.drain(service)
        result = _result(service)
        if not ended:
            result.failures.append("采集进程异常结束，已采到的内容不受影响，详见 log.jsonl。")
        result.lines += write_outputs(service, service.data)
    finally:
        service.close()
    return result


def _result(service: Service) -> Result:
    """Counts, and what did not go well."""
    result = Result()
    with service.view() as uow:
        result.lines.append(uow.sources.tallies().get("", Tally()).words() + "。")
        rated = [r for e in uow.events.all() if (r := uow.events.rating(e.id)) and r.tier is not None]
        result.lines.append(
            f"事件{len(uow.events.all())}个，达到级别的{len(rated)}个；未结束的预警{len(uow.alerts.open())}个。"
        )
        for source in service.sources:
            state = uow.sources.states().get(source.id)
            if state is not None and state.health in {Health.FAILING, Health.BLOCKED}:
                result.failures.append(state.problem or f"来源“{source.name}”采集失败。")
        unsent = [n for n in uow.outbox.all() if n.state in {NotificationState.RETRY, NotificationState.DEAD}]
        result.failures += sorted({f"有{len(unsent)}封邮件未送达：{n.error}" for n in unsent[:1]})
    return result
