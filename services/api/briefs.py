"""Daily and weekly briefs and monthly assessments: as issued, or as far as the running period has come."""

import re
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from alerts.model import Report
from alerts.reports import page
from services.api.deps import ServiceDep
from services.bootstrap import Service
from services.errors import NotFound
from services.reporting import periodicals
from services.reporting.periodicals import ASSESSMENT, DAILY, WEEKLY, Periodical
from services.security.headers import STANDALONE

router = APIRouter(tags=["日报、周报与考核"])


def _dates(service: Service, it: Periodical) -> list[str]:
    with service.view() as uow:
        return list(uow.reports.periods(it.kind))


def _find(service: Service, it: Periodical, day: date) -> Report:
    with service.view() as uow:
        report = periodicals.find(service, uow, it, day)
    if report is None:
        raise NotFound(f"{it.key(it.begins(day))} 的{it.kind.chinese}尚未签发。")
    return report


def _page(report: Report) -> HTMLResponse:
    return HTMLResponse(page.html(report), headers={"Content-Security-Policy": STANDALONE})


def _first_of(month: str) -> date:
    """The first day of "2026-11". Raises NotFound for anything else."""
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) is None or month.startswith("0000"):
        raise NotFound(f"“{month}”不是月份，应写成 2026-11 的形式。")
    return date.fromisoformat(f"{month}-01")


@router.get("/briefs/daily", summary="已签发日报的日期")
def list_daily(service: ServiceDep) -> dict[str, Any]:
    return {"dates": _dates(service, DAILY)}


@router.get("/briefs/daily/{day}", summary="某日日报（JSON）；当日为阶段稿")
def show_daily(service: ServiceDep, day: date) -> dict[str, Any]:
    return periodicals.line(_find(service, DAILY, day))


@router.get("/briefs/daily/{day}/html", summary="某日日报（网页）", response_class=HTMLResponse)
def show_daily_page(service: ServiceDep, day: date) -> HTMLResponse:
    return _page(_find(service, DAILY, day))


@router.get("/briefs/weekly", summary="已签发周报的周（各以周一的日期表示）")
def list_weekly(service: ServiceDep) -> dict[str, Any]:
    return {"dates": _dates(service, WEEKLY)}


@router.get("/briefs/weekly/{day}", summary="某日所在一周的周报（JSON）；本周为阶段稿")
def show_weekly(service: ServiceDep, day: date) -> dict[str, Any]:
    return periodicals.line(_find(service, WEEKLY, day))


@router.get("/briefs/weekly/{day}/html", summary="某日所在一周的周报（网页）", response_class=HTMLResponse)
def show_weekly_page(service: ServiceDep, day: date) -> HTMLResponse:
    return _page(_find(service, WEEKLY, day))


@router.get("/assessments", summary="已签发报送考核的月份")
def list_assessments(service: ServiceDep) -> dict[str, Any]:
    return {"months": _dates(service, ASSESSMENT)}


@router.get("/assessments/{month}", summary="某月报送考核（JSON）；本月为阶段稿")
def show_assessment(service: ServiceDep, month: str) -> dict[str, Any]:
    return periodicals.line(_find(service, ASSESSMENT, _first_of(month)))


@router.get("/assessments/{month}/html", summary="某月报送考核（网页）", response_class=HTMLResponse)
def show_assessment_page(service: ServiceDep, month: str) -> HTMLResponse:
    return _page(_find(service, ASSESSMENT, _first_of(month)))
