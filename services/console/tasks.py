"""The page of a verify task, and its form."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from services.acts import findings
from services.api.deps import ServiceDep
from services.console import board as view
from services.console.page import page, remembering
from services.errors import NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


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
    return remembering(RedirectResponse("/", status_code=303), service, by)


@router.get("/tasks/{task_id}")
def task_page(request: Request, service: ServiceDep, task_id: str, said: str = "") -> HTMLResponse:
    """What a verify task is about, with its posts; looking is a line in the audit log."""
    with service.view() as uow:
        doubt = view.doubt(service, uow, task_id)
    if doubt is None:
        raise NotFound(f"没有编号为 {task_id} 的待核实任务，它可能已经完成。")
    service.looked(request.cookies.get("minqing_by", ""), "view task", task_id)
    return page(request, service, "task.html", doubt=doubt, said=said)
