"""钉钉 group robots: https://open.dingtalk.com/document/robots/custom-robot-access, signed."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, ClassVar

import httpx
import orjson
from pydantic import Field

from alerts.channels import shortening
from alerts.channels.robot import Refusals, Robot, RobotChannel, RobotSettings, SignedRobot, whole_number
from alerts.model import Message

LIMIT = 20_000
"""Bytes of the whole body."""


class DingtalkSettings(RobotSettings):
    """Robots in 钉钉 groups."""

    robots: dict[str, SignedRobot] = Field(min_length=1, description="机器人：名称 → url、secret")


class DingtalkChannel(RobotChannel):
    """Posts plain text to a group. Who sends more than 20 a minute is shut out for ten minutes."""

    name = "dingtalk"
    maker: ClassVar = "钉钉"
    refusals: ClassVar = Refusals(
        temporary={-1: "系统繁忙", 130101: "发送过于频繁", 410100: "发送过于频繁"},
        final={
            310000: "安全设置不符，请核对加签密钥、关键词、IP 白名单和本机时间",
            300001: "机器人的网址无效",
            300005: "机器人的网址无效",
            400101: "机器人的网址无效",
            40035: "机器人的网址不完整",
            400013: "群已解散",
            400102: "机器人已停用",
            400106: "机器人不存在",
            400105: "消息类型不受支持",
            43004: "请求格式不受支持",
            101002: "消息过长",
            460101: "消息过长",
            430101: "消息含有被拦截的链接",
            430102: "消息含有被拦截的文字",
            430103: "消息含有被拦截的图片",
            430104: "消息含有被拦截的内容",
        },
    )

    def __init__(self, settings: DingtalkSettings) -> None:
        super().__init__(settings, settings.robots)

    def body(self, robot: Robot, secret: str, message: Message) -> Mapping[str, Any]:
        """Plain text: nothing that somebody wrote can become a link or a mention."""
        del robot, secret
        return _body(shortening.chat(message, LIMIT, _size))

    def code(self, answer: Mapping[str, Any]) -> tuple[int | None, str]:
        """`errcode`, 0 for success; without one it is the gate's `{"status": 1111, "wait": 5, …}`."""
        return whole_number(answer.get("errcode")), str(answer.get("errmsg") or answer)

    def signed(self, url: str, secret: str, message: Message) -> str:
        """Time in milliseconds and HMAC-SHA256 over it and the secret, both in the address."""
        if not secret:
            return url
        stamp = str(int(message.at.timestamp() * 1000))
        return str(httpx.URL(url).copy_merge_params({"timestamp": stamp, "sign": sign(stamp, secret)}))


def sign(stamp: str, secret: str) -> str:
    """Keyed by the secret, over "time, line break, secret"; Base64."""
    made = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(made.digest()).decode()


def _body(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text}}


def _size(text: str) -> int:
    return len(orjson.dumps(_body(text)))
