"""企业微信 group robots: https://developer.work.weixin.qq.com/document/path/91770 and its global codes, path/90313."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from alerts.channels import shortening
from alerts.channels.robot import Refusals, Robot, RobotChannel, RobotSettings, whole_number
from alerts.model import Message


class Format(StrEnum):
    """How the text is shown. Markdown carries twice as much."""

    MARKDOWN = "markdown"
    TEXT = "text"


LIMITS = {Format.MARKDOWN: 4096, Format.TEXT: 2048}
"""Bytes of `content` in UTF-8."""
_PLAIN = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "｀"})
"""Characters that would make a link, a mention or a style of what somebody wrote."""


class WecomSettings(RobotSettings):
    """Robots in 企业微信 groups."""

    robots: dict[str, Robot] = Field(min_length=1, description="机器人：名称 → url")
    format: Format = Field(default=Format.MARKDOWN, description="markdown（4096 字节）或 text（2048 字节）")


class WecomChannel(RobotChannel):
    """Posts to a group; 企业微信 takes 20 a minute and robot."""

    name = "wecom"
    maker: ClassVar = "企业微信"
    refusals: ClassVar = Refusals(
        temporary={-1: "系统繁忙", 45009: "发送过于频繁", 45033: "并发过高", 6000: "数据冲突"},
        final={
            93000: "机器人的网址无效或机器人已被移出群",
            93004: "机器人已被停用",
            93008: "机器人不在群里",
            40008: "消息类型不合规定",
            40058: "消息不合规定或过长",
            44004: "消息内容为空",
            45002: "消息过长",
        },
    )

    def __init__(self, settings: WecomSettings) -> None:
        super().__init__(settings, settings.robots)
        self._format = settings.format

    def body(self, robot: Robot, secret: str, message: Message) -> Mapping[str, Any]:
        """Markdown or plain text within its limit."""
        del robot, secret
        kind = self._format
        text = shortening.chat(message, LIMITS[kind], _size)
        return {"msgtype": kind.value, kind.value: {"content": text.translate(_PLAIN)}}

    def code(self, answer: Mapping[str, Any]) -> tuple[int | None, str]:
        """`errcode`, 0 for success."""
        return whole_number(answer.get("errcode")), str(answer.get("errmsg", ""))


def _size(text: str) -> int:
    """Bytes of what is sent: the harmless characters are wider."""
    return shortening.in_bytes(text.translate(_PLAIN))
