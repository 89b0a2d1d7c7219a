"""sources.yaml: the places a desk reads."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from alerts.response import Duration
from crawlers.model import Authority, Source
from services.folder import config

_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)


class SourceEntry(BaseModel):
    """One source as the file gives it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_.-]+$", description="来源编号，全文件唯一；只用字母、数字、_ . -")
    kind: str = Field(description="采集方式：feed、page_list、json_api、cap 等")
    name: str = Field(min_length=1, description="来源名称，写入报告")
    url: str = Field(description="入口网址（http:// 或 https://）；file_drop 写文件夹路径，相对路径从本文件所在处算起")
    authority: Authority = Field(description="official 官方、media 媒体、public 公众")
    region: str | None = Field(default=None, description="来源所在地：行政区划代码或地名库中的名称")
    interval: Duration = Field(default="10m", validate_default=True, description="采集间隔，如 10m")
    reach: int = Field(default=0, ge=0, description="大致受众人数，不知道写 0")
    important: bool = Field(default=False, description="重要来源：失联时告警")
    params: dict[str, Any] = Field(default_factory=dict, description="该采集方式的参数，见 docs/crawling.md")

    @field_validator("region", mode="before")
    @classmethod
    def _text(cls, value: Any) -> Any:
        """A code written as a bare number is the same code."""
        return str(value) if isinstance(value, int) else value

    def source(self, folder: Path) -> Source:
        """The source as the crawlers know it; a dropped file's folder is found from the service's."""
        source = Source(**{name: getattr(self, name) for name in type(self).model_fields})
        return replace(source, url=str(_located(self.url, folder))) if self.kind == "file_drop" else source


def _located(url: str, folder: Path) -> Path:
    """Where a folder written as a path or a file: address lies."""
    return (folder / (unquote(urlsplit(url).path) if url.startswith("file:") else url)).resolve()


class SourcesFile(BaseModel):
    """All sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[SourceEntry, ...] = Field(description="来源列表")

    @field_validator("sources")
    @classmethod
    def _unique(cls, entries: tuple[SourceEntry, ...]) -> tuple[SourceEntry, ...]:
        ids = [entry.id for entry in entries]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"来源编号重复：{'、'.join(twice)}")
        return entries


def _address_problem(entry: SourceEntry, before: Sequence[SourceEntry]) -> str:
    """What is wrong with a source's address; empty when nothing is. Only a dropped file's is a path."""
    if entry.kind != "file_drop" and not _WEB.match(entry.url):
        return f"来源“{entry.name}”的网址“{entry.url}”不完整，应以 http:// 或 https:// 开头。"
    twin = next((other for other in before if (other.url, other.params) == (entry.url, entry.params)), None)
    return f"来源“{entry.name}”与“{twin.name}”是同一网址，帖文会读两遍，请删去一个。" if twin else ""


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources in a file. Raises ConfigError.

    What is wrong with one source's kind or parameters is said when it is visited: the others go on.
    """
    return tuple(entry.source(path.parent) for entry in config.load(path, SourcesFile).sources)


def kind_problems(path: Path) -> list[str]:
    """What is wrong with each source's kind and its parameters, with lines. Raises ConfigError."""
    from crawlers.kinds import kinds  # noqa: PLC0415  # Scrapy takes half a second to import

    problems: list[str] = []
    entries = config.load(path, SourcesFile).sources
    for number, entry in enumerate(entries):
        said = _address_problem(entry, entries[:number])
        if said:
            problems.append(f"{path} 第{config.line_of(path, ('sources', number, 'url'))}行：{said}")
        kind = kinds().get(entry.kind)
        if kind is None:
            line, known = config.line_of(path, ("sources", number, "kind")), "、".join(kinds())
            problems.append(f"{path} 第{line}行：来源“{entry.name}”的采集方式 {entry.kind} 不存在，可用的有 {known}。")
            continue
        try:
            kind.params_type.model_validate(entry.params)
        except ValidationError as error:
            problems += config.sentences(path, kind.params_type, error, ("sources", number, "params"))
    return problems
