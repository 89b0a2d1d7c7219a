"""What the duty operator is asked to verify."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.api.deps import ServiceDep
from services.formats import task_line

router = APIRouter(tags=["核实任务"])


class Finish(BaseModel):
    """What the verification found."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号")
    outcome: str = Field(min_length=1, max_length=2000, description="核实结果")


@router.get("/tasks", summary="未完成的核实任务")
def list_tasks(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        return {"tasks": [task_line(task) for task in uow.tasks.open()]}


@router.post("/tasks/{task_id}/finish", summary="完成核实")
def finish(service: ServiceDep, task_id: str, found: Finish) -> dict[str, str]:
    service.finish_task(task_id, by=found.by, outcome=found.outcome)
    return {"outcome": found.outcome}
