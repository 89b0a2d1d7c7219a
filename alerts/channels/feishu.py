"""飞书 group robots: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot, signed."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, ClassVar

import orjson
from pydantic import Field

from alerts.channels import shortening
from alerts.channels.robot import Refusals, Robot, RobotChannel, RobotSettings, SignedRobot, whole_number
from alerts.model import Message

LIMIT = 20_000
"""Bytes of the whole body: the page says 20 KB."""
_ROOM = 200
"""Bytes kept free for time and signature, which are added last."""


class FeishuSettings(RobotSettings):
    """Robots in 飞书 groups."""

    robots: dict[str, SignedRobot] = Field(min_length=1, description="机器人：名称 → url、secret")
    per_minute: int = Field(default=100, ge=1, le=100, description="每个机器人每分钟最多发几条")


class FeishuChannel(RobotChannel):
    """Posts plain text to a group; 飞书 takes 100 a minute and 5 a second."""

    name = "feishu"
    maker: ClassVar = "飞书"
    refusals: ClassVar = Refusals(
        temporary={11232: "发送过于频繁", 99991400: "发送过于频繁", 1500: "内部错误"},
        final={
            9499: "请求格式不对或消息过长",
            19001: "机器人的网址无效",
            19002: "请求参数不对",
            19007: "机器人未启用",
            19021: "签名不符，请核对加签密钥和本机时间",
            19022: "本机 IP 不在机器人的白名单中",
            19024: "消息中没有机器人要求的关键词",
            19036: "消息过长",
        },
    )

    def __init__(self, settings: FeishuSettings) -> None:
        super().__init__(settings, settings.robots)

    def body(self, robot: Robot, secret: str, message: Message) -> Mapping[str, Any]:
        """Plain text; with a secret also time in seconds and signature."""
        del robot
        body = _body(shortening.chat(message, LIMIT - _ROOM, _size))
        if not secret:
            return body
        stamp = str(int(message.at.timestamp()))
        return {"timestamp": stamp, "sign": sign(stamp, secret), **body}

    def code(self, answer: Mapping[str, Any]) -> tuple[int | None, str]:
        """`code`, 0 for success; older answers have `StatusCode` instead."""
        found = answer["code"] if "code" in answer else answer.get("StatusCode")
        return whole_number(found), str(answer.get("msg") or answer.get("StatusMessage") or "")


def sign(stamp: str, secret: str) -> str:
    """Keyed by "time, line break, secret", over nothing; Base64. 钉钉 has it the other way round."""
    made = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256)
    return base64.b64encode(made.digest()).decode()


def _body(text: str) -> dict[str, Any]:
    """A "<" would begin a mention ("<at user_id=…>")."""
    return {"msg_type": "text", "content": {"text": text.replace("<", "＜")}}


def _size(text: str) -> int:
    return len(orjson.dumps(_body(text)))
