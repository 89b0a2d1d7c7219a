"""Whether people who have the last report in hand must be told something, and whether it can wait."""

from alerts.model import Report
from alerts.reports import changes
from analyzer.model import Event, EventStatus, FactKind

SETTLED = (EventStatus.RESOLVED, EventStatus.REFUTED)


def changed(last: Report, event: Event) -> bool:
    """Whether anything people were told in the last report is different now. Running hours are no news."""
    return _ended(last, event) or any(
        change.kind is not FactKind.HOURS for change in changes.between(last.figures, event.figures)
    )


def denied(last: Report, event: Event) -> bool:
    """Whether an office has denied the whole since."""
    return event.status is EventStatus.REFUTED and last.status is not EventStatus.REFUTED


def fallen(last: Report, event: Event) -> bool:
    """Whether people were told too much, or the whole has been denied."""
    if denied(last, event):
        return True
    found = changes.between(last.figures, event.figures)
    return any(change.fell for change in found if change.kind is not FactKind.HOURS)


def urgent(last: Report, event: Event) -> bool:
    """A correction, an ending, or the first verified figure does not wait for the quiet time."""
    verified = any(f.verified is not None for f in event.figures.values())
    told = any(f.verified is not None for f in last.figures.values())
    return _ended(last, event) or fallen(last, event) or (verified and not told)


def _ended(last: Report, event: Event) -> bool:
    return event.status in SETTLED and event.status is not last.status
