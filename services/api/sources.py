"""How the sources are doing."""

from typing import Any

from fastapi import APIRouter

from services.api.deps import ServiceDep
from services.formats import moment
from services.ports import Tally

router = APIRouter(tags=["来源"])


@router.get("/sources", summary="来源状态与计数")
def list_sources(service: ServiceDep) -> dict[str, Any]:
    with service.view() as uow:
        states, tallies = uow.sources.states(), uow.sources.tallies()
    lines = []
    for source in service.sources:
        state, tally = states.get(source.id), tallies.get(source.id, Tally(source_id=source.id))
        lines.append(
            {
                "id": source.id,
                "name": source.name,
                "kind": source.kind,
                "authority": source.authority.value,
                "health": state.health.value if state else None,
                "last_visit_at": moment(state.last_visit_at) if state else None,
                "last_success_at": moment(state.last_success_at) if state else None,
                "last_new_at": moment(state.last_new_at) if state else None,
                "quarantined": state.quarantined if state else 0,
                "problem": state.problem if state else "",
                "read": tally.read,
                "kept": tally.kept,
                "out_of_scope": tally.out_of_scope,
            }
        )
    return {"sources": lines}
