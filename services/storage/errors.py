"""The record's error tree.

StorageError (a ServiceError)
├── StaleVersion   somebody else has saved in between; read again, decide again
├── CodecError     a stored document, or an object to be stored, does not fit its type
├── Unavailable    the database cannot be used right now: locked, disk full, server gone
└── Unreachable    the database cannot be opened at all: bad address, no permission, a newer schema
"""

from typing import Self

from services.errors import ServiceError


class StorageError(ServiceError):
    """数据库出错。"""


class StaleVersion(StorageError):
    """内容已被他人更新，请刷新后重试。"""


class CodecError(StorageError):
    """数据库中的内容与当前版本不符。"""


class Unavailable(StorageError):
    """数据库暂时不可用，稍后会自动重试。"""

    @classmethod
    def because(cls, why: object) -> Self:
        """With the driver's complaint, or its first line: hints follow."""
        return cls(f"数据库暂时不可用（{str(why).partition(chr(10))[0]}），稍后会自动重试。")


class Unreachable(StorageError):
    """数据库无法打开。"""
