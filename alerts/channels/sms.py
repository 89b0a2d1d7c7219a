"""Short messages through any HTTP gateway: the settings say how its call looks and what success is."""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import Field, JsonValue, SecretStr, field_validator, model_validator

from alerts.channels import shortening
from alerts.channels.http import KEPT, Call, Caller, Endpoint, HttpSettings, is_http, reply, secrets_of
from alerts.errors import Permanent, Transient
from alerts.model import Message

_PLACE = re.compile(r"\{(\w+)\}")
_GIVEN = ("phone", "text", "key")
_PHONE = re.compile(r"\+?[0-9]{5,15}")
_SHOWN = 200


class Encoding(StrEnum):
    """How a body is written."""

    JSON = "json"
    FORM = "form"


class Method(StrEnum):
    """How the gateway is called; GET has no body."""

    POST = "POST"
    GET = "GET"


class SmsSettings(HttpSettings, Endpoint):
    """A gateway. `{phone}`, `{text}`, `{key}` and the names in `secrets` may stand in url, headers and body."""

    method: Method = Field(default=Method.POST, description="POST 或 GET")
    headers: dict[str, str] = Field(default_factory=dict, description="请求头")
    encoding: Encoding = Field(default=Encoding.JSON, description="请求体的写法：json 或 form")
    body: dict[str, JsonValue] | str = Field(default="", description="请求体：键值表，或写好占位符的文字")
    secrets: dict[str, SecretStr] = Field(default_factory=dict, description="密钥：名称 → 值，用 {名称} 引用")
    status: tuple[int, ...] = Field(default=(200,), min_length=1, description="表示成功的 HTTP 状态码")
    success: str = Field(default="", description="JMESPath：应答满足它才算发出；不写则只看状态码")
    temporary: str = Field(default="", description="JMESPath：应答满足它则稍后重试")
    reason: str = Field(default="", description="JMESPath：失败原因在应答中的位置")
    signature: str = Field(default="", max_length=30, description="短信签名，如 【示范区值班台】")
    limit: int = Field(default=330, ge=70, le=1000, description="最多多少字（67 字计一条）")

    @field_validator("success", "temporary", "reason")
    @classmethod
    def _compiles(cls, value: str) -> str:
        if value:
            try:
                jmespath.compile(value)
            except JMESPathError:
                raise ValueError(f"“{value}”不是有效的 JMESPath 表达式") from None
        return value

    @model_validator(mode="after")
    def _places_known(self) -> "SmsSettings":
        known = {*_GIVEN, *self.secrets}
        written = [self.url.get_secret_value(), *self.headers.values(), json.dumps(self.body, ensure_ascii=False)]
        unknown = sorted({place for text in written for place in _PLACE.findall(text)} - known)
        if unknown:
            raise ValueError(f"占位符 {{{unknown[0]}}} 没有定义，可用的有 {'、'.join(sorted(known))}")
        if not any("{phone}" in text for text in written) or not any("{text}" in text for text in written):
            raise ValueError("url、headers 或 body 中必须写有 {phone} 和 {text}")
        return self


