"""The story of the demo town: fourteen days of posts over four sources, the same for the same seed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from services.demo.script import DAYS, OPENS, CapNote, Edit, Line, Scene, Script, Theme, Wave, script
from services.demo.wording import roughened, titled, worded

SEED = 20261101
SMALL_MATTERS = ("singles", "notices")
"""Scenes that are no event: in scope, nothing to alert anybody for."""
AUTHORITY = {"news": "media", "gov": "official", "board": "public", "cap": "official"}
REGION = "990101"
CAP_SENDER = "warning@muyun.example"
# People write little at night; shares by hour of the day, 0 to 23.
_HOURS = (3, 1, 1, 1, 1, 2, 5, 9, 10, 10, 9, 10, 13, 11, 9, 9, 9, 10, 12, 15, 18, 17, 12, 7)
_OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 10, 8, 3, 3, 6, 8, 8, 6, 2, 1, 0, 0, 0, 0)
_REPOST = ("转：", "转发：", "扩散：", "")
_COPY_WITHIN = timedelta(hours=3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One post at its source.

    `theme` is "out.<theme>" for talk that is out of scope, else the key of the scene. It shows up at its
    source at `visible_at`, which is later than `published_at` for a late one. Times are aware UTC.
    """

    id: str
    source: str
    theme: str
    title: str
    text: str
    author: str
    author_id: str
    published_at: datetime
    visible_at: datetime
    likes: int = 0
    updates: tuple[Edit, ...] = ()
    cap: CapNote | None = None

    @property
    def in_scope(self) -> bool:
        """Whether it is about a hazard or a public service."""
        return not self.theme.startswith("out.")

    @property
    def event(self) -> str | None:
        """Key of the event in answers.yaml that it belongs to."""
        return self.theme if self.in_scope and self.theme not in SMALL_MATTERS else None

    @property
    def changed_at(self) -> tuple[datetime, ...]:
        """When its source shows something new of it: at first, and at each edit."""
        return (self.visible_at, *(edit.at.astimezone(UTC) for edit in self.updates))

    def as_of(self, now: datetime) -> tuple[str, str]:
        """Title and text as they stand at `now`."""
        for edit in reversed(self.updates):
            if edit.at <= now:
                return edit.title, edit.text.strip()
        return self.title, self.text


def tell(seed: int = SEED, scale: int = 1) -> list[Item]:
    """The whole story in the order in which it shows up; `scale` multiplies all but the scripted lines."""
    cast = _Cast(script(), seed, scale)
    items = [item for key, scene in script().scenes.items() for item in _scene(key, scene, cast)]
    items += [item for key, theme in script().themes.items() for item in _theme(key, theme, cast)]
    items.sort(key=lambda item: (item.visible_at, item.published_at, item.source, item.title, item.text, item.author))
    return list(_numbered(items))


def story_as_jsonl(items: Iterable[Item]) -> Iterator[str]:
    """Lines of the public format "Post, in", in the order of collection; an edit repeats its post's id."""
    states = [(at, number, item) for number, item in enumerate(items) for at in item.changed_at]
    for at, _, item in sorted(states, key=lambda state: state[:2]):
        title, text = item.as_of(at)
        record = {
            "id": item.id,
            "source": item.source,
            "authority": AUTHORITY[item.source],
            "title": title,
            "text": text,
            "author": item.author,
            "published_at": item.published_at.astimezone(OPENS.tzinfo).isoformat(),
            "collected_at": at.astimezone(OPENS.tzinfo).isoformat(),
            "region": REGION,
        }
        yield json.dumps(record, ensure_ascii=False)


class _Cast:
    """Who speaks. Every scene draws its own random numbers, so that editing one leaves the others as they are."""

    def __init__(self, script: Script, seed: int, scale: int) -> None:
        self.script = script
        self.scale = scale
        self._seed = seed
        crowd = [f"{handle}_{n}" if n else handle for n in range(scale) for handle in script.handles]
        self.crowd = {handle: f"u{100370 + 7 * number}" for number, handle in enumerate(crowd)}

    def random(self, key: str) -> Random:
        """Numbers of one scene."""
        return Random(f"{self._seed}:{key}")  # noqa: S311  # a story keeps no secret

    def queue(self, random: Random) -> Iterator[str]:
        """Handles in random order, each once; begins again when all have spoken."""
        while True:
            yield from random.sample(list(self.crowd), len(self.crowd))


