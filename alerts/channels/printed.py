"""A list to print and to phone through: what is left when every other channel fails."""

import os
from pathlib import Path

from pydantic import Field

from alerts.beijing import day_of
from alerts.channels import shortening
from alerts.channels.http import KEPT, Strict
from alerts.errors import Transient
from alerts.model import Message
from alerts.reports.wording import moment

_RULE = "─" * 36
_NO_PHONE = "（值班表中没有电话，请查通讯录）"
_DIGITS = 3
"""Digits of the shortest number that leads to somebody: an extension, a room."""


class PrintedSettings(Strict):
    """Where the lists lie, one file a day."""

    folder: Path = Field(default=Path("printed"), description="通知单所在的文件夹，相对于数据文件夹")


class PrintedChannel:
    """Appends one slip to the day's list and returns when it is on the disk. The address is a phone number."""

    name = "printed"

    def __init__(self, settings: PrintedSettings, data: Path) -> None:
        self._folder = data / settings.folder

    def send(self, message: Message) -> None:
        """Raises Transient when the list cannot be written. An address that leads nowhere still makes a slip."""
        path = self._folder / f"{day_of(message.at).isoformat()}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _append(path, slip(message).encode())
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else "未知原因"
            raise Transient(f"人工通知单 {path} 写不进去（{why}），请检查磁盘与权限{KEPT}") from error

    def address_problem(self, address: str) -> str:
        """Why nobody can be told; empty when somebody can."""
        if sum(c.isdigit() for c in address) >= _DIGITS:
            return ""
        return f"地址“{address}”里没有电话号码或房间号，值班员无从通知，请改正 roster.yaml。"

    def close(self) -> None:
        """Nothing is held open."""


def slip(message: Message) -> str:
    """One message as people phone it through and tick it off."""
    phone = shortening.one_line(message.address) or _NO_PHONE
    return "\n".join(
        [
            _RULE,
            shortening.one_line(message.subject),
            f"请通知：{shortening.one_line(message.recipient_name)}　{phone}",
            f"开单：{moment(message.at)}　编号：{shortening.number(message.key)}（编号相同为重复）",
            f"原编号：{shortening.one_line(message.key)}",
            "",
            shortening.clean(message.text).strip(),
            "",
            "□ 已通知　时间______　接听人________　通知人________　□ 未接通",
            "",
            "",
        ]
    )


def _append(path: Path, content: bytes) -> None:
    """The whole slip or none: cut off what a full disk left of it."""
    with path.open("ab") as file:
        before = file.tell()
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), before)
            raise
