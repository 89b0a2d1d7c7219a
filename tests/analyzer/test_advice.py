"""A stronger reader's bounds: it may decide what is unsure and order topics, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analyzer.advice import advised, question, second_opinion
from analyzer.model import Fact, FactKind, Nature, Qualifier, Reading, Scope, TopicScore
from analyzer.ports import Advice

FACT = Fact(
    kind=FactKind.DEATHS, value=3, unit="person", qualifier=Qualifier.EXACTLY, status=Nature.CURRENT, span=(0, 2)
)
NOW = datetime(2026, 11, 3, tzinfo=UTC)


def reading(scope=Scope.UNSURE, first=0.5, second=0.4):
    topics = (
        TopicScore(code="hazard.fire", probability=first),
        TopicScore(code="hazard.explosion", probability=second),
    )
    return Reading(post_id="1", scope=scope, read_at=NOW, model_version="x", topics=topics, facts=(FACT,))


def codes(found):
    return [topic.code for topic in found.topics]


@pytest.mark.parametrize(("inside", "scope"), [(True, Scope.IN), (False, Scope.OUT), (None, Scope.UNSURE)])
def test_it_decides_what_is_unsure(inside, scope):
    assert advised(reading(), Advice(inside=inside)).scope is scope


@pytest.mark.parametrize("inside", [True, False, None])
def test_it_neither_drops_what_is_in_nor_takes_in_what_is_out(inside):
    assert advised(reading(Scope.IN), Advice(inside=inside)).scope is Scope.IN
    out = replace(reading(Scope.OUT), topics=())
    assert advised(out, Advice(inside=inside, codes=("hazard.flood",))) == out


def test_it_orders_topics_and_names_no_new_one():
    found = advised(reading(Scope.IN), Advice(codes=("hazard.flood", "hazard.explosion", "hazard.explosion")))
    assert codes(found) == ["hazard.explosion", "hazard.fire"]
    assert [topic.probability for topic in found.topics] == [0.5, 0.4]


def test_figures_stay_as_they_were_read():
    for advice in (Advice(inside=True), Advice(inside=None, codes=("hazard.explosion",))):
        assert advised(reading(), advice).facts == (FACT,)


def test_only_what_is_not_clear_is_asked():
    assert question(reading(Scope.IN, 0.9, 0.1), "t") is None
    assert question(replace(reading(Scope.OUT), topics=()), "t") is None
    assert question(replace(reading(), topics=()), "t") is None  # unreadable: nothing to choose from
    assert question(reading(Scope.IN), "t").unsure is False
    assert question(reading(), "t").unsure is True


class Silent:
    """Has no answer."""

    def __init__(self):
        self.asked = []

    def advise(self, asked):
        self.asked.append(asked)


def test_without_an_answer_a_reading_stays():
    silent = Silent()
    clear = reading(Scope.IN, 0.9, 0.1)
    assert second_opinion(silent, [reading(), clear], ["a", "b"]) == [reading(), clear]
    assert [asked.text for asked in silent.asked] == ["a"]
