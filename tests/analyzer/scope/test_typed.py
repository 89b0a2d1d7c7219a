"""Two sets of posts, those on a matter once more with one character typed wrong: a like sound, a like shape.

The first was written before the models that it was measured on were looked at, the second after, but before they were
measured on it.
"""

from functools import cache

import pytest

from analyzer.model import Scope
from analyzer.scope.gate import ScopeReader
from analyzer.text import normalise_many
from tests.analyzer.labelled import lines

ROWS = lines("scope_typed.jsonl")
MATTERS = [row for row in ROWS if row["topics"]]


@cache
def judged(key):
    rows = ROWS if key == "text" else MATTERS
    return ScopeReader.load().read_many(normalise_many([row[key] for row in rows]))


def of(number):
    return [(row, found) for row, found in zip(ROWS, judged("text"), strict=True) if row["set"] == number]


@pytest.mark.parametrize(("number", "least", "kept"), [(1, 0.92, 0.98), (2, 0.78, 0.92)])
def test_posts_on_a_matter_are_taken_in(number, least, kept):
    found = [judgement.scope for row, judgement in of(number) if row["topics"]]
    assert sum(scope is Scope.IN for scope in found) >= least * len(found)
    assert sum(scope is not Scope.OUT for scope in found) >= kept * len(found)


@pytest.mark.parametrize(("number", "most"), [(1, 0.07), (2, 0.13)])
def test_posts_on_no_matter_are_rarely_taken_in(number, most):
    found = [judgement.scope for row, judgement in of(number) if not row["topics"]]
    assert sum(scope is Scope.IN for scope in found) <= most * len(found)


@pytest.mark.parametrize(("number", "most"), [(1, 0.08), (2, 0.28)])
def test_a_character_typed_wrong_rarely_changes_scope_or_first_topic(number, most):
    plain = [taken(judgement) for row, judgement in of(number) if row["topics"]]
    typed = [taken(judgement) for row, judgement in zip(MATTERS, judged("typed"), strict=True) if row["set"] == number]
    assert sum(one != other for one, other in zip(plain, typed, strict=True)) <= most * len(plain)


def taken(judgement):
    return judgement.scope, judgement.topics[0].code if judgement.topics else None
