"""What follows from a file that is edited while the service runs."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog

from alerts.holidays import HolidayFile
from alerts.roster import Roster
from crawlers.model import Source
from services.bootstrap import Service
from services.errors import ConfigError
from services.folder.check import doubts
from services.folder.gazetteer import load_gazetteer
from services.folder.holidays import load_holidays
from services.folder.plan import PlanFile, load_plan
from services.folder.roster import load_roster
from services.folder.sources import load_sources
from services.settings import load_settings

log = structlog.get_logger("reload")

RATED_BY = "rated-by"
"""File of the data folder that says by which plan all open events were last rated."""


def refresh(service: Service) -> int:
    """Take over what has been edited; how many files were. Another plan rates all open events at once."""
    done = service.watch.take_over(
        service.folder,
        {
            "plan.yaml": (load_plan, partial(_use_plan, service)),
            "roster.yaml": (load_roster, partial(_use_roster, service)),
            "holidays.yaml": (load_holidays, partial(_use_holidays, service)),
            "sources.yaml": (load_sources, partial(_use_sources, service)),
            "settings.yaml": (lambda path: load_settings(path.parent), lambda _: _later(service, "settings.yaml")),
            "gazetteer.jsonl": (_places, lambda _: _later(service, "gazetteer.jsonl")),
        },
    )
    _rate_anew(service)
    if done:
        _doubt(service)
    return done


def _doubt(service: Service) -> None:
    """What `minqing check` says of a plan that names nobody on the roster, and the like: it holds all the same."""
    with suppress(ConfigError):
        now = service.clock.now()
        service.watch.doubts = doubts(service.folder / "plan.yaml", service.folder / "roster.yaml", now)


def _rate_anew(service: Service) -> None:
    """Rate all open events where the plan is another than the one by which they were: also one edited while down."""
    if not service.leads():
        return
    path, plan = service.data / RATED_BY, hashlib.sha256(service.plan.model_dump_json().encode()).hexdigest()
    before = service.rated_by or (path.read_text(encoding="ascii").strip() if path.is_file() else plan)
    if before != plan:
        with service.deciding() as uow:
            service.processor.review(uow, service.clock.now())
        log.info("open events rated by another plan", version=service.plan.version)
    if service.rated_by != plan:
        path.write_text(f"{plan}\n", encoding="ascii")
    service.rated_by = plan


def _use_plan(service: Service, plan: PlanFile) -> None:
    with service.lock:
        service.plan = plan
        processor = service.processor
        processor.engine.plan = plan
        processor.desk = replace(processor.desk, response=plan.response, district=plan.district)


def _use_holidays(service: Service, holidays: HolidayFile) -> None:
    """Clocks that start from now on count by them."""
    with service.lock:
        service.processor.desk = replace(service.processor.desk, calendar=holidays.calendar())


def _use_roster(service: Service, roster: Roster) -> None:
    with service.lock:
        service.roster = roster
        service.processor.desk = replace(service.processor.desk, directory=roster, names=roster.names)
        service.processor.names = roster.names


def _use_sources(service: Service, sources: Sequence[Source]) -> None:
    """New ones are visited at once, the others when they are due."""
    service.sources = sources


def _places(path: Path) -> object:
    return load_gazetteer(path if path.exists() else None)


def _later(service: Service, name: str) -> None:
    """What is read at the start alone is said to be so."""
    service.watch.outdated.add(name)
