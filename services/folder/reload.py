"""Files edited while the service runs: taken over when valid, refused with sentences when not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from services.bootstrap import Service
from services.errors import ConfigError
from services.folder.holidays import load_holidays
from services.folder.plan import PlanFile, load_plan
from services.folder.roster import load_roster

log = structlog.get_logger("reload")


def refresh(service: Service) -> int:
    """Take over what has been edited; how many files were. A file with faults changes nothing but the sentences."""
    taken: dict[str, tuple[Callable[[Path], Any], Callable[[Service, Any], None]]] = {
        "plan.yaml": (load_plan, _use_plan),
        "roster.yaml": (load_roster, _use_roster),
        "holidays.yaml": (load_holidays, _use_holidays),
    }
    done = 0
    for name, (load, use) in taken.items():
        path = service.folder / name
        if not service.watch.changed(path):
            continue
        try:
            loaded = load(path)
        except ConfigError as error:
            service.watch.problems[name] = error.problems
            log.warning("edited file refused", file=name, problems=error.problems)
            continue
        service.watch.problems.pop(name, None)
        use(service, loaded)
        log.info("edited file taken over", file=name)
        done += 1
    return done


def _use_plan(service: Service, plan: PlanFile) -> None:
    """Rate every open event by the new plan at once."""
    with service.lock:
        service.plan = plan
        processor = service.processor
        processor.engine.plan = plan
        processor.desk = replace(processor.desk, response=plan.response, district=plan.district)
        if service.leads():
            with service.deciding() as uow:
                processor.review(uow, service.clock.now())


def _use_holidays(service: Service, holidays: Any) -> None:
    """Clocks that start from now on count by them."""
    with service.lock:
        service.processor.desk = replace(service.processor.desk, calendar=holidays.calendar())


def _use_roster(service: Service, roster: Any) -> None:
    with service.lock:
        service.roster = roster
        service.processor.desk = replace(service.processor.desk, directory=roster, names=roster.names)
        service.processor.names = roster.names
