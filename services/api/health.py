"""Is the service up, and is its work being done?"""

from typing import Any

from fastapi import APIRouter

from services.api.deps import ServiceDep
from services.formats import moment

router = APIRouter()


@router.get("/healthz", summary="健康检查")
def healthz(service: ServiceDep) -> dict[str, Any]:
    """Status "ok", and what waits: unread posts, unsent messages, overdue alerts."""
    now = service.clock.now()
    with service.view() as uow:
        overdue = len(uow.alerts.due(now))
        return {
            "status": "ok",
            "leads": service.presence.leads,
            "now": moment(now),
            "outbox": uow.outbox.waiting(),
            "overdue": overdue,
        }
