"""续报: changes against the last report only, numbered 续报一, 续报二 …"""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from alerts.model import Alert, Report, ReportKind
from alerts.reports import changes, fields
from alerts.reports.dossier import Dossier, Extras
from alerts.reports.rendering import issue, label
from alerts.reports.wording import level, moment
from analyzer.model import Event, Rating


def build(
    event: Event,
    rating: Rating,
    alert: Alert,
    earlier: Sequence[Report],
    now: datetime,
    *,
    district: str,
    **extras: Unpack[Extras],
) -> Report:
    """Follow-up report to `earlier`, the event's reports in the order of issue."""
    d = Dossier(event=event, rating=rating, alert=alert, now=now, district=district, earlier=earlier, **extras)
    return issue(d, ReportKind.FOLLOW_UP, _said(d))


def _said(d: Dossier) -> dict[str, str]:
    repeated = {
        "地点": fields.place(d),
        "性质": fields.nature(d),
        "事发单位": fields.unit(d),
        "原因": fields.cause(d),
        "到场领导": fields.leaders(d),
        "已采取措施": fields.measures(d),
        "定级依据": fields.grounds(d),
        "上调条件": fields.next_tier(d),
    }
    news = {name: text for name, text in repeated.items() if changes.reads_otherwise(name, text, d.earlier)}
    return {
        "事件": fields.event(d),
        "上次报告": previous(d),
        "级别变化": tier(d),
        "事态变化": _status(d),
        "数字变化": _figures(d),
        **whole(d),
        **news,
        "信息来源": fields.informants(d),
        "请示事项与时限": fields.requests(d),
    }


def whole(d: Dossier) -> dict[str, str]:
    """What stands in the first report, for those whom a graver tier is told to and who never had it."""
    if not d.risen:
        return {}
    return {
        "时间": fields.time(d),
        "地点": fields.place(d),
        "伤亡失联": fields.casualties(d),
        "影响范围": fields.extent(d),
    }


def previous(d: Dossier) -> str:
    """Which report this one follows."""
    if d.last is None:
        return ""
    called = d.last.number or label(d.last.kind, d.last.sequence)
    return f"{called}，{moment(d.last.issued_at)}签发"


def tier(d: Dossier) -> str:
    """How the alert's tier has changed since that report; empty where it has not."""
    if d.last is None or d.last.tier is None or d.last.tier is d.alert.tier:
        return ""
    return f"由{level(d.last.tier)}{'升' if d.alert.tier > d.last.tier else '降'}为{level(d.alert.tier)}"


def _status(d: Dossier) -> str:
    if d.last is None or d.last.status is d.event.status:
        return ""
    return f"由“{d.last.status.chinese}”转为“{d.event.status.chinese}”"


def _figures(d: Dossier) -> str:
    before = d.last.figures if d.last is not None else {}
    return changes.sentences(changes.between(before, d.event.figures)) or changes.UNCHANGED
