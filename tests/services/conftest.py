"""What tests of the running service share."""

import logging
from contextlib import ExitStack

import httpx
import pytest

from services.run import web
from tests.services.desk import a_folder, opened

SOURCES = """sources:
  - {id: public, kind: json_api, name: 岚桥生活圈, url: "https://board.example/api", authority: public,
     params: {fields: {text: text}}}
  - {id: media, kind: feed, name: 岚桥在线, url: "https://news.example/feed.xml", authority: media}
  - {id: official, kind: page_list, name: 岚桥区政府, url: "https://gov.example/", authority: official}
"""


@pytest.fixture
def service(tmp_path):
    """A desk at noon, with one source of each authority; nothing has been told yet."""
    with opened(a_folder(tmp_path / "desk", sources=SOURCES)) as running:
        yield running


@pytest.fixture
def client(service):
    """A client of the service's own web server, over real HTTP."""
    with web(service) as address, httpx.Client(base_url=address, timeout=10) as running:
        yield running


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    """A client of an empty desk that all tests of a file share: they only look."""
    with (
        opened(a_folder(tmp_path_factory.mktemp("desk"), sources=SOURCES)) as service,
        web(service) as address,
        httpx.Client(base_url=address, timeout=10) as running,
    ):
        yield running


@pytest.fixture
def root_logging():
    """Logging as it was, after a test that writes the service's log."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield root
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def client_of():
    """Clients of services' own web servers, over real HTTP."""
    with ExitStack() as opened_:
        yield lambda service: opened_.enter_context(
            httpx.Client(base_url=opened_.enter_context(web(service)), timeout=10)
        )
