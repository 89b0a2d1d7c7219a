"""What every spider kind has in common."""

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from crawlers.model import Source
from crawlers.reader import Reader
from crawlers.settings import SOURCE_SECONDS


class Params(BaseModel):
    """What may be written under `params` of any source; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hosts: tuple[str, ...] = Field((), description="该来源的其他主机（主机名或主机名:端口）")
    allow_private_hosts: tuple[str, ...] = Field((), description="允许读取的内网主机，须逐个写明")
    daily_requests: int | None = Field(None, ge=1, le=50_000, description="每天对每个主机的请求上限")
    max_seconds: float = Field(SOURCE_SECONDS, gt=0, le=3600, description="一次读取最多用多少秒")
    encoding: str | None = Field(None, description="网页编码，通常不必写")


P = TypeVar("P", bound=Params)


class Kind(ABC, Generic[P]):
    """One way to read a source. A subclass names itself by `kind` and its parameters by `params_type`."""

    kind: ClassVar[str]
    params_type: ClassVar[type[Params]] = Params

    def __init__(self, source: Source, params: P) -> None:
        self.source = source
        self.params = params

    @abstractmethod
    async def read(self, reader: Reader) -> None:
        """Read the source once."""
