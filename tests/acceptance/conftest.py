"""Whole paths, from posts to what people receive."""

import pytest

from tests.acceptance.town import story, watched
from tests.contracts.backends import Cluster, missing


@pytest.fixture(scope="session")
def town():
    """The demo town's story, replayed once for all tests."""
    return watched(story())


@pytest.fixture(scope="session")
def cluster():
    """A private PostgreSQL server."""
    if missing():
        pytest.skip(missing())
    running = Cluster()
    yield running
    running.stop()
