"""A JSON interface: items and fields by JMESPath, with paging."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import jmespath
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crawlers import urls
from crawlers.model import Outcome
from crawlers.page import Page
from crawlers.privacy import Candidate
from crawlers.reader import Reader
from crawlers.spiders.base import Kind, Params


def _path(written: str) -> str:
    try:
        jmespath.compile(written)
    except jmespath.exceptions.JMESPathError as error:
        raise ValueError(f"不是有效的 JMESPath：{written}") from error
    return written


Path = Annotated[str, AfterValidator(_path)]


class Fields(BaseModel):
    """Where in an item each thing stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Path = Field(description="正文")
    title: Path | None = Field(None, description="标题")
    id: Path | None = Field(None, description="编号")
    url: Path | None = Field(None, description="网址")
    published_at: Path | None = Field(None, description="发布时间")
    author: Path | None = Field(None, description="作者编号或昵称（只用于区分发言人，不保存）")
    names: tuple[Path, ...] = Field((), description="作者的其他称呼（只用于从正文中去掉，不保存）")
    engagement: Path | None = Field(None, description="互动数，如评论、转发、点赞之和")


class Paging(BaseModel):
    """How to get the next page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    style: Literal["none", "page", "offset", "cursor", "next_url"] = Field("none", description="翻页方式")
    param: str = Field("page", description="页码、偏移或游标的参数名")
    start: int | None = Field(None, ge=0, description="第一页的页码（默认1）或偏移（默认0）")
    size_param: str | None = Field(None, description="每页条数的参数名")
    size: int = Field(20, ge=1, le=1000, description="每页条数")
    next: Path | None = Field(None, description="下一个游标或下一页网址在回答中的位置")
    max_pages: int = Field(10, ge=1, le=1000, description="最多翻几页")

    @property
    def first(self) -> int:
        """The number of the first page, or the first offset."""
        return self.start if self.start is not None else int(self.style == "page")

    @model_validator(mode="after")
    def _next_is_said(self) -> "Paging":
        if self.style in ("cursor", "next_url") and self.next is None:
            raise ValueError(f"翻页方式 {self.style} 需要写明 next")
        return self


class JsonApiParams(Params):
    """Where the items are and what is in them, each as JMESPath."""

    items: Path = Field("@", description="条目数组的位置")
    fields: Fields
    query: Mapping[str, str | int] = Field({}, description="固定的查询参数")
    paging: Paging = Field(default_factory=lambda: Paging.model_validate({}))


class JsonApi(Kind[JsonApiParams]):
    """Reads pages until one brings nothing new."""

    kind: ClassVar[str] = "json_api"
    params_type: ClassVar[type[Params]] = JsonApiParams

    async def read(self, reader: Reader) -> None:
        """Read the interface page by page."""
        url: str | None = _with(self.source.url, {**self.params.query, **self._first_page()})
        visited: set[str] = set()
        for number in range(self.params.paging.max_pages):
            if url is None or url in visited:
                return
            visited.add(url)
            page = await reader.get(url, conditional=number == 0, start=number == 0)
            document = reader.json_of(page) if page else None
            if page is None or document is None:
                return
            items = self._items(reader, document)
            objects = [item for item in items if isinstance(item, dict)]
            if len(objects) < len(items):
                reader.quarantine(f"有 {len(items) - len(objects)} 个条目不是 JSON 对象", "")
            # People who answer each other use each other's names.
            names = tuple(dict.fromkeys(name for item in objects for name in self._names(item)))
            outcomes = await reader.give_all(self._candidate(reader, item, page, names) for item in objects)
            brought = any(outcome in (Outcome.NEW, Outcome.REVISED) for outcome in outcomes)
            if not items or not (brought or reader.backlog):
                return
            url = self._next(page, document, number, len(items))

    def _items(self, reader: Reader, document: Any) -> list[Any]:
        items = _search(self.params.items, document)
        if isinstance(items, list):
            return items
        reader.fail(f"接口回答里没有条目数组（{self.params.items}），请核对 params.items")
        return []

    def _names(self, item: Mapping[str, Any]) -> Iterator[str]:
        fields = self.params.fields
        yield from filter(None, (_string(path, item) for path in (*fields.names, fields.author)))

    def _candidate(self, reader: Reader, item: Mapping[str, Any], page: Page, names: tuple[str, ...]) -> Candidate:
        fields = self.params.fields
        return Candidate(
            title=_string(fields.title, item),
            text=_string(fields.text, item),
            own_id=_string(fields.id, item) or None,
            url=urls.join(page.url, _string(fields.url, item)),
            author=_string(fields.author, item) or None,
            aliases=names,
            published_at=reader.date(_search(fields.published_at, item)),
            engagement=_count(fields.engagement, item),
        )

    def _first_page(self) -> dict[str, str | int]:
        paging = self.params.paging
        first: dict[str, str | int] = {paging.size_param: paging.size} if paging.size_param else {}
        return first | ({paging.param: paging.first} if paging.style in ("page", "offset") else {})

    def _next(self, page: Page, document: Any, number: int, count: int) -> str | None:
        paging = self.params.paging
        base = {**self.params.query, **self._first_page()}
        if paging.style == "page":
            return _with(self.source.url, {**base, paging.param: paging.first + number + 1})
        if paging.style == "offset":
            step = paging.size if paging.size_param else count
            return _with(self.source.url, {**base, paging.param: paging.first + (number + 1) * step})
        found = _search(paging.next, document)
        if paging.style == "cursor" and found:
            return _with(self.source.url, {**base, paging.param: str(found)})
        return urls.join(page.url, str(found)) if paging.style == "next_url" and found else None


def _with(url: str, query: Mapping[str, str | int]) -> str:
    parts = urlsplit(url)
    kept = "&".join(pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in query)
    return urlunsplit(parts._replace(query="&".join(filter(None, (kept, urlencode(query))))))


def _search(path: str | None, item: Any) -> Any:
    if path is None:
        return None
    try:
        return jmespath.search(path, item)
    except jmespath.exceptions.JMESPathError:
        return None


def _string(path: str | None, item: Any) -> str:
    found = _search(path, item)
    if isinstance(found, list):
        return "\n".join(str(piece) for piece in found if isinstance(piece, str | int | float))
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def _count(path: str | None, item: Any) -> int | None:
    found = _search(path, item)
    return int(found) if isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found < 1e12 else None
