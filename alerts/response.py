"""The plan's other half: per tier, who is told when, and which clocks run."""

import re
from datetime import time, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from alerts import schedule
from alerts.model import DeadlineKind, EscalationStep
from alerts.schedule import Schedule
from analyzer.model import Tier
from analyzer.plan.criteria import TierName

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s{0,9}(m|h|d)")
_UNIT = {"m": "minutes", "h": "hours", "d": "days"}


def duration(value: Any) -> timedelta:
    """Length of time written as "15m", "2h" or "7d"."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(str(value).strip())
    if match is None:
        raise ValueError("时长应写成 15m、2h 或 7d 的形式")
    return timedelta(**{_UNIT[match[2]]: float(match[1])})


Duration = Annotated[timedelta, BeforeValidator(duration)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Strict):
    """One escalation step."""

    after: Duration = Field(description="触发（或升级）后多久执行；第一步应为 0m")
    notify: tuple[str, ...] = Field(min_length=1, description="值班角色、人员或部门的编号")
    channels: tuple[str, ...] = Field(default=(), description="只用这些渠道；不写则用此人的全部渠道")


class Clocks(_Strict):
    """Time limits of one tier; one that is left out does not run."""

    acknowledge: Duration = Field(description="签收时限")
    first_report: Duration = Field(description="书面首报时限，自本级获知起")
    follow_up: Duration = Field(description="续报间隔上限")
    public_statement: Duration | None = Field(default=None, description="权威发布时限")
    press: Duration | None = Field(default=None, description="新闻发布会时限")
    answer: Duration | None = Field(default=None, description="回应公众时限")


class TierResponse(_Strict):
    """What one tier sets going."""

    steps: tuple[Step, ...] = Field(min_length=1)
    clocks: Clocks
    acknowledgement_lasts: Duration = Field(description="签收后多久没有下一步动作即失效，恢复催办")
    second_person: bool = Field(default=False, description="降级、办结须第二人同意")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        times = [step.after for step in self.steps]
        if times[0] != timedelta(0):
            raise ValueError("第一步必须是 after: 0m")
        if times != sorted(set(times)):
            raise ValueError("各步的 after 必须依次递增")
        return self

    def step(self, number: int) -> EscalationStep | None:
        """Step by number, 0 the first."""
        if number >= len(self.steps):
            return None
        chosen = self.steps[number]
        return EscalationStep(after=chosen.after, notify=chosen.notify, channels=chosen.channels)

    def limits(self) -> dict[DeadlineKind, timedelta]:
        """The clocks that run, by kind."""
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


class Response(_Strict):
    """Steps and clocks of all four tiers."""

    tiers: dict[TierName, TierResponse]
    misses: tuple[str, ...] = Field(default=("duty_leader",), description="超时未办时另告知谁")
    quiet: Duration = Field(default=timedelta(minutes=30), description="两次续报的最短间隔；升级不受此限")
    brief: Brief = Field(default=Brief(), description="日报")
    weekly: WeeklyBrief = Field(default=WeeklyBrief(), description="周报")
    assessment: MonthlyAssessment = Field(default=MonthlyAssessment(), description="月度报送考核")
    bundle: Duration = Field(default=timedelta(minutes=5), description="同一人多久之内的多条一般消息合并为一封")

    @model_validator(mode="after")
    def _all_tiers(self) -> Self:
        missing = [tier.name for tier in Tier if tier not in self.tiers]
        if missing:
            raise ValueError(f"response.tiers 缺少 {'、'.join(missing)} 级")
        return self
