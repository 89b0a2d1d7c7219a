"""10,000 open alerts on SQLite: one decision tick with nothing due, and with a hundred due."""

import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from alerts.lifecycle import opened
from analyzer.model import Rating, Tier
from services import worker
from services.clock import SteppedClock
from services.folder.plan import load_plan
from tests.builders import NOON, event, figure
from tests.services import desk

OPEN = 10_000
DUE = 100


def measure(out: Path) -> dict[str, object]:
    del out
    with tempfile.TemporaryDirectory() as name:
        folder = desk.a_folder(Path(name) / "desk")
        with desk.opened(folder, NOON) as service:
            _fill(service, load_plan(folder / "plan.yaml").response)
            service.clock = SteppedClock(NOON + timedelta(minutes=10))
            idle = [_tick(service) for _ in range(20)]
            service.clock.set(NOON + timedelta(minutes=15))
            done, busy = _timed(service)
    return {
        "open alerts": OPEN,
        "idle tick, median ms": round(sorted(seconds for _, seconds in idle)[10] * 1000, 1),
        "things done in the busy tick": done,
        "busy tick, wall ms": round(busy[0] * 1000, 1),
        "busy tick, cpu ms": round(busy[1] * 1000, 1),
    }


def _fill(service, response):
    """Alerts whose first escalation is due at a quarter past for a hundred, an hour later for the others."""
    for start in range(0, OPEN, 1000):
        with service.unit_of_work() as uow:
            for number in range(start, start + 1000):
                one = event(id=f"E20261103-{number:010x}", figures={"deaths": figure(3)})
                late = timedelta(0) if number < DUE else timedelta(hours=1)
                uow.events.save(one)
                uow.events.rate(Rating(event_id=one.id, event_version=1, claimed=Tier.III, plan_version="1"), NOON)
                alert = opened(one, Tier.III, response, NOON + late)
                uow.alerts.save(replace(alert, version=1))
            uow.commit()


def _tick(service):
    began = time.perf_counter()
    return worker.tick(service), time.perf_counter() - began


def _timed(service):
    cpu = time.process_time()
    done, wall = _tick(service)
    return done, (wall, time.process_time() - cpu)
