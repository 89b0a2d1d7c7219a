"""Whole paths, from posts to what people receive."""

import pytest

from tests.acceptance.town import story, watched


@pytest.fixture(scope="session")
def town():
    """The demo town's story, replayed once for all tests."""
    return watched(story())
