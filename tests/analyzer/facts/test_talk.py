"""Plain words of callers, groups and villagers: one figure of each kind for a whole text."""

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind, Nature
from analyzer.nature import judge
from tests.analyzer.labelled import f1, lines

SET = lines("talk.jsonl")


def figures(text):
    """The value of each kind that the whole text gives, none where it gives none of today."""
    facts = find_facts(text, nature=judge(text).nature)
    found = {kind.value: document_value(facts, kind) for kind in FactKind}
    return {kind: fact.value for kind, fact in found.items() if fact is not None and fact.value}


def hurt(told):
    """The gravely injured are among the injured."""
    return [("injured" if kind == "serious_injured" else kind, value) for kind, value in told.items()]


def test_plain_talk_gives_its_figures():
    told = [line for line in SET if line["figures"]]
    assert f1([(hurt(line["figures"]), set(hurt(figures(line["text"])))) for line in told]) >= 0.9


def test_talk_of_films_games_fears_and_beasts_gives_none():
    fired = [line["text"] for line in SET if not line["figures"] and figures(line["text"])]
    assert len(fired) <= 4


def test_what_facts_are_of_now_is_told_by_their_status():
    (fact,) = find_facts("我妈被困在电梯里一个小时了")[:1]
    assert (fact.kind, fact.value, fact.status) == (FactKind.TRAPPED, 1, Nature.CURRENT)
