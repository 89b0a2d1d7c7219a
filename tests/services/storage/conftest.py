"""A record in a file."""

import pytest

from services.storage.database import open_database


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'data' / 'minqing.db'}"


@pytest.fixture
def record(url):
    opened = open_database(url)
    yield opened
    opened.dispose()
