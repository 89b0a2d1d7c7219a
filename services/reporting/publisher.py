"""Who issues periodical reports: a running service, or a replay."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from alerts.people import Shift
from crawlers.model import Source
from services.folder.plan import PlanFile


class People(Protocol):
    """`names` is what people, roles and departments are called, by id; `shifts_between` as in alerts.roster."""

    @property
    def names(self) -> Mapping[str, str]: ...

    def shifts_between(self, role: str, first: date, last: date) -> Sequence[Shift]: ...


class Publisher(Protocol):
    """What periodical reports are made from beside the record."""

    @property
    def plan(self) -> PlanFile: ...

    @property
    def roster(self) -> People: ...

    @property
    def sources(self) -> Sequence[Source]: ...
