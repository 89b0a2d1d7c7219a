"""Events with their figures, ratings and reasons."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from analyzer.model import EventStatus
from services.api.deps import ServiceDep
from services.errors import NotFound
from services.formats import event_line, post_line, report_line, tier

router = APIRouter(tags=["事件"])


@router.get("/events", summary="事件列表，最近有动静的在前")
def list_events(
    service: ServiceDep,
    since: Annotated[AwareDatetime | None, Query(description="只要此后仍有动静的事件")] = None,
    topic: Annotated[str | None, Query(description="主题代码")] = None,
    status: Annotated[EventStatus | None, Query(description="事件状态")] = None,
    rated: Annotated[bool, Query(description="只要已定级的事件")] = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Corroborated events only: what fewer than three voices say is a task, not a public line."""
    with service.view() as uow:
        lines = []
        for event in sorted(uow.events.all(since=since), key=lambda e: e.last_seen_at, reverse=True):
            if not event.corroborated or (topic and topic not in event.topics) or (status and event.status != status):
                continue
            rating = uow.events.rating(event.id)
            if rated and (rating is None or rating.tier is None):
                continue
            lines.append(event_line(event, rating, uow.events.member_ids(event.id)))
            if len(lines) == limit:
                break
    return {"events": lines}


@router.get("/events/{event_id}", summary="一个事件：数字、定级、依据、报告与帖文（已脱敏）")
def show_event(service: ServiceDep, event_id: str) -> dict[str, Any]:
    service.looked("", "view event", event_id)
    with service.view() as uow:
        event = uow.events.get(event_id)
        if event is None or not event.corroborated:
            raise NotFound(f"没有编号为 {event_id} 的事件。")
        ids = uow.events.member_ids(event_id)
        alert = uow.alerts.of_event(event_id)
        return {
            **event_line(event, uow.events.rating(event_id), ids),
            "alert": None if alert is None else {"id": alert.id, "state": alert.state.value, "tier": tier(alert.tier)},
            "reports": [report_line(report) for report in uow.reports.of_event(event_id)],
            "excerpts": [post_line(post) for post in uow.posts.get(ids[:50])],
        }
