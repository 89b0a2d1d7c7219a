"""The page of a verify task, and its form."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from alerts.errors import NotAllowed
from analyzer.model import FactKind, Tier
from services.acts import findings
from services.acts.foresight import MustAgree
from services.api.deps import ServiceDep, Written
from services.console import doubts
from services.console.agreeing import asked, figures_of
from services.console.page import page, remembering
from services.errors import NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.post("/console/tasks/{task_id}")
def finish(
    request: Request,
    service: ServiceDep,
    task_id: str,
    by: Annotated[str, Form()] = "",
    outcome: Annotated[Written, Form()] = "",
    confirmed: Annotated[str, Form()] = "",
    kind: Annotated[list[FactKind] | None, Form()] = None,
    value: Annotated[list[str] | None, Form()] = None,
    agreed: Annotated[str, Form()] = "",
) -> Response:
    """A verify task is done; what is true is an event from then on, and the figure that it asked for is verified."""
    if not (by and outcome.strip()):
        return _refused(task_id, "请选择操作人，并写明怎样核实的、结果如何。")
    try:
        if confirmed:
            tier = Tier.__members__.get(agreed)
            findings.finish(service, task_id, _figures(kind or [], value or []), by=by, note=outcome, agreed=tier)
        else:
            service.finish_task(task_id, by=by, outcome=outcome)
    except MustAgree as error:
        kept = {"by": by, "outcome": outcome, "confirmed": confirmed}
        return asked(request, service, error.foresight, kept, f"/tasks/{task_id}")
    except NotAllowed as error:
        return _refused(task_id, str(error))
    return remembering(RedirectResponse("/", status_code=303), service, by)


def _refused(task_id: str, said: str) -> RedirectResponse:
    return RedirectResponse(f"/tasks/{task_id}?{urlencode({'said': said})}", status_code=303)


def _figures(kinds: list[FactKind], values: list[str]) -> dict[FactKind, float]:
    """What was found, of the figures that were asked for. Raises NotAllowed."""
    if kinds and not any(value.strip() for value in values):
        raise NotAllowed("请填写核实到的数字；数字不属实的，请点“不属实或无法证实”。")
    return figures_of(kinds, values)


@router.get("/tasks/{task_id}")
def task_page(request: Request, service: ServiceDep, task_id: str, said: str = "") -> HTMLResponse:
    """What a verify task is about, with its posts; looking is a line in the audit log."""
    with service.view() as uow:
        doubt = doubts.doubt(service, uow, task_id)
    if doubt is None:
        raise NotFound(f"没有编号为 {task_id} 的待核实任务：它已经完成，或要核实的说法已变，请回值班台查看。")
    service.looked(request.cookies.get("minqing_by", ""), "view task", task_id)
    return page(request, service, "task.html", doubt=doubt, said=said)
