"""Mastodon-compatible servers, through their public timelines."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from pydantic import Field

from crawlers.model import Outcome
from crawlers.privacy import Candidate
from crawlers.reader import Reader
from crawlers.spiders.base import Kind, Params

_PAGE = 40
_ADVICE = "请核对网址，应为 Mastodon 类服务器的首页地址"


class MastodonParams(Params):
    """Which timelines are read."""

    tags: tuple[str, ...] = Field((), description="只读这些话题标签；不写则读公共时间线")
    local: bool = Field(default=True, description="只读本服务器的嘟文")
    max_pages: int = Field(5, ge=1, le=100, description="每条时间线最多翻几页")


class Mastodon(Kind[MastodonParams]):
    """Reads public posts back to the first page that holds nothing new."""

    kind: ClassVar[str] = "mastodon"
    params_type: ClassVar[type[Params]] = MastodonParams

    async def read(self, reader: Reader) -> None:
        """Read each timeline."""
        base = self.source.url.rstrip("/")
        for path in [f"tag/{quote(tag.lstrip('#'))}" for tag in self.params.tags] or ["public"]:
            await self._timeline(reader, f"{base}/api/v1/timelines/{path}")

    async def _timeline(self, reader: Reader, url: str) -> None:
        query: dict[str, str | int] = {"limit": _PAGE, **({"local": "true"} if self.params.local else {})}
        for number in range(self.params.max_pages):
            page = await reader.get(f"{url}?{urlencode(query)}", conditional=number == 0, start=number == 0)
            statuses = reader.json_of(page) if page else None
            if page and not isinstance(statuses, list):
                reader.fail(f"{reader.place(page.url)}不是时间线，{_ADVICE}")
            if not isinstance(statuses, list) or not statuses:
                return
            wanted = [one for one in statuses if _is_wanted(one)]
            # People who answer each other use each other's names.
            names = tuple(dict.fromkeys(name for one in wanted for name in _names(one)))
            outcomes = await reader.give_all(_candidate(reader, one, names) for one in wanted)
            brought = any(outcome in (Outcome.NEW, Outcome.REVISED) for outcome in outcomes)
            last = statuses[-1].get("id") if isinstance(statuses[-1], dict) else None
            if not last or not (brought or reader.backlog):
                return
            query["max_id"] = str(last)


def _is_wanted(status: Any) -> bool:
    """Whether a status is somebody's own public one; a boost is another's."""
    return isinstance(status, dict) and status.get("visibility", "public") == "public" and not status.get("reblog")


def _account(status: Mapping[str, Any]) -> Mapping[str, Any]:
    found = status.get("account")
    return found if isinstance(found, dict) else {}


def _names(status: Mapping[str, Any]) -> Iterator[str]:
    account = _account(status)
    yield from filter(None, (_string(account.get(name)) for name in ("acct", "username", "display_name")))


def _candidate(reader: Reader, status: Mapping[str, Any], names: tuple[str, ...]) -> Candidate:
    account = _account(status)
    media = status.get("media_attachments")
    described = [one.get("description") for one in media if isinstance(one, dict)] if isinstance(media, list) else []
    counts = ("reblogs_count", "favourites_count", "replies_count")
    return Candidate(
        title=str(status.get("spoiler_text") or ""),
        text="\n".join(filter(None, (str(status.get("content") or ""), *map(_string, described)))),
        own_id=_string(status.get("uri") or status.get("id")) or None,
        url=_string(status.get("url")) or None,
        author=_string(account.get("url") or account.get("acct") or account.get("id")) or None,
        aliases=names,
        published_at=reader.date(_string(status.get("created_at"))),
        engagement=sum(int(status.get(name) or 0) for name in counts if isinstance(status.get(name), int)),
    )


def _string(found: Any) -> str:
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
