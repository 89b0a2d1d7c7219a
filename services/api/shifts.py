"""Who is on duty, and how a shift is handed over."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from alerts.model import Handover
from services.acts import shifts
from services.api.deps import ServiceDep, Written
from services.formats import moment

router = APIRouter(tags=["值班"])


class Write(BaseModel):
    """The note of the one who goes."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="交班人编号；人已离开时由带班领导代写")
    note: Written = Field(max_length=5000, description="交接事项；没有也请写“无未办事项”")


class Take(BaseModel):
    """Who comes."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1, description="接班人编号")


def _line(note: Handover) -> dict[str, Any]:
    return {
        "id": note.id,
        "role": note.role,
        "outgoing": note.outgoing,
        "note": note.note,
        "written_at": moment(note.written_at),
        "alerts": list(note.alerts),
        "incoming": note.incoming,
        "taken_at": moment(note.taken_at),
    }


@router.get("/shifts", summary="此刻各岗位由谁值守、到几时、是否已交接")
def list_shifts(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        found = shifts.duties(service, uow, service.clock.now())
        return {
            "roles": [
                {
                    "role": duty.role,
                    "name": service.roster.names[duty.role],
                    "people": list(duty.people),
                    "since": moment(duty.shift.start) if duty.shift else None,
                    "until": moment(duty.shift.end) if duty.shift else None,
                    "note": _line(duty.note) if duty.note else None,
                    "missing": duty.missing,
                }
                for duty in found
            ],
            "problems": service.roster.problems(service.clock.now()),
        }


@router.post("/shifts/{role}/hand-over", summary="交班：写明交接事项")
def hand_over(service: ServiceDep, role: str, body: Write) -> dict[str, Any]:
    return _line(shifts.write(service, role, body.by, body.note))


@router.post("/shifts/{role}/take-over", summary="接班：须有交接记录；交班人名下的预警一并转来")
def take_over(service: ServiceDep, role: str, body: Take) -> dict[str, Any]:
    return _line(shifts.take(service, role, body.by))
