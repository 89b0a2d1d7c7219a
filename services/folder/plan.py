"""plan.yaml as one file: criteria for the analyzer, response for alerts."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from pydantic import Field

from alerts.channels.registry import CHINESE
from alerts.response import Response, Step, TierResponse, WorkingDays
from analyzer.plan import Plan
from analyzer.plan.explain import explain
from analyzer.topics import topic_list
from services.folder import config

ROLES = {"duty_operator": "值班员", "duty_leader": "带班领导", "deputy_head": "分管领导", "head": "主要领导"}
"""What the shipped plan's roles are called, where no roster says who they are."""


class PlanFile(Plan):
    """The district's whole plan."""

    response: Response = Field(description="各级报送对象、催办步骤与时限")


def load_plan(path: Path) -> PlanFile:
    """The plan in a file. Raises ConfigError with every problem found."""
    return config.load(path, PlanFile)


def explained(plan: PlanFile, names: Mapping[str, str] = ROLES) -> str:
    """The whole plan as Chinese tables; `names` is what the roster calls whom the plan tells."""
    lines = [
        explain(plan, topic_list().names),
        "# 各级报送与时限",
        "",
        "| 级别 | 步骤 | 无人签收 | 时限 |",
        "|---|---|---|---|",
    ]
    for tier, response in sorted(plan.response.tiers.items(), reverse=True):
        steps = "；".join(f"{spoken(step.after)}：{_step(step, names)}" for step in response.steps)
        limits = "，".join(f"{kind.chinese}{spoken(limit)}" for kind, limit in response.limits().items())
        lines.append(f"| {tier.chinese} | {steps} | {_repeats(response)} | {limits} |")
    return "\n".join([*lines, "", *_rules(plan.response, names)])


def _step(step: Step, names: Mapping[str, str]) -> str:
    """Whom a step tells, and over which channels only."""
    over = f"（只用{'、'.join(CHINESE.get(name, name) for name in step.channels)}）" if step.channels else ""
    return _people(step.notify, names) + over


def _people(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(key, key) for key in ids) or "无"


def _rules(response: Response, names: Mapping[str, str]) -> list[str]:
    """What holds for all tiers."""
    windows, weekly = response.correction, response.weekly
    topics = [f"{topic_list().names.get(code, code)}{spoken(length)}" for code, length in windows.topics.items()]
    said = {
        "两次续报至少间隔": f"{spoken(response.quiet)}（升级不受此限）",
        "超时未办另告知": _people(response.misses, names),
        "办结后的更正期限": "，".join([f"一般{spoken(windows.window)}", *topics]),
        "日报": f"每天{response.brief.at:%H:%M}，发给{_people(response.brief.notify, names)}",
        "周报": f"每周{'一二三四五六日'[weekly.weekday - 1]}{weekly.at:%H:%M}，发给{_people(weekly.notify, names)}",
        "报送考核": f"每月{response.assessment.day}日{response.assessment.at:%H:%M}，"
        f"发给{_people(response.assessment.notify, names)}",
        "可以发起演练": _people(response.drills, names),
    }
    if response.hand_over is not None:
        late = spoken(response.hand_over.within)
        said["交接班"] = f"{_people(response.hand_over.roles, names)}换班后{late}未接班即告知"
    return [f"- {what}：{how}" for what, how in said.items()]


def _repeats(response: TierResponse) -> str:
    """What happens when all steps are taken and nobody has acknowledged."""
    if response.repeat is None or response.ceiling is None:
        return "各步走完不再催"
    first, most = spoken(response.repeat), spoken(response.ceiling)
    if response.repeat == response.ceiling:
        return f"每{first}重复最后一步，直到签收"
    return f"{first}后重复最后一步，间隔逐次加倍至{most}，直到签收"


def spoken(length: timedelta | WorkingDays) -> str:
    """A length of time in Chinese."""
    if isinstance(length, WorkingDays):
        return f"{length.count}个工作日"
    minutes = int(length.total_seconds() // 60)
    if not minutes:
        return "立即"
    if minutes % 1440 == 0 and minutes > 2880:
        return f"{minutes // 1440}天"
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