def _scene(key: str, scene: Scene, cast: _Cast) -> Iterator[Item]:
    random = cast.random(key)
    voices = cast.queue(random)
    known: dict[str, str] = {}
    for line in scene.posts:
        author = line.by or (next(voices) if line.source == "board" else random.choice(cast.script.bylines))
        author = known.setdefault(line.who, author) if line.who else author
        item = _item(key, line, author, cast, random)
        yield item
        for _ in range(line.copies * cast.scale):
            late = _COPY_WITHIN * random.random()
            again = replace(item, text=random.choice(_REPOST) + item.text, published_at=item.published_at + late)
            yield _by(replace(again, visible_at=again.published_at, updates=()), next(voices), cast)
    for wave in scene.waves:
        yield from _wave(key, wave, cast, voices, random)


def _item(key: str, line: Line, author: str, cast: _Cast, random: Random) -> Item:
    """A scripted post, word for word."""
    item = Item(
        id="",
        source=line.source,
        theme=key,
        title=line.title,
        text=line.text.strip(),
        author="",
        author_id="",
        published_at=(line.told or line.at).astimezone(UTC),
        visible_at=line.at.astimezone(UTC),
        likes=_likes(random),
        updates=line.updates,
        cap=line.cap,
    )
    return _by(item, author, cast)


def _wave(key: str, wave: Wave, cast: _Cast, voices: Iterator[str], random: Random) -> Iterator[Item]:
    texts = list(wave.say) * wave.repeat * cast.scale
    random.shuffle(texts)
    length = wave.until - wave.since
    for template in texts:
        # More of them early on: people speak up when they learn of it.
        at = wave.since + length * random.triangular(0, 1, 0.2)
        title, text = titled(worded(template, cast.script.words, random))
        item = _plain(key, wave.source, title, roughened(text, random), at, random)
        yield _by(item, next(voices), cast)


def _theme(key: str, theme: Theme, cast: _Cast) -> Iterator[Item]:
    random = cast.random(f"out.{key}")
    voices = cast.queue(random)
    hours = _HOURS if theme.source == "board" else _OFFICE_HOURS
    for template in theme.lines * theme.repeat * cast.scale:
        day = timedelta(days=random.randrange(DAYS), hours=random.choices(range(24), hours)[0])
        at = OPENS + day + timedelta(seconds=random.randrange(3600))
        title, text = titled(worded(template, cast.script.words, random))
        if theme.source == "board":
            item = _plain(f"out.{key}", theme.source, title, roughened(text, random, faces=True), at, random)
            yield _by(item, next(voices), cast)
        else:
            item = _plain(f"out.{key}", theme.source, title, text, at, random)
            yield _by(item, theme.by or random.choice(cast.script.bylines), cast)


def _plain(theme: str, source: str, title: str, text: str, at: datetime, random: Random) -> Item:
    told = at.astimezone(UTC).replace(microsecond=0)
    return Item(
        id="",
        source=source,
        theme=theme,
        title=title,
        text=text,
        author="",
        author_id="",
        published_at=told,
        visible_at=told,
        likes=_likes(random),
    )


def _by(item: Item, author: str, cast: _Cast) -> Item:
    return replace(item, author=author, author_id=cast.crowd.get(author, ""))


def _likes(random: Random) -> int:
    """Mostly few, now and then many."""
    return int(random.paretovariate(1.1)) - 1


def _numbered(items: Iterable[Item]) -> Iterator[Item]:
    """Ids as the sources give them: counted, but for CAP, whose identifiers carry the time."""
    numbers = {"board": count(100001), "news": count(1), "gov": count(1)}
    for item in items:
        if item.source == "cap":
            name = cap_identifier(item.published_at)
        else:
            name = f"{item.source}-{next(numbers[item.source]):04d}"
        yield replace(item, id=name)


def cap_identifier(sent: datetime) -> str:
    """Identifier of a CAP message, in the shape of GB/T 35965.1: who, and when to the second."""
    return f"99010041600000_{sent.astimezone(OPENS.tzinfo):%Y%m%d%H%M%S}"
