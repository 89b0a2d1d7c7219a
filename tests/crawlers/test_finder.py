"""Many words found in one pass, by whichever library this machine has."""

from collections.abc import Callable

import pytest

from crawlers import finder
from crawlers.finder import Finder

WORDS = ("停水", "水", "自来水", "停", "来水停电")


@pytest.fixture(params=["daachorse", "ahocorasick_rs"], autouse=True)
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip(request.param)
    monkeypatch.setattr(finder, "daachorse", library if request.param == "daachorse" else None)


def said(find: Callable[[str], list[finder.Hit]], text: str) -> list[str]:
    found = find(text)
    assert all(text[start:end] == WORDS[word] for start, end, word in found)
    return [WORDS[word] for _, _, word in found]


def test_all_words_are_found_by_where_they_end_the_longest_first():
    assert said(Finder(WORDS).find_all, "🚰自来水停电") == ["自来水", "水", "停", "来水停电"]


def test_of_words_that_overlap_the_one_that_ends_first_is_found():
    assert said(Finder(WORDS).find, "停水，自来水停电") == ["停", "水", "自来水", "停"]


def test_or_the_longest_of_those_that_begin_first():
    assert said(Finder(WORDS, longest=True).find, "停水，来水停电") == ["停水", "来水停电"]
