"""`minqing check` and `minqing schema`: what is wrong with a folder's files, and what may stand in them."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from alerts.channels import registry
from alerts.roster import Roster
from analyzer.plan.lint import lint
from analyzer.topics import topic_list
from crawlers.settings import user_agent
from services import config
from services.errors import ConfigError
from services.gazetteer import load_gazetteer
from services.plan import PlanFile, load_plan
from services.roster import load_roster
from services.settings import Settings, load_settings
from services.sources import SourcesFile, kind_problems

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
        "gazetteer.jsonl": load_gazetteer if (folder / "gazetteer.jsonl").exists() else lambda _: None,
    }
    found = _tried(_contact, folder) + _tried(kind_problems, folder / "sources.yaml")
    for name, load in loaders.items():
        found += _tried(load, folder / name)
    return found or _crossed(folder, now)


def _tried(load: Callable[[Path], Any], path: Path) -> list[str]:
    """What a loader complains of: its answer where that is a list of sentences, else its ConfigError."""
    try:
        found = load(path)
    except ConfigError as error:
        return error.problems
    return found if isinstance(found, list) else []


def _contact(folder: Path) -> list[str]:
    """Public sites are not read without a way to reach us."""
    try:
        user_agent(load_settings(folder).contact)
    except ValueError as error:
        path = folder / "settings.yaml"
        return [f"{path} 第{config.line_of(path, ('contact',))}行：请填写“contact”。{error}。"]
    return []


def doubts(plan_path: Path, roster_path: Path | None, now: datetime) -> list[str]:
    """What is doubtful in a valid plan, and in the roster it speaks to. Raises ConfigError."""
    plan = load_plan(plan_path)
    found = lint(plan, topic_list().codes)
    return found if roster_path is None else found + _told(plan, load_roster(roster_path), now)


def _crossed(folder: Path, now: datetime) -> list[str]:
    return doubts(folder / "plan.yaml", folder / "roster.yaml", now) + _addresses(folder)


def _addresses(folder: Path) -> list[str]:
    """Addresses no message can go to, and channels that the plan asks for and that are not there."""
    settings, plan, roster = load_settings(folder), load_plan(folder / "plan.yaml"), load_roster(folder / "roster.yaml")
    channels = registry.build(settings.mail, settings.channels, folder / settings.data)
    asked = {name for tier in plan.response.tiers.values() for step in tier.steps for name in step.channels}
    return registry.problems((entry.person() for entry in roster.people), channels) + [
        f"plan.yaml 的 channels 要用“{name}”，但这个渠道没有启用，请在 settings.yaml 的 channels 中设置。"
        for name in sorted(asked - channels.keys())
    ]


def _told(plan: PlanFile, roster: Roster, now: datetime) -> list[str]:
    """The plan tells somebody whom the roster does not know, or who cannot be reached."""
    named = {target for tier in plan.response.tiers.values() for step in tier.steps for target in step.notify}
    response = plan.response
    named |= {*response.misses, *response.brief.notify, *response.weekly.notify, *response.assessment.notify}
    unknown = sorted(name for name in named if not roster.knows(name))
    sentences = [f"plan.yaml 要通知“{name}”，但 roster.yaml 中没有这个角色、人员或部门。" for name in unknown]
    return sentences + roster.problems(now)
