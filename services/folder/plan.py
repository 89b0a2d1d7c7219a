"""plan.yaml as one file: criteria for the analyzer, response for alerts."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field

from alerts.response import Response, TierResponse, WorkingDays
from analyzer.plan import Plan
from analyzer.plan.explain import explain
from analyzer.topics import topic_list
from services.folder import config


class PlanFile(Plan):
    """The district's whole plan."""

    response: Response = Field(description="各级报送对象、催办步骤与时限")


def load_plan(path: Path) -> PlanFile:
    """The plan in a file. Raises ConfigError with every problem found."""
    return config.load(path, PlanFile)


def explained(plan: PlanFile) -> str:
    """The whole plan as Chinese tables."""
    lines = [
        explain(plan, topic_list().names),
        "# 各级报送与时限",
        "",
        "| 级别 | 步骤 | 无人签收 | 时限 |",
        "|---|---|---|---|",
    ]
    for tier, response in sorted(plan.response.tiers.items(), reverse=True):
        steps = "；".join(f"{spoken(step.after)}：{'、'.join(step.notify)}" for step in response.steps)
        limits = "，".join(f"{kind.chinese}{spoken(limit)}" for kind, limit in response.limits().items())
        lines.append(f"| {tier.chinese} | {steps} | {_repeats(response)} | {limits} |")
    return "\n".join(lines)


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
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
