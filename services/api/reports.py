"""Issued reports, as JSON, page, text and official papers."""

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from alerts.documents.attaching import file_name
from alerts.documents.paper import Form
from alerts.model import Report, ReportKind
from alerts.reports import page
from services.api.deps import ServiceDep, Written
from services.bootstrap import Service
from services.errors import NotFound
from services.formats import full_report_line, report_line
from services.reporting import papers, periodicals
from services.security.headers import STANDALONE

router = APIRouter(tags=["报告"])


class Ending(StrEnum):
    """What a report can be had as."""

    JSON = "json"
    HTML = "html"
    TXT = "txt"
    DOCX = "docx"
    PDF = "pdf"


@router.get("/reports", summary="已签发的报告，最近的在前")
def list_reports(
    service: ServiceDep,
    kind: Annotated[ReportKind | None, Query(description="只要这一种")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    with service.view() as uow:
        return {"reports": [{"id": r.id, **report_line(r)} for r in uow.reports.latest(kind, limit=limit)]}


@router.get("/reports/{report_id}.{ending}", summary="一份报告：JSON、网页、文本、DOCX 或 PDF")
def report_file(service: ServiceDep, report_id: str, ending: Ending) -> Response:
    report = _find(service, report_id)
    service.looked("", "export report", f"{report.number}.{ending.value}")
    match ending:
        case Ending.JSON:
            return JSONResponse(full_report_line(report))
        case Ending.HTML:
            made = page.html(report) if report.period else service.templates.page(report)
            return HTMLResponse(made, headers={"Content-Security-Policy": STANDALONE})
        case Ending.TXT:
            text = service.templates.worded(report).text
            return PlainTextResponse(text, headers=_named(file_name(report.number, report.title, ending.value)))
        case _:
            paper = papers.file(service, report, Form(ending.value))
            return Response(paper.content, media_type=paper.media_type, headers=_named(paper.name))


@router.get("/reports/{report_id}", summary="一份报告（JSON）")
def show_report(service: ServiceDep, report_id: str) -> dict[str, Any]:
    report = _find(service, report_id)
    service.looked("", "view report", report.number)
    return full_report_line(report)


class Reissue(BaseModel):
    """Who has it issued anew, and why."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    note: Written = Field(min_length=1, max_length=2000, description="理由")


@router.post("/reports/{report_id}/reissue", summary="重新签发日报、周报或考核：情况有变时签发下一版，原版不动")
def reissue(service: ServiceDep, report_id: str, body: Reissue) -> dict[str, Any]:
    report = _find(service, report_id)
    made = periodicals.reissue(
        service, periodicals.of_kind(report.kind), periodicals.day_in(report), by=body.by, note=body.note
    )
    return full_report_line(made)


def _find(service: Service, report_id: str) -> Report:
    with service.view() as uow:
        report = uow.reports.get(report_id)
    if report is None:
        raise NotFound(f"没有编号为 {report_id} 的报告。")
    return report


def _named(name: str) -> dict[str, str]:
    """A file to be saved under this name (RFC 6266); the plain one is for programs that know no other."""
    plain = f"report.{name.rpartition('.')[2]}"
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
