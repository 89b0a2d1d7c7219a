"""Drills: begun and told on here, handled like any alert, marked everywhere."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from alerts.model import Decision
from analyzer.model import FactKind
from analyzer.plan.criteria import TierName
from crawlers.model import Authority
from services.acts import drilling
from services.acts.drilling import Script
from services.api.deps import ServiceDep, Written
from services.bootstrap import Service
from services.formats import alert_line

router = APIRouter(tags=["演练"])


class Begin(BaseModel):
    """What is supposed to have happened."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="发起人编号，须为预案 drills 所列、此刻在岗的人")
    title: Written = Field(min_length=1, max_length=60, description="假设的情况，如“永固仓库火灾，3人死亡”")
    topic: str = Field(description="主题代码，如 hazard.fire")
    tier: TierName | None = Field(default=None, description="假设的级别；不写则由预案按数字定级")
    figures: dict[FactKind, float] = Field(
        default_factory=dict, description='假设的数字，如 {"deaths": 3}；不写则从 title 中读出'
    )


class Told(BaseModel):
    """What is supposed to be said next."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号，须为预案 drills 所列、此刻在岗的人")
    text: Written = Field(min_length=1, max_length=2000, description="假设的帖文或通报，如“消防通报：12人死亡”")
    authority: Authority = Field(
        default=Authority.OFFICIAL, description="谁说的；官方的数字视为已核实，公众的视为三人所说"
    )
    figures: dict[FactKind, float] = Field(default_factory=dict, description="假设的数字；不写则从 text 中读出")
    agreed: TierName | None = Field(default=None, description="知道这些数字将升至哪一级；不写则先以 409 告知")


@router.post("/drills", summary="发起演练：全流程照走，处处标明演练，不计入统计")
def begin(service: ServiceDep, body: Begin) -> dict[str, Any]:
    script = Script(by=body.by, text=body.title, figures=body.figures)
    return _line(service, drilling.begin(service, script, topic=body.topic, tier=body.tier))


@router.post("/drills/{alert_id}/told", summary="演练中又来了情况：照常研读、定级，可引起升级、续报、更正")
def tell(service: ServiceDep, alert_id: str, body: Told) -> dict[str, Any]:
    script = Script(by=body.by, text=body.text, authority=body.authority, figures=body.figures)
    decision = drilling.tell(service, alert_id, script, body.agreed)
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
    return {**_line(service, decision), "alert": alert_line(alert, service.clock.now()) if alert else None}


def _line(service: Service, decision: Decision) -> dict[str, Any]:
    alert = alert_line(decision.alert, service.clock.now()) if decision.alert else None
    return {"reason": decision.reason, "alert": alert}
