"""The page of shifts and drills, and its forms."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from alerts.clocks import urgency
from alerts.model import Alert
from analyzer.model import Event, FactKind, Tier
from crawlers.model import Authority
from services.acts import closing, drilling, shifts
from services.acts.drilling import Script
from services.acts.foresight import MustAgree
from services.api.deps import ServiceDep, Written
from services.console.agreeing import asked, figures_of
from services.console.page import answered, page
from services.errors import NotFound
from services.ports import UnitOfWork

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    """An alert that the next shift takes over, and what is still to be done about it."""

    alert: Alert
    title: str
    owed: Sequence[str]


@router.get("/shifts")
def shifts_page(request: Request, service: ServiceDep, said: str = "", done: str = "") -> HTMLResponse:
    """Who is on duty, how a shift is handed over, and drills."""
    now = service.clock.now()
    with service.view() as uow:
        duties, notes = shifts.duties(service, uow, now), uow.handovers.all(limit=20)
        held = {duty.role: _held(uow, duty.note.alerts) for duty in duties if duty.note is not None and duty.pending}
        leads = Counter(task.event_id for task in uow.tasks.open())
        going_on = [
            _Open(alert=alert, title=event.title, owed=closing.still_to_do(alert, event, leads[event.id], now))
            for alert, event in _open(uow)
        ]
    shown: dict[str, Any] = {
        "duties": duties,
        "notes": notes,
        "held": held,
        "going_on": going_on,
        "waiting": leads.total(),
        "problems": service.roster.problems(now),
        "drillers": [service.roster.names.get(name, name) for name in service.plan.response.drills],
    }
    return page(request, service, "shifts.html", said=said, done=done, **shown)


def _open(uow: UnitOfWork) -> list[tuple[Alert, Event]]:
    """Open alerts with their events, in the order of the board."""
    return [(alert, event) for alert, event in _told(uow, uow.alerts.open()) if event.corroborated]


def _held(uow: UnitOfWork, ids: Iterable[str]) -> list[tuple[Alert, Event]]:
    """What was in the hands of the one who goes, in the same order."""
    return _told(uow, filter(None, map(uow.alerts.get, ids)))


def _told(uow: UnitOfWork, alerts: Iterable[Alert]) -> list[tuple[Alert, Event]]:
    found = ((alert, uow.events.get(alert.event_id)) for alert in sorted(alerts, key=urgency))
    return [(alert, event) for alert, event in found if event is not None]


@router.post("/console/shifts/{step}")
def change_shift(
    service: ServiceDep,
    step: Literal["hand-over", "take-over"],
    role: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    note: Annotated[Written, Form()] = "",
) -> RedirectResponse:
    """One goes and writes what is to be known, the next one takes over."""
    if step == "hand-over":
        return answered(service, by, lambda: shifts.write(service, role, by, note), _done("已交班，待接班人接班。"))
    return answered(service, by, lambda: shifts.take(service, role, by), _done("已接班，对方名下的预警已移交给您。"))


def _done(sentence: str) -> str:
    return f"/shifts?{urlencode({'done': sentence})}"


@router.post("/console/drills")
def begin_drill(
    service: ServiceDep,
    by: Annotated[str, Form()] = "",
    tier: Annotated[str, Form()] = "",
    topic: Annotated[str, Form()] = "",
    title: Annotated[Written, Form()] = "",
) -> RedirectResponse:
    """A drill begins; it stands on the board like any alert."""
    script, chosen = Script(by=by, text=title[:60]), Tier.__members__.get(tier)
    return answered(service, by, lambda: drilling.begin(service, script, topic=topic, tier=chosen), "/")


@router.post("/console/drills/{alert_id}")
def tell_drill(
    request: Request,
    service: ServiceDep,
    alert_id: str,
    by: Annotated[str, Form()] = "",
    text: Annotated[Written, Form()] = "",
    authority: Annotated[Authority, Form()] = Authority.OFFICIAL,
    kind: Annotated[list[FactKind] | None, Form()] = None,
    value: Annotated[list[str] | None, Form()] = None,
    agreed: Annotated[str, Form()] = "",
) -> Response:
    """The drill's script goes on and the event's page is shown again; what figures raise is asked once before."""
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
    if alert is None:
        raise NotFound(f"没有编号为 {alert_id} 的演练。")
    shown, tier = f"/events/{alert.event_id}", Tier.__members__.get(agreed)

    def told() -> None:
        figures = figures_of(kind or [], value or [])
        script = Script(by=by, text=text[:2000], authority=authority, figures=figures)
        drilling.tell(service, alert_id, script, tier)

    try:
        return answered(service, by, told, shown, shown)
    except MustAgree as error:
        kept = {"by": by, "text": text, "authority": authority.value}
        return asked(request, service, error.foresight, kept, shown)
