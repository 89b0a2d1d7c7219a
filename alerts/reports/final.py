"""终报: the whole course, the outcome and the aftermath."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Unpack

from alerts.beijing import day_of
from alerts.model import Alert, AlertState, Deadline, DeadlineKind, Report, ReportKind
from alerts.reports import fields
from alerts.reports.dossier import Dossier, Extras
from alerts.reports.rendering import issue, label
from alerts.reports.wording import level, moment
from analyzer.model import Event, FactKind, Rating

CORRECTION_DAYS = {
    "hazard.fire": 7,
    "hazard.traffic": 7,
    "hazard.explosion": 30,
    "hazard.work_accident": 30,
    "hazard.collapse": 30,
    "hazard.equipment": 30,
}
"""Days from the accident during which changed casualties are reported again: 国务院令第493号 art. 13."""
_HARM = (FactKind.DEATHS, FactKind.MISSING, FactKind.SERIOUS_INJURED, FactKind.INJURED)


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
    """Final report after `earlier`, the event's reports in the order of issue."""
    d = Dossier(event=event, rating=rating, alert=alert, now=now, district=district, earlier=earlier, **extras)
    said = {
        "事件": fields.event(d),
        "时间": fields.time(d),
        "地点": fields.place(d),
        "性质": fields.nature(d),
        "事发单位": fields.unit(d),
        "全过程": _course(d),
        "处置结果": _outcome(d),
        "伤亡失联": fields.casualties(d),
        "影响范围": fields.extent(d),
        "原因": fields.cause(d),
        "到场领导": fields.leaders(d),
        "已采取措施": fields.measures(d),
        "定级依据": fields.grounds(d),
        "善后与后续": _aftermath(d),
        "时限履行": "\n".join(_kept(clock) for clock in alert.deadlines if clock.kind is not DeadlineKind.FOLLOW_UP),
        "信息来源": fields.informants(d),
    }
    return issue(d, ReportKind.FINAL, said)


def _course(d: Dossier) -> str:
    """From the first word of it to the end: what was said, and every report with its time and tier."""
    reports = [
        (r.issued_at, f"{moment(r.issued_at)}签发{r.number or label(r.kind, r.sequence)}（{level(r.tier)}）")
        for r in d.earlier
        if r.alert_id == d.alert.id
    ]
    return fields.course(d, reports)


def _outcome(d: Dossier) -> str:
    """How the desk's file was closed, and why."""
    closed = f"{moment(d.alert.closed_at or d.now)}{d.alert.state.chinese}"
    return closed + (f"：{d.alert.closed_reason}" if d.alert.closed_reason else "")


def _aftermath(d: Dossier) -> str:
    """The public answer, who is in charge, and until when changed casualties must be reported again."""
    answered = d.event.answered_at
    lines = [
        f"公开回应：{moment(answered)}" if answered else "公开回应：尚无记录",
        f"责任单位：{d.responsible}" if d.alert.department else "",
        "" if d.alert.state is AlertState.FALSE_ALARM else _window(d.event, d.now),
    ]
    return "\n".join(filter(None, lines))


def _window(event: Event, now: datetime) -> str:
    days = CORRECTION_DAYS.get(event.topic)
    if days is None or not any(kind in event.figures for kind in _HARM):
        return ""
    last = day_of(event.first_seen_at + timedelta(days=days))
    over = "，期限已过" if day_of(now) > last else ""
    return (
        f"伤亡人数变化须续报至{last.month}月{last.day}日"
        f"（{days}日内，依据《生产安全事故报告和调查处理条例》第十三条）{over}"
    )


def _kept(clock: Deadline) -> str:
    """Whether one time limit was kept."""
    if clock.missed_at is None and clock.met_at is not None:
        return f"{clock.kind.chinese}：按时（{moment(clock.met_at)}）"
    if clock.missed_at is not None:
        done = f"，实际{moment(clock.met_at)}" if clock.met_at is not None else "，至今未办"
        return f"{clock.kind.chinese}：超时（应于{moment(clock.due_at)}前{done}）"
    return f"{clock.kind.chinese}：时限{moment(clock.due_at)}，未到期即办结"
