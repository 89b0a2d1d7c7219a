"""Grouping alone: posts a CPU second, near duplicates included, with 1,000 to 100,000 open events."""

import random
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from analyzer.grouping.fingerprint import bands
from analyzer.grouping.grouper import Grouper
from analyzer.grouping.item import item
from analyzer.grouping.meaning import Meanings
from analyzer.idf import Idf
from analyzer.model import Place, Reading, Scope, TopicScore
from analyzer.topics import topic_list
from crawlers.model import Authority, Post
from services.garbage import keep_loaded

OPEN = (1_000, 20_000, 100_000)
POSTS = 5_000
LENGTH = 14
"""Words of a post: the demo town's have 12 that tell."""
COPIES = 0.3
START = datetime(2026, 11, 1, tzinfo=UTC)


def measure(out: Path) -> dict[str, object]:
    del out
    figures: dict[str, object] = {}
    keep_loaded()  # as the service does
    for size in OPEN:
        seconds = _cpu(size)
        figures[f"{size} open events, posts per CPU second"] = round(POSTS / seconds)
        figures[f"{size} open events, cpu µs/post"] = round(1e6 * seconds / POSTS, 1)
    first, *_, last = (figures[f"{size} open events, cpu µs/post"] for size in OPEN)
    figures[f"cost per post {OPEN[-1]} / {OPEN[0]} open events"] = round(last / first, 2)
    return figures


def _cpu(size: int) -> float:
    """CPU seconds for the last posts of a stream that has opened `size` events."""
    world = _World(random.Random(size), size)
    grouper, weight = Grouper(), Idf.load().weight
    for event in range(size):
        post, reading = world.told(event)
        grouper.add(item(post, reading, weight), f"E{event}")
    stream = [world.told(world.dice.randrange(size)) for _ in range(POSTS)]
    began = time.process_time()
    for post, reading in stream:
        view = item(post, reading, weight)
        match = grouper.find(view)
        grouper.add(view, match.event_id if match else post.id)
    return time.process_time() - began


class _World:
    """Happenings with words and a place of their own among the words that everybody uses."""

    def __init__(self, dice: random.Random, size: int) -> None:
        self.dice = dice
        self._common = [word for word in Idf.load().weights if len(word) > 1]
        self._topics = [code for code in topic_list().codes if code.startswith("hazard.")]
        self._places = [f"第{n}村" for n in range(max(size // 20, 50))]
        self._said: dict[int, tuple[str, ...]] = {}
        self._number = count()

    def told(self, event: int) -> tuple[Post, Reading]:
        """One more post about a happening: now and then what was said before, word by word."""
        dice, number = self.dice, next(self._number)
        before = self._said.get(event)
        own = [self._common[(event * 7919 + k * 104729) % len(self._common)] for k in range(6)]
        said = before if before and dice.random() < COPIES else (*dice.sample(own, 4), *self._chat())
        self._said[event] = said
        text = "".join(said)
        told_at = START + timedelta(seconds=number)
        name = self._places[event % len(self._places)]
        post = Post(
            id=str(number),
            source_id="board",
            authority=Authority.PUBLIC,
            title="",
            text=text,
            collected_at=told_at,
            published_at=told_at,
            region="990101",
        )
        return post, Reading(
            post_id=post.id,
            scope=Scope.IN,
            read_at=told_at,
            model_version="benchmark",
            topics=(TopicScore(code=self._topics[event % len(self._topics)], probability=0.9),),
            places=(Place(code=None, name=name, level="village", span=(0, 2), path=(name,)),),
            fingerprint=bands(text),
            terms=said,
            **Meanings.load().read_many([text])[0]._asdict(),
        )

    def _chat(self) -> list[str]:
        return [self._common[int(len(self._common) * self.dice.random() ** 2)] for _ in range(LENGTH - 4)]
