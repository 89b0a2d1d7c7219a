"""Daily briefs, frozen once issued."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from alerts.beijing import day_of
from services import briefs
from services.api.deps import ServiceDep
from services.bootstrap import Service
from services.errors import NotFound
from services.ports import BriefRecord
from services.security.headers import STANDALONE

router = APIRouter(tags=["日报"])


@router.get("/briefs/daily", summary="已签发日报的日期")
def list_briefs(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        return {"dates": list(uow.briefs.dates())}


def _find(service: Service, day: date) -> BriefRecord:
    """The issued brief, or today's as far as the day has come."""
    with service.view() as uow:
        record = uow.briefs.get(day.isoformat())
        if record is None and day == day_of(service.clock.now()):
            return briefs.provisional(service, uow, service.clock.now())
    if record is None:
        raise NotFound(f"{day.isoformat()} 的日报尚未签发。")
    return record


@router.get("/briefs/daily/{day}", summary="某日日报（JSON）")
def show_brief(service: ServiceDep, day: date) -> dict[str, Any]:
    record = _find(service, day)
    return briefs.line(record)


@router.get("/briefs/daily/{day}/html", summary="某日日报（网页）", response_class=HTMLResponse)
def show_brief_page(service: ServiceDep, day: date) -> HTMLResponse:
    return HTMLResponse(briefs.html(_find(service, day)), headers={"Content-Security-Policy": STANDALONE})
