"""Access while there are no accounts: this machine only, and no other site's page may act through the browser."""

import ipaddress

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from services.errors import ConfigError

_NAMES = {"localhost", "127.0.0.1", "[::1]"}
_SAFE = {"GET", "HEAD", "OPTIONS"}


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_loopback(host: str) -> None:
    """Raises ConfigError for an address that other machines can reach."""
    if not is_loopback(host):
        raise ConfigError(
            [f"settings.yaml：listen.host 为 {host}，但控制台只许本机访问；请改为 127.0.0.1，远程请走 SSH。"]
        )


class LocalOnly:
    """Refuses other hosts' names (DNS rebinding), and writes that another site's page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed."""
        if scope["type"] == "http":
            refusal = _refusal(scope)
            if refusal:
                await JSONResponse({"detail": refusal}, status_code=403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refusal(scope: Scope) -> str:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get("host", "")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name not in _NAMES:
        return "只允许以本机地址访问。"
    if scope["method"] in _SAFE:
        return ""
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return "拒绝来自其他网站的操作。"
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != host:
        return "拒绝来自其他网站的操作。"
    return ""
