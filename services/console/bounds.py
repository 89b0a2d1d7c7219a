"""Forms of the event's page about its bounds and its tier: merge, split, undo, verdict."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from alerts.errors import AlertError, NotAllowed
from alerts.feedback import Verdict
from analyzer.model import FactKind, Tier
from services.acts import feedback, findings, regrouping
from services.acts.foresight import MustAgree
from services.api.deps import ServiceDep, Written
from services.console.agreeing import asked, figures_of
from services.errors import ServiceError

router = APIRouter(include_in_schema=False)
By = Annotated[str, Form()]
Note = Annotated[Written, Form()]
WHOLE = "event"
"""In the place of a figure's kind: the event itself is verified, and no figure of it."""


@router.post("/console/events/{event_id}/merge")
def merge(service: ServiceDep, event_id: str, by: By = "", into: By = "", note: Note = "") -> RedirectResponse:
    """Make the event a part of another one; the other one's page is shown."""
    if not into:
        return _back(event_id, "请选择要并入的事件。")
    said = _tried(by, lambda: regrouping.merge(service, event_id, into, by=by, note=note))
    return _back(
        event_id if said else into,
        said,
        "已合并：所选事件的帖文、数字和预警都在这里，可在本页“合并事件、拆分事件”中撤销。",
    )


@router.post("/console/events/{event_id}/split")
def split(
    service: ServiceDep, event_id: str, by: By = "", posts: Annotated[list[str] | None, Form()] = None, note: Note = ""
) -> RedirectResponse:
    """Make the ticked posts an event of their own."""
    said = _tried(by, lambda: regrouping.split(service, event_id, posts or [], by=by, note=note))
    return _back(event_id, said, "已拆分：勾选的帖文已是另一事件，链接见本页“合并事件、拆分事件”，可撤销。")


@router.post("/console/regroupings/{regrouping_id}/undo")
def undo(service: ServiceDep, regrouping_id: str, by: By = "", back: By = "") -> RedirectResponse:
    """Take a merge or split back."""
    return _back(back, _tried(by, lambda: regrouping.undo(service, regrouping_id, by=by)), "已撤销。")


@router.post("/console/events/{event_id}/verified")
def verify(
    request: Request,
    service: ServiceDep,
    event_id: str,
    by: By = "",
    kind: Annotated[list[str] | None, Form()] = None,
    value: Annotated[list[str] | None, Form()] = None,
    note: Note = "",
    agreed: By = "",
) -> Response:
    """An operator has verified the event, or figures of it, all at once; what that raises is asked once before."""
    try:
        figures = _figures(kind or [], value or [])
    except NotAllowed as error:
        return _back(event_id, str(error))
    if not note.strip():
        return _back(event_id, "请写明怎样核实的：向谁、如何核实。")
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


def _figures(kinds: list[str], values: list[str]) -> dict[FactKind, float]:
    """What was filled in; empty where just the event is verified. Raises NotAllowed with a sentence."""
    filled = [(kind, value.strip()) for kind, value in zip(kinds, values, strict=False) if value.strip()]
    odd = next((value for kind, value in filled if kind == WHOLE), "")
    if odd:
        raise NotAllowed(f"“只确认属实”不登记数字，{odd}是哪一项的？请选择，或删去。")
    if any(kind not in set(FactKind) for kind, _ in filled) or not (filled or WHOLE in kinds):
        raise NotAllowed("请选择要核实的数字并填写；没有数字的，选“只确认属实，不登记数字”。")
    return figures_of([FactKind(kind) for kind, _ in filled], [value for _, value in filled])


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
