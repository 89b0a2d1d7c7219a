"""The public JSON shapes, one function each; docs/formats.md says them field by field."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from analyzer.events.attention import Attention
from analyzer.model import Event, Figure, NextThreshold, Place, Rating, Reading, Reason, Tier
from analyzer.regrouping import Regrouping
from crawlers.model import Post

if TYPE_CHECKING:  # `minqing analyze` writes readings only and loads nothing of this
    from alerts.feedback import Feedback, Precision
    from alerts.model import Alert, LogEntry, Notification, Report, Task
    from services.kin import Proposal

Line = dict[str, Any]


def dumps(line: Line) -> bytes:
    """One JSON line, UTF-8, newline included; equal lines give equal bytes."""
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def moment(at: datetime | None) -> str | None:
    """RFC 3339 with offset."""
    return None if at is None else at.isoformat()


def tier(value: Tier | None) -> str | None:
    """The numeral, or null."""
    return None if value is None else value.name


def plain(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 4)


def reading_line(reading: Reading, text: str | None = None) -> Line:
    """One line of `minqing analyze`; `text` is the minimised title + newline + text that spans count in."""
    # These are words themselves; to ask an enumeration for its value takes five times as long as for the word.
    line: Line = {
        "id": reading.post_id,
        "scope": str(reading.scope),
        "topics": [{"code": t.code, "probability": round(t.probability, 4)} for t in reading.topics],
        "sentiment": {"label": str(reading.sentiment.label), "score": round(reading.sentiment.score, 4)},
        "help_sought": reading.help_sought,
        "places": [_place(p) for p in reading.places],
        "facts": [
            {
                "kind": str(f.kind),
                "value": plain(f.value),
                "unit": f.unit,
                "qualifier": str(f.qualifier),
                "part_of": str(f.part_of) if f.part_of else None,
                "status": str(f.status),
                "span": list(f.span),
            }
            for f in reading.facts
        ],
        "language": reading.language,
        "nature": str(reading.nature),
        "refutes": reading.refutes,
        "resolves": reading.resolves,
        "model_version": reading.model_version,
    }
    return line if text is None else {**line, "text": text}


def event_line(event: Event, rating: Rating | None, post_ids: Sequence[str]) -> Line:
    """The state of one event."""
    return {
        "id": event.id,
        "title": event.title,
        "topic": event.topic,
        "topics": list(event.topics),
        "status": event.status.value,
        "first_seen_at": moment(event.first_seen_at),
        "last_seen_at": moment(event.last_seen_at),
        "known_at": moment(event.known_at),
        "answered_at": moment(event.answered_at),
        "places": [{"code": p.code, "name": p.name} for p in event.places],
        "settings": sorted(event.settings),
        "posts": list(post_ids),
        "voices": event.voices,
        "by_authority": dict(event.by_authority),
        "figures": {kind.value: _figure(figure) for kind, figure in event.figures.items()},
        "warning": None if event.warning is None else {"colour": event.warning.colour, "lifted": event.warning.lifted},
        "heat": event.heat,
        "growth": event.growth,
        "negative_share": round(event.negative_share, 4),
        "claimed": tier(rating.claimed) if rating else None,
        "verified": tier(rating.verified) if rating else None,
        "reasons": [_reason(r) for r in rating.reasons] if rating else [],
        "next_thresholds": [_next(n) for n in rating.next_thresholds] if rating else [],
        "verify": rating.verify if rating else "",
        "note": rating.note if rating else "",
        "plan_version": rating.plan_version if rating else None,
        "episode": event.episode,
        "merged_into": event.merged_into,
        "version": event.version,
    }


def rating_line(rating: Rating, at: datetime) -> Line:
    """One change of a rating."""
    return {
        "at": moment(at),
        "event_id": rating.event_id,
        "event_version": rating.event_version,
        "claimed": tier(rating.claimed),
        "verified": tier(rating.verified),
        "reasons": [_reason(r) for r in rating.reasons],
        "note": rating.note,
        "plan_version": rating.plan_version,
    }


def report_line(report: "Report") -> Line:
    """One issued report."""
    return {
        "at": moment(report.issued_at),
        "number": report.number,
        "kind": report.kind.value,
        "event_id": report.event_id,
        "alert_id": report.alert_id,
        "sequence": report.sequence,
        "tier": tier(report.tier),
        "title": report.title,
        "text": report.text,
        "verified": report.verified,
    }


def full_report_line(report: "Report") -> Line:
    """One issued report with all it has; `body` is a periodical one's structure (docs/reports.md)."""
    return {
        "id": report.id,
        **report_line(report),
        "drill": report.drill,
        "status": report.status.value,
        "fields": dict(report.fields),
        "figures": {kind.value: _figure(figure) for kind, figure in report.figures.items()},
        "period": report.period or None,
        "body": dict(report.body) or None,
        "template_version": report.template_version,
    }


def notification_line(notification: "Notification", report: "Report | None") -> Line:
    """One message that was decided."""
    return {
        "at": moment(notification.created_at),
        "alert_id": notification.alert_id,
        "event_id": notification.event_id,
        "report_number": report.number if report else None,
        "recipient": notification.recipient,
        "channel": notification.channel,
        "step": notification.step,
        "purpose": notification.purpose.value,
        "reason": notification.reason,
        "idempotency_key": notification.id,
    }


