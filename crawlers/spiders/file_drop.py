"""A watched folder: exports of a hotline as JSON Lines, CSV or XLSX."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from crawlers.page import Unreadable
from crawlers.privacy import Candidate
from crawlers.reader import Reader, digest
from crawlers.spiders.base import Kind, Params
from crawlers.tables import SUFFIXES, Row, excel_date, plain_name, rows

_OF_PERSON = re.compile("姓名|[来致]电人|诉求人|联系人|反映人|投诉人|举报人|来信人|申请人|当事人|客户|市民|网友|昵称")
_NO_NAME = re.compile(
    "电话|号码|手机|方式|地址|类型|类别|性别|编号|级别|标签|评价|意见|内容|诉求$|次数|时间|日期|区域|年龄|数$"
)
_BEING_WRITTEN = frozenset((".part", ".tmp"))


class Columns(BaseModel):
    """Names of the columns (keys in JSON Lines), the first that a row has counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: tuple[str, ...] = Field(("id", "工单编号", "工单号", "编号", "受理编号", "诉求编号"), description="编号")
    title: tuple[str, ...] = Field(("title", "标题", "主题", "诉求标题", "工单标题"), description="标题")
    text: tuple[str, ...] = Field(
        (
            *("text", "内容", "正文", "诉求内容", "工单内容", "反映内容", "问题描述", "投诉内容", "主要内容"),
            *("诉求描述", "问题内容", "反映问题", "诉求事项", "来电内容", "来信内容", "事件描述", "详细内容"),
        ),
        description="正文",
    )
    published_at: tuple[str, ...] = Field(
        (
            *("published_at", "时间", "来电时间", "受理时间", "诉求时间", "登记时间", "创建时间", "提交时间"),
            *("来信时间", "反映时间", "接单时间", "受理日期", "登记日期", "派单时间"),
        ),
        description="时间",
    )
    author: tuple[str, ...] = Field(
        (
            *("author", "来电人编号", "来电号码", "联系电话", "手机号", "来电人", "诉求人", "姓名", "联系人"),
            *("联系方式", "来电电话", "主叫号码", "市民电话", "手机号码", "手机", "电话", "市民姓名"),
        ),
        description="来电人（只用于区分发言人，不保存）",
    )
    names: tuple[str, ...] = Field(
        ("来电人", "诉求人", "姓名", "联系人", "来电人姓名", "诉求人姓名"),
        description="来电人姓名（只用于从正文中去掉，不保存）",
    )
    url: tuple[str, ...] = Field(("url", "网址", "链接"), description="网址")
    region: tuple[str, ...] = Field(("region",), description="地名库中的名称或行政区划代码")


class FileDropParams(Params):
    """How the files are laid out."""

    columns: Columns = Field(default_factory=lambda: Columns.model_validate({}))


class FileDrop(Kind[FileDropParams]):
    """Reads each file of the folder once, and again when it changes. The source's `url` is the folder."""

    kind: ClassVar[str] = "file_drop"
    params_type: ClassVar[type[Params]] = FileDropParams

    @cached_property
    def _names(self) -> frozenset[str]:
        """What a heading may call its columns."""
        return frozenset(name for names in dict(self.params.columns).values() for name in names)

    @cached_property
    def _columns(self) -> Mapping[str, tuple[str, ...]]:
        """The same for each column, as rows have it."""
        return {column: tuple(map(plain_name, names)) for column, names in dict(self.params.columns).items()}

    async def read(self, reader: Reader) -> None:
        """Read what is new in the folder, by name."""
        folder = _folder(self.source.url)
        try:
            files = _files(folder)
        except OSError:
            reader.fail(f"文件夹 {folder} 不存在或无法读取，请新建该文件夹或改正来源的 url")
            return
        for path, look in files:
            if path.suffix.lower() in SUFFIXES:
                await self._read_file(reader, path, look)
            else:
                reader.problem(f"文件 {path.name} 不是 JSONL、CSV 或 XLSX，没有读取，请另存为其中一种")

    async def _read_file(self, reader: Reader, path: Path, look: str) -> None:
        key = f"file:{digest(path.name)}"
        if reader.known(key, look):
            reader.unchanged()
            return
        try:
            await reader.give_all(self._candidates(reader, path))
        except (Unreadable, OSError) as error:
            said = error if isinstance(error, Unreadable) else "无法读取，请检查文件权限"
            reader.quarantine(f"文件 {path.name} {said}", "")
        reader.done(key, look)

    def _candidates(self, reader: Reader, path: Path) -> Iterator[Candidate]:
        for row in rows(path, self._names):
            if row.broken:
                reader.quarantine(f"文件 {path.name} 第{row.number}行{row.broken}", "")
            else:
                yield self._candidate(reader, row)

    def _candidate(self, reader: Reader, row: Row) -> Candidate:
        columns = self._columns
        fields = row.fields
        return Candidate(
            title=_first(fields, columns["title"]),
            text=_first(fields, columns["text"]),
            own_id=_first(fields, columns["id"]) or None,
            url=_first(fields, columns["url"]) or None,
            author=_first(fields, columns["author"]) or None,
            aliases=tuple(
                filter(None, (_string(fields[name]) for name in fields if _is_of_person(name, columns["names"])))
            ),
            published_at=reader.date(excel_date(_first(fields, columns["published_at"]))),
            region=_first(fields, columns["region"]) or None,
        )


def _files(folder: Path) -> list[tuple[Path, str]]:
    """Return the files to read and the look of each.

    A name that begins with a dot, or ends in .part or .tmp, is still being written.
    """
    found = (path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith("."))
    wanted = [(path, path.stat()) for path in found if path.suffix.lower() not in _BEING_WRITTEN]
    return [(path, digest(status.st_size, status.st_mtime_ns)) for path, status in wanted]


def _folder(url: str) -> Path:
    return Path(unquote(urlsplit(url).path) if url.startswith("file:") else url)


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := _string(fields.get(name)))), "")


def _is_of_person(name: str, named: tuple[str, ...]) -> bool:
    """Whether a column holds a name, under whatever heading: 来电人姓名, 反映人, 市民."""
    return name in named or (_OF_PERSON.search(name) is not None and _NO_NAME.search(name) is None)


def _string(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
