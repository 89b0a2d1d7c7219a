"""`minqing roster …`: duty lists taken over from CSV and iCal, and who is on duty at a moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from alerts import roster_ical, roster_import
from alerts.beijing import BEIJING, day_of
from alerts.people import Person
from alerts.quiet import ends_at
from alerts.roster import PersonEntry, Roster
from alerts.roster_import import Imported, LineProblem
from alerts.shifts import ShiftEntry
from services.errors import ConfigError, plainly
from services.folder import config
from services.folder.roster import load_roster

AHEAD = timedelta(days=92)
"""How far a calendar's endless series are taken over: a quarter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What an import did: sentences for people, and one for every line left out."""

    lines: Sequence[str]
    problems: Sequence[str]


def take(folder: Path, file: Path, now: datetime, *, dry: bool = False) -> Taken:
    """Put a duty list's people and shifts into roster.yaml, comments kept. Raises ConfigError; then nothing changed.

    A shift of the list takes the place of what roster.yaml has for that role, days and hours, so that the same list
    imported twice is the same as once.
    """
    path = folder / "roster.yaml"
    roster = load_roster(path)
    found = _read(file, roster, now)
    if not found.people and not found.shifts:
        raise ConfigError([*found.problems, f"{file}：没有可导入的内容，roster.yaml 未改动。"])
    text = config.edited(_merged(config.editable(path), found))
    after = Roster.model_validate(YAML(typ="safe").load(text))
    if not dry:
        spare = path.with_name("roster.yaml.before-import")
        spare.write_bytes(path.read_bytes())
        fresh = path.with_name(".roster.yaml.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    new = [sentence for sentence in after.problems(now) if sentence not in roster.problems(now)]
    lines = [*_said(found, path, dry=dry), *(f"导入后：{sentence}" for sentence in new)]
    return Taken(lines=lines, problems=found.problems)


def _read(file: Path, roster: Roster, now: datetime) -> Imported:
    people = {entry.id: entry.name for entry in roster.people}
    roles = {entry.id: entry.name for entry in roster.roles}
    try:
        text = roster_import.decoded(file.read_bytes())
    except LineProblem as problem:
        raise ConfigError([f"{file}：{problem}。"]) from problem
    except OSError as error:
        raise ConfigError([f"{file}：不能读取（{plainly(error)}），请检查路径与权限。"]) from error
    if "BEGIN:VCALENDAR" in text[:2000].upper():
        first = day_of(now)
        return roster_ical.from_ical(text, people=people, roles=roles, first=first, last=first + AHEAD, file=str(file))
    return roster_import.from_csv(text, people=people, roles=roles, file=str(file))


def _merged(tree: Any, found: Imported) -> Any:
    """The file's tree with what was found: known people changed in place, the days of equal shifts replaced."""
    places = {entry["id"]: entry for entry in tree["people"]}
    for person in found.people:
        if person.id in places:
            places[person.id].update(_person(person))
        else:
            tree["people"].append(_person(person))
    if found.shifts:
        shifts = tree.setdefault("shifts", [])
        _make_room(shifts, found.shifts)
        shifts.extend(_shift(shift) for shift in found.shifts)
    return tree


def _make_room(shifts: list[Any], found: Sequence[ShiftEntry]) -> None:
    """Dated shifts of the same role and beginning on the same days go; patterns by weekday are a person's to end."""
    taken = {(s.role, s.start.isoformat("minutes"), day) for s in found for day in s.dates}
    for entry in list(shifts):
        dates = entry.get("dates")
        if not dates:
            continue
        left = [day for day in dates if (entry["role"], str(entry["start"])[:5], day) not in taken]
        if not left:
            shifts.remove(entry)
        elif len(left) < len(dates):
            entry["dates"] = left


def _person(person: PersonEntry) -> CommentedMap:
    entry: dict[str, Any] = {"id": person.id, "name": person.name, "channels": _flow(person.channels)}
    if person.quiet is not None:
        entry["quiet"] = _flow({"from": _hour(person.quiet.from_), "until": _hour(person.quiet.until)})
    return _flow(entry)


def _shift(shift: ShiftEntry) -> CommentedMap:
    hours = {"start": _hour(shift.start), "end": _hour(shift.end)}
    return _flow({"role": shift.role, "people": list(shift.people), **hours, "dates": list(shift.dates)})


def _hour(at: time) -> DoubleQuotedScalarString:
    """In quotes: other readers of YAML take a bare 22:00 for a number."""
    quoted: DoubleQuotedScalarString = DoubleQuotedScalarString(f"{at:%H:%M}")
    return quoted


def _flow(entry: Mapping[str, Any]) -> CommentedMap:
    """On one line, as the example writes it."""
    made = CommentedMap(entry)
    made.fa.set_flow_style()
    return made


def _said(found: Imported, path: Path, *, dry: bool) -> Iterator[str]:
    days: list[date] = [day for shift in found.shifts for day in shift.dates]
    what = [f"人员{len(found.people)}人"] if found.people else []
    what += [f"班次{len(days)}个（{min(days)} 至 {max(days)}）"] if days else []
    if dry:
        yield f"可导入{'，'.join(what)}；这是试读，{path} 未改动。"
        return
    yield f"已导入{'，'.join(what)}到 {path}，原文件存为 roster.yaml.before-import。"


def shown(folder: Path, at: datetime) -> list[str]:
    """Who is on duty and reachable at a moment, the departments, and what is wrong from then on. Raises ConfigError."""
    path = folder / "roster.yaml"
    roster = load_roster(path)
    lines = [f"{at.astimezone(BEIJING):%Y年%m月%d日 %H:%M}（北京时间）"]
    for role in roster.roles:
        people = roster.on_duty(role.id, at)
        lines.append(f"{role.name}（{role.id}）：{'；'.join(_who(p, at) for p in people) or '无人'}")
        if not any(person.channels for person in people):
            instead = "、".join(person.name for person in roster.resolve(role.id, at)) or "无人"
            lines.append(f"  无人可联系，改为通知：{instead}")
    lines += [
        f"部门 {d.name}（{d.id}）：{'；'.join(_who(p, at) for p in roster.resolve(d.id, at)) or '无联络员'}"
        for d in roster.departments
    ]
    for change in roster.substitutions:
        if change.start <= at < change.end:
            names = roster.names
            absent, by = (names.get(key, key) for key in (change.absent, change.by))
            lines.append(f"替班：{by} 代 {absent}，至{change.end.astimezone(BEIJING):%m月%d日%H:%M}")
    return lines + [
        f"问题：{path} 第{config.line_of(path, where)}行：{sentence}" for where, sentence in roster.doubts(at)
    ]


def _who(person: Person, at: datetime) -> str:
    ways = "、".join(f"{name} {address}" for name, address in person.channels.items()) or "没有联系渠道"
    until = ends_at(person.quiet, at) if person.quiet is not None else None
    quiet = f"，免打扰至{until.astimezone(BEIJING):%H:%M}" if until is not None else ""
    return f"{person.name}（{ways}{quiet}）"
