"""The page of shifts and drills, and its forms."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from analyzer.model import Tier
from crawlers.model import Authority
from services.acts import drilling, shifts
from services.acts.drilling import Script
from services.api.deps import ServiceDep
from services.console.page import answered, page
from services.errors import NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


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
    return page(request, service, "shifts.html", said=said, **shown)


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
        return answered(service, by, lambda: shifts.write(service, role, by, note))
    return answered(service, by, lambda: shifts.take(service, role, by))


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
    return answered(service, by, lambda: drilling.begin(service, script, topic=topic, tier=chosen), "/")


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
    return answered(service, by, lambda: drilling.tell(service, alert_id, script), page, page)
