"""The plan's other half: per tier, who is told when, and which clocks run."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from alerts import schedule
from alerts.holidays import WorkCalendar
from alerts.model import DeadlineKind
from alerts.schedule import Schedule
from analyzer.model import Tier
from analyzer.plan.criteria import Misplaced, TierName

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s{0,9}(m|h|d)")
_WORKING_DAYS = re.compile(r"([1-9]\d{0,2})\s{0,9}(?:wd|个工作日)")
_UNIT = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_AT_MOST = timedelta(days=3650)
"""A clock that ends beyond the calendar would stop the service."""


def duration(value: Any) -> timedelta:
    """Length of time written as "15m", "2h" or "7d"."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(str(value).strip())
    if match is None:
        raise ValueError("时长应写成 15m、2h 或 7d 的形式")
    units = float(match[1])
    if units > _AT_MOST / _UNIT[match[2]]:
        raise ValueError(f"时长不能超过 {_AT_MOST.days}d")
    return units * _UNIT[match[2]]


Duration = Annotated[timedelta, BeforeValidator(duration)]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A time limit counted in working days: due at the same hour of the last one."""

    count: int


def limit(value: Any) -> timedelta | WorkingDays:
    """A time limit: a duration, or working days as "5wd" or "5个工作日"."""
    if isinstance(value, WorkingDays):
        return value
    written = str(value).strip()
    match = _WORKING_DAYS.fullmatch(written)
    if match is not None:
        return WorkingDays(int(match[1]))
    if not isinstance(value, timedelta) and _DURATION.fullmatch(written) is None:
        raise ValueError("时限应写成 15m、2h、7d 或 5wd（5个工作日）的形式")
    return duration(value)


Limit = Annotated[
    timedelta | WorkingDays,
    BeforeValidator(limit),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*(m|h|d)$|^\d+\s*(wd|个工作日)$"}),
]


def due(since: datetime, length: timedelta | WorkingDays, calendar: WorkCalendar) -> datetime:
    """When a limit that runs from `since` ends."""
    return since + length if isinstance(length, timedelta) else calendar.add_working_days(since, length.count)


_OFTENEST = timedelta(minutes=5)
"""An alert that is repeated more often is switched off by its readers."""
_GROWS, _LONGEST = 8, timedelta(hours=24)
"""How far the wait between repeats grows where the plan does not say."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Strict):
    """One escalation step."""

    after: Duration = Field(description="触发（或升级）后多久执行；第一步应为 0m")
    notify: tuple[str, ...] = Field(min_length=1, description="值班角色、人员或部门的编号")
    channels: tuple[str, ...] = Field(default=(), description="只用这些渠道；不写，或此人都没有，则用其全部渠道")


class Clocks(_Strict):
    """Time limits of one tier; one that is left out does not run."""

    acknowledge: Duration = Field(description="签收时限")
    phone_report: Duration | None = Field(default=None, description="电话报告时限，自触发或升级起，登记通话后停止")
    first_report: Duration = Field(description="书面首报时限，自触发或升级起")
    follow_up: Duration = Field(description="续报间隔上限")
    public_statement: Limit | None = Field(default=None, description="权威发布时限，自本级获知起")
    press: Limit | None = Field(default=None, description="新闻发布会时限，自本级获知起")
    answer: Limit | None = Field(default=None, description="回应公众时限，自本级获知起；可写工作日，如 5wd")
    final_report: Limit | None = Field(default=None, description="终报（办结）时限，自回应公众或事件平息起")


