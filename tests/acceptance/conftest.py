"""Whole paths, from posts to what people receive."""

import pytest

from services.demo.sink import MailSink
from tests.acceptance.town import story, watched
from tests.acceptance.village import Village, open_the_story
from tests.contracts.backends import Cluster, missing
from tests.crawlers.site import Site


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


@pytest.fixture
def village():
    """The small place at the beginning of its story."""
    with Site() as site:
        village = Village(site)
        open_the_story(village)
        yield village


@pytest.fixture
def sink(tmp_path):
    """A letter box."""
    with MailSink(tmp_path / "mail") as running_sink:
        yield running_sink
