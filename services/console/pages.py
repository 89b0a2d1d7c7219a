"""The duty console: pages rendered on the server, one stream that says when something has changed."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape
from pydantic import BaseModel

from alerts.beijing import BEIJING, day_of
from alerts.channels import registry
from alerts.errors import AlertError, NotAllowed
from alerts.feedback import Verdict
from alerts.lifecycle import TABLE, Action
from alerts.matter import Act
from alerts.model import Alert, Notification, Report, ReportKind
from alerts.reports.page import charts
from alerts.reports.wording import amount, reasons
from alerts.roster import PersonEntry
from analyzer.model import Event, FactKind, Tier
from analyzer.topics import topic_list
from crawlers.model import Authority
from services.acts import drilling, findings, shifts
from services.acts.drilling import Script
from services.api.deps import ServiceDep
from services.bootstrap import Service
from services.console import board as view
from services.console import guidance
from services.errors import NotFound, ServiceError
from services.ports import UnitOfWork
from services.reporting import periodicals
from services.search.model import SearchQuery
from services.sourcing.health import NAMES
from services.supervision.auditor import late

HERE = Path(__file__).parent
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
templates = Jinja2Templates(HERE / "templates")
_MARK = re.compile(r"#([0-9a-f]{8})(?![0-9a-f])")


def evidence(text: str, event_id: str) -> Markup:
    """A report's text whose evidence marks lead to the posts on the event's page; plain without an event."""
    linked = rf'<a href="/events/{event_id}#p-\1">#\1</a>' if event_id else r"#\1"
    return Markup(_MARK.sub(linked, str(escape(text))))  # noqa: S704  # escaped before


templates.env.filters |= {"clock": view.clock, "evidence": evidence}
templates.env.globals |= {
    "amount": amount,
    "reasons": reasons,
    "by_gravity": view.by_gravity,
    "where": view.where,
    "TIERS": {tier.name: tier.chinese for tier in Tier},
    "CHANNELS": registry.CHINESE,
    "until": view.until,
    "AUTHORITY": {"official": "官方", "media": "媒体", "public": "公众"},
    "HEALTH": NAMES,
    "acts": Action,
}
REPORTS_SHOWN = 200
LOOK_EVERY = 1.0
"""Seconds between two looks of the change stream."""
PEOPLE = tuple(action for action in Action if action.manual)


def _page(request: Request, service: Service, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    common = {
        "district": service.plan.district,
        "shifted": getattr(service.clock, "shifted", True),
        "now": service.clock.now(),
        "topics": topic_list().names,
        "me": request.cookies.get("minqing_by", ""),
        "people": service.roster.people,
        "staff": _staff(service),
        "departments": service.roster.departments,
        "names": service.roster.names,
    }
    return templates.TemplateResponse(request, name, {**common, **values}, status_code=status)


def _staff(service: Service) -> list[tuple[str, list[PersonEntry]]]:
    """Who may act, those on duty first."""
    now, roster = service.clock.now(), service.roster
    here = {person.id for role in roster.roles for person in roster.on_duty(role.id, now)}
    groups = (("在岗", True), ("其他人员", False))
    found = [(name, [p for p in roster.people if (p.id in here) is wanted]) for name, wanted in groups]
    return [(name, members) for name, members in found if members]


def refusal(request: Request, sentence: str, status: int) -> HTMLResponse:
    """The page that says why there is no page."""
    return _page(request, request.app.state.service, "refusal.html", status=status, sentence=sentence)


@router.get("/api/docs")
def api_page(request: Request, service: ServiceDep) -> HTMLResponse:
    """Every operation of the API; without scripts from elsewhere, as the usual pages have."""
    schema = request.app.openapi()
    return _page(request, service, "api.html", paths=schema["paths"], schemas=schema["components"]["schemas"])


@router.get("/")
def first_page(request: Request, service: ServiceDep, said: str = "") -> HTMLResponse:
    mark = _mark(service)  # before the board is read: a change in between must not be missed
    with service.view() as uow:
        return _page(request, service, "board.html", board=view.board(service, uow), mark=mark, said=said)


@router.get("/console/board")
def board_fragment(request: Request, service: ServiceDep) -> HTMLResponse:
    """The changing part of the first page alone."""
    with service.view() as uow:
        return _page(request, service, "_board.html", board=view.board(service, uow))


@router.get("/console/changes")
async def changes(request: Request, service: ServiceDep) -> StreamingResponse:
    """One server-sent event whenever the board has changed."""

    async def stream() -> AsyncIterator[str]:
        last = None
        while not service.stopping.is_set() and not await request.is_disconnected():
            mark = await run_in_threadpool(_mark, service)
            if mark != last:
                yield f"data: {mark}\n\n"
                last = mark
            await asyncio.sleep(LOOK_EVERY)

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _mark(service: Service) -> str:
    """A text that differs when anything on the board does."""
    with service.view() as uow:
        alerts = [f"{a.id}.{a.version}" for a in uow.alerts.open()]
        tasks = [t.id for t in uow.tasks.open()]
        return str(hash((*alerts, *tasks, uow.outbox.waiting(), bool(late(service, uow, service.clock.now())))))


@router.get("/events/{event_id}")
def event_page(request: Request, service: ServiceDep, event_id: str, said: str = "") -> Response:
    with service.view() as uow:
        event = uow.events.get(event_id)
        file = view.file(service, uow, event_id)
    if event is not None and event.merged_into is not None:
        return RedirectResponse(f"/events/{event.merged_into}", status_code=303)
    if file is None:
        raise NotFound(f"没有编号为 {event_id} 的事件。")
    service.looked(request.cookies.get("minqing_by", ""), "view event", event_id)
    alert = file.card.alert
    department = service.roster.names.get(file.suggested, "")
    return _page(
        request,
        service,
        "event.html",
        file=file,
        next_said=guidance.next_step(alert, department, service.clock.now()) if alert else "",
        usual=guidance.usual(alert) if alert else None,
        allowed=_allowed(file.card.alert),
        said=said,
        verdicts=list(Verdict),
        kinds=list(FactKind),
    )


def _allowed(alert: Alert | None) -> list[Action]:
    return [] if alert is None else [action for action in PEOPLE if (alert.state, action) in TABLE]


class ActForm(BaseModel):
    """What stands in the form of an event's page; an empty field says nothing."""

    by: str = ""
    note: str = ""
    to: str = ""
    tier: str = ""
    minutes: str = ""
    called_at: str = ""
    into: str = ""
    back: str = ""

    def act(self, action: Action, now: datetime) -> Act:
        """What is wanted. Raises NotAllowed with a sentence where a field cannot be read."""
        return Act(
            action=action,
            by=self.by,
            note=self.note.strip(),
            to=self.to.strip(),
            tier=Tier[self.tier] if self.tier in Tier.__members__ else None,
            until=now + timedelta(minutes=int(self.minutes)) if self.minutes.isdecimal() else None,
            at=_beijing(self.called_at),
        )


