"""roster.yaml: who is on duty, who stands in for whom, and which department answers for what."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from typing import Self

from pydantic import Field, model_validator

from alerts.beijing import BEIJING, day_of
from alerts.people import Department, Person, QuietHours, Shift
from alerts.quiet import overlap
from alerts.shifts import Entry, Hour, Interval, ShiftEntry, Substitution

Where = tuple[str | int, ...]
"""The keys that lead to a place in roster.yaml."""
Doubt = tuple[Where, str]
"""What is wrong, a Chinese sentence, and where."""
LOOK_AHEAD = timedelta(days=14)
"""How far ahead `problems` looks for hours without anybody: two weeks, the usual length of a duty list."""
_DAY = timedelta(days=1)


class _Named(Entry):
    id: str = Field(pattern=r"^[A-Za-z0-9_.\-]+$", description="编号，全文件唯一；人员、岗位、部门之间也不能相同")
    name: str = Field(min_length=1, description="名称；人员可写岗位称呼")


class QuietEntry(Entry):
    """Hours of the day in which mild matters wait; an end not after the start is on the next day."""

    from_: Hour = Field(alias="from", description='自几时起（北京时间），如 "22:00"')
    until: Hour = Field(description='到几时止，如 "07:00"；不晚于开始即为次日')

    @model_validator(mode="after")
    def _not_all_day(self) -> Self:
        if self.from_ == self.until:
            raise ValueError("免打扰的 from 与 until 不能相同，否则全天都收不到消息")
        return self


class PersonEntry(_Named):
    """Somebody who can be told."""

    channels: dict[str, str] = Field(default_factory=dict, description="联系渠道与地址，例如 email: a@example.org")
    quiet: QuietEntry | None = Field(default=None, description="免打扰时段：Ⅲ、Ⅳ级和一般消息等到结束再发，Ⅰ、Ⅱ级照发")

    def person(self) -> Person:
        """With the channels that have an address."""
        return Person(
            id=self.id,
            name=self.name,
            channels={k: v.strip() for k, v in self.channels.items() if v.strip()},
            quiet=None if self.quiet is None else QuietHours(start=self.quiet.from_, end=self.quiet.until),
        )


class RoleEntry(_Named):
    """A duty role; `holders` hold it at all hours, others by shifts."""

    holders: tuple[str, ...] = Field(default=(), description="常任人员编号（不轮班）")
    continuous: bool = Field(default=True, description="是否必须全天有人；为 true 时检查未来两周有无空班")


class DepartmentEntry(_Named):
    """A linked department; `topics` may end in ".*"."""

    liaisons: tuple[str, ...] = Field(default=(), description="联络员的人员编号，依次联系")
    topics: tuple[str, ...] = Field(default=(), description="负责的主题代码，如 hazard.fire、service.*")


class Roster(Entry):
    """The whole duty list. Names that nobody bears are problems, not errors: the rest goes on working."""

    people: tuple[PersonEntry, ...] = Field(min_length=1, description="人员")
    roles: tuple[RoleEntry, ...] = Field(min_length=1, description="岗位")
    shifts: tuple[ShiftEntry, ...] = Field(default=(), description="班次")
    departments: tuple[DepartmentEntry, ...] = Field(default=(), description="联动部门")
    substitutions: tuple[Substitution, ...] = Field(default=(), description="替班")
    fallback: tuple[str, ...] = Field(default=(), description="岗位无人时改为通知的人员编号")

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        """One id means one person, role or department: the plan refers to all three by id alone."""
        seen: set[str] = set()
        for entry in (*self.people, *self.roles, *self.departments):
            if entry.id in seen:
                raise ValueError(f"编号“{entry.id}”重复，人员、岗位、部门的编号不能相同")
            seen.add(entry.id)
        return self

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {entry.id: entry.person() for entry in self.people}

    @cached_property
    def _roles(self) -> dict[str, RoleEntry]:
        return {entry.id: entry for entry in self.roles}

    @cached_property
    def _departments(self) -> dict[str, DepartmentEntry]:
        return {entry.id: entry for entry in self.departments}

    @cached_property
    def names(self) -> dict[str, str]:
        """What every id is called."""
        return {entry.id: entry.name for entry in (*self.people, *self.roles, *self.departments)}

    def person(self, key: str) -> Person:
        """Person by id; an unknown one has no channel, so that a message to him fails by itself and alone."""
        return self._people.get(key) or Person(id=key, name=key)

    def knows(self, target: str) -> bool:
        """Whether `target` is a role, person or department of this roster: what a plan may notify."""
        return target in self.names

    def on_duty(self, role: str, at: datetime) -> list[Person]:
        """Who holds a role at a moment, substitutes in the place of the absent; nobody is an empty list."""
        holders = self._roles[role].holders if role in self._roles else ()
        day = day_of(at)
        shifts = (s for s in self.shifts_between(role, day - _DAY, day) if s.start <= at < s.end)
        return self._present((*holders, *(shift.person for shift in shifts)), at)

    def resolve(self, target: str, at: datetime) -> list[Person]:
        """Whom a role, person's or department's id means at a moment.

        Where nobody reachable is found, also for an unknown id, the `fallback` people: better one told too many
        than nobody. `knows` finds unknown ids beforehand.
        """
        if target in self._roles:
            found = self.on_duty(target, at)
        elif target in self._departments:
            found = self._present(self._departments[target].liaisons, at)
        else:
            found = self._present((target,), at)
        return found if any(person.channels for person in found) else self._present(self.fallback, at) or found

    def department_for(self, topic: str) -> Department | None:
        """The first department that names the topic itself, else the first whose pattern covers it."""
        exact = (d for d in self.departments if topic in d.topics)
        wide = (d for d in self.departments if any(p.endswith(".*") and topic.startswith(p[:-1]) for p in d.topics))
        found = next(exact, None) or next(wide, None)
        if found is None:
            return None
        return Department(id=found.id, name=found.name, liaisons=found.liaisons, topics=found.topics)

    def shifts_between(self, role: str, first: date, last: date) -> list[Shift]:
        """Shifts of a role that begin on the days `first` to `last`, by start, substitutions not yet applied."""
        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        return sorted(
            (
                Shift(role=role, person=person, start=start, end=end)
                for entry in self.shifts
                if entry.role == role
                for day in days
                if entry.on(day)
                for start, end in [entry.hours(day)]
                for person in entry.holders(day)
            ),
            key=lambda shift: shift.start,
        )

    def uncovered(self, role: str, since: datetime, until: datetime) -> list[Interval]:
        """Times within [since, until) when nobody who can be reached holds the role."""
        edges = sorted({since, until, *(e for e in self._edges(role, since, until) if since < e < until)})
        holes: list[Interval] = []
        for start, end in pairwise(edges):
            if any(person.channels for person in self.on_duty(role, start)):
                continue
            if holes and holes[-1][1] == start:
                holes[-1] = (holes[-1][0], end)
            else:
                holes.append((start, end))
        return holes

    def problems(self, now: datetime) -> list[str]:
        """What is wrong or will be within two weeks, one Chinese sentence each."""
        return [sentence for _, sentence in self.doubts(now)]

    def doubts(self, now: datetime) -> list[Doubt]:
        """The same, each with its place in the file."""
        return [
            *self._unknown(),
            *self._unreachable(),
            *self._quiet_on_duty(now),
            *self._overlaps(now),
            *self._holes(now),
        ]

    def _present(self, people: Sequence[str], at: datetime) -> list[Person]:
        """Known people once each, substitutes for the absent (also for an absent substitute)."""
        found: dict[str, Person] = {}
        for key in people:
            chosen = self._substitute(key, at)
            if chosen in self._people:
                found.setdefault(chosen, self._people[chosen])
        return list(found.values())

    def _substitute(self, key: str, at: datetime) -> str:
        for _ in self.substitutions:
            by = next((s.by for s in self.substitutions if s.absent == key and s.start <= at < s.end), None)
            if by is None:
                break
            key = by
        return key

    def _edges(self, role: str, since: datetime, until: datetime) -> Iterator[datetime]:
        """Moments at which who holds the role may change."""
        for shift in self.shifts_between(role, day_of(since) - _DAY, day_of(until)):
            yield from (shift.start, shift.end)
        for substitution in self.substitutions:
            yield from (substitution.start, substitution.end)

    def _unknown(self) -> Iterator[Doubt]:
        for where, who, key in self._references():
            if key not in self._people:
                yield where, f"{who}引用了不存在的人员“{key}”{self._near(key)}，请在 people 中登记或改正编号。"
        for index, shift in enumerate(self.shifts):
            if shift.role not in self._roles:
                near = _near(shift.role, self._roles)
                said = f"第{index + 1}个班次的岗位“{shift.role}”不存在{near}，请在 roles 中登记或改正编号。"
                yield ("shifts", index, "role"), said

    def _near(self, key: str) -> str:
        return _near(key, self._people)

    def _references(self) -> Iterator[tuple[Where, str, str]]:
        for index, role in enumerate(self.roles):
            yield from ((("roles", index, "holders"), f"岗位“{role.name}”", key) for key in role.holders)
        for index, shift in enumerate(self.shifts):
            yield from ((("shifts", index, "people"), f"第{index + 1}个班次", key) for key in shift.people)
        for index, change in enumerate(self.substitutions):
            for name, key in (("absent", change.absent), ("by", change.by)):
                yield ("substitutions", index, name), f"第{index + 1}条替班", key
        for index, department in enumerate(self.departments):
            for key in department.liaisons:
                yield ("departments", index, "liaisons"), f"部门“{department.name}”", key
        yield from ((("fallback",), "fallback ", key) for key in self.fallback)

    def _unreachable(self) -> Iterator[Doubt]:
        for index, person in enumerate(self._people.values()):
            if not person.channels:
                said = f"人员“{person.name}”（{person.id}）没有任何联系渠道，请补上 channels，否则通知不到。"
                yield ("people", index), said
        for index, department in enumerate(self.departments):
            if not any(key in self._people for key in department.liaisons):
                yield ("departments", index), f"部门“{department.name}”没有联络员，转办时通知不到，请补上 liaisons。"

    def _quiet_on_duty(self, now: datetime) -> Iterator[Doubt]:
        """Whoever sits at the desk is to hear everything; a duty of a whole day or more is one at home."""
        first = day_of(now)
        places = {entry.id: index for index, entry in enumerate(self.people)}
        for role in self.roles:
            told: set[str] = set()
            for shift in self.shifts_between(role.id, first, first + LOOK_AHEAD):
                person = self._people.get(shift.person)
                if person is None or person.quiet is None or person.id in told or shift.end - shift.start >= _DAY:
                    continue
                clash = overlap(person.quiet, shift.start, shift.end)
                if clash is not None:
                    told.add(person.id)
                    said = f"人员“{person.name}”自{_spoken(clash)}起既值班又免打扰，请改正 quiet 或班次。"
                    yield ("people", places[person.id], "quiet"), said

    def _overlaps(self, now: datetime) -> Iterator[Doubt]:
        """Two patterns of one role that overlap: usually a slip; people who share a shift stand in one pattern."""
        first = day_of(now)
        days = [first + timedelta(days=i) for i in range(-1, LOOK_AHEAD.days + 1)]
        for (a, one), (b, other) in combinations(enumerate(self.shifts), 2):
            if one.role != other.role:
                continue
            ours = [one.hours(day) for day in days if one.on(day)]
            theirs = [other.hours(day) for day in days if other.on(day)]
            clash = next((max(x[0], y[0]) for x in ours for y in theirs if x[0] < y[1] and y[0] < x[1]), None)
            if clash is not None:
                name = self.names.get(one.role, one.role)
                said = f"岗位“{name}”的第{a + 1}个与第{b + 1}个班次自{_spoken(clash)}起重叠，请改正时间或改用替班。"
                yield ("shifts", b), said

    def _holes(self, now: datetime) -> Iterator[Doubt]:
        for index, role in enumerate(self.roles):
            holes = self.uncovered(role.id, now, now + LOOK_AHEAD) if role.continuous else []
            if holes:
                start, end = holes[0]
                more = f"（未来{LOOK_AHEAD.days}天共{len(holes)}段）" if len(holes) > 1 else ""
                said = f"岗位“{role.name}”自{_spoken(start)}至{_spoken(end)}无人可联系{more}，请补班。"
                yield ("roles", index), said


def _near(key: str, known: Iterable[str]) -> str:
    """The nearest known id, as a hint."""
    close = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f"（是不是“{close[0]}”？）" if close else ""


def _spoken(at: datetime) -> str:
    local = at.astimezone(BEIJING)
    return f"{local.month}月{local.day}日{local:%H:%M}"
