"""Whole paths, from posts to what people receive."""

import pytest

from tests.acceptance.town import story, watched
from tests.acceptance.village import Village, open_the_story
from tests.crawlers.site import Site


@pytest.fixture(scope="session")
def town():
    """The demo town's story, replayed once for all tests."""
    return watched(story())


@pytest.fixture
def village():
    """The small place at the beginning of its story."""
    with Site() as site:
        village = Village(site)
        open_the_story(village)
        yield village
