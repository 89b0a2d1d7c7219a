"""Duty lists as offices keep them, CSV and iCal, read into parts of a roster; what is wrong is told with its line."""

import csv
import difflib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Self

from pydantic import ValidationError

from alerts.roster import PersonEntry, QuietEntry
from alerts.shifts import ShiftEntry

_PERSON_COLUMNS = {
    "编号": "id",
    "工号": "id",
    "id": "id",
    "姓名": "name",
    "名称": "name",
    "name": "name",
    "邮箱": "email",
    "电子邮箱": "email",
    "email": "email",
    "手机": "sms",
    "手机号": "sms",
    "sms": "sms",
    "企业微信": "wecom",
    "wecom": "wecom",
    "钉钉": "dingtalk",
    "dingtalk": "dingtalk",
    "飞书": "feishu",
    "feishu": "feishu",
    "接收系统": "webhook",
    "webhook": "webhook",
    "座机": "printed",
    "printed": "printed",
    "免打扰起": "quiet_from",
    "免打扰止": "quiet_until",
}
_SHIFT_COLUMNS = {
    "日期": "date",
    "date": "date",
    "岗位": "role",
    "role": "role",
    "人员": "person",
    "值班人员": "person",
    "person": "person",
    "上班": "start",
    "开始": "start",
    "开始时间": "start",
    "start": "start",
    "下班": "end",
    "结束": "end",
    "结束时间": "end",
    "end": "end",
}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[::](\d{2})(?::\d{2})?")
_BETWEEN_NAMES = re.compile(r"[、,;/\s]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What a file gave: people and shifts for roster.yaml, and one Chinese sentence for every line left out."""

    people: tuple[PersonEntry, ...] = ()
    shifts: tuple[ShiftEntry, ...] = ()
    problems: tuple[str, ...] = ()


class LineProblem(ValueError):
    """这一行不能使用。"""


@dataclass(kw_only=True)
class Duties:
    """Duties gathered line by line; equal ones become one pattern with many dates."""

    file: str
    dates: defaultdict[tuple[str, tuple[str, ...], time, time], set[date]] = field(
        default_factory=lambda: defaultdict(set)
    )
    problems: list[str] = field(default_factory=list)

    def add(self, role: str, people: Sequence[str], day: date, hours: tuple[time, time]) -> None:
        """One duty that begins on `day`."""
        self.dates[role, tuple(people), *hours].add(day)

    def problem(self, line: int, why: str) -> None:
        """A line that is left out."""
        self.problems.append(f"{self.file} 第{line}行：{why}；此行未导入。")

    def imported(self, people: Iterable[PersonEntry] = ()) -> Imported:
        """Everything gathered, in the order of the days."""
        patterns = sorted(self.dates.items(), key=lambda item: (min(item[1]), item[0]))
        shifts = tuple(
            ShiftEntry(role=role, people=who, start=start, end=end, dates=tuple(sorted(days)))
            for (role, who, start, end), days in patterns
        )
        return Imported(people=tuple(people), shifts=shifts, problems=tuple(self.problems))


class Names:
    """What people, or roles, are called, by id and by name."""

    def __init__(self, what: str, known: Mapping[str, str]) -> None:
        self._what = what
        self._ids = {flat(name): key for key, name in known.items()} | {flat(key): key for key in known}

    def find(self, written: str) -> str:
        """The id of what is written. Raises LineProblem with the nearest known name."""
        wanted = flat(written)
        if wanted in self._ids:
            return self._ids[wanted]
        near = difflib.get_close_matches(wanted, self._ids, n=1, cutoff=0.5)
        hint = f"，是不是“{near[0]}”？" if near else "，"
        raise LineProblem(f"值班表中没有名为“{written.strip()}”的{self._what}{hint}请先登记或改正")

    def find_all(self, written: str) -> list[str]:
        """Ids of one or several names. Raises LineProblem."""
        names = [name for name in _BETWEEN_NAMES.split(unicodedata.normalize("NFKC", written)) if name]
        if not names:
            raise LineProblem(f"没有写{self._what}")
        return list(dict.fromkeys(map(self.find, names)))

    def before(self, text: str) -> tuple[str, str] | None:
        """The longest name that the text begins with, as its id, and the rest of the text."""
        written = unicodedata.normalize("NFKC", text).strip()
        for name in sorted(self._ids, key=len, reverse=True):
            if name and written.lower().startswith(name):
                return self._ids[name], written[len(name) :].lstrip(" :-/—")
        return None

    def __contains__(self, written: str) -> bool:
        """Whether somebody or something is called so."""
        return flat(written) in self._ids


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Who and what a duty list may name."""

    people: Names
    roles: Names

    @classmethod
    def of(cls, people: Mapping[str, str], roles: Mapping[str, str]) -> Self:
        """From ids to names, as a roster has them."""
        return cls(people=Names("人员", people), roles=Names("岗位", roles))


def from_csv(text: str, *, people: Mapping[str, str], roles: Mapping[str, str], file: str = "CSV") -> Imported:
    """People (columns 编号, 姓名, …) or shifts (日期, 岗位, 人员, 开始, 结束; or one column a role).

    `people` and `roles` map the ids that the roster has to their names. A line that cannot be used is left out and
    told; the others are taken.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text))
    lines = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    if not lines:
        return Imported(problems=(f"{file}：文件是空的，请检查。",))
    header = [flat(cell) for cell in lines[0][1]]
    if _PERSON_COLUMNS.keys() >= set(header) and {"id", "name"} <= {_PERSON_COLUMNS[name] for name in header}:
        return _people(header, lines[1:], file)
    return _shifts(header, lines, Known.of(people, roles), file)


