"""How a matter stands at the moment of sending, in a few lines: an urging mail carries them before its report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from alerts.model import Alert
from alerts.reports.fields import clocks
from alerts.reports.wording import by_gravity, handled, moment, side_by_side, sources, standing
from analyzer.model import Event, Rating
from analyzer.plan.measures import awaiting


def present(event: Event, rating: Rating, alert: Alert, now: datetime) -> str:
    """Tier, state, figures, whether the public was answered, who says so and what is owed: a line each."""
    sure = standing(event.figures, rating, alert.tier, event.status).value
    states = f"预警{alert.state.chinese}，事件{event.status.chinese}"
    return "\n".join(
        (
            f"{event.title}现况（{moment(now)}）：{handled(alert, rating)}，{sure}；{states}",
            *_figures(event),
            awaiting(event, now),
            sources(event),
            *clocks(alert.deadlines, now),
        )
    )


def _figures(event: Event) -> Iterator[str]:
    for kind, figure in by_gravity(event.figures):
        said = side_by_side(kind, replace(figure, evidence=(), verified_evidence=()))
        if said:
            yield said
