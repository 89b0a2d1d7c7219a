"""An event that sleeps is kept packed; nobody can tell but by its size."""

import pickle
from collections import Counter
from dataclasses import replace

import pytest

from analyzer.events.case import Case
from analyzer.events.cases import Cases
from analyzer.model import Finding, Nature, Sentiment, Tone, WarningSignal
from crawlers.model import Authority
from tests.builders import at, fact, place, post, reading

WARNING = WarningSignal(subject="暴雨", colour="red")
TOLD = [
    (Authority.PUBLIC, {"places": (place("栖水河"),), "help_sought": True}, [fact(value=2)]),
    (Authority.PUBLIC, {"sentiment": Sentiment(label=Tone.NEGATIVE, score=-0.5)}, [fact("injured", 9)]),
    (Authority.MEDIA, {"nature": Nature.PAST}, []),
    (Authority.OFFICIAL, {"warning": WARNING, "resolves": True}, [fact(value=3)]),
    (Authority.PUBLIC, {"resolves": True}, []),
]


def told(case, hours=0):
    """Everything that a working file may remember."""
    for number, (authority, more, figures) in enumerate(TOLD):
        said = post(
            f"第{number}个说法，仓库起火了冒黑烟", voice=f"v{number}", authority=authority, told=at(hours + number)
        )
        case.absorb(said, reading(said, "hazard.fire", *figures, **more), frozenset({"school"}))
    return case


@pytest.fixture
def cases():
    """Two events, one of them ended a day before the other began."""
    cases = Cases()
    told(cases.open("old"))
    told(cases.open("new"), hours=48)
    return cases


def test_what_nobody_speaks_of_any_more_rests_and_is_woken_as_it_was(cases):
    before = pickle.loads(pickle.dumps(cases.get("old")))

    cases.rest(at(24))

    assert len(cases) == 2
    assert "old" in cases
    assert sorted(case.id for case in cases) == ["new", "old"]
    assert dict(cases.last_seen()) == {"old": at(4), "new": at(52)}
    assert cases.get("old") == before
    assert cases.get("old") is cases.get("old")


def test_the_next_post_finds_it_as_if_it_had_never_slept(cases):
    awake = told(Case("old"))
    said = replace(post("还在冒烟", voice="late", told=at(90)), id="f" * 64)
    cases.rest(at(24))

    for case in (awake, cases.open("old")):
        case.absorb(said, reading(said))
        case.confirm(Finding(id="f", event_id="old", by="p1", at=at(91)))

    one, other = awake.event(at(92)), cases.open("old").event(at(92))
    assert (one.posts, one.voices, one.heat, one.status, one.by_authority) == (
        (other.posts, other.voices, other.heat, other.status, other.by_authority)
    )
    assert Counter(figure.claimed for figure in one.figures.values()) == Counter(
        figure.claimed for figure in other.figures.values()
    )


def test_what_is_forgotten_is_gone_awake_or_asleep(cases):
    cases.rest(at(24))
    assert cases.forget(at(4)) == []
    assert cases.forget(at(5)) == ["old"]
    told(cases.open("new"), hours=96)
    assert cases.forget(at(53)) == []
    assert cases.forget(at(101)) == ["new"]

    assert len(cases) == 0
    assert cases.get("old") is None
    assert cases.pop("new") is None


def test_what_was_seen_since_a_moment_is_found_asleep_too(cases):
    cases.rest(at(24))
    assert dict(cases.last_seen(at(24))) == {"new": at(52)}
    assert dict(cases.last_seen(at(4))) == {"old": at(4), "new": at(52)}


def test_one_that_is_taken_out_asleep_comes_awake(cases):
    cases.rest(at(24))

    assert cases.pop("old").posts == len(TOLD)
    assert "old" not in cases
