"""The closed list of topics and the keyword evidence for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer.patterns import lists
from analyzer.patterns.scan import words_in
from analyzer.scoring.features import clip
from crawlers.finder import Finder

HAZARD = "hazard."
SERVICE = "service."


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One topic; `strong` and `weak` are its keywords in the normal form of analyzer/text.py.

    `happening` is what an event of the topic is called.
    """

    code: str
    name: str
    happening: str
    definition: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicList:
    """The whole list.

    `masks` take a keyword's false meaning away; `elsewhere` are words of other fields, `trouble` words of harm,
    complaint and response.
    """

    topics: tuple[Topic, ...]
    masks: tuple[str, ...]
    elsewhere: Mapping[str, tuple[str, ...]]
    trouble: Mapping[str, tuple[str, ...]]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(topic.code for topic in self.topics)

    @property
    def keywords(self) -> Iterator[str]:
        """Strong and weak ones of all topics."""
        return (word for topic in self.topics for word in (*topic.strong, *topic.weak))

    @property
    def names(self) -> Mapping[str, str]:
        """Topic code to the Chinese name that people read."""
        return {topic.code: topic.name for topic in self.topics}

    @property
    def happenings(self) -> Mapping[str, str]:
        """Topic code to what an event of it is called."""
        return {topic.code: topic.happening for topic in self.topics}


@cache
def topic_list() -> TopicList:
    """The list that the package ships, in its fixed order."""
    raw = lists.read("topics.yaml")
    return TopicList(
        topics=tuple(
            Topic(
                code=row["code"],
                name=row["name"],
                happening=row.get("happening", row["name"]),
                definition=row["definition"],
                strong=tuple(row["strong"].split()),
                weak=tuple(row["weak"].split()),
                examples=tuple(row["examples"]),
                counter_examples=tuple(row["counter_examples"]),
            )
            for row in raw["topics"]
        ),
        masks=tuple(word for words in raw["masks"].values() for word in words.split()),
        elsewhere={field: tuple(words.split()) for field, words in raw["elsewhere"].items()},
        trouble={kind: tuple(words.split()) for kind, words in raw["trouble"].items()},
    )


@cache
def happening(code: str) -> str:
    """What an event of the topic is called."""
    return topic_list().happenings.get(code, code)


class Keywords:
    """Finds the keywords of all topics in a whole batch of texts at once.

    Chinese has no spaces to find words by: the longest word wins at every position, so that a longer innocent
    word swallows the keyword inside it.
    """

    def __init__(self, listed: TopicList) -> None:
        groups = [
            *(topic.strong for topic in listed.topics),
            *(topic.weak for topic in listed.topics),
            *listed.elsewhere.values(),
            *listed.trouble.values(),
        ]
        slots: dict[str, list[int]] = {word: [] for word in listed.masks}
        for number, words in enumerate(groups):
            for word in words:
                slots.setdefault(word, []).append(number)
        self._width = len(groups)
        self._groups = np.array([number for numbers in slots.values() for number in numbers], dtype=np.int64)
        sizes = np.array([len(numbers) for numbers in slots.values()], dtype=np.int64)
        self._starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
        self._finder = Finder(slots, longest=True)

    def counts(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """How often the words of each group occur in each text.

        Columns: strong of every topic, weak of every topic, each other field, each kind of trouble.
        """
        clipped = [clip(text) for text in texts]
        words, owners, _ = words_in(self._finder, clipped)
        sizes = self._starts[words + 1] - self._starts[words]
        # Each hit once for each group of its word: the first one's place, then one further for every next.
        steps = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        groups = self._groups[np.repeat(self._starts[words], sizes) + steps]
        cells = np.bincount(np.repeat(owners, sizes) * self._width + groups, minlength=len(texts) * self._width)
        return cells.astype(np.float32).reshape(len(texts), self._width)