def _people(header: Sequence[str], lines: Sequence[tuple[int, list[str]]], file: str) -> Imported:
    duties, found = Duties(file=file), {}
    for number, row in lines:
        cells = dict(zip((_PERSON_COLUMNS[name] for name in header), map(str.strip, row), strict=False))
        try:
            person = _person(cells)
        except LineProblem as problem:
            duties.problem(number, str(problem))
            continue
        if person.id in found:
            duties.problem(number, f"编号“{person.id}”重复")
        else:
            found[person.id] = person
    return duties.imported(found.values())


def _person(cells: Mapping[str, str]) -> PersonEntry:
    """One line of people. Raises LineProblem."""
    channels = {k: v for k, v in cells.items() if k not in {"id", "name", "quiet_from", "quiet_until"} and v}
    start, end = cells.get("quiet_from", ""), cells.get("quiet_until", "")
    if bool(start) != bool(end):
        raise LineProblem("免打扰起、免打扰止要么都写，要么都不写")
    try:
        quiet = QuietEntry.model_validate({"from": hour(start), "until": hour(end)}) if start else None
        return PersonEntry(id=cells.get("id", ""), name=cells.get("name", ""), channels=channels, quiet=quiet)
    except ValidationError as error:
        raise LineProblem(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    column = {"id": "编号", "name": "姓名"}.get(str(first["loc"][0]), str(first["loc"][0]))
    return f"“{column}”为空或写法不对（编号只用字母、数字、_ . -）"


def _shifts(header: Sequence[str], lines: Sequence[tuple[int, list[str]]], known: Known, file: str) -> Imported:
    duties = Duties(file=file)
    columns = {_SHIFT_COLUMNS[name]: index for index, name in enumerate(header) if name in _SHIFT_COLUMNS}
    roles = {index: known.roles.find(name) for index, name in enumerate(header) if name in known.roles}
    missing = _missing(columns, bool(roles))
    unknown = [name for i, name in enumerate(header) if name and name not in _SHIFT_COLUMNS and i not in roles]
    if missing or unknown:
        why = f"表头缺少{'、'.join(missing)}" if missing else f"表头中的“{unknown[0]}”既不是规定的列也不是岗位"
        first = lines[0][0]
        return Imported(problems=(f"{file} 第{first}行：{why}，请按 docs/reports.md 改正表头；整个文件未导入。",))
    for number, row in lines[1:]:
        try:
            _duty(row, columns, roles, known, duties)
        except LineProblem as problem:
            duties.problem(number, str(problem))
    return duties.imported()


def _missing(columns: Mapping[str, int], wide: bool) -> list[str]:  # noqa: FBT001  # the table's two shapes
    needed = {"date": "日期", "start": "开始", "end": "结束"}
    needed |= {} if wide else {"role": "岗位", "person": "人员"}
    return [chinese for column, chinese in needed.items() if column not in columns]


def _duty(
    row: Sequence[str], columns: Mapping[str, int], roles: Mapping[int, str], known: Known, duties: Duties
) -> None:
    """One line: one role and its people, or one cell a role. Raises LineProblem before anything is added."""

    def cell(index: int) -> str:
        return row[index].strip() if index < len(row) else ""

    on = day(cell(columns["date"]))
    hours = hour(cell(columns["start"])), hour(cell(columns["end"]))
    if roles:
        found = [(role, known.people.find_all(cell(index))) for index, role in roles.items() if cell(index)]
    else:
        found = [(known.roles.find(cell(columns["role"])), known.people.find_all(cell(columns["person"])))]
    if not found:
        raise LineProblem("没有写人员")
    for role, people in found:
        duties.add(role, people, on, hours)


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, else GB 18030, which is what Chinese spreadsheets save. Raises LineProblem."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LineProblem("文件既不是 UTF-8 也不是 GB18030 编码，请另存为 CSV UTF-8 后再试")


def day(written: str) -> date:
    """A date as people write it. Raises LineProblem."""
    match = _DATE.fullmatch(flat(written).partition("(")[0])
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise LineProblem(f"没有“{written}”这样的日期，应写成 2026-11-03")


def hour(written: str) -> time:
    """A time of the day; 24:00 is the next day's beginning. Raises LineProblem."""
    match = _TIME.fullmatch(flat(written))
    if match is not None and (int(match[1]), int(match[2])) == (24, 0):
        return time.min
    try:
        if match is not None:
            return time(int(match[1]), int(match[2]))
    except ValueError:
        pass
    raise LineProblem(f"没有“{written}”这样的时间，应写成 08:00")


def flat(text: str) -> str:
    """Half width, lower case, without spaces: how names, dates and headings are compared."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _delimiter(text: str) -> str:
    """What the first line is parted by; a spreadsheet's clipboard has tabs."""
    head = text.partition("\n")[0]
    return max(",\t;", key=head.count)
