"""Scope and topics as people write: complaints, calls for help, gossip, dialect, news, notices, and what is near them.

Each set was written before the reader that it measures. Drills are left out: an official one is kept, with its
nature told.
"""

from functools import cache

import pytest

from analyzer.model import Scope
from analyzer.scope.gate import ScopeReader
from analyzer.text import normalise_many
from tests.analyzer.labelled import lines

ROWS = lines("scope_registers.jsonl")


@cache
def judged():
    return ScopeReader.load().read_many(normalise_many([row["text"] for row in ROWS]))


def of(number):
    return [(row, found) for row, found in zip(ROWS, judged(), strict=True) if row["set"] == number]


@pytest.mark.parametrize(
    ("number", "least", "kept"), [(1, 0.96, 0.98), (2, 0.92, 0.98), (3, 0.92, 0.98), (4, 0.94, 0.98), (5, 0.93, 0.98)]
)
def test_posts_on_a_matter_are_taken_in_and_next_to_none_is_dropped(number, least, kept):
    found = [judgement.scope for row, judgement in of(number) if row["topics"]]
    assert sum(scope is Scope.IN for scope in found) >= least * len(found)
    assert sum(scope is not Scope.OUT for scope in found) >= kept * len(found)


@pytest.mark.parametrize(("number", "most"), [(1, 0.05), (2, 0.07), (3, 0.05), (4, 0.06), (5, 0.06)])
def test_posts_on_no_matter_are_rarely_taken_in(number, most):
    found = [judgement.scope for row, judgement in of(number) if not row["topics"]]
    assert sum(scope is Scope.IN for scope in found) <= most * len(found)


@pytest.mark.parametrize(("number", "least"), [(1, 0.95), (2, 0.9), (3, 0.85), (4, 0.92), (5, 0.88)])
def test_the_first_topic_is_mostly_right(number, least):
    named = [
        judgement.topics[0].code in row["topics"] for row, judgement in of(number) if row["topics"] and judgement.topics
    ]
    assert sum(named) >= least * len(named)
