"""What a stronger reader may change in a reading: the scope of what is unsure, and the order of its topics.

Nothing else. It names no topic that was not found, it takes in nothing that was dropped and drops nothing that is in;
and figures are read from the text alone, so it cannot invent one.
"""

from collections.abc import Sequence
from dataclasses import replace

from analyzer.model import Reading, Scope, TopicScore
from analyzer.ports import Advice, Adviser, Question

_NEAR = 0.25
"""Topics whose probabilities lie nearer than this are worth a second opinion."""


def question(reading: Reading, text: str) -> Question | None:
    """What to ask about a reading; None when it is clear."""
    unsure = reading.scope is Scope.UNSURE and bool(reading.topics)
    if not unsure and not _contested(reading.topics):
        return None
    return Question(text=text, codes=tuple(topic.code for topic in reading.topics), unsure=unsure)


def _contested(topics: Sequence[TopicScore]) -> bool:
    return len(topics) > 1 and topics[0].probability - topics[1].probability < _NEAR


def advised(reading: Reading, advice: Advice) -> Reading:
    """The reading after the advice, within its bounds."""
    topics = _ranked(reading.topics, advice.codes)
    if reading.scope is not Scope.UNSURE or advice.inside is None:
        return replace(reading, topics=topics)
    if advice.inside:
        return replace(reading, scope=Scope.IN, topics=topics)
    return replace(reading, scope=Scope.OUT, topics=())


def _ranked(topics: tuple[TopicScore, ...], codes: Sequence[str]) -> tuple[TopicScore, ...]:
    """The same topics, those named first in front; the probabilities stay in their order, best first."""
    known = {topic.code for topic in topics}
    order = [code for code in dict.fromkeys(codes) if code in known]
    order += [topic.code for topic in topics if topic.code not in order]
    return tuple(
        TopicScore(code=code, probability=topic.probability) for code, topic in zip(order, topics, strict=True)
    )


def second_opinion(adviser: Adviser, readings: Sequence[Reading], texts: Sequence[str]) -> list[Reading]:
    """Ask about those readings that are not clear; where there is no answer a reading stays as it is."""
    found = []
    for reading, text in zip(readings, texts, strict=True):
        asked = question(reading, text)
        advice = adviser.advise(asked) if asked else None
        found.append(advised(reading, advice) if advice else reading)
    return found
