"""Alerts, and what people do about them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from alerts.lifecycle import Action
from analyzer.model import Tier
from analyzer.plan.criteria import TierName
from services.api.deps import ServiceDep
from services.errors import NotFound
from services.formats import alert_line, notification_line, report_line

router = APIRouter(tags=["预警"])


class Act(BaseModel):
    """Who does it, and why."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    note: str = Field(default="", max_length=2000, description="说明或理由")
    to: str = Field(default="", description="转办的部门，或移交给谁")
    tier: TierName | None = Field(default=None, description="降至哪一级")


@router.get("/alerts", summary="预警列表")
def list_alerts(
    service: ServiceDep, open_only: Annotated[bool, Query(alias="open", description="只要未结束的")] = False
) -> dict[str, Any]:
    with service.view() as uow:
        return {"alerts": [alert_line(a) for a in (uow.alerts.open() if open_only else uow.alerts.all())]}


@router.get("/alerts/{alert_id}", summary="一个预警：状态、时限、经过、报告与发送记录")
def show_alert(service: ServiceDep, alert_id: str) -> dict[str, Any]:
    service.looked("", "view alert", alert_id)
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
        if alert is None:
            raise NotFound(f"没有编号为 {alert_id} 的预警。")
        reports = {report.id: report for report in uow.reports.of_event(alert.event_id)}
        return {
            **alert_line(alert, uow.alerts.history(alert_id)),
            "reports": [report_line(report) for report in reports.values()],
            "notifications": [
                {**notification_line(n, reports.get(n.report_id or "")), "state": n.state.value, "attempts": n.attempts}
                for n in uow.outbox.all(alert_id=alert_id)
            ],
        }


def _act(service: ServiceDep, alert_id: str, action: Action, act: Act) -> dict[str, Any]:
    tier: Tier | None = act.tier
    decision = service.act(alert_id, action, by=act.by, note=act.note, to=act.to, tier=tier)
    return {"reason": decision.reason, "alert": alert_line(decision.alert) if decision.alert else None}


@router.post("/alerts/{alert_id}/acknowledge", summary="签收")
def acknowledge(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.ACKNOWLEDGE, act)


@router.post("/alerts/{alert_id}/verify", summary="开始核实")
def verify(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.VERIFY, act)


@router.post("/alerts/{alert_id}/assign", summary="转办")
def assign(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.ASSIGN, act)


@router.post("/alerts/{alert_id}/answer", summary="登记对公众的回应")
def answer(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.ANSWER, act)


@router.post("/alerts/{alert_id}/hand-over", summary="移交")
def hand_over(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.HAND_OVER, act)


@router.post("/alerts/{alert_id}/lower", summary="降级（须写理由；Ⅰ、Ⅱ级须两人）")
def lower(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.LOWER, act)


@router.post("/alerts/{alert_id}/close", summary="办结（须写理由；Ⅰ、Ⅱ级须两人）")
def close(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.CLOSE, act)


@router.post("/alerts/{alert_id}/false-alarm", summary="按误报结束（须写理由；Ⅰ、Ⅱ级须两人）")
def false_alarm(service: ServiceDep, alert_id: str, act: Act) -> dict[str, Any]:
    return _act(service, alert_id, Action.FALSE_ALARM, act)
