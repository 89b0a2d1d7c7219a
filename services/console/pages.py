"""The duty console: its board, an event's page with what people do there, the search."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from pydantic import BaseModel

from alerts.beijing import BEIJING
from alerts.errors import AlertError, NotAllowed
from alerts.feedback import Verdict
from alerts.lifecycle import TABLE, Action
from alerts.matter import Act
from alerts.model import Alert
from alerts.reports.wording import PENDING
from analyzer.model import Event, FactKind, Tier
from services.acts import closing
from services.acts.closing import Unfinished
from services.api.deps import ServiceDep, Written
from services.bootstrap import Service
from services.console import board as view
from services.console import file as casefile
from services.console import guidance
from services.console.apart import apart
from services.console.page import page, remembering
from services.errors import NotFound, ServiceError
from services.ports import UnitOfWork
from services.search.model import SearchQuery
from services.supervision.auditor import late

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
EVENTS_SHOWN = 500
LOOK_EVERY = 1.0
"""Seconds between two looks of the change stream."""
PEOPLE = tuple(action for action in Action if action.manual)


@router.get("/api/docs")
def api_page(request: Request, service: ServiceDep) -> HTMLResponse:
    """Every operation of the API; without scripts from elsewhere, as the usual pages have."""
    schema = request.app.openapi()
    return page(request, service, "api.html", paths=schema["paths"], schemas=schema["components"]["schemas"])


@router.get("/")
def first_page(request: Request, service: ServiceDep, said: str = "") -> HTMLResponse:
    mark = _mark(service)  # before the board is read: a change in between must not be missed
    with service.view() as uow:
        return page(request, service, "board.html", board=view.board(service, uow), mark=mark, said=said)


@router.get("/console/board")
def board_fragment(request: Request, service: ServiceDep) -> HTMLResponse:
    """The changing part of the first page alone."""
    with service.view() as uow:
        return page(request, service, "_board.html", board=view.board(service, uow))


@router.get("/console/waiting")
def waiting(service: ServiceDep) -> PlainTextResponse:
    """What waits to be acknowledged, for the head of every page."""
    with service.view() as uow:
        return PlainTextResponse(view.waiting(uow))


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
        files = (str(service.watch.problems), str(service.watch.doubts), str(sorted(service.watch.outdated)))
        return str(hash((*alerts, *tasks, *files, uow.outbox.waiting(), bool(late(service, uow, service.clock.now())))))


@router.get("/events")
def events_page(request: Request, service: ServiceDep) -> HTMLResponse:
    """All that the board may show, in its order."""
    with service.view() as uow:
        cards = view.cards_of(service, uow, service.clock.now())
    return page(request, service, "events.html", cards=cards[:EVENTS_SHOWN], found=len(cards))


@router.get("/events/{event_id}")
def event_page(request: Request, service: ServiceDep, event_id: str, said: str = "", done: str = "") -> Response:
    with service.view() as uow:
        event = uow.events.get(event_id)
        file = casefile.file(service, uow, event_id)
        alert = file.card.alert if file is not None else None
        owed = closing.owed(uow, alert, service.clock.now()) if alert is not None else []
        parted = apart(uow, event_id) if file is None else None
    if event is not None and event.merged_into is not None:
        told = urlencode({name: words for name, words in (("said", said), ("done", done)) if words})
        return RedirectResponse(f"/events/{event.merged_into}{'?' if told else ''}{told}", status_code=303)
    if parted is not None:
        service.looked(request.cookies.get("minqing_by", ""), "view event", event_id)
        return page(request, service, "apart.html", apart=parted, said=said, done=done)
    if file is None:
        raise NotFound(f"没有编号为 {event_id} 的事件。")
    service.looked(request.cookies.get("minqing_by", ""), "view event", event_id)
    return page(
        request,
        service,
        "event.html",
        file=file,
        next_said=file.card.next_step,
        usual=guidance.usual(alert, file.card.event) if alert else None,
        allowed=_allowed(alert),
        owed=owed,
        said=said,
        done=done,
        verdicts=list(Verdict),
        kinds=list(FactKind),
    )


def _allowed(alert: Alert | None) -> list[Action]:
    if alert is None:
        return []
    found = [action for action in PEOPLE if (alert.state, action) in TABLE]
    return [action for action in found if action is not Action.RETRACT or alert.answered_at is not None]


class ActForm(BaseModel):
    """What stands in the form of an event's page; an empty field says nothing."""

    by: str = ""
    note: Written = ""
    to: Written = ""
    tier: str = ""
    minutes: str = ""
    called_at: str = ""
    into: str = ""
    back: str = ""
    despite: str = ""
    instead: str = ""

    def act(self, action: Action, now: datetime) -> Act:
        """What is wanted. Raises NotAllowed with a sentence where a field cannot be read."""
        return Act(
            action=action,
            by=self.by,
            note=self.note.strip(),
            to=self.to.strip(),
            tier=Tier[self.tier] if self.tier in Tier.__members__ else None,
            until=_after(now, self.minutes),
            at=_beijing(self.called_at),
            instead=bool(self.instead),
        )


