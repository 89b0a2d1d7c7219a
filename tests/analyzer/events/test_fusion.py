import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.events.fusion import Ledger
from crawlers.model import Authority
from tests.builders import at, fact, post


def ledger(*claims, kind="deaths"):
    """Claims as (authority, speaker, value, hour)."""
    book = Ledger()
    for authority, speaker, value, hour in claims:
        book.add(post(authority=Authority(authority), told=at(hour)), fact(kind, value), speaker)
    return book.figure()


def test_one_voice_is_shown_as_unsupported_and_claims_nothing():
    figure = ledger(("public", "a", 30, 0))
    assert (figure.claimed, figure.unsupported) == (None, 30)


def test_a_figure_that_two_voices_reach_is_claimed():
    figure = ledger(("public", "a", 30, 0), ("public", "b", 3, 0), ("public", "c", 2, 0))
    assert (figure.claimed, figure.unsupported) == (3, 30)


def test_a_thousand_claims_of_one_voice_are_one():
    assert ledger(*[("public", "a", 50, h) for h in range(50)]).claimed is None


def test_a_medium_claims_alone():
    assert ledger(("media", "晚报", 5, 0)).claimed == 5


def test_the_latest_official_figure_is_verified_even_when_it_falls():
    figure = ledger(("official", "局", 6, 0), ("official", "局", 5, 2), ("public", "a", 8, 3), ("public", "b", 8, 3))
    assert (figure.verified, figure.claimed) == (5, 8)


FOUND = (("official", "局", 5, 9), ("media", "晚报", 5, 10), ("public", "a", 5, 10), ("public", "b", 5, 10))


def test_who_repeats_an_offices_figure_does_not_claim_it_against_its_later_one():
    figure = ledger(*FOUND, ("official", "局", 0, 20), kind="missing")
    assert (figure.verified, figure.claimed, figure.unsupported) == (0, 0, None)


@pytest.mark.parametrize("still", [("media", "晚报", 5, 21), ("media", "日报", 6, 10)])
def test_who_says_more_than_the_office_ever_did_or_says_it_afterwards_does(still):
    assert ledger(*FOUND, ("official", "局", 0, 20), still, kind="missing").claimed == still[2]


def test_that_the_dead_become_fewer_is_doubted():
    assert ledger(*FOUND, ("official", "局", 4, 20)).claimed == 5


def test_an_official_post_that_arrives_late_does_not_undo_a_newer_one():
    assert ledger(("official", "局", 11, 9), ("official", "局", 6, 1)).verified == 11


def test_a_medium_that_corrects_itself_replaces_its_figure():
    assert ledger(("media", "晚报", 9, 0), ("media", "晚报", 4, 1)).claimed == 4


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 50)), max_size=30))
def test_the_claimed_value_always_has_two_distinct_voices_behind_it(claims):
    figure = ledger(*[("public", who, value, i) for i, (who, value) in enumerate(claims)])
    latest = dict(claims)
    if figure.claimed is not None:
        assert sum(value >= figure.claimed for value in latest.values()) >= 2


def test_a_figure_that_an_office_calls_wrong_is_claimed_no_more_until_it_is_told_anew():
    book = Ledger()
    for speaker, hour in (("a", 0), ("b", 1)):
        book.add(post(authority=Authority.PUBLIC, told=at(hour)), fact("deaths", 11), speaker)
    book.add(post(authority=Authority.OFFICIAL, told=at(2)), fact("deaths", 9), "局")
    assert book.figure().claimed == 11
    book.deny(11, at(2))
    assert (book.figure().claimed, book.figure().unsupported) == (9, None)
    for speaker, hour in (("c", 3), ("d", 4)):
        book.add(post(authority=Authority.PUBLIC, told=at(hour)), fact("deaths", 11), speaker)
    assert book.figure().claimed == 11
