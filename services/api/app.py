"""The web application: REST under /api/v1, the console at /, health at /healthz."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from alerts.errors import AlertError
from services.api import alerts, briefs, events, health, search, sources, tasks
from services.bootstrap import Service
from services.console import pages
from services.errors import NotFound, ServiceError
from services.security.local import LocalOnly


def create_app(service: Service) -> FastAPI:
    """The application over one running service."""
    app = FastAPI(
        title="民情",
        description="公众关切早期预警服务：接口只返回脱敏后的内容，从不包含发帖人身份。",
        version="1",
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.service = service
    app.add_middleware(LocalOnly, host=service.settings.listen.host)
    for router in (events, alerts, briefs, tasks, sources, search):
        app.include_router(router.router, prefix="/api/v1")
    app.include_router(health.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=pages.HERE / "static"))
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(ServiceError, _refused)
    app.add_exception_handler(AlertError, _refused)
    return app


def _not_found(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status_code=404)


def _refused(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status_code=409)
