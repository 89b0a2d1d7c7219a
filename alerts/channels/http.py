"""One HTTP call to a far side, every failure sorted into "later" and "never" and told without any secret."""

import ssl
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from alerts.channels import certificates
from alerts.errors import Busy, DeliveryError, Down, Permanent, Transient

KEPT = "；消息保留，稍后自动重试。"
KEY_HEADER = "X-Minqing-Key"
"""Every call carries the message's key, so that a far side or a proxy's log can tell a repeat."""
_LARGEST_ANSWER = 64 * 1024
_PATIENCE = 3
"""Time-outs that a whole call may last: one to connect, one to send, one to hear all of the answer."""
_SAID = 120
"""Characters of a far side's answer that an error repeats."""
_KEY_FROM = 8
"""Length from which a part of an address may be a key."""
_LATER = frozenset({408, 425, 429})


class Strict(BaseModel):
    """Unknown keys are errors, values cannot change, and no error repeats what was put in."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class HttpSettings(Strict):
    """What every channel over HTTP can be told."""

    timeout: float = Field(default=10, gt=0, le=30, description="超时（秒）")
    proxy: SecretStr | None = Field(default=None, description="代理服务器，如 http://proxy.example:3128；直连则不写")
    certificate: Path | None = Field(default=None, description="自建证书机构的根证书文件（PEM）；用公共证书则不写")


class Endpoint(Strict):
    """Where to call. The address itself is a secret: who knows it can send."""

    url: SecretStr = Field(description="网址；含密钥，建议用环境变量给出")

    @field_validator("url")
    @classmethod
    def _is_http(cls, value: SecretStr) -> SecretStr:
        if not is_http(value.get_secret_value()):
            raise ValueError("网址应以 http:// 或 https:// 开头，并写明主机")
        return value


def is_http(url: str) -> bool:
    """Whether it is an address that can be called."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return parsed.scheme in {"http", "https"} and bool(parsed.host)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One request. `who` names the far side in an error, `hidden` is what no error may repeat."""

    who: str
    url: str = field(repr=False)
    key: str
    content: bytes = b""
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)


class Caller:
    """Makes calls over connections that stay open for a while; threads may share it.

    It uses httpx's transport, not its client: the client writes every address, and so every robot's key, into the
    log, follows redirects and reads the environment.
    """

    def __init__(self, settings: HttpSettings) -> None:
        self._timeout = settings.timeout
        self._settings = settings
        self._transport: httpx.HTTPTransport | None = None

    def call(self, call: Call, good: Container[int] = range(200, 300)) -> bytes:
        """The body of an answer with a good status. Raises Transient or Permanent, a Chinese sentence each."""
        try:
            request = httpx.Request(
                call.method,
                call.url,
                content=call.content,
                headers={"User-Agent": "minqing", **call.headers, KEY_HEADER: call.key},
                extensions={"timeout": httpx.Timeout(self._timeout).as_dict()},
            )
            status, body = self._exchange(request)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            # "from None": the request inside the error knows the address and the headers.
            raise Down(f"{call.who}{_why(error)}{KEPT}") from None
        if status not in good:
            raise refused(call, status, body)
        return body

    def close(self) -> None:
        """Let go of open connections; the next call opens another."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def _exchange(self, request: httpx.Request) -> tuple[int, bytes]:
        until = monotonic() + _PATIENCE * self._timeout
        response = self._ready().handle_request(request)
        try:
            return response.status_code, _read(response, until)
        finally:
            response.close()

    def _ready(self) -> httpx.HTTPTransport:
        if self._transport is None:
            proxy = self._settings.proxy
            self._transport = httpx.HTTPTransport(
                verify=ssl.create_default_context(cafile=self._settings.certificate),
                trust_env=False,
                proxy=proxy.get_secret_value() if proxy is not None else None,
            )
        return self._transport


def _read(response: httpx.Response, until: float) -> bytes:
    """The answer, or as much of it as anybody needs: a far side that trickles must not hold up the queue."""
    body = b""
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            return body[:_LARGEST_ANSWER]
        if monotonic() > until:
            raise TimeoutError
    return body


def refused(call: Call, status: int, body: bytes) -> DeliveryError:
    """What a status says: 429 and 5xx "later", a redirect and every other 4xx "never"."""
    said = reply(body.decode("utf-8", "replace"), call.hidden)
    if status in _LATER or status >= 500:
        why = "发送过于频繁" if status == 429 else "暂时不能处理"
        return (Busy if status == 429 else Transient)(f"{call.who}{why}（HTTP {status} {said}）{KEPT}")
    if status in {401, 403}:
        return Permanent(f"{call.who}拒绝（HTTP {status} {said}）。请核对网址与密钥、对方的白名单，或改用其他渠道。")
    if status in {301, 302, 303, 307, 308, 404, 410}:
        return Permanent(
            f"{call.who}的网址已失效或改址（HTTP {status}）。请核对 settings.yaml 中的网址，或改用其他渠道。"
        )
    return Permanent(f"{call.who}拒收（HTTP {status} {said}）。请联系对方核对，或改用其他渠道。")


def reply(said: str, hidden: Iterable[str] = ()) -> str:
    """What a far side said in short, on one line and without our secrets."""
    for secret in hidden:
        said = said.replace(secret, "***") if secret else said
    return " ".join(said.split())[:_SAID] or "无说明"


def secrets_of(url: str, *more: str) -> tuple[str, ...]:
    """What must not be repeated of an address: all of it, and the parts that are the key."""
    parsed = httpx.URL(url)
    parts = (parsed.path.rstrip("/").rpartition("/")[2], *(value for _, value in parsed.params.multi_items()))
    return (url, *(part for part in parts if len(part) >= _KEY_FROM), *more)


_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (httpx.TimeoutException, "应答超时，不能确定是否收到，请检查网络"),
    (TimeoutError, "应答超时，不能确定是否收到，请检查网络"),
    (httpx.ConnectError, "连接不上，请检查网络与 settings.yaml 中的网址"),
    (httpx.ProxyError, "经代理连接不上，请核对 settings.yaml 中的 proxy"),
    (httpx.InvalidURL, "的网址写法不对，请核对 settings.yaml"),
    (httpx.UnsupportedProtocol, "的网址写法不对，请核对 settings.yaml"),
    (httpx.TransportError, "中途断开了连接，不能确定是否收到"),
    (FileNotFoundError, "的证书文件找不到，请核对 settings.yaml 中的 certificate"),
    (ssl.SSLError, "的证书文件不能使用，请核对 settings.yaml 中的 certificate"),
    (Exception, "连接不上，请检查网络与 settings.yaml"),
)
"""First match wins."""


def _why(error: Exception) -> str:
    """What is wrong, and what to do."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"的证书不可信（{certificates.why(cause)}）"
        if isinstance(cause, ssl.SSLError) and isinstance(error, httpx.HTTPError):
            return "未能建立加密连接，请核对 settings.yaml 中的网址"
        cause = cause.__cause__ or cause.__context__
    return next(sentence for kind, sentence in _SENTENCES if isinstance(error, kind))
