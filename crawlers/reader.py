"""What a spider kind works with during one visit to its source."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import orjson

from crawlers import dates, text, urls
from crawlers.beijing import BEIJING
from crawlers.lots import FULL, Lots
from crawlers.model import Authority, Health, Memo, Outcome, Post, Source, Visit
from crawlers.page import Absent, Failed, Page, Unreadable, is_monstrous
from crawlers.ports import BatchCrawlStore, CrawlStore
from crawlers.privacy import Candidate, Empty, mask, minimise_many
from crawlers.voices import VoiceKey, open_key

MAX_PROBLEMS = 20
MAX_ITEMS = 20_000
EXCERPT = 120
# JSONP: a script that hands the answer to a function.
_CALL = re.compile(
    r"\A\s{0,9}(?:/\*\*/\s?)?(?:typeof [\w.$]{1,99} === 'function' && )?[A-Za-z_$][\w.$]{0,99}\s?\(\s{0,9}(?=[\[{])"
)
_MAX_CALL = 300


class Get(Protocol):
    """Fetches one page: None when it has not changed; raises Failed."""

    def __call__(self, url: str, *, headers: Mapping[str, str]) -> Awaitable[Page | None]: ...


@dataclass(kw_only=True)
class Keys:
    """The voice key of the day that it is at the moment of use; a `fixed` one serves any day."""

    folder: Path
    fixed: VoiceKey | None = None
    _key: VoiceKey | None = None

    def at(self, now: datetime) -> VoiceKey:
        """Return today's key."""
        if self.fixed:
            return self.fixed
        if self._key is None or self._key.day != now.astimezone(BEIJING).date():
            self._key = open_key(self.folder, now)
        return self._key