def _beijing(written: str) -> datetime | None:
    """A browser's date and time, which is Beijing's. Raises NotAllowed."""
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=BEIJING)
    except ValueError:
        raise NotAllowed(f"没有“{written}”这样的时间，请重新选择。") from None


@router.post("/console/alerts/{alert_id}/{action}")
def act(
    service: ServiceDep, alert_id: str, action: Action, form: Annotated[ActForm, Form()], request: Request
) -> RedirectResponse:
    """A person acts; the page he came from is shown again, with a sentence when it was refused."""
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
    if alert is None:
        raise NotFound(f"没有编号为 {alert_id} 的预警。")
    target = "/" if form.back == "board" else f"/events/{alert.event_id}"
    said = _acted(service, alert_id, action, form)
    url = request.url_for("event_page", event_id=alert.event_id).path if said else target
    where = f"{url}?{urlencode({'said': said})}" if said else url
    return _remembering(RedirectResponse(where, status_code=303), service, form.by)


def _acted(service: Service, alert_id: str, action: Action, form: ActForm) -> str:
    """Why it could not be done; empty when it was."""
    if not form.by:
        return "请先选择操作人。"
    if not action.manual:
        return "此操作由系统执行。"
    try:
        service.act(alert_id, form.act(action, service.clock.now()), into=form.into)
    except (AlertError, ServiceError) as error:
        return str(error)
    return ""


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
    return _page(request, service, "reports.html", **shown)


@router.get("/reports/{report_id}")
def report_page(request: Request, service: ServiceDep, report_id: str, said: str = "") -> HTMLResponse:
    with service.view() as uow:
        report = uow.reports.get(report_id)
        told = _told(uow, report)
    if report is None:
        raise NotFound(f"没有编号为 {report_id} 的报告。")
    service.looked(request.cookies.get("minqing_by", ""), "view report", report.number)
    return _page(request, service, "report.html", report=report, told=told, charts=charts(report), said=said)


