"""Group robots of chat programs: one shape, three makers. Their errors come inside HTTP 200."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import orjson
from pydantic import Field, SecretStr

from alerts.channels.http import KEPT, Call, Caller, Endpoint, HttpSettings, reply, secrets_of
from alerts.channels.pace import Pace
from alerts.errors import Busy, DeliveryError, Permanent, Transient
from alerts.model import Message

JSON = {"Content-Type": "application/json; charset=utf-8"}


class Robot(Endpoint):
    """One robot in one group."""


class SignedRobot(Robot):
    """A robot whose maker checks a signature."""

    secret: SecretStr = Field(default=SecretStr(""), description="加签密钥；机器人未启用加签则留空")


class RobotSettings(HttpSettings):
    """Robots by the name that roster.yaml gives as a person's address on this channel."""

    per_minute: int = Field(default=20, ge=1, le=100, description="每个机器人每分钟最多发几条")


class Refusals:
    """A maker's error codes: which pass by themselves, and what to do about the others."""

    def __init__(self, *, temporary: Mapping[int, str], final: Mapping[int, str]) -> None:
        self._temporary, self._final = temporary, final

    def error(self, who: str, code: int, said: str) -> DeliveryError:
        """An unknown code is worth another try: rather a repeat than a loss."""
        if code in self._final:
            return Permanent(f"{who}拒收：{self._final[code]}（错误码 {code}：{said}）。请改正，或改用其他渠道。")
        why = self._temporary.get(code, "返回了未知错误，如反复出现请核对机器人的设置")
        return Transient(f"{who}暂未接收：{why}（错误码 {code}：{said}）{KEPT}")


class RobotChannel(ABC):
    """Sends to the robot that the address names. A maker gives the body and reads the code."""

    name: str
    maker: ClassVar[str]
    refusals: ClassVar[Refusals]

    def __init__(self, settings: RobotSettings, robots: Mapping[str, Robot]) -> None:
        self._robots = robots
        self._caller = Caller(settings)
        self._pace = Pace(settings.per_minute)

    def send(self, message: Message) -> None:
        """Returns when the maker has taken the message. Raises Transient or Permanent."""
        problem = self.address_problem(message.address)
        if problem:
            raise Permanent(f"“{message.recipient_name}”的{problem}")
        robot, who = self._robots[message.address], f"{self.maker}群机器人“{message.address}”"
        if not self._pace.take(message.address, message.at):
            raise Busy(f"{who}一分钟内已发满限额，为免被{self.maker}停用而暂缓{KEPT}")
        secret = robot.secret.get_secret_value() if isinstance(robot, SignedRobot) else ""
        url = robot.url.get_secret_value()
        call = Call(
            who=who,
            url=self.signed(url, secret, message),
            key=message.key,
            content=orjson.dumps(self.body(robot, secret, message)),
            headers=JSON,
            hidden=secrets_of(url, secret),
        )
        self._judge(call, self._caller.call(call))

    def address_problem(self, address: str) -> str:
        """Why no message can go to `address`; empty when one can."""
        if address in self._robots:
            return ""
        known = "、".join(self._robots)
        return (
            f"地址“{address}”不是已设置的{self.maker}群机器人"
            f"（settings.yaml 的 channels.{self.name}.robots 中有：{known}），请改正 roster.yaml。"
        )

    def close(self) -> None:
        """Let go of open connections."""
        self._caller.close()

    @abstractmethod
    def body(self, robot: Robot, secret: str, message: Message) -> Mapping[str, Any]:
        """What is posted, within the maker's limit of size."""

    @abstractmethod
    def code(self, answer: Mapping[str, Any]) -> tuple[int | None, str]:
        """The maker's code, 0 for success, and what it said; None where the answer has none."""

    def signed(self, url: str, secret: str, message: Message) -> str:
        """The address to post to; a maker that signs in the address overrides this."""
        del secret, message
        return url

    def _judge(self, call: Call, body: bytes) -> None:
        try:
            answer = orjson.loads(body)
        except orjson.JSONDecodeError:
            answer = None
        code, said = self.code(answer) if isinstance(answer, dict) else (None, body.decode("utf-8", "replace"))
        if code == 0:
            return
        if code is None:
            # A proxy's or a portal's page, or a gate that turns callers away: nobody has taken the message.
            raise Transient(f"{call.who}的应答看不懂（{reply(said, call.hidden)}），请检查网络与代理{KEPT}")
        raise self.refusals.error(call.who, code, reply(said, call.hidden))


def whole_number(value: object) -> int | None:
    """A code as makers write it: a number, or digits in quotes."""
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
