"""What an event was by posts that cannot be read any more."""

from collections import Counter

from analyzer.events.kept import Kept
from tests.builders import at, event, figure

BEFORE = event(figures={"deaths": figure(4, 3, verified_at=at(1))}, posts=5, voices=5, by_authority={"public": 5})


def joined(gone=3, **now):
    base = {"posts": 1, "voices": 1, "by_authority": {"public": 1}, "first_seen_at": at(50), "last_seen_at": at(60)}
    return Kept(BEFORE, Counter(public=gone)).with_it(event(**base | now))


def test_voices_posts_and_beginning_are_those_of_all_posts():
    found = joined(by_authority={"public": 1, "media": 1}, posts=2)
    assert (found.posts, found.voices, found.by_authority) == (5, 5, {"media": 1, "public": 4})
    assert (found.first_seen_at, found.last_seen_at) == (BEFORE.first_seen_at, at(60))
    assert found.corroborated


def test_a_figure_stays_until_somebody_verifies_another():
    def deaths(**now):
        found = joined(figures={"deaths": figure(**now)} if now else {}).figures["deaths"]
        return found.claimed, found.verified

    assert deaths() == (4, 3)
    assert deaths(claimed=2) == (4, 3)
    assert deaths(claimed=9) == (9, 3)
    assert deaths(claimed=2, verified=2, verified_at=at(55)) == (2, 2)
    assert deaths(claimed=2, verified=2, verified_at=at(0)) == (4, 3)
