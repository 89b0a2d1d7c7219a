"""Scope by kind: torn sentences of rescue are in, politics and the like are dropped, figures of speech are no matter.

Each set was written before the reader that it measures: the second after the first had shown what to mend and before
it was mended.
"""

from functools import cache

import pytest

from analyzer.model import Scope
from analyzer.scope.gate import ScopeReader
from analyzer.text import normalise_many
from tests.analyzer.labelled import lines

ROWS = lines("scope_by_kind.jsonl")
FIGURATIVE = "figurative"


@cache
def judged():
    return [j.scope for j in ScopeReader.load().read_many(normalise_many([row["text"] for row in ROWS]))]


def of(number, *, in_scope, figurative=False):
    """The judgements of one of the two sets."""
    return [
        scope
        for row, scope in zip(ROWS, judged(), strict=True)
        if row["set"] == number and row["in_scope"] == in_scope and (row["kind"] == FIGURATIVE) == figurative
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_sentences_torn_from_reports_of_emergencies_are_kept(number):
    found = of(number, in_scope=True)
    assert sum(scope is Scope.IN for scope in found) >= 0.68 * len(found)
    assert sum(scope is not Scope.OUT for scope in found) >= 0.85 * len(found)


@pytest.mark.parametrize("number", [1, 2])
def test_politics_marches_military_and_obituaries_are_not_taken_in(number):
    found = of(number, in_scope=False)
    assert sum(scope is Scope.IN for scope in found) <= 2


@pytest.mark.parametrize("number", [1, 2])
def test_figures_of_speech_are_rarely_taken_in(number):
    found = of(number, in_scope=False, figurative=True)
    assert sum(scope is Scope.IN for scope in found) <= 0.1 * len(found)