class TierResponse(_Strict):
    """What one tier sets going."""

    steps: tuple[Step, ...] = Field(min_length=1)
    clocks: Clocks
    acknowledgement_lasts: Duration = Field(description="签收后多久没有下一步动作即失效，恢复催办")
    repeat: Duration | None = Field(
        default=None, description="各步走完仍无人签收，多久后再执行最后一步，此后间隔每次加倍；不写则不再催"
    )
    repeat_at_most: Duration | None = Field(
        default=None, description="间隔加倍到此为止，之后按此间隔一直催；不写则为 repeat 的 8 倍，最长 24h"
    )
    remind: Duration | None = Field(default=None, description="转办后每隔多久催办责任部门，直到公开回应；不写则不催")
    snooze_at_most: Duration = Field(default=timedelta(hours=24), description="暂缓最长多久")
    second_person: bool = Field(default=False, description="降级、办结、误报、合并须第二人同意")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        times = [step.after for step in self.steps]
        if times[0] != timedelta(0):
            raise Misplaced("第一步必须是 after: 0m", "steps", 0, "after")
        if times != sorted(set(times)):
            late = next(n for n, (one, other) in enumerate(pairwise(times), 1) if other <= one)
            raise Misplaced("各步的 after 必须依次递增", "steps", late, "after")
        if self.repeat is not None and self.repeat < _OFTENEST:
            raise Misplaced("repeat 不能短于 5m", "repeat")
        if self.repeat_at_most is not None and (self.repeat is None or self.repeat_at_most < self.repeat):
            raise Misplaced("repeat_at_most 不能短于 repeat，且须先写 repeat", "repeat_at_most")
        return self

    @property
    def ceiling(self) -> timedelta | None:
        """The longest wait between two repeats; None where the plan wants none."""
        if self.repeat is None:
            return None
        return self.repeat_at_most or max(self.repeat, min(_GROWS * self.repeat, _LONGEST))

    def step(self, number: int) -> Step | None:
        """Step by number, 0 the first; past the last one that one again, where the plan wants repeats."""
        past = number >= len(self.steps)
        return None if past and self.repeat is None else self.steps[-1 if past else number]

    def after(self, number: int) -> timedelta | None:
        """How long after the first a step is taken; None when there is no such step."""
        more = number - len(self.steps) + 1
        if more <= 0:
            return self.steps[number].after
        return None if self.repeat is None else self.steps[-1].after + self._repeated(more)

    def _repeated(self, times: int) -> timedelta:
        """How long after the last step its repeat number `times` comes: each wait is twice the one before."""
        total, wait = timedelta(0), self.repeat or timedelta(0)
        ceiling = self.ceiling or wait
        while times > 0 and wait < ceiling:
            total += wait
            wait = min(2 * wait, ceiling)
            times -= 1
        return total + times * wait

    def limits(self) -> dict[DeadlineKind, timedelta | WorkingDays]:
        """The clocks that the plan sets, by kind."""
        given = {DeadlineKind(name): getattr(self.clocks, name) for name in type(self.clocks).model_fields}
        return {kind: limit for kind, limit in given.items() if limit is not None}


class Brief(_Strict):
    """When the daily brief is issued, Beijing time, and to whom."""

    at: time = Field(default=time(8, 0), description="每日签发时间（北京时间）")
    notify: tuple[str, ...] = Field(default=(), description="发送给谁")

    @property
    def schedule(self) -> Schedule:
        """Every day about the day before."""
        return schedule.daily(self.at)


class WeeklyBrief(_Strict):
    """When the weekly brief is issued, about the week before, and to whom."""

    weekday: int = Field(default=1, ge=1, le=7, description="每周几签发上一周的周报：1 为周一，7 为周日")
    at: time = Field(default=time(8, 30), description="签发时间（北京时间）；应晚于日报")
    notify: tuple[str, ...] = Field(default=(), description="发送给谁")

    @property
    def schedule(self) -> Schedule:
        """Once a week about the week before."""
        return schedule.weekly(self.weekday, self.at)


class MonthlyAssessment(_Strict):
    """When the assessment of reporting is issued, about the month before, and to whom."""

    day: int = Field(default=3, ge=1, le=28, description="每月几日签发上一月的报送考核")
    at: time = Field(default=time(9, 0), description="签发时间（北京时间）")
    notify: tuple[str, ...] = Field(default=(), description="发送给谁")

    @property
    def schedule(self) -> Schedule:
        """Once a month about the month before."""
        return schedule.monthly(self.day, self.at)


class Correction(_Strict):
    """How long after the end of an alert changed casualties open it again."""

    window: Duration = Field(default=timedelta(days=30), description="一般期限")
    topics: dict[str, Duration] = Field(default_factory=dict, description="另有期限的主题，如 hazard.fire: 7d")

    def of(self, topic: str) -> timedelta:
        """The window of one topic."""
        return self.topics.get(topic, self.window)


class HandOver(_Strict):
    """Whose shifts must be taken over in time."""

    roles: tuple[str, ...] = Field(min_length=1, description="要交接班的岗位")
    within: Duration = Field(default=timedelta(minutes=30), description="换班后多久未接班即告知 misses 所列的人")


class Response(_Strict):
    """Steps and clocks of all four tiers."""

    tiers: dict[TierName, TierResponse]
    misses: tuple[str, ...] = Field(default=("duty_leader",), description="超时未办时另告知谁")
    quiet: Duration = Field(default=timedelta(minutes=30), description="两次续报的最短间隔；升级不受此限")
    brief: Brief = Field(default=Brief(), description="日报")
    weekly: WeeklyBrief = Field(default=WeeklyBrief(), description="周报")
    assessment: MonthlyAssessment = Field(default=MonthlyAssessment(), description="月度报送考核")
    bundle: Duration = Field(default=timedelta(minutes=5), description="同一人多久之内的多条一般消息合并为一封")
    correction: Correction = Field(default=Correction(), description="办结后的更正期限，期内伤亡变化即重启预警")
    hand_over: HandOver | None = Field(default=None, description="交接班时限；不写则只在值班台提示")
    drills: tuple[str, ...] = Field(default=("duty_leader",), description="哪些角色或人员可以发起演练")

    @model_validator(mode="after")
    def _all_tiers(self) -> Self:
        missing = [tier.name for tier in Tier if tier not in self.tiers]
        if missing:
            raise Misplaced(f"response.tiers 缺少 {'、'.join(missing)} 级", "tiers")
        return self