class SmsChannel:
    """One text to one phone. A gateway's refusal inside HTTP 200 is a failure."""

    name = "sms"

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings
        self._caller = Caller(settings)

    def send(self, message: Message) -> None:
        """Returns when the gateway has taken the text. Raises Transient or Permanent."""
        problem = self.address_problem(message.address)
        if problem:
            raise Permanent(f"“{message.recipient_name}”的{problem}")
        call = self._call(message)
        if not is_http(call.url):
            raise Transient(f"{call.who}的网址写法不对，请核对 settings.yaml 中 channels.sms 的 url{KEPT}")
        self._judge(call, self._caller.call(call, self._settings.status))

    def address_problem(self, address: str) -> str:
        """Why no text can go to `address`; empty when one can."""
        if _PHONE.fullmatch(_digits(address)):
            return ""
        return f"地址“{address}”不是电话号码，不能发短信，请改正 roster.yaml。"

    def close(self) -> None:
        """Let go of open connections."""
        self._caller.close()

    def text(self, message: Message) -> str:
        """Signature, subject and as much of the text as the gateway's limit allows."""
        told = f"{shortening.one_line(message.subject)}\n{shortening.clean(message.text).strip()}"
        return shortening.fit(self._settings.signature + told, self._settings.limit, len)

    def _call(self, message: Message) -> Call:
        s = self._settings
        secrets = {name: value.get_secret_value() for name, value in s.secrets.items()}
        values = {**secrets, "phone": _digits(message.address), "text": self.text(message), "key": message.key}
        url = _filled(s.url.get_secret_value(), values, lambda value: quote(value, safe=""))
        kinds = {Encoding.JSON: "application/json", Encoding.FORM: "application/x-www-form-urlencoded"}
        headers = {"Content-Type": f"{kinds[s.encoding]}; charset=utf-8"} if s.method is Method.POST else {}
        headers |= {name: _filled(value, values, shortening.one_line) for name, value in s.headers.items()}
        return Call(
            who=f"短信网关（发往{_masked(message.address)}）",
            url=url,
            key=message.key,
            method=s.method.value,
            content=self._content(values) if s.method is Method.POST else b"",
            headers=headers,
            hidden=(*secrets_of(s.url.get_secret_value()), *secrets.values(), values["phone"]),
        )

    def _content(self, values: Mapping[str, str]) -> bytes:
        body, json_body = self._settings.body, self._settings.encoding is Encoding.JSON
        if isinstance(body, str):
            # The template's own quotes stay; what is put in can neither end a string nor begin a parameter.
            escape: Callable[[str], str] = _within_json if json_body else (lambda value: quote(value, safe=""))
            return _filled(body, values, escape).encode()
        made = {key: _leaves(value, values) for key, value in body.items()}
        return (json.dumps(made, ensure_ascii=False) if json_body else urlencode(made)).encode()

    def _judge(self, call: Call, body: bytes) -> None:
        s = self._settings
        if not s.success:
            return
        try:
            answer = json.loads(body)
        except ValueError:
            said = reply(body.decode("utf-8", "replace"), call.hidden)
            raise Transient(f"{call.who}的应答看不懂（{said}），请检查网络与网关{KEPT}") from None
        if _found(s.success, answer):
            return
        why = _found(s.reason, answer) if s.reason else answer
        said = reply(why if isinstance(why, str) else json.dumps(why, ensure_ascii=False), call.hidden)
        if s.temporary and _found(s.temporary, answer):
            raise Transient(f"{call.who}暂未接收（{said}）{KEPT}")
        raise Permanent(f"{call.who}拒发（{said}）。请核对号码、签名与网关账户，或改用其他渠道。")


def _digits(address: str) -> str:
    """A phone number without the marks people write between its digits."""
    return re.sub(r"[\s()（）-]", "", address)


def _masked(address: str) -> str:
    digits = _digits(address)
    return digits[:3] + "*" * max(len(digits) - 7, 0) + digits[-4:]


def _filled(template: str, values: Mapping[str, str], escape: Callable[[str], str]) -> str:
    """The template with its places filled, once: what is put in is not searched for places."""
    return _PLACE.sub(lambda place: escape(values[place[1]]), template)


def _leaves(value: JsonValue, values: Mapping[str, str]) -> JsonValue:
    """The same structure with every text in it filled."""
    if isinstance(value, dict):
        return {key: _leaves(part, values) for key, part in value.items()}
    if isinstance(value, list):
        return [_leaves(part, values) for part in value]
    return _filled(value, values, str) if isinstance(value, str) else value


def _within_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _found(expression: str, answer: Any) -> Any:
    """What the expression gives; an answer it cannot be asked of gives nothing."""
    try:
        return jmespath.search(expression, answer)
    except JMESPathError:
        return None
