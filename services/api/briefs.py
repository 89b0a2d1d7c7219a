"""Daily briefs, frozen once issued."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.api.deps import ServiceDep
from services.errors import NotFound
from services.ports import BriefRecord

router = APIRouter(tags=["日报"])


@router.get("/briefs/daily", summary="已签发日报的日期")
def list_briefs(service: ServiceDep) -> dict[str, Any]:
    with service.unit_of_work() as uow:
        return {"dates": list(uow.briefs.dates())}


def _find(service: ServiceDep, day: date) -> BriefRecord:
    with service.unit_of_work() as uow:
        record = uow.briefs.get(day.isoformat())
    if record is None:
        raise NotFound(f"{day.isoformat()} 的日报尚未签发。")
    return record


@router.get("/briefs/daily/{day}", summary="某日日报（JSON）")
def show_brief(service: ServiceDep, day: date) -> dict[str, Any]:
    record = _find(service, day)
    return {"number": record.number, "revision": record.revision, **record.body}


@router.get("/briefs/daily/{day}/html", summary="某日日报（网页）", response_class=HTMLResponse)
def show_brief_page(service: ServiceDep, day: date) -> HTMLResponse:
    return HTMLResponse(service.brief_html(_find(service, day)))
