"""The first topic of fresh complaints, written before the list of keywords was looked at."""

from analyzer.scope.gate import ScopeReader
from analyzer.text import normalise_many
from tests.analyzer.labelled import lines


def test_the_first_topic_of_a_complaint_is_right():
    rows = lines("topics.jsonl")
    judged = ScopeReader.load().read_many(normalise_many([row["text"] for row in rows]))
    named = [(row["topic"], one.topics) for row, one in zip(rows, judged, strict=True) if one.topics]
    assert len(named) >= 0.95 * len(rows)
    assert sum(topics[0].code == topic for topic, topics in named) >= 0.9 * len(named)
