"""What the duty operator is asked to verify."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from analyzer.model import FactKind
from analyzer.plan.criteria import TierName
from services.acts import findings
from services.api.deps import ServiceDep, Written
from services.formats import task_line

router = APIRouter(tags=["核实任务"])


class Finish(BaseModel):
    """What the verification found."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号")
    outcome: Written = Field(min_length=1, max_length=2000, description="核实结果")
    confirmed: bool = Field(default=False, description="属实：事件按已核实处理")
    figures: dict[FactKind, float] = Field(default_factory=dict, description='核实的数字，如 {"deaths": 3}')
    agreed: TierName | None = Field(default=None, description="知道这些数字将触发或升至哪一级；不写则先以 409 告知")


@router.get("/tasks", summary="未完成的核实任务")
def list_tasks(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        return {"tasks": [task_line(task) for task in uow.tasks.open()]}


@router.post("/tasks/{task_id}/finish", summary="完成核实")
def finish(service: ServiceDep, task_id: str, found: Finish) -> dict[str, str]:
    if found.confirmed or found.figures:
        findings.finish(service, task_id, found.figures, by=found.by, note=found.outcome, agreed=found.agreed)
    else:
        service.finish_task(task_id, by=found.by, outcome=found.outcome)
    return {"outcome": found.outcome}
