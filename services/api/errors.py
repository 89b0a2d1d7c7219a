"""What a refused request is told: one Chinese sentence, as JSON to programs and as a page to people."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from alerts.documents.errors import DocumentError
from alerts.errors import AlertError
from services.console import page
from services.errors import NotFound, ServiceError
from services.folder import config
from services.storage.errors import Unavailable

_SENTENCES = {404: "没有这个地址。", 405: "这个地址不支持这种操作。"}
_STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    Unavailable: 503,
    DocumentError: 503,
    ServiceError: 409,
    AlertError: 409,
}


def install(app: FastAPI) -> None:
    """Answer every error of the service, of the framework, and every fault of our own."""
    for kind, status in _STATUS.items():
        app.add_exception_handler(kind, lambda request, error, status=status: _answer(request, str(error), status))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, lambda request, _: _answer(request, "服务内部出错，已记入日志。", 500))


def _answer(request: Request, sentence: str, status: int) -> Response:
    if request.url.path.startswith(("/api/", "/healthz")):
        return JSONResponse({"detail": sentence}, status_code=status)
    return page.refusal(request, sentence, status)


def _invalid(request: Request, error: Exception) -> Response:
    """Everything that is wrong with the parameters and the body."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  # for the type checker
    clauses = [config.clause(detail, _name(detail["loc"])) for detail in error.errors()]
    return _answer(request, "；".join(dict.fromkeys(clauses)) + "。", 422)


def _name(location: tuple[int | str, ...]) -> str:
    """The parameter's name, without the part of the request that it stands in."""
    return ".".join(str(part) for part in location[1:]) or "请求正文"


def _framework(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _answer(request, _SENTENCES.get(status, f"请求未能处理（HTTP {status}）。"), status)
