"""Whether the steps of a plan reach somebody: whom they name, and over which channels."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

from alerts.channels.registry import CHINESE
from alerts.people import Person
from alerts.response import Step
from alerts.roster import Doubt, Roster, Where
from alerts.telling import leads_to
from analyzer.model import Tier
from services.folder.plan import PlanFile


def steps(plan: PlanFile) -> Iterator[tuple[Where, Tier, int, Step]]:
    """Every step with its place in plan.yaml, its tier and its number from 1."""
    for tier, wanted in sorted(plan.response.tiers.items(), reverse=True):
        for index, step in enumerate(wanted.steps):
            yield ("response", "tiers", tier.name, "steps", index), tier, index + 1, step


def unknown_channels(plan: PlanFile) -> Iterator[Doubt]:
    """Names of channels that there are not."""
    for where, tier, number, step in steps(plan):
        for name in step.channels:
            if name not in CHINESE:
                close = difflib.get_close_matches(name, CHINESE, n=1, cutoff=0.5)
                hint = f"是不是“{close[0]}”？" if close else f"可用的有 {'、'.join(CHINESE)}，"
                yield (*where, "channels"), f"{tier.name}级第{number}步的渠道“{name}”不存在，{hint}请改正。"


def unreached(plan: PlanFile, roster: Roster) -> Iterator[Doubt]:
    """Steps that name people whom none of the step's channels leads to, and duties that nobody ever has."""
    for where, tier, number, step in steps(plan):
        meant = {target: _people(roster, target) for target in step.notify if roster.knows(target)}
        idle = [roster.names[role.id] for role in roster.roles if not (role.continuous or meant.get(role.id, True))]
        if idle:
            said = f"{tier.name}级第{number}步要通知的{'、'.join(idle)}从来无人担任，请在 roster.yaml 排班。"
            yield (*where, "notify"), said
        if said := _without(roster, meant, step.channels):
            yield (*where, "channels"), f"{tier.name}级第{number}步只用 {'、'.join(step.channels)}，而{said}"


def _without(roster: Roster, meant: Mapping[str, Sequence[Person]], channels: Sequence[str]) -> str:
    """Who of those meant has none of a step's channels, and what then; empty where everybody has one."""
    lost = [name for target, people in meant.items() for name in _lost(roster.names[target], people, channels)]
    who = "、".join(dict.fromkeys(lost))
    some = any(_has(person, channels) for people in meant.values() for person in people)
    whole = who if some else f"所通知的人（{who}）都"
    then = "没有这样的地址，届时只好改用其他渠道，请在 roster.yaml 补上地址，或改正 channels。"
    return f"{whole}{then}" if lost else ""


def _lost(name: str, people: Sequence[Person], channels: Sequence[str]) -> list[str]:
    """Who of one role, department or person has none of these channels: by its name where that is all of them."""
    without = [person.name for person in people if channels and not _has(person, channels)]
    return [name] if without and len(without) == len(people) else without


def _has(person: Person, channels: Sequence[str]) -> bool:
    return any(leads_to(person, channel) for channel in channels)


def _people(roster: Roster, target: str) -> list[Person]:
    """Everybody whom an id may mean at one hour or another, as the roster stands."""
    found = [key for role in roster.roles if role.id == target for key in role.holders]
    found += [key for shift in roster.shifts if shift.role == target for key in shift.people]
    found += [key for department in roster.departments if department.id == target for key in department.liaisons]
    found += [person.id for person in roster.people if person.id == target]
    return [roster.person(key) for key in dict.fromkeys(found) if roster.knows(key)]
