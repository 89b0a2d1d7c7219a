"""Events with their figures, ratings and reasons."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from alerts.feedback import Verdict
from alerts.model import Alert
from analyzer.model import EventStatus, FactKind
from analyzer.plan.criteria import TierName
from services.acts import feedback, findings, regrouping
from services.api.deps import ServiceDep, Written
from services.attention import attention_of
from services.errors import NotFound
from services.formats import (
    attention_line,
    event_line,
    feedback_line,
    post_line,
    precision_line,
    proposal_line,
    regrouping_line,
    report_line,
    tier,
)
from services.kin import awake, proposals
from services.retelling import retold

router = APIRouter(tags=["事件"])


class Merge(BaseModel):
    """Who makes the event a part of which other one."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    into: str = Field(min_length=1, description="并入哪个事件")
    note: Written = Field(default="", max_length=2000, description="说明")


class Split(BaseModel):
    """Who makes which posts an event of their own."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    posts: list[str] = Field(min_length=1, description="要拆出的帖文编号")
    note: Written = Field(default="", max_length=2000, description="说明")


class Judgement(BaseModel):
    """Who thinks what of an event's tier."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    verdict: Verdict = Field(description="right 恰当、false_alarm 误报、too_high 偏高、too_low 偏低")
    note: Written = Field(default="", max_length=2000, description="说明")


class Verified(BaseModel):
    """Who has verified what of an event."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")
    figures: dict[FactKind, float] = Field(default_factory=dict, description="核实的数字；不写则只确认事件属实")
    agreed: TierName | None = Field(default=None, description="知道这些数字将触发或升至哪一级；不写则先以 409 告知")
    note: Written = Field(default="", max_length=2000, description="说明")


class Undo(BaseModel):
    """Who takes a merge or split back."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")


@router.get("/events", summary="事件列表，最近有动静的在前")
def list_events(
    service: ServiceDep,
    since: Annotated[AwareDatetime | None, Query(description="只要此后仍有动静的事件")] = None,
    topic: Annotated[str | None, Query(description="主题代码")] = None,
    status: Annotated[EventStatus | None, Query(description="事件状态")] = None,
    rated: Annotated[bool, Query(description="只要已定级的事件")] = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Corroborated events only: what fewer than three voices say is a task, not a public line."""
    with service.view() as uow:
        lines = []
        for event in sorted(uow.events.corroborated(since=since), key=lambda e: e.last_seen_at, reverse=True):
            if (topic and topic not in event.topics) or (status and event.status != status):
                continue
            rating = uow.events.rating(event.id)
            if rated and (rating is None or rating.tier is None):
                continue
            told = retold(rating, event, service.plan, service.clock.now())
            lines.append(event_line(event, told, uow.events.member_ids(event.id)))
            if len(lines) == limit:
                break
    return {"events": lines}


@router.get("/events/{event_id}", summary="一个事件：数字、定级、依据、报告与帖文（已脱敏）")
def show_event(service: ServiceDep, event_id: str) -> dict[str, Any]:
    service.looked("", "view event", event_id)
    with service.view() as uow:
        event = uow.events.get(event_id)
        if event is not None and event.merged_into is not None:
            raise NotFound(f"事件 {event_id} 已并入 {event.merged_into}。")
        if event is None or not event.corroborated:
            raise NotFound(f"没有编号为 {event_id} 的事件。")
        ids = uow.events.member_ids(event_id)
        episodes = [_episode(alert) for alert in uow.alerts.episodes(event_id)]
        return {
            **event_line(event, retold(uow.events.rating(event_id), event, service.plan, service.clock.now()), ids),
            "alert": episodes[-1] if episodes else None,
            "episodes": episodes,
            "reports": [report_line(report) for report in uow.reports.of_event(event_id)],
            "regroupings": [
                regrouping_line(move) for move in uow.events.regroupings() if event_id in {move.source, move.target}
            ],
            "proposals": [proposal_line(found) for found in proposals(service, uow, event)],
            "excerpts": [post_line(post) for post in uow.posts.get(ids[:50])],
        }


def _episode(alert: Alert) -> dict[str, Any]:
    return {"id": alert.id, "episode": alert.episode, "state": alert.state.value, "tier": tier(alert.tier)}


@router.get("/proposals", summary="可能是同一事件的各对事件（只是建议，合并由人决定）")
def list_proposals(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        found = service.kinships.pairs(service, uow, awake(uow, service.clock.now()))
    return {"proposals": [{"of": event_id, **proposal_line(one)} for event_id, one in found.items()]}


@router.get("/events/{event_id}/attention", summary="关注度：每小时公众帖文与同时段常态")
def show_attention(service: ServiceDep, event_id: str) -> dict[str, Any]:
    with service.view() as uow:
        event = uow.events.get(event_id)
        if event is None or not event.corroborated:
            raise NotFound(f"没有编号为 {event_id} 的事件。")
        found = attention_of(service, uow, event)
    return attention_line(found)


@router.get("/regroupings", summary="人工合并与拆分，最早的在前")
def list_regroupings(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        return {"regroupings": [regrouping_line(move) for move in uow.events.regroupings()]}


@router.post("/events/{event_id}/merge", summary="并入另一事件（可撤销）")
def merge(service: ServiceDep, event_id: str, wanted: Merge) -> dict[str, Any]:
    return regrouping_line(regrouping.merge(service, event_id, wanted.into, by=wanted.by, note=wanted.note))


@router.post("/events/{event_id}/split", summary="把一些帖文拆成另一事件（可撤销；拆开的不会再被并在一起）")
def split(service: ServiceDep, event_id: str, wanted: Split) -> dict[str, Any]:
    return regrouping_line(regrouping.split(service, event_id, wanted.posts, by=wanted.by, note=wanted.note))


@router.post("/regroupings/{regrouping_id}/undo", summary="撤销合并或拆分")
def undo(service: ServiceDep, regrouping_id: str, wanted: Undo) -> dict[str, Any]:
    return regrouping_line(regrouping.undo(service, regrouping_id, by=wanted.by))


@router.post("/events/{event_id}/feedback", summary="评价定级：恰当、误报、偏高、偏低（以最后一次为准）")
def judge(service: ServiceDep, event_id: str, wanted: Judgement) -> dict[str, Any]:
    return feedback_line(feedback.give(service, event_id, wanted.verdict, by=wanted.by, note=wanted.note))


@router.get("/feedback", summary="各判据的准确率与评价次数")
def show_feedback(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        return {"criteria": [precision_line(row) for row in feedback.rows(uow)]}


@router.post("/events/{event_id}/verified", summary="登记核实结果：事件属实，及核实的数字")
def verify(service: ServiceDep, event_id: str, wanted: Verified) -> dict[str, Any]:
    findings.confirm(service, event_id, wanted.figures, by=wanted.by, note=wanted.note, agreed=wanted.agreed)
    return show_event(service, event_id)
