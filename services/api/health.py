"""Is the service up, and is its work being done?"""

from typing import Any

from fastapi import APIRouter, Response

from services.api.deps import ServiceDep
from services.formats import moment
from services.supervision.auditor import late

router = APIRouter()


@router.get("/healthz", summary="健康检查")
def healthz(service: ServiceDep, response: Response) -> dict[str, Any]:
    """Status "ok", or "late" with 503 and what should have been done; unsent messages, overdue alerts."""
    now = service.clock.now()
    with service.view() as uow:
        problems = late(service, uow, now)
        response.status_code = 503 if problems else 200
        return {
            "status": "late" if problems else "ok",
            "problems": problems,
            "leads": service.presence.leads,
            "now": moment(now),
            "outbox": uow.outbox.waiting(),
            "overdue": len(uow.alerts.due(now)),
        }
