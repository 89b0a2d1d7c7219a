"""A record in a file, and in PostgreSQL where one can be had."""

import pytest

from services.storage.database import open_database
from tests.contracts.backends import Cluster, missing


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'data' / 'minqing.db'}"


@pytest.fixture
def record(url):
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def cluster():
    if missing():
        pytest.skip(missing())
    running = Cluster()
    yield running
    running.stop()