@router.post("/console/reports/{report_id}/reissue")
def reissue(
    request: Request,
    service: ServiceDep,
    report_id: str,
    by: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
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


@router.get("/shifts")
def shifts_page(request: Request, service: ServiceDep, said: str = "") -> HTMLResponse:
    """Who is on duty, how a shift is handed over, and drills."""
    now = service.clock.now()
    with service.view() as uow:
        duties, notes = shifts.duties(service, uow, now), uow.handovers.all(limit=20)
        held = [uow.alerts.get(id_) for duty in duties if duty.note for id_ in duty.note.alerts]
        titles = {a.id: e.title for a in held if a is not None and (e := uow.events.get(a.event_id)) is not None}
    shown: dict[str, Any] = {
        "duties": duties,
        "notes": notes,
        "titles": titles,
        "problems": service.roster.problems(now),
        "drillers": [service.roster.names.get(name, name) for name in service.plan.response.drills],
    }
    return _page(request, service, "shifts.html", said=said, **shown)


@router.post("/console/shifts/{step}")
def change_shift(
    service: ServiceDep,
    step: Literal["hand-over", "take-over"],
    role: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """One goes and writes what is to be known, the next one takes over."""
    if step == "hand-over":
        return _answered(service, by, lambda: shifts.write(service, role, by, note))
    return _answered(service, by, lambda: shifts.take(service, role, by))


@router.post("/console/drills")
def begin_drill(
    service: ServiceDep,
    by: Annotated[str, Form()] = "",
    tier: Annotated[str, Form()] = "",
    topic: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """A drill begins; it stands on the board like any alert."""
    script, chosen = Script(by=by, text=title[:60]), Tier.__members__.get(tier)
    return _answered(service, by, lambda: drilling.begin(service, script, topic=topic, tier=chosen), "/")


@router.post("/console/drills/{alert_id}")
def tell_drill(
    service: ServiceDep,
    alert_id: str,
    by: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    authority: Annotated[Authority, Form()] = Authority.OFFICIAL,
) -> RedirectResponse:
    """The drill's script goes on; the event's page is shown again."""
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
    if alert is None:
        raise NotFound(f"没有编号为 {alert_id} 的演练。")
    script = Script(by=by, text=text[:2000], authority=authority)
    page = f"/events/{alert.event_id}"
    return _answered(service, by, lambda: drilling.tell(service, alert_id, script), page, page)


def _answered(
    service: Service, by: str, work: Callable[[], object], target: str = "/shifts", back: str = "/shifts"
) -> RedirectResponse:
    """Where to go after some work: to `target`, or back with a sentence when it was refused."""
    try:
        work()
    except (AlertError, ServiceError) as error:
        target = f"{back}?{urlencode({'said': str(error)})}"
    return _remembering(RedirectResponse(target, status_code=303), service, by)


def _remembering(response: RedirectResponse, service: Service, by: str) -> RedirectResponse:
    """The browser proposes the same person next time."""
    if any(person.id == by for person in service.roster.people):
        response.set_cookie("minqing_by", by, httponly=True, samesite="strict")
    return response


@router.post("/console/tasks/{task_id}")
def finish(
    service: ServiceDep,
    task_id: str,
    by: Annotated[str, Form()] = "",
    outcome: Annotated[str, Form()] = "",
    confirmed: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """A verify task is done; what is true is an event from then on."""
    if not (by and outcome.strip()):
        said = "请选择操作人，并写明怎样核实的、结果如何。"
        return RedirectResponse(f"/tasks/{task_id}?{urlencode({'said': said})}", status_code=303)
    if confirmed:
        findings.finish(service, task_id, {}, by=by, note=outcome)
    else:
        service.finish_task(task_id, by=by, outcome=outcome)
    return _remembering(RedirectResponse("/", status_code=303), service, by)


@router.get("/tasks/{task_id}")
def task_page(request: Request, service: ServiceDep, task_id: str, said: str = "") -> HTMLResponse:
    """What a verify task is about, with its posts; looking is a line in the audit log."""
    with service.view() as uow:
        doubt = view.doubt(service, uow, task_id)
    if doubt is None:
        raise NotFound(f"没有编号为 {task_id} 的待核实任务，它可能已经完成。")
    service.looked(request.cookies.get("minqing_by", ""), "view task", task_id)
    return _page(request, service, "task.html", doubt=doubt, said=said)


@router.post("/console/outbox/{letter_id}")
def send_again(service: ServiceDep, letter_id: str, by: Annotated[str, Form()] = "") -> RedirectResponse:
    """A letter that could not be delivered goes out again."""
    if by:
        service.replay([letter_id], by=by)
    return RedirectResponse("/", status_code=303)


@router.get("/search")
def search_page(request: Request, service: ServiceDep, q: str = "", after: str = "") -> HTMLResponse:
    if q.strip():
        service.looked(request.cookies.get("minqing_by", ""), "search", q)
    page = service.search(SearchQuery(text=q, after=after or None)) if q.strip() else None
    names = {source.id: source.name for source in service.sources}
    with service.view() as uow:
        found = _events_of(uow, [hit.post_id for hit in page.hits]) if page else {}
    return _page(request, service, "search.html", q=q, page=page, names=names, found=found)


def _events_of(uow: UnitOfWork, post_ids: list[str]) -> dict[str, Event]:
    """The events that may be shown, by post."""
    found = {post_id: uow.events.get(event_id) for post_id in post_ids if (event_id := uow.events.of_post(post_id))}
    return {post_id: event for post_id, event in found.items() if event is not None and event.corroborated}
