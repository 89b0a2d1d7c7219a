"""Frozen dataclasses to JSON documents and back.

One strict reader is made per type, from its annotations, and kept. A key that the type does not know is
ignored and a missing one takes the field's default, so that old rows survive new fields and the other way
round. Everything else that does not fit is a CodecError that names the place.

Datetimes must be aware and come back in UTC; durations are seconds; sets are sorted lists. A figure that is
not finite is refused, or is None where the field may be. A field of type Any or object holds plain JSON.
"""

import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import orjson

from services.storage.errors import CodecError

T = TypeVar("T")
Read = Callable[[Any], Any]


def encode(value: Any) -> str:
    """The JSON document of a dataclass."""
    try:
        document = orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError as error:
        raise CodecError(f"{type(value).__name__} 无法保存：{error}") from error
    lost = _lost_figure(cast(Any, type(value)))
    if lost is not None and lost.search(document):
        raise CodecError(f"{type(value).__name__} 无法保存：数值不是有限数")
    return document


def decode(kind: type[T], document: str | bytes) -> T:
    """The dataclass of a JSON document."""
    try:
        return cast(T, reader(cast(Any, kind))(orjson.loads(document)))
    except (orjson.JSONDecodeError, _Misfit) as error:
        raise CodecError(f"{kind.__name__} 无法读取：{error}") from error


@cache
def _lost_figure(kind: type) -> re.Pattern[str] | None:
    """What a document looks like in which JSON has turned NaN into null, where the type wants a figure.

    Quotes inside of texts are escaped, so the pattern finds keys only.
    """
    names = sorted(_figures(kind, set()))
    return re.compile(f'"(?:{"|".join(names)})":null') if names else None


def _figures(kind: Any, seen: set[Any]) -> set[str]:
    """Names of the fields in this type, and in all it holds, that are floats and never None."""
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return {name for part in get_args(kind) for name in _figures(part, seen)}
    if kind in seen:
        return set()
    seen.add(kind)
    hints = get_type_hints(kind)
    own = {name for name, hint in hints.items() if hint is float}
    return own.union(*(_figures(hint, seen) for hint in hints.values()))


class _Misfit(Exception):
    """A value that does not fit; its message is the path, innermost first while it rises."""


@cache
def reader(kind: Any) -> Read:
    """What turns plain JSON into a value of this annotation."""
    plain = _READERS.get(kind)
    if plain is not None:
        return plain
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    return _generic(kind)


def _generic(kind: Any) -> Read:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin in {frozenset, set}:
        return _many(frozenset, reader(arguments[0]))
    if origin in {Sequence, list}:
        return _many(list, reader(arguments[0]))
    if origin in {Mapping, dict}:
        return _mapping(reader(arguments[0]), reader(arguments[1]))
    raise CodecError(f"类型 {kind} 不能保存")


def _exactly(kind: type) -> Read:
    def read(value: Any) -> Any:
        # An exact match: True is no number here.
        if type(value) is not kind:
            raise _Misfit(f"应为 {kind.__name__}，实为 {value!r:.60}")
        return value

    return read


def _float(value: Any) -> float:
    if type(value) is float:
        return value
    if type(value) is int:
        return float(value)
    raise _Misfit(f"应为数值，实为 {value!r:.60}")


def _datetime(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _Misfit(f"不是时间：{value!r:.60}") from error
    if moment.tzinfo is None:
        raise _Misfit(f"时间没有时区：{value!r:.60}")
    return moment.astimezone(UTC)


def _timedelta(value: Any) -> timedelta:
    return timedelta(seconds=_float(value))


_READERS: Mapping[Any, Read] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    type(None): _exactly(type(None)),
    float: _float,
    datetime: _datetime,
    timedelta: _timedelta,
    Any: lambda value: value,
    object: lambda value: value,
}


def _enum(kind: type[Enum]) -> Read:
    members = {member.value: member for member in kind}

    def read(value: Any) -> Enum:
        try:
            return members[value]
        except (KeyError, TypeError) as error:
            raise _Misfit(f"{kind.__name__} 没有 {value!r:.60}") from error

    return read


def _optional(arguments: Sequence[Any]) -> Read:
    rest = [a for a in arguments if a is not type(None)]
    if len(rest) != 1 or len(rest) == len(arguments):
        raise CodecError(f"联合类型 {arguments} 不能保存")
    inner = reader(rest[0])
    return lambda value: None if value is None else inner(value)


def _tuple(arguments: Sequence[Any]) -> Read:
    if len(arguments) == 2 and arguments[1] is ...:
        return _many(tuple, reader(arguments[0]))
    inner = [reader(a) for a in arguments]

    def read(value: Any) -> tuple[Any, ...]:
        if type(value) is not list or len(value) != len(inner):
            raise _Misfit(f"应有{len(inner)}项，实为 {value!r:.60}")
        return tuple(one(item) for one, item in zip(inner, value, strict=True))

    return read


def _many(build: Callable[[Any], Any], inner: Read) -> Read:
    def read(value: Any) -> Any:
        if type(value) is not list:
            raise _Misfit(f"应为列表，实为 {value!r:.60}")
        return build([inner(item) for item in value])

    return read


def _mapping(key: Read, inner: Read) -> Read:
    def read(value: Any) -> dict[Any, Any]:
        if type(value) is not dict:
            raise _Misfit(f"应为对象，实为 {value!r:.60}")
        return {key(k): inner(v) for k, v in value.items()}

    return read


def _dataclass(kind: type) -> Read:
    hints = get_type_hints(kind)
    known = [f for f in fields(kind) if f.init]
    required = frozenset(f.name for f in known if _required(f))
    # Made at the first use, because a type may hold itself.
    inner: dict[str, Read] = {}

    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise _Misfit(f"应为对象，实为 {value!r:.60}")
        if not inner:
            inner.update({f.name: reader(hints[f.name]) for f in known})
        found: dict[str, Any] = {}
        for name, item in value.items():
            one = inner.get(name)
            if one is not None:
                found[name] = _field(one, name, item)
        if not required <= found.keys():
            raise _Misfit(f"缺少 {'、'.join(sorted(required - found.keys()))}")
        try:
            return kind(**found)
        except ValueError as error:
            raise _Misfit(str(error)) from error

    return read


def _field(one: Read, name: str, item: Any) -> Any:
    try:
        return one(item)
    except _Misfit as error:
        raise _Misfit(f"{name}：{error}") from error


def _required(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _plain(value: Any) -> Any:
    """What orjson does not know by itself."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} 不能保存")
