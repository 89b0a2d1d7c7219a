"""A periodical report's structure as JSON, written once, its sections apart: who asks for one reads no other."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Self

import orjson

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Sections(Mapping[str, object]):
    """JSON types by section; `written` is each of them as it is written."""

    def __init__(self, written: Mapping[str, bytes]) -> None:
        self.written = written

    @classmethod
    def of(cls, about: "DataclassInstance", **sums: object) -> Self:
        """A dataclass's fields in their order, then what readers ask for first."""
        told = {field.name: getattr(about, field.name) for field in fields(about)} | sums
        return cls({name: orjson.dumps(said) for name, said in told.items()})

    def __getitem__(self, name: str) -> object:
        return orjson.loads(self.written[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.written)

    def __len__(self) -> int:
        return len(self.written)
