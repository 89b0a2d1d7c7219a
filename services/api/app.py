"""The web application: REST under /api/v1, the console at /, health at /healthz."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from services.api import (
    alerts,
    briefs,
    drills,
    errors,
    events,
    health,
    outbox,
    reports,
    search,
    shifts,
    sources,
    tasks,
)
from services.bootstrap import Service
from services.console import bounds, page, pages
from services.console import reports as report_pages
from services.console import shifts as shift_pages
from services.console import tasks as task_pages
from services.security.headers import SafeHeaders
from services.security.local import LocalOnly, require_loopback


def create_app(service: Service) -> FastAPI:
    """The application over one running service. Raises ConfigError when it would be open to other machines."""
    require_loopback(service.settings.listen.host)
    app = FastAPI(
        title="民情",
        description="公众关切早期预警服务：接口只返回脱敏后的内容，从不包含发帖人身份。",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.service = service
    app.add_middleware(LocalOnly)
    app.add_middleware(SafeHeaders)
    for router in (events, alerts, drills, reports, briefs, tasks, shifts, sources, search, outbox):
        app.include_router(router.router, prefix="/api/v1")
    app.include_router(health.router)
    for forms in (pages, bounds, report_pages, shift_pages, task_pages):
        app.include_router(forms.router)
    app.mount("/static", StaticFiles(directory=page.HERE / "static"))
    errors.install(app)
    return app
