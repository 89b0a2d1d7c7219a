"""A first look at an address: what kind of source it is, and its first posts as they would be stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers import urls
from crawlers.desk import job, visit_all
from crawlers.guess import Guess, guess
from crawlers.kinds import spider
from crawlers.middleware import RunClock
from crawlers.model import Authority, Memo, Outcome, Post, Source, Visit
from crawlers.privacy import VoiceKey
from crawlers.reader import Keys, Reader
from crawlers.spiders.base import Kind, Params

# A look is no crawl: one page of a list, a few details.
_A_LOOK: Mapping[str, Mapping[str, Any]] = {
    "page_list": {"max_pages": 1, "max_details": 5},
    "sitemap": {"max_details": 5, "max_age_days": 90},
    "forum": {"max_pages": 1, "max_topics": 3},
    "mastodon": {"max_pages": 1},
}
_A_LOOK_TAKES = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What was found. `entry` is what to paste into sources.yaml, empty where nothing readable was found."""

    entry: Mapping[str, Any]
    posts: tuple[Post, ...]
    problems: tuple[str, ...]


def check(
    url: str,
    data_dir: Path,
    now: datetime,
    *,
    contact: str,
    authority: Authority = Authority.PUBLIC,
    allow_private_hosts: tuple[str, ...] = (),
) -> Checked:
    """Look at an address; a process can do this once. Nothing is stored, and manners are kept as ever."""
    private = {"allow_private_hosts": list(allow_private_hosts)} if allow_private_hosts else {}
    source = Source(id=_id(url), kind="", name=_id(url), url=url, authority=authority, params=private)
    probe, store = _Probe(source, Params.model_validate({**private, "max_seconds": _A_LOOK_TAKES})), _Sieve()
    keys = Keys(folder=data_dir, fixed=VoiceKey.fleeting())
    (visit,) = visit_all([job(probe)], store, keys=keys, data_dir=data_dir, clock=RunClock(start=now), contact=contact)
    entry = _entry(source, probe.found) if probe.found else {}
    return Checked(entry=entry, posts=tuple(store.posts), problems=visit.problems)


class _Probe(Kind[Params]):
    """Guesses first, then reads as the guessed kind does."""

    found: Guess | None = None

    async def read(self, reader: Reader) -> None:
        page = await reader.get(self.source.url, start=True)
        self.found = guess(page) if page else None
        if self.found is None:
            if page:
                reader.problem(f"{reader.place(page.url)}没有看出是哪一类来源，请对照 docs/crawling.md 手工填写")
            return
        params = {**self.source.params, **self.found.params, **_A_LOOK.get(self.found.kind, {})}
        guessed = replace(self.source, kind=self.found.kind, url=self.found.url, params=params)
        await spider(guessed).read(reader)


@dataclass
class _Sieve:
    """A store that keeps nothing beyond this look."""

    posts: list[Post] = field(default_factory=list)

    def put(self, post: Post) -> Outcome:
        self.posts.append(post)
        return Outcome.NEW

    def memo(self, source_id: str, url: str) -> Memo | None:
        del source_id, url
        return None

    def remember(self, source_id: str, memo: Memo) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        pass

    def quarantine(self, source_id: str, reason: str, excerpt: str, at: datetime) -> None:
        pass

    def close(self) -> None:
        pass


def _entry(source: Source, found: Guess) -> dict[str, Any]:
    params = {**source.params, **found.params}
    return {
        "id": source.id,
        "kind": found.kind,
        "name": found.name or source.name,
        "url": found.url,
        "authority": source.authority.value,
        "interval": "10m",
        **({"params": params} if params else {}),
    }


def _id(url: str) -> str:
    try:
        return urls.authority(url).replace(":", "-").strip("[]") or "source"
    except ValueError:
        return "source"