def proposal_line(proposal: "Proposal") -> Line:
    """A merge that is proposed."""
    return {
        "source": proposal.source,
        "into": proposal.into,
        "event_id": proposal.other.id,
        "title": proposal.other.title,
        "reason": proposal.reason,
    }


def regrouping_line(regrouping: Regrouping) -> Line:
    """A person's merge or split."""
    return {
        "id": regrouping.id,
        "move": regrouping.move.value,
        "source": regrouping.source,
        "target": regrouping.target,
        "posts": list(regrouping.post_ids),
        "by": regrouping.by,
        "at": moment(regrouping.at),
        "note": regrouping.note,
        "undone_at": moment(regrouping.undone_at),
        "undone_by": regrouping.undone_by,
    }


def attention_line(found: Attention) -> Line:
    """How an event is talked about; `usual` is null while there is no baseline."""
    return {
        "hours": [
            {
                "at": moment(hour.at),
                "posts": hour.posts,
                "usual": None if hour.usual is None else round(hour.usual, 2),
                "burst": hour.burst,
            }
            for hour in found.hours
        ],
        "platforms": found.platforms,
        "media_at": moment(found.media_at),
        "sentence": found.words(),
    }


def feedback_line(given: "Feedback") -> Line:
    """An operator's verdict."""
    return {
        "event_id": given.event_id,
        "verdict": given.verdict.value,
        "tier": tier(given.tier),
        "criteria": list(given.criteria),
        "by": given.by,
        "at": moment(given.at),
        "note": given.note,
    }


def precision_line(row: "Precision") -> Line:
    """How often one criterion was right; `precision` is null while nobody has judged any of its alerts."""
    return {
        "criterion": row.criterion,
        "raised": row.raised,
        "judged": row.judged,
        "right": row.right,
        "false_alarm": row.false_alarm,
        "too_high": row.too_high,
        "too_low": row.too_low,
        "precision": None if row.precision is None else round(row.precision, 4),
    }


def letter_line(notification: "Notification", report: "Report | None" = None) -> Line:
    """A message with what has become of it, as the API shows it."""
    return {
        **notification_line(notification, report),
        "id": notification.id,
        "state": notification.state.value,
        "attempts": notification.attempts,
        "error": notification.error,
        "next_attempt_at": moment(notification.next_attempt_at),
        "instead_of": notification.instead_of or None,
    }


def task_line(task: "Task") -> Line:
    """One thing the desk is asked to verify."""
    return {"at": moment(task.at), "id": task.id, "event_id": task.event_id, "reason": task.reason}


def alert_line(alert: "Alert", now: datetime, history: "Sequence[LogEntry]" = ()) -> Line:
    """An alert as the API shows it."""
    return {
        "id": alert.id,
        "event_id": alert.event_id,
        "episode": alert.episode,
        "tier": tier(alert.tier),
        "state": alert.state.value,
        "drill": alert.drill,
        "step": alert.step,
        "escalate_at": moment(alert.escalate_at),
        "owner": alert.owner,
        "department": alert.department,
        "assisting": list(alert.assisting),
        "opened_at": moment(alert.opened_at),
        "acknowledged_at": moment(alert.acknowledged_at),
        "answered_at": moment(alert.answered_at),
        "acknowledgement_ends_at": moment(alert.acknowledgement_ends_at),
        "deadlines": [
            {
                "kind": d.kind.value,
                "due_at": moment(d.next_at(alert.closed_at or now)),
                "met_at": moment(d.met_at),
                "missed_at": moment(d.missed_at),
            }
            for d in alert.deadlines
        ],
        "snoozed_until": moment(alert.snoozed_until),
        "calls": [{"at": moment(c.at), "by": c.caller, "to": c.called, "note": c.note} for c in alert.calls],
        "waiting_for_second_person": None
        if alert.request is None
        else {"action": alert.request.action, "by": alert.request.actor, "reason": alert.request.reason},
        "closed_at": moment(alert.closed_at),
        "closed_reason": alert.closed_reason,
        "merged_into": alert.merged_into,
        "reopen_until": moment(alert.reopen_until),
        "version": alert.version,
        "history": [{"at": moment(e.at), "by": e.actor, "action": e.action, "note": e.note} for e in history],
    }


def post_line(post: Post) -> Line:
    """A kept post as people may see it: masked text, no voice."""
    return {
        "id": post.id,
        "source": post.source_id,
        "authority": post.authority.value,
        "title": post.title,
        "text": post.text,
        "link": post.link,
        "published_at": moment(post.published_at),
        "collected_at": moment(post.collected_at),
    }


def _place(place: Place) -> Line:
    return {"code": place.code, "name": place.name, "level": place.level, "span": list(place.span)}


def _figure(figure: Figure) -> Line:
    return {
        "claimed": plain(figure.claimed),
        "verified": plain(figure.verified),
        "evidence": list(dict.fromkeys((*figure.evidence, *figure.verified_evidence))),
        "unsupported": plain(figure.unsupported),
        "qualifier": figure.qualifier.value,
    }


def _reason(reason: Reason) -> Line:
    return {
        "criterion": reason.criterion,
        "tier": reason.tier.name,
        "source": reason.source,
        "confidence": reason.confidence,
        "threshold": reason.threshold,
        "observed": reason.observed,
        "basis": reason.basis.value,
        "evidence": list(reason.evidence),
    }


def _next(threshold: NextThreshold) -> Line:
    return {
        "criterion": threshold.criterion,
        "tier": threshold.tier.name,
        "threshold": threshold.threshold,
        "observed": threshold.observed,
    }
