"""首报: all that is known when the desk learns of an event, verified or not."""

from datetime import datetime
from typing import Unpack

from alerts.model import Alert, Report, ReportKind
from alerts.reports import fields
from alerts.reports.dossier import Dossier, Extras
from alerts.reports.rendering import issue
from analyzer.model import Event, Rating


def build(
    event: Event, rating: Rating, alert: Alert, now: datetime, *, district: str, **extras: Unpack[Extras]
) -> Report:
    """First report. Raises NotAllowed when too few people have said it and nobody has verified it."""
    d = Dossier(event=event, rating=rating, alert=alert, now=now, district=district, **extras)
    return issue(d, ReportKind.FIRST, everything(d))


def everything(d: Dossier) -> dict[str, str]:
    """Every field of a report in its fixed order."""
    return {
        "事件": fields.event(d),
        "时间": fields.time(d),
        "地点": fields.place(d),
        "性质": fields.nature(d),
        "事发单位": fields.unit(d),
        "简要经过": fields.course(d),
        "伤亡失联": fields.casualties(d),
        "影响范围": fields.extent(d),
        "原因": fields.cause(d),
        "趋势": fields.trend(d),
        "到场领导": fields.leaders(d),
        "已采取措施": fields.measures(d),
        "定级依据": fields.grounds(d),
        "上调条件": fields.next_tier(d),
        "信息来源": fields.informants(d),
        "请示事项与时限": fields.requests(d),
    }
