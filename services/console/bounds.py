"""Forms of the event's page about its bounds and its tier: merge, split, undo, verdict."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from alerts.errors import AlertError
from alerts.feedback import Verdict
from analyzer.model import FactKind, Tier
from services.acts import feedback, findings, regrouping
from services.acts.foresight import MustAgree
from services.api.deps import ServiceDep
from services.console.agreeing import asked
from services.errors import ServiceError

router = APIRouter(include_in_schema=False)
By = Annotated[str, Form()]
Note = Annotated[str, Form()]
WHOLE = "event"
"""In the place of a figure's kind: the event itself is verified, and no figure of it."""


@router.post("/console/events/{event_id}/merge")
def merge(service: ServiceDep, event_id: str, by: By = "", into: By = "", note: Note = "") -> RedirectResponse:
    """Make the event a part of another one; the other one's page is shown."""
    if not into:
        return _back(event_id, "请选择要并入的事件。")
    said = _tried(by, lambda: regrouping.merge(service, event_id, into, by=by, note=note))
    return _back(event_id if said else into, said)


@router.post("/console/events/{event_id}/split")
def split(
    service: ServiceDep, event_id: str, by: By = "", posts: Annotated[list[str] | None, Form()] = None, note: Note = ""
) -> RedirectResponse:
    """Make the ticked posts an event of their own."""
    return _back(event_id, _tried(by, lambda: regrouping.split(service, event_id, posts or [], by=by, note=note)))


@router.post("/console/regroupings/{regrouping_id}/undo")
def undo(service: ServiceDep, regrouping_id: str, by: By = "", back: By = "") -> RedirectResponse:
    """Take a merge or split back."""
    return _back(back, _tried(by, lambda: regrouping.undo(service, regrouping_id, by=by)))


@router.post("/console/events/{event_id}/verified")
def verify(
    request: Request,
    service: ServiceDep,
    event_id: str,
    by: By = "",
    kind: By = "",
    value: By = "",
    note: Note = "",
    agreed: By = "",
) -> Response:
    """An operator has verified the event, or one of its figures; what that raises is asked once before."""
    if kind != WHOLE and kind not in set(FactKind):
        return _back(event_id, "请选择要核实的数字；没有数字的，选“只确认属实，不登记数字”。")
    if kind == WHOLE and value.strip():
        return _back(event_id, f"“只确认属实”不登记数字，{value.strip()}是哪一项的？请选择，或删去。")
    if not note.strip():
        return _back(event_id, "请写明怎样核实的：向谁、如何核实。")
    try:
        figures = {} if kind == WHOLE else {FactKind(kind): float(value)}
    except ValueError:
        return _back(event_id, f"“{value}”不是数字，请重新填写。")
    tier = Tier.__members__.get(agreed)
    try:
        said = _tried(by, lambda: findings.confirm(service, event_id, figures, by=by, note=note, agreed=tier))
    except MustAgree as error:
        return asked(request, service, error.foresight, {"by": by, "note": note}, f"/events/{event_id}")
    return _back(event_id, said, "已登记核实结果。")


@router.post("/console/events/{event_id}/feedback/{verdict}")
def judge(service: ServiceDep, event_id: str, verdict: Verdict, by: By = "", note: Note = "") -> RedirectResponse:
    """Judge the event's tier."""
    said = _tried(by, lambda: feedback.give(service, event_id, verdict, by=by, note=note))
    return _back(event_id, said, f"已记录评价：{verdict.chinese}。")


def _tried(by: str, work: Callable[[], object]) -> str:
    """Why it was refused, in a sentence; empty when it was done. Raises MustAgree."""
    if not by:
        return "请先选择操作人。"
    try:
        work()
    except MustAgree:
        raise
    except (AlertError, ServiceError) as error:
        return str(error)
    return ""


def _back(event_id: str, said: str, done: str = "") -> RedirectResponse:
    """To the event's page: `said` is why it was refused, else `done` is what was done, where that shows nowhere."""
    told = {"said": said} if said else {"done": done} if done else {}
    query = f"?{urlencode(told)}" if told else ""
    return RedirectResponse(f"/events/{event_id}{query}", status_code=303)
