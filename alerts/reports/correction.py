"""更正: a reported figure has fallen, or the whole has been denied by an official source."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from alerts.model import Alert, Report, ReportKind
from alerts.reports import changes, fields, follow_up
from alerts.reports.changes import Change
from alerts.reports.dossier import Dossier, Extras
from alerts.reports.rendering import issue, label
from alerts.reports.wording import amount, marks
from analyzer.model import Event, EventStatus, Rating
from crawlers.model import Authority


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
    """Correction of `earlier`, the event's reports in the order of issue."""
    d = Dossier(event=event, rating=rating, alert=alert, now=now, district=district, earlier=earlier, **extras)
    before = d.last.figures if d.last is not None else {}
    found = list(changes.between(before, event.figures))
    said = {
        "事件": fields.event(d),
        "级别变化": follow_up.tier(d),
        "更正事项": "\n".join(_corrected(d, found)),
        "其他变化": changes.sentences(c for c in found if not c.fell),
        **follow_up.whole(d),
        "原报告": _replaced(d) or follow_up.previous(d),
        "定级依据": fields.grounds(d),
        "已采取措施": fields.measures(d),
        "信息来源": fields.informants(d),
        "请示事项与时限": fields.requests(d),
        "说明": "此前报告与本更正不一致的，以本更正为准",
    }
    return issue(d, ReportKind.CORRECTION, said)


def _corrected(d: Dossier, found: Sequence[Change]) -> list[str]:
    lines = []
    if d.event.status is EventStatus.REFUTED:
        lines.append(f"原报情况经官方核实不属实{marks(d.ids(Authority.OFFICIAL)[-1:])}")
    lines += [_figure(change) for change in found if change.fell]
    return lines


def _figure(change: Change) -> str:
    """The figure as it was reported, and the one that takes its place."""
    before, after = change.before, change.after
    was = (
        f"待核实{amount(change.kind, before.claimed or 0, before.qualifier)}"
        if before.verified is None
        else f"已核实{amount(change.kind, before.verified)}"
    )
    now = (
        f"待核实{amount(change.kind, after.claimed or 0, after.qualifier)}{marks(after.evidence)}"
        if after.verified is None
        else f"已核实{amount(change.kind, after.verified)}{marks(after.verified_evidence)}"
    )
    return f"{change.kind.chinese}：原报{was}，现更正为{now}"


def _replaced(d: Dossier) -> str:
    """Reports of this episode that the correction overrides."""
    mine = [r for r in d.earlier if r.alert_id == d.alert.id]
    return "、".join(r.number or label(r.kind, r.sequence) for r in mine)
