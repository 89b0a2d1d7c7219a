"""A signed call to another system: docs/channels.md says what a receiver checks, docs/webhook.schema.json the body."""

import hashlib
import hmac
from datetime import datetime
from typing import Any, Literal

from pydantic import Field, SecretStr

from alerts.channels.http import Call, Caller, Endpoint, HttpSettings, Strict, secrets_of
from alerts.errors import Permanent
from alerts.model import Message, Purpose
from analyzer.model import Tier

TIMESTAMP_HEADER = "X-Minqing-Timestamp"
SIGNATURE_HEADER = "X-Minqing-Signature"
IDEMPOTENCY_HEADER = "Idempotency-Key"


class Receiver(Endpoint):
    """One system that takes messages."""

    secret: SecretStr = Field(min_length=16, description="签名密钥，双方约定，至少 16 个字符")


class WebhookSettings(HttpSettings):
    """Receivers by the name that roster.yaml gives as a person's address on this channel."""

    receivers: dict[str, Receiver] = Field(min_length=1, description="接收方：名称 → url、secret")


class Body(Strict):
    """What is posted, as UTF-8 JSON. Later versions may add keys; a receiver passes over what it does not know."""

    version: Literal[1] = Field(default=1, description="本格式的版本")
    key: str = Field(description="幂等键：同一条消息重发时不变，收过的键可以丢弃")
    sent_at: datetime = Field(description="本次发送时间")
    recipient: str = Field(description="收件人的称呼")
    subject: str = Field(description="一行摘要：级别、报告种类、是否核实、事件")
    text: str = Field(description="全文；首行写明级别、报告种类和是否核实")
    thread: str = Field(description="同一预警的消息此项相同；可以为空")
    purpose: Purpose | None = Field(default=None, description="用途：报送、催办、超时、签收失效、系统")
    tier: Literal["I", "II", "III", "IV"] | None = Field(default=None, description="级别；未定级为 null")
    drill: bool = Field(default=False, description="是否演练")
    report: str | None = Field(default=None, description="报告编号；没有报告为 null")
    link: str | None = Field(default=None, description="控制台中处理此事的网页；未设 console_url 为 null")


class WebhookChannel:
    """Posts to the receiver that the address names; every 2xx answer means taken."""

    name = "webhook"

    def __init__(self, settings: WebhookSettings) -> None:
        self._receivers = settings.receivers
        self._caller = Caller(settings)

    def send(self, message: Message) -> None:
        """Returns when the receiver has taken the message. Raises Transient or Permanent."""
        problem = self.address_problem(message.address)
        if problem:
            raise Permanent(f"“{message.recipient_name}”的{problem}")
        receiver = self._receivers[message.address]
        url, secret = receiver.url.get_secret_value(), receiver.secret.get_secret_value()
        content = body(message).model_dump_json().encode()
        stamp = str(int(message.at.timestamp()))
        self._caller.call(
            Call(
                who=f"接收系统“{message.address}”",
                url=url,
                key=message.key,
                content=content,
                headers={
                    "Content-Type": "application/json; charset=utf-8",
                    IDEMPOTENCY_HEADER: message.key,
                    TIMESTAMP_HEADER: stamp,
                    SIGNATURE_HEADER: signature(secret, stamp, content),
                },
                hidden=secrets_of(url, secret),
            )
        )

    def address_problem(self, address: str) -> str:
        """Why no message can go to `address`; empty when one can."""
        if address in self._receivers:
            return ""
        return (
            f"地址“{address}”不是已设置的接收系统"
            f"（settings.yaml 的 channels.webhook.receivers 中有：{'、'.join(self._receivers)}），请改正 roster.yaml。"
        )

    def close(self) -> None:
        """Let go of open connections."""
        self._caller.close()


def body(message: Message) -> Body:
    """A message as a receiver reads it."""
    about = message.attributes
    tier = about.get("tier")
    return Body(
        key=message.key,
        sent_at=message.at,
        recipient=message.recipient_name,
        subject=message.subject,
        text=message.text,
        thread=message.thread,
        purpose=about.get("purpose"),
        tier=tier if tier in Tier.__members__ else None,
        drill=bool(about.get("drill")),
        report=about.get("report"),
        link=message.link or None,
    )


def signature(secret: str, stamp: str, content: bytes) -> str:
    """HMAC-SHA256 over "time in seconds, full stop, body", in hexadecimal, after "sha256="."""
    made = hmac.new(secret.encode(), stamp.encode() + b"." + content, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def schema() -> dict[str, Any]:
    """The body's JSON Schema, as docs/webhook.schema.json publishes it."""
    made = Body.model_json_schema(mode="serialization")
    # Strict for us, not for the reader: a later version adds keys.
    made.pop("additionalProperties", None)
    for part in made["$defs"].values():
        part.pop("description", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "民情消息",
        "description": "民情值班台推送给其他系统的一条消息",
        **{key: value for key, value in made.items() if key not in {"title", "description"}},
    }
