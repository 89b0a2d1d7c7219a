"""The criteria as a Chinese table that people can check against the printed plan."""

from collections.abc import Mapping

from analyzer.model import Tier
from analyzer.places.settings import KINDS
from analyzer.plan.criteria import Criterion, Plan
from analyzer.plan.measures import number, told

CONFIDENCE = {"T": "原文", "E": "摘录", "K": "常识", "local": "本区自定"}


def explain(plan: Plan, names: Mapping[str, str]) -> str:
    """Markdown, one table row a criterion and tier; `names` are the topics' Chinese names."""
    lines = [f"# {plan.district}分级判据（版本 {plan.version}）", "", *_district(plan), ""]
    for criterion in plan.criteria:
        lines += [f"## {criterion.title}", "", f"适用：{_topics(criterion, names)}", ""]
        lines += ["| 级别 | 门槛（达到任一行） |", "|---|---|"]
        lines += [f"| {tier.chinese} | {_rows(criterion, tier)} |" for tier in sorted(criterion.tiers, reverse=True)]
        lines += ["", f"依据：{criterion.source}（{CONFIDENCE[criterion.confidence.value]}）"]
        lines += [f"说明：{criterion.note}", ""] if criterion.note else [""]
    return "\n".join(lines)


def _district(plan: Plan) -> list[str]:
    """What the plan says of the district itself, also where it says nothing: some criteria hang on it."""
    region = f"{plan.region}，所述地点全在别处的不定级" if plan.region else "未写，不按地点区分"
    totals = plan.totals
    users = f"{number(totals.power_users)}户" if totals.power_users else "未写，不能由停电户数折算停电用户占比"
    people = f"{number(totals.population)}人" if totals.population else "未写"
    return [f"- 行政区划代码：{region}", f"- 全区供电用户数：{users}", f"- 全区常住人口：{people}"]


def _topics(criterion: Criterion, names: Mapping[str, str]) -> str:
    wide = {"hazard.*": "全部灾害", "service.*": "全部公共服务"}
    said = "、".join(wide.get(code) or names.get(code, code) for code in criterion.topics)
    for key, kinds in (("；仅限：", criterion.settings), ("；不用于：", criterion.unless)):
        said += key + "、".join(KINDS.get(kind, kind) for kind in kinds) if kinds else ""
    return said + ("；仅当为事件的首要主题" if criterion.main else "")


def _rows(criterion: Criterion, tier: Tier) -> str:
    return "；".join(map(told, criterion.tiers[tier]))