@dataclass(kw_only=True)
class Reader:
    """One visit: pages come in by `get`, posts go to the store by `give`, everything else is counted and said.

    `backlog` is true where the last visit was cut short: then what is known says nothing of what comes after it.
    """

    source: Source
    lots: Lots
    keys: Keys
    now: Callable[[], datetime]
    fetch: Get
    backlog: bool = False
    started_at: datetime = field(init=False)
    settings: str = field(init=False)
    _outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    _items: int = 0
    _quarantined: int = 0
    _problems: list[str] = field(default_factory=list)
    _unsaid: int = 0
    _memos: list[Memo] = field(default_factory=list)
    _incomplete: bool = False
    _failed: bool = False
    _missed: bool = False
    _look_at: datetime | None = None
    _blocked: bool = False
    _unchanged: bool = False

    @property
    def store(self) -> CrawlStore:
        """Where everything but posts goes at once."""
        return self.lots.store

    def __post_init__(self) -> None:
        """Note when it began, and with which settings."""
        self.started_at = self.now()
        params = orjson.dumps(dict(self.source.params), default=str, option=orjson.OPT_SORT_KEYS)
        self.settings = digest(self.source.kind, self.source.url, params)

    async def get(self, url: str, *, conditional: bool = False, start: bool = False) -> Page | None:
        """Return a page; None where there is nothing to read, which is then already counted and said.

        `conditional` asks only for what has changed since the last complete visit. `start`: without this page
        the whole visit has failed.
        """
        try:
            page = await self.fetch(url, headers=self._conditions(url) if conditional else {})
        except Failed as failure:
            self._incomplete |= not failure.gone
            self._failed |= start
            self._blocked |= failure.blocked and start
            self._miss(url, failure)
            return None
        if page is None:
            self._unchanged = True
            return None
        if conditional:
            self._begin(url, page)
        return page

    async def look(self, url: str, memo: Memo, seen: str, until: datetime | None = None) -> Page | None:
        """Return a page behind a list; None where there is nothing to read, which is then remembered and said.

        `seen` is the look of its entry: only a page that was read under the same look is asked for as conditional.
        One that has not changed is looked at again `until` then.
        """
        same = memo.seen == seen and memo.read_by == self.settings
        try:
            page = await self.fetch(url, headers=memo.conditions if same and memo.done else {})
        except Absent as absent:
            since = memo.first_at if same and memo.gone else None
            await self._note(replace(self.behind(url, seen, since), gone=True))
            self._miss(url, absent)
            return None
        except Failed as failure:
            self._incomplete |= not failure.gone
            self._miss(url, failure)
            return None
        if page is None:
            self._unchanged = True
            await self._note(replace(memo, read_at=self.now()), until)
        return page

    def waits(self, memo: Memo, seen: str) -> bool:
        """Whether a page that is not there is left alone for now; its list is then asked for again when it is due."""
        if not memo.gone or memo.seen != seen or memo.read_by != self.settings or memo.due is None:
            return False
        if self.is_due(memo):
            return False
        self._missed = True
        self.look_again(memo.due)
        return True

    def is_due(self, memo: Memo) -> bool:
        """Whether a page is to be looked at again; no page twice in one visit."""
        at = memo.due
        return at is not None and at <= self.now() and memo.read_at is not None and memo.read_at < self.started_at

    def behind(self, url: str, seen: str, first_at: datetime | None = None) -> Memo:
        """Return what is to be remembered of a page that is looked at now, at first or since `first_at`."""
        now = self.now()
        return Memo(url=self.key(url), seen=seen, first_at=first_at or now, read_at=now, read_by=self.settings)

    async def _note(self, memo: Memo, until: datetime | None = None) -> None:
        if memo.due and (until is None or memo.due <= until):
            self.look_again(memo.due)
        await self.lots.put((), [(self.source.id, memo)])

    def _miss(self, url: str, failure: Failed) -> None:
        self._missed = True
        self.problem(str(failure) if failure.everywhere else f"{self.place(url)}{failure}")

    def text_of(self, page: Page) -> str | None:
        """Return a page's text; None where it cannot be read, which is then quarantined and said."""
        try:
            decoded, complaint = page.decoded
        except Unreadable as error:
            self._unreadable(f"{self.place(page.url)}{error}")
            return None
        if is_monstrous(decoded):
            self._unreadable(f"{self.place(page.url)}结构过于庞杂，没有解析")
            return None
        if complaint:
            self.problem(f"{self.place(page.url)}{complaint}")
        return decoded

    def json_of(self, page: Page) -> Any:
        """Return a page's JSON; None where it is none, which is then quarantined and said."""
        decoded = self.text_of(page)
        if decoded is None:
            return None
        called = _CALL.match(decoded[:_MAX_CALL])
        if called and (end := decoded.rfind(")")) > 0:
            decoded = decoded[called.end() : end]
        try:
            return orjson.loads(decoded.encode(errors="replace"))
        except orjson.JSONDecodeError as error:
            place = f"{self.place(page.url)}不是有效的 JSON（第{error.lineno}行第{error.colno}列）"
        self._unreadable(f"{place}，请核对网址和接口", decoded[:500])
        return None

    def _unreadable(self, reason: str, excerpt: str = "") -> None:
        self._incomplete = True
        self.quarantine(reason, excerpt)

    async def give(self, candidate: Candidate, *, read: Memo | None = None) -> Outcome | None:
        """Minimise one item and store it; None where it was unreadable and is in quarantine.

        `read`: what is to be remembered, in the same transaction, of the page it stood on.
        """
        post = self._minimised([candidate])[0]
        if post is None:
            return None
        return self._counted(await self.lots.put([post], [(self.source.id, read)] if read else []))[0]

    async def give_all(self, candidates: Iterable[Candidate]) -> list[Outcome | None]:
        """Give many items, a lot at a time; the outcomes are in their order."""
        outcomes: list[Outcome | None] = []
        waiting = iter(candidates)
        while lot := list(islice(waiting, FULL)):
            posts = self._minimised(lot)
            stored = iter(self._counted(await self.lots.put([post for post in posts if post])))
            outcomes += [next(stored) if post else None for post in posts]
            # Other sources and their time limits must get their turn between the items of a long list.
            await asyncio.sleep(0)
        return outcomes

    def _minimised(self, candidates: Sequence[Candidate]) -> list[Post | None]:
        """Minimise each; None where it was unreadable and is in quarantine, or where there were too many before it."""
        taken = candidates[: MAX_ITEMS - self._items]
        left = len(candidates) - len(taken)
        if left:
            self.problem(f"一次读到的条目超过 {MAX_ITEMS} 条，其余略过；请核对该来源的设置")
        now = self.now()
        posts = minimise_many([(candidate, self.source, now) for candidate in taken], self.keys.at(now))
        for number, post in enumerate(posts, start=self._items + 1):
            if post is None:
                self.quarantine(f"第 {number} 条{Empty()}", "")
        self._items += len(taken)
        return [*posts, *[None] * left]

    def _counted(self, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        for outcome in outcomes:
            self._outcomes[outcome] += 1
        return outcomes

    def known(self, url: str, seen: str) -> bool:
        """Whether a page was read to the end, with these settings, when its list entry looked like this."""
        return self.knows(self.memos([url])[0], seen)

    def knows(self, memo: Memo, seen: str) -> bool:
        """Whether what is remembered says so."""
        return memo.done and memo.seen == seen and memo.read_by == self.settings

    def memos(self, addresses: Sequence[str]) -> list[Memo]:
        """Return what is remembered of each page; of an unknown one that it is not done."""
        keys = [self.key(url) for url in addresses]
        if isinstance(self.store, BatchCrawlStore):
            found = self.store.memos_of(self.source.id, keys)
        else:
            found = {key: memo for key in keys if (memo := self.store.memo(self.source.id, key))}
        return [found.get(key) or Memo(url=key) for key in keys]

    def look_again(self, at: datetime) -> None:
        """Ask for the lists of this visit in full from `at` on, since one of their pages is then due."""
        self._look_at = min(at, self._look_at or at)

    def done(self, url: str, seen: str) -> None:
        """Remember that a page was read to the end."""
        self.store.remember(self.source.id, Memo(url=self.key(url), done=True, seen=seen, read_by=self.settings))

    def unchanged(self) -> None:
        """Say that something is there and has not changed."""
        self._unchanged = True

    def date(self, written: str | float | None) -> datetime | None:
        """Read a date as of now."""
        return dates.parse(written, self.now())

    def absolute(self, written: str) -> str:
        """Return a date that means the same an hour earlier, as text; "" for one that does not ("3小时前")."""
        now = self.now()
        found = dates.parse(written, now)
        return found.isoformat() if found and found == dates.parse(written, now - timedelta(hours=1)) else ""

    def problem(self, clause: str) -> None:
        """Say what went wrong, where, and what to do."""
        # A clause may name a file, and a file may be named after who complained.
        sentence = f"来源“{self.source.name}”：{mask(clause).rstrip('。')}。"
        if sentence in self._problems:
            return
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(sentence)
        else:
            self._unsaid += 1

    def quarantine(self, reason: str, excerpt: str) -> None:
        """Set something unreadable aside and say so.

        What cannot be parsed may hold its author anywhere, so only an office's own page leaves an excerpt.
        """
        self._quarantined += 1
        official = self.source.authority is Authority.OFFICIAL
        shown = text.bounded(mask(text.clean_text(excerpt)), EXCERPT) if official else ""
        self.store.quarantine(self.source.id, mask(reason), shown, self.now())
        self.problem(f"{reason}，已隔离")

    def fail(self, clause: str, excerpt: str = "") -> None:
        """Set the whole start page aside: this visit has failed."""
        self._failed = True
        self.quarantine(clause, excerpt)

    def broken(self, fault: str) -> None:
        """Close a visit that a fault of the program cut short."""
        self._failed = True
        self.problem(f"读取时程序出错（{fault}），本次没有读完，请把此信息告知维护人员")

    def incomplete(self, clause: str) -> None:
        """Say that something is left to read, so that the next visit asks for everything again."""
        self._incomplete = True
        self.problem(clause)

    def place(self, url: str) -> str:
        """Return where something is, as it may be written: no address of a private person's post."""
        if self.source.authority is Authority.PUBLIC and url != self.source.url:
            return "有一个页面"
        return f"{url} "

    def finish(self) -> Visit:
        """Close the visit; what it may skip next time is remembered only if nothing is missing."""
        if not (self._incomplete or self._failed):
            for memo in self._memos:
                self.store.remember(self.source.id, replace(memo, look_at=self._look_at))
        if self._unsaid:
            self._problems.append(f"来源“{self.source.name}”：另有 {self._unsaid} 个问题未列出。")
        visit = Visit(
            source_id=self.source.id,
            health=self._health(),
            started_at=self.started_at,
            finished_at=self.now(),
            items=self._items,
            new=self._outcomes[Outcome.NEW],
            revised=self._outcomes[Outcome.REVISED],
            duplicate=self._outcomes[Outcome.DUPLICATE],
            stale=self._outcomes[Outcome.STALE],
            quarantined=self._quarantined,
            problems=tuple(self._problems),
        )
        self.store.visited(visit)
        return visit

    def _health(self) -> Health:
        if self._outcomes[Outcome.NEW] or self._outcomes[Outcome.REVISED]:
            return Health.OK
        if self._blocked:
            return Health.BLOCKED
        readable = self._outcomes[Outcome.DUPLICATE] or self._outcomes[Outcome.STALE] or self._unchanged
        if self._failed or (self._quarantined and not readable):
            return Health.FAILING
        if self._items or self._unchanged:
            return Health.UNCHANGED
        return Health.FAILING if self._missed else Health.EMPTY

    def _conditions(self, url: str) -> dict[str, str]:
        memo = self.store.memo(self.source.id, self.key(url))
        if memo is None or not memo.done or memo.read_by != self.settings:
            return {}
        return {} if memo.look_at and memo.look_at <= self.now() else memo.conditions

    def _begin(self, url: str, page: Page) -> None:
        """Note that a list is being read: until that is done, a later visit may not stop at what it knows."""
        known = self.store.memo(self.source.id, self.key(url))
        self.backlog |= known is None or not known.done
        if known and known.done:
            self.store.remember(self.source.id, Memo(url=known.url))
        headers = page.headers
        self._memos.append(
            Memo(
                url=self.key(url),
                etag=headers.get("etag"),
                last_modified=headers.get("last-modified"),
                done=True,
                read_by=self.settings,
            )
        )

    def key(self, url: str) -> str:
        """Return what stands for an address in a memo: no address of a private person's post."""
        if "://" not in url or url == self.source.url:
            return url
        if self.source.authority is Authority.PUBLIC:
            return f"sha256:{urls.id_of_url(url)}"
        # One page under the address of each session is one page.
        return urls.canonical(url) if urls.has_session(url) else url


def digest(*shown: object) -> str:
    """Return what stands for the look of a list entry."""
    return hashlib.sha256("\n".join(map(str, shown)).encode(errors="surrogatepass")).hexdigest()[:16]
