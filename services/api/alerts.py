"""Alerts, and what people do about them."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from alerts.lifecycle import Action
from alerts.matter import Act
from analyzer.model import Tier
from analyzer.plan.criteria import TierName
from services.acts.seen import seen
from services.api.deps import ServiceDep, Written
from services.bootstrap import Service
from services.errors import NotFound
from services.formats import alert_line, letter_line, report_line

router = APIRouter(tags=["预警"])


class Body(BaseModel):
    """Who does it, and why."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    note: Written = Field(default="", max_length=2000, description="说明或理由")
    to: Written = Field(default="", max_length=200, description="转办的部门、移交给谁，或电话打给了谁")
    tier: TierName | None = Field(default=None, description="降至哪一级")
    until: AwareDatetime | None = Field(default=None, description="暂缓到什么时候")
    at: AwareDatetime | None = Field(default=None, description="通话时间；不写为现在")
    into: Written = Field(default="", max_length=200, description="并入哪个预警")
    instead: bool = Field(
        default=False, description="转办时改派：原责任部门不再办理并得到通知；不写则原部门继续办理，新转的部门协办"
    )
    seen: str = Field(
        default="", max_length=200, description="所见情况的标记（GET 时的 seen）；此后有变化的，以 409 告知而不执行"
    )
    despite: bool = Field(default=False, description="知道还有未办事项，仍要办结；不写则先以 409 告知")


@router.get("/alerts", summary="预警列表")
def list_alerts(
    service: ServiceDep, open_only: Annotated[bool, Query(alias="open", description="只要未结束的")] = False
) -> dict[str, Any]:
    now = service.clock.now()
    with service.view() as uow:
        return {"alerts": [alert_line(a, now) for a in (uow.alerts.open() if open_only else uow.alerts.all())]}


@router.get("/alerts/{alert_id}", summary="一个预警：状态、时限、经过、报告与发送记录")
def show_alert(service: ServiceDep, alert_id: str) -> dict[str, Any]:
    service.looked("", "view alert", alert_id)
    with service.view() as uow:
        alert = uow.alerts.get(alert_id)
        if alert is None:
            raise NotFound(f"没有编号为 {alert_id} 的预警。")
        reports = {report.id: report for report in uow.reports.of_event(alert.event_id)}
        return {
            **alert_line(alert, service.clock.now(), uow.alerts.history(alert_id)),
            "seen": seen(alert, uow.events.get(alert.event_id)),
            "reports": [report_line(report) for report in reports.values()],
            "notifications": [
                letter_line(n, reports.get(n.report_id or "")) for n in uow.outbox.all(alert_id=alert_id)
            ],
        }


class Name(StrEnum):
    """Actions as addresses write them."""

    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"
    ASSIGN = "assign"
    PHONE = "phone"
    ANSWER = "answer"
    PRESS = "press"
    RETRACT = "retract"
    HAND_OVER = "hand-over"
    SNOOZE = "snooze"
    LOWER = "lower"
    CLOSE = "close"
    FALSE_ALARM = "false-alarm"
    MERGE = "merge"
    REOPEN = "reopen"

    @property
    def action(self) -> Action:
        """The action that is meant."""
        return Action(self.value.replace("-", "_"))


_MORE = {
    Name.PHONE: "（to 写打给了谁，at 写通话时间）",
    Name.ANSWER: "（note 写由谁、在何处、说了什么）",
    Name.PRESS: "（note 写由谁、在何处、说了什么）",
    Name.RETRACT: "（最后登记的一次，须写理由）",
    Name.HAND_OVER: "（须写交接事项）",
    Name.SNOOZE: "（须写理由和到何时止）",
    Name.LOWER: "（须写理由；Ⅰ、Ⅱ级须两人）",
    Name.CLOSE: "（须写理由；Ⅰ、Ⅱ级须两人）",
    Name.FALSE_ALARM: "（须写理由；Ⅰ、Ⅱ级须两人）",
    Name.MERGE: "（须写理由；Ⅰ、Ⅱ级须两人）",
    Name.REOPEN: "（须写理由，限更正期内）",
}


def _operation(name: Name) -> Callable[[Service, str, Body], dict[str, Any]]:
    def act(service: ServiceDep, alert_id: str, body: Body) -> dict[str, Any]:
        tier: Tier | None = body.tier
        wanted = Act(
            action=name.action,
            by=body.by,
            note=body.note,
            to=body.to,
            tier=tier,
            until=body.until,
            at=body.at,
            instead=body.instead,
        )
        decision = service.act(alert_id, wanted, into=body.into, despite=body.despite, mark=body.seen)
        alert = alert_line(decision.alert, service.clock.now()) if decision.alert else None
        return {"reason": decision.reason, "alert": alert}

    return act


for _name in Name:
    router.post(
        f"/alerts/{{alert_id}}/{_name.value}",
        name=_name.action.value,
        summary=_name.action.chinese + _MORE.get(_name, ""),
    )(_operation(_name))
