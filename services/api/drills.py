"""Drills: begun here, handled like any alert, marked everywhere."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from alerts.drills import Drill
from analyzer.model import FactKind, Tier
from analyzer.plan.criteria import TierName
from services.api.deps import ServiceDep
from services.formats import alert_line

router = APIRouter(tags=["演练"])


class Begin(BaseModel):
    """What is supposed to have happened."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="发起人编号，须为预案 drills 所列、此刻在岗的人")
    tier: TierName = Field(description="假设的级别")
    title: str = Field(min_length=1, max_length=60, description="假设的情况，如“永固仓库火灾”")
    topic: str = Field(description="主题代码，如 hazard.fire")
    figures: dict[FactKind, float] = Field(default_factory=dict, description='假设的数字，如 {"deaths": 3}')


@router.post("/drills", summary="发起演练：全流程照走，处处标明演练，不计入统计")
def begin(service: ServiceDep, body: Begin) -> dict[str, Any]:
    tier: Tier = body.tier
    drill = Drill(by=body.by, tier=tier, title=body.title, topic=body.topic, figures=body.figures)
    decision = service.drill(drill)
    return {"reason": decision.reason, "alert": alert_line(decision.alert) if decision.alert else None}