def _after(now: datetime, minutes: str) -> datetime | None:
    return now + timedelta(minutes=int(minutes)) if minutes.isdecimal() and len(minutes) < 6 else None


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
    service: ServiceDep,
    alert_id: str,
    action: Action,
    form: Annotated[ActForm, Form()],
    request: Request,
    seen: str = "",
) -> Response:
    """A person acts; the page he came from is shown again, with a sentence when it was refused.

    Who closes what is not finished is asked once.
    """
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
        event = uow.events.get(alert.event_id) if alert is not None else None
    if alert is None:
        raise NotFound(f"没有编号为 {alert_id} 的预警。")
    target = "/" if form.back == "board" else f"/events/{alert.event_id}"
    second = alert.request is not None and alert.request.actor != form.by
    try:
        told = _acted(service, alert_id, action, form, seen)
    except Unfinished as error:
        kept = form.model_dump(include={"by", "note"})
        return page(request, service, "unfinished.html", owed=error.owed, event=event, kept=kept, back=target)
    page_of = request.url_for("event_page", event_id=alert.event_id).path
    quietly = target == "/" and "done" in told  # the card has moved there before his eyes
    where = target if quietly else f"{page_of}?{urlencode(told)}"
    response = RedirectResponse(where, status_code=303)
    # Who only confirms stands beside the one who works here: the next act is not his.
    return response if second else remembering(response, service, form.by)


def _acted(service: Service, alert_id: str, action: Action, form: ActForm, seen: str) -> dict[str, str]:
    """What was `done`, or else what is `said`: why it could not be. Raises Unfinished."""
    if not form.by:
        return {"said": "请先选择操作人。"}
    if not action.manual:
        return {"said": "此操作由系统执行。"}
    try:
        wanted = form.act(action, service.clock.now())
        decision = service.act(alert_id, wanted, into=form.into, despite=bool(form.despite), mark=seen)
    except Unfinished:
        raise
    except (AlertError, ServiceError) as error:
        return {"said": str(error)}
    return {"done": f"已记录“{action.chinese}”{PENDING if decision.reason.endswith(PENDING) else ''}。"}


@router.post("/console/outbox/{letter_id}")
def send_again(service: ServiceDep, letter_id: str, by: Annotated[str, Form()] = "") -> RedirectResponse:
    """A letter that could not be delivered goes out again."""
    if by:
        service.replay([letter_id], by=by)
    return RedirectResponse("/", status_code=303)


@router.get("/search")
def search_page(request: Request, service: ServiceDep, q: Written = "", after: str = "") -> HTMLResponse:
    if q.strip():
        service.looked(request.cookies.get("minqing_by", ""), "search", q)
    result = service.search(SearchQuery(text=q, after=after or None)) if q.strip() else None
    names = {source.id: source.name for source in service.sources}
    with service.view() as uow:
        found = _events_of(uow, [hit.post_id for hit in result.hits]) if result else {}
    return page(request, service, "search.html", q=q, page=result, names=names, found=found)


def _events_of(uow: UnitOfWork, post_ids: list[str]) -> dict[str, Event]:
    """The events that may be shown, by post."""
    found = {post_id: uow.events.get(event_id) for post_id in post_ids if (event_id := uow.events.of_post(post_id))}
    return {post_id: event for post_id, event in found.items() if event is not None and event.corroborated}
