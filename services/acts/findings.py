"""What operators verify: an event is confirmed, figures become verified, and the rating follows at once."""

import hashlib
import math
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from alerts.ending import AGAIN
from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.matter import Act
from alerts.model import LogEntry, Task
from alerts.reports.wording import amount
from analyzer.model import Event, FactKind, Finding, Tier
from services.acts.foresight import require_agreed
from services.errors import NotFound
from services.ports import UnitOfWork
from services.processor import Processor

if TYPE_CHECKING:
    from services.bootstrap import Service


def confirm(
    service: "Service",
    event_id: str,
    figures: Mapping[FactKind, float],
    *,
    by: str,
    note: str = "",
    task_id: str = "",
    agreed: Tier | None = None,
) -> Finding:
    """A person has verified an event and these figures, which answers a task. Raises NotFound, or NotAllowed.

    `agreed` is the tier that he knows the figures to raise it to; without it they raise nothing (MustAgree).
    """
    service.require_person(by)
    require_amounts(figures, "核实的")
    with service.lock:
        try:
            with service.unit_of_work() as uow:
                now = service.clock.now()
                event = _whole(uow, event_id)
                _require_earnest(uow, event_id)
                finding = _finding(event_id, figures, by, note, now)
                require_agreed(service.processor, uow, event, finding, agreed)
                _store(uow, finding)
                again = False
                if task_id:  # before: what the event is then rated at may ask for something else
                    again = _open(uow, task_id).reason.endswith(AGAIN)
                    uow.tasks.finish(task_id, by=by, outcome=note, at=now)
                    uow.audit.append(at=now, actor=by, action="verified", target=task_id, note=note)
                service.processor.engine.confirm(finding)
                told = _told(uow, finding)  # before: what follows is reported with it
                service.processor.reassess(uow, event_id, now)
                if not told:
                    _told(uow, finding)
                if again:
                    _begin_anew(service.processor, uow, finding)
                uow.commit()
                service.judged.add(finding.id)
        except (NotAllowed, NotFound):
            raise
        except Exception:
            service.forget()
            raise
    return finding


_WHOLE = {"person", "household", "room"}
_MOST = {"percent": 100, "magnitude": 10}
_GREATEST = 10**12


def require_amounts(figures: Mapping[FactKind, float], said: str) -> None:
    """Raises NotAllowed where a figure that people give is none; `said` stands before its name."""
    for kind, value in figures.items():
        most = _MOST.get(kind.unit, _GREATEST)
        if not (math.isfinite(value) and value >= 0):
            raise NotAllowed(f"{said}{kind.chinese}应为不小于0的数。")
        if value > most:
            raise NotAllowed(f"{said}{kind.chinese}不能大于{most}，请核对。")
        if kind.unit in _WHOLE and value != int(value):
            raise NotAllowed(f"{said}{kind.chinese}应为整数，请核对。")


def finish(
    service: "Service",
    task_id: str,
    figures: Mapping[FactKind, float],
    *,
    by: str,
    note: str,
    agreed: Tier | None = None,
) -> None:
    """A verify task has found its event to be true. Raises NotFound, or NotAllowed with a sentence."""
    with service.view() as uow:
        task = _open(uow, task_id)
    confirm(service, task.event_id, figures, by=by, note=note, task_id=task_id, agreed=agreed)


def _open(uow: UnitOfWork, task_id: str) -> Task:
    """An open task. Raises NotFound."""
    task = uow.tasks.get(task_id)
    if task is None:
        raise NotFound(f"没有编号为 {task_id} 的待核实任务：它已经完成，或要核实的说法已变，请回值班台查看。")
    return task


def _begin_anew(processor: Processor, uow: UnitOfWork, finding: Finding) -> None:
    """It has happened once more: the ended alert begins anew, unless what was verified has opened it already."""
    alert = uow.alerts.of_event(finding.event_id)
    if alert is not None and alert.state.settled:
        act = Act(action=Action.REOPEN, by=finding.by, note=finding.note or "核实为再次发生")
        processor.act(uow, alert.id, act, finding.at)


def _finding(event_id: str, figures: Mapping[FactKind, float], by: str, note: str, now: datetime) -> Finding:
    digest = hashlib.sha256(f"{event_id}|{by}|{now.isoformat()}|{sorted(figures.items())}".encode()).hexdigest()
    return Finding(id=f"V{digest[:12]}", event_id=event_id, by=by, at=now, figures=dict(figures), note=note)


def _whole(uow: UnitOfWork, event_id: str) -> Event:
    event = uow.events.get(event_id)
    if event is None:
        raise NotFound(f"没有编号为 {event_id} 的事件。")
    if event.merged_into is not None:
        raise NotFound(f"“{event.title}”已并入 {event.merged_into}，请在那里登记。")
    return event


def _require_earnest(uow: UnitOfWork, event_id: str) -> None:
    """A drill's figures are its script's: nothing that is verified here would change them."""
    alert = uow.alerts.of_event(event_id)
    if alert is not None and alert.drill:
        raise NotAllowed("演练中的数字由组织者在“演练中又来的情况”中输入，不在此核实。")


def _store(uow: UnitOfWork, finding: Finding) -> None:
    said = f"{_found(finding)} {finding.note}".strip()
    uow.events.find(finding)
    uow.audit.append(at=finding.at, actor=finding.by, action="verify event", target=finding.event_id, note=said)


def _found(finding: Finding) -> str:
    return "、".join(f"{kind.chinese}{amount(kind, value)}" for kind, value in finding.figures.items()) or "属实"


def _told(uow: UnitOfWork, finding: Finding) -> bool:
    """The alert's history says who verified what, and how; False where there is no alert yet."""
    alert = uow.alerts.of_event(finding.event_id)
    if alert is None:
        return False
    note = f"核实{_found(finding)}{'：' if finding.note else ''}{finding.note}"
    uow.alerts.log(LogEntry(at=finding.at, actor=finding.by, action="confirm", note=note, alert_id=alert.id))
    return True
