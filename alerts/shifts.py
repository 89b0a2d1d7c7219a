"""Patterns of shifts and substitutions as roster.yaml writes them."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from alerts.beijing import BEIJING, moment_of

Interval = tuple[datetime, datetime]
"""Half open, aware UTC."""

_DAY = timedelta(days=1)


class Entry(BaseModel):
    """Unknown keys are errors; values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Weekday(StrEnum):
    """Days of the week as roster.yaml writes them."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_WEEK = tuple(Weekday)


class Turn(StrEnum):
    """How often the next one of `people` takes over."""

    DAILY = "daily"
    WEEKLY = "weekly"


def _hour(value: Any) -> Any:
    """Wall-clock time "08:00"; a bare number could mean anything."""
    if isinstance(value, int):
        raise ValueError('时间应写成 "08:00" 的形式，并加引号')  # noqa: TRY004  # pydantic turns only this into a report
    return time.min if isinstance(value, str) and value.strip() == "24:00" else value


def _local(value: datetime) -> datetime:
    """A time without offset is Beijing time."""
    return value if value.tzinfo else value.replace(tzinfo=BEIJING)


Hour = Annotated[time, BeforeValidator(_hour)]
Moment = Annotated[datetime, AfterValidator(_local)]


class ShiftEntry(Entry):
    """A pattern of shifts: on these days from `start` to `end`; an end not after the start is on the next day."""

    role: str = Field(description="岗位编号")
    people: tuple[str, ...] = Field(min_length=1, description="人员编号；写 turn 则依次轮换，不写则同时在岗")
    start: Hour = Field(description='上班时间（北京时间），如 "08:00"')
    end: Hour = Field(description="下班时间；不晚于上班时间即为次日")
    turn: Turn | None = Field(default=None, description="轮换：daily 每个班次换一人，weekly 每周一换一人")
    days: tuple[Weekday, ...] = Field(default=_WEEK, description="星期几：mon tue wed thu fri sat sun；不写为每天")
    dates: tuple[date, ...] = Field(default=(), description="只在这些日期；写了则不看 days")
    since: date | None = Field(default=None, description="自哪天起（含）；写 turn 时必填，轮换从这天的第一人起")
    until: date | None = Field(default=None, description="到哪天止（含）")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"班次的 until（{self.until}）早于 since（{self.since}）")
        if self.turn is not None and self.since is None:
            raise ValueError("轮换班次（turn）必须写 since，说明从哪天由第一人开始")
        return self

    def on(self, day: date) -> bool:
        """Whether a shift of this pattern begins on `day`."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        return day in self.dates if self.dates else _WEEK[day.weekday()] in self.days

    def holders(self, day: date) -> tuple[str, ...]:
        """Who has the shift that begins on `day`."""
        if self.turn is None or self.since is None:
            return self.people
        return (self.people[self._turns(day, self.since) % len(self.people)],)

    def _turns(self, day: date, since: date) -> int:
        """How often it has been the next one's turn since the first day."""
        if self.turn is Turn.WEEKLY:
            return ((day - since).days + since.weekday()) // 7
        if self.dates:
            return sum(since <= d < day for d in self.dates)
        weeks, rest = divmod((day - since).days, 7)
        odd = sum(self.on(since + timedelta(days=weeks * 7 + i)) for i in range(rest))
        return weeks * len(set(self.days)) + odd

    def hours(self, day: date) -> Interval:
        """The shift that begins on `day`."""
        last = day if self.end > self.start else day + _DAY
        return moment_of(day, self.start), moment_of(last, self.end)


class Substitution(Entry):
    """`by` takes all duties of `absent` for a while."""

    absent: str = Field(description="离岗人员编号")
    by: str = Field(description="替班人员编号")
    start: Moment = Field(description="开始时间，如 2026-11-20T08:00")
    end: Moment = Field(description="结束时间（不含）")
    reason: str = Field(default="", description="原因")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"替班结束时间（{self.end:%Y-%m-%d %H:%M}）不晚于开始时间，请改正")
        if self.absent == self.by:
            raise ValueError(f"替班人不能是本人（{self.by}）")
        return self
