"""Pages of issued reports."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from alerts.beijing import day_of
from alerts.errors import AlertError
from alerts.model import Notification, Report, ReportKind
from alerts.reports.page import charts
from services.api.deps import ServiceDep, Written
from services.console.page import page
from services.errors import NotFound, ServiceError
from services.ports import UnitOfWork
from services.reporting import periodicals

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
REPORTS_SHOWN = 200


@router.get("/reports")
def reports_page(request: Request, service: ServiceDep, kind: ReportKind | None = None) -> HTMLResponse:
    """Issued reports, the last first, and the way to the drafts of the running day, week and month."""
    with service.view() as uow:
        reports = uow.reports.latest(kind, limit=REPORTS_SHOWN)
    today = day_of(service.clock.now()).isoformat()
    shown: dict[str, Any] = {
        "reports": reports,
        "kind": kind,
        "kinds": list(ReportKind),
        "today": today,
        "most": REPORTS_SHOWN,
    }
    return page(request, service, "reports.html", **shown)


@router.get("/reports/{report_id}")
def report_page(request: Request, service: ServiceDep, report_id: str, said: str = "") -> HTMLResponse:
    with service.view() as uow:
        report = uow.reports.get(report_id)
        told = _told(uow, report)
    if report is None:
        raise NotFound(f"没有编号为 {report_id} 的报告。")
    service.looked(request.cookies.get("minqing_by", ""), "view report", report.number)
    return page(request, service, "report.html", report=report, told=told, charts=charts(report), said=said)


@router.post("/console/reports/{report_id}/reissue")
def reissue(
    request: Request,
    service: ServiceDep,
    report_id: str,
    by: Annotated[str, Form()] = "",
    note: Annotated[Written, Form()] = "",
) -> RedirectResponse:
    """A periodical report is issued anew; the page of the new one, or the old one's with a sentence why not."""
    with service.view() as uow:
        report = uow.reports.get(report_id)
    if report is None:
        raise NotFound(f"没有编号为 {report_id} 的报告。")
    try:
        it = periodicals.of_kind(report.kind)
        shown, said = periodicals.reissue(service, it, periodicals.day_in(report), by=by, note=note).id, ""
    except (AlertError, ServiceError) as error:
        shown, said = report_id, f"?{urlencode({'said': str(error)})}"
    return RedirectResponse(f"{request.url_for('report_page', report_id=shown).path}{said}", status_code=303)


def _told(uow: UnitOfWork, report: Report | None) -> list[Notification]:
    """Messages that brought a report, newest first."""
    if report is None:
        return []
    return [n for n in uow.outbox.all(alert_id=report.alert_id) if n.report_id == report.id]
