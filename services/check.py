"""`minqing check` and `minqing schema`: what is wrong with a folder's files, and what may stand in them."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from alerts.roster import Roster
from services.errors import ConfigError
from services.gazetteer import load_gazetteer
from services.plan import PlanFile, load_plan
from services.roster import load_roster
from services.settings import Settings, load_settings
from services.sources import SourcesFile, load_sources

SCHEMAS: dict[str, type[BaseModel]] = {
    "sources": SourcesFile,
    "plan": PlanFile,
    "roster": Roster,
    "settings": Settings,
}


def schema_of(name: str) -> str:
    """JSON Schema of one file, indented."""
    return json.dumps(SCHEMAS[name].model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def problems(folder: Path, now: datetime) -> list[str]:
    """Every problem of every file, one Chinese sentence each."""
    loaders: dict[str, Callable[[Path], Any]] = {
        "plan.yaml": load_plan,
        "roster.yaml": load_roster,
        "sources.yaml": load_sources,
        "gazetteer.jsonl": load_gazetteer,
    }
    found = _tried(lambda: load_settings(folder))
    for name, load in loaders.items():
        path = folder / name
        found += _tried(lambda path=path, load=load: load(path))  # type: ignore[misc]
    return found or _crossed(folder, now)


def _tried(load: Callable[[], Any]) -> list[str]:
    try:
        load()
    except ConfigError as error:
        return error.problems
    return []


def _crossed(folder: Path, now: datetime) -> list[str]:
    """What is wrong between files: the plan tells somebody whom the roster does not know."""
    plan, roster = load_plan(folder / "plan.yaml"), load_roster(folder / "roster.yaml")
    named = {target for tier in plan.response.tiers.values() for step in tier.steps for target in step.notify}
    named |= {*plan.response.misses, *plan.response.brief.notify}
    unknown = sorted(name for name in named if not roster.knows(name))
    sentences = [f"plan.yaml 要通知“{name}”，但 roster.yaml 中没有这个角色、人员或部门。" for name in unknown]
    return sentences + roster.problems(now)
