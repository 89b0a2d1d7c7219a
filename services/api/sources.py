"""How the sources are doing."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter

from services.api.deps import ServiceDep
from services.formats import moment
from services.ports import Tally
from services.sourcing.health import assess, coverage

router = APIRouter(tags=["来源"])


@router.get("/sources", summary="来源状态与计数")
def list_sources(service: ServiceDep) -> dict[str, Any]:
    """`health` and `sentence` are for people to read; `problem` is what the last visit complained of."""
    now = service.clock.now()
    with service.view() as uow:
        states, tallies = uow.sources.states(), uow.sources.tallies()
    found = {source.id: assess(states.get(source.id), source, now) for source in service.sources}
    lines = []
    for source in service.sources:
        seen, state, tally = found[source.id], states.get(source.id), tallies.get(source.id, Tally(source_id=source.id))
        lines.append(
            {
                "id": source.id,
                "name": source.name,
                "kind": source.kind,
                "authority": source.authority.value,
                "important": source.important,
                "health": seen.health.value if seen.health else None,
                "fresh": seen.fresh,
                "sentence": seen.sentence,
                "usual_hours": round(seen.usual / timedelta(hours=1), 2) if seen.usual else None,
                "last_visit_at": moment(state.last_visit_at) if state else None,
                "last_success_at": moment(state.last_success_at) if state else None,
                "last_new_at": moment(state.last_new_at) if state else None,
                "quarantined": state.quarantined if state else 0,
                "stale": state.stale if state else 0,
                "problem": state.problem if state else "",
                "read": tally.read,
                "kept": tally.kept,
                "out_of_scope": tally.out_of_scope,
            }
        )
    fresh = sum(one.fresh for one in found.values())
    return {"sentence": coverage(found.values()), "fresh": fresh, "sources": lines}
