"""Duty calendars in iCal form: each entry one duty, its title "岗位：人员"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar
from icalendar.cal import Component

from alerts.beijing import BEIJING
from alerts.roster_import import Duties, Imported, Known, LineProblem

_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RULES_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
_LONGEST = timedelta(days=31)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The days that are imported, both included: a rule without an end has no last duty."""

    first: date
    last: date


def from_ical(
    text: str,
    *,
    people: Mapping[str, str],
    roles: Mapping[str, str],
    first: date,
    last: date,
    file: str = "iCal",
) -> Imported:
    """Duties that begin from `first` to `last`; `people` and `roles` as for `from_csv`.

    An entry that cannot be used is left out and told with the line it begins on; the others are taken.
    """
    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        why = " ".join(str(error).split())[:80]
        return Imported(problems=(f"{file}：不是完整的 iCal 日历（{why}），请重新导出；整个文件未导入。",))
    known, duties, window = Known.of(people, roles), Duties(file=file), Window(first=first, last=last)
    entries = list(zip(_begins(text), calendar.walk("VEVENT"), strict=False))
    moved = _moved(entries)
    for line, entry in entries:
        try:
            _take(entry, known, duties, window, moved.get(str(entry.get("UID")), set()))
        except LineProblem as problem:
            duties.problem(line, str(problem))
    return duties.imported()


def _begins(text: str) -> Iterator[int]:
    """Lines on which entries begin, from 1."""
    yield from (n for n, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT")


def _moved(entries: list[tuple[int, Component]]) -> dict[str, set[datetime]]:
    """By series: the times of duties that an entry of their own takes the place of."""
    found: dict[str, set[datetime]] = {}
    for _, entry in entries:
        if "RECURRENCE-ID" in entry:
            found.setdefault(str(entry.get("UID")), set()).add(_moment(entry.decoded("RECURRENCE-ID")))
    return found


def _take(entry: Component, known: Known, duties: Duties, window: Window, moved: set[datetime]) -> None:
    """One entry's duties. Raises LineProblem before anything is added."""
    if str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return
    start, end = _span(entry)
    role, people = _who(entry, known)
    single = "RECURRENCE-ID" in entry
    skipped = _left_out(entry) | (set() if single else moved)
    for begin in _occurrences(entry, start, window):
        if begin not in skipped:
            _add(duties, role, people, begin, begin + (end - start), window)


def _who(entry: Component, known: Known) -> tuple[str, list[str]]:
    title = str(entry.get("SUMMARY", "")).strip()
    found = known.roles.before(title)
    if found is None:
        raise LineProblem(f"标题“{title}”应写成“岗位：人员”，岗位须是值班表中的岗位")
    role, rest = found
    return role, known.people.find_all(rest)


def _span(entry: Component) -> tuple[datetime, datetime]:
    """Beginning and end in Beijing time; whole days end with the day. Raises LineProblem."""
    if entry.errors:
        field, why = entry.errors[0]
        raise LineProblem(f"{field} 写法不对（{why}）")
    if "DTSTART" not in entry:
        raise LineProblem("没有开始时间（DTSTART）")
    first = entry.decoded("DTSTART")
    start = _moment(first)
    if "DTEND" in entry:
        end = _moment(entry.decoded("DTEND"))
    elif "DURATION" in entry:
        end = start + entry.decoded("DURATION")
    else:
        end = start + (_DAY if not isinstance(first, datetime) else timedelta(0))
    if not timedelta(0) < end - start <= _LONGEST:
        raise LineProblem(f"结束时间不晚于开始时间，或一次值班超过{_LONGEST.days}天")
    return start, end


def _moment(value: Any) -> datetime:
    """In Beijing; a time without a zone and a whole day are Beijing's. Raises LineProblem."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=BEIJING) if value.tzinfo is None else value.astimezone(BEIJING)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=BEIJING)
    raise LineProblem(f"没有“{value}”这样的时间")


def _left_out(entry: Component) -> set[datetime]:
    """Times that EXDATE takes out of a series."""
    listed = entry.get("EXDATE", [])
    lists = listed if isinstance(listed, list) else [listed]
    return {_moment(one.dt) for each in lists for one in each.dts}


def _occurrences(entry: Component, start: datetime, window: Window) -> Iterator[datetime]:
    """Beginnings within the window. Raises LineProblem for a rule that is not daily or weekly."""
    rule = entry.get("RRULE")
    if rule is None:
        yield from [start] if window.first <= start.date() <= window.last else []
        return
    if isinstance(rule, list) or "RDATE" in entry:
        raise LineProblem("一条里有多个重复规则（RRULE、RDATE），请分成几条")
    yield from (begin for begin in _series(rule, start, window.last) if begin.date() >= window.first)


def _series(rule: Mapping[str, list[Any]], start: datetime, last: date) -> Iterator[datetime]:
    """All beginnings of a daily or weekly series until `last`, in order. Raises LineProblem for any other."""
    kind = str(rule.get("FREQ", [""])[0]).upper()
    unknown = set(rule) - _RULES_KNOWN
    if kind not in {"DAILY", "WEEKLY"} or unknown:
        raise LineProblem(f"重复规则 {'、'.join(sorted(unknown)) or kind} 暂不支持，只支持按天、按周重复")
    days = {str(name).upper() for name in rule.get("BYDAY", [])} or (
        {_WEEKDAYS[start.weekday()]} if kind == "WEEKLY" else set(_WEEKDAYS)
    )
    if not days <= set(_WEEKDAYS):
        raise LineProblem("重复规则中的 BYDAY 只能是 MO、TU、WE、TH、FR、SA、SU")
    every, most = max(int(rule.get("INTERVAL", [1])[0]), 1), int(rule["COUNT"][0]) if "COUNT" in rule else None
    until = _moment(rule["UNTIL"][0]) if "UNTIL" in rule else None
    found = 0
    for ahead in range((last - start.date()).days + 1):
        begin = start + ahead * _DAY
        weeks = (ahead + start.weekday()) // 7
        if (ahead if kind == "DAILY" else weeks) % every or _WEEKDAYS[begin.weekday()] not in days:
            continue
        if found == most or (until is not None and begin > _end_of(until, rule)):
            return
        found += 1
        yield begin


def _end_of(until: datetime, rule: Mapping[str, list[Any]]) -> datetime:
    """UNTIL as a date covers that whole day."""
    return until if isinstance(rule["UNTIL"][0], datetime) else until + _DAY - timedelta(seconds=1)


def _add(duties: Duties, role: str, people: list[str], start: datetime, end: datetime, window: Window) -> None:
    """One duty; a longer one in pieces of a day, because a pattern's shift is no longer."""
    while start < end:
        stop = min(start + _DAY, end)
        if start.date() <= window.last:
            duties.add(role, people, start.date(), (start.time(), stop.time()))
        start = stop
