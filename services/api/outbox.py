"""Messages that could not be delivered, and sending them again."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from alerts.model import NotificationState
from services.api.deps import ServiceDep
from services.formats import letter_line

router = APIRouter(tags=["发件箱"])


class Replay(BaseModel):
    """Who sends it again."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="操作人编号（值班表中的人员）")


@router.get("/outbox", summary="发件箱：默认列出发送失败的消息")
def list_outbox(
    service: ServiceDep,
    state: Annotated[NotificationState, Query(description="状态")] = NotificationState.DEAD,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 500,
) -> dict[str, Any]:
    with service.view() as uow:
        return {"notifications": [letter_line(letter) for letter in uow.outbox.all(state=state, limit=limit)]}


@router.post("/outbox/{letter_id}/replay", summary="重发一条")
def replay(service: ServiceDep, letter_id: str, asked: Replay) -> dict[str, int]:
    return {"replayed": service.replay([letter_id], by=asked.by)}
