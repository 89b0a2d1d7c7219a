"""The adviser over HTTP, against a server on this machine that answers as such endpoints do."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analyzer.model import Scope
from analyzer.ports import Advice, Question
from services.errors import ConfigError
from services.reading.adviser import HttpAdviser
from services.reading.reader import build_reader
from services.settings import AdviserSettings, ReadingSettings
from tests.builders import post

QUESTION = Question(text="楼里好像有股味道", codes=("hazard.explosion", "service.gas"), unsure=True)


class Endpoint:
    """Answers every question with `content`, or `status`; keeps what it was asked."""

    def __init__(self):
        self.content, self.status, self.asked = "{}", 200, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                outer.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                body = json.dumps({"choices": [{"message": {"content": outer.content}}]}).encode()
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def settings(self):
        return AdviserSettings(url=f"http://127.0.0.1:{self.server.server_port}/v1", model="m", timeout=5)


@pytest.fixture
def endpoint():
    found = Endpoint()
    yield found
    found.server.shutdown()
    found.server.server_close()


def test_an_answer_is_a_scope_and_an_order(endpoint):
    endpoint.content = '好的：{"in_scope": true, "topics": ["service.gas", 3]}'
    assert HttpAdviser(endpoint.settings).advise(QUESTION) == Advice(inside=True, codes=("service.gas",))
    assert endpoint.asked[0]["model"] == "m"
    assert "service.gas（" in endpoint.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize("content", ["", "不知道", "[1]", '{"in_scope": "yes", "topics": "fire"}', "{broken", "{}"])
def test_an_answer_that_makes_no_sense_changes_nothing(endpoint, content):
    endpoint.content = content
    assert HttpAdviser(endpoint.settings).advise(QUESTION) in {None, Advice()}


def test_an_error_is_no_answer(endpoint):
    endpoint.status = 500
    assert HttpAdviser(endpoint.settings).advise(QUESTION) is None


def test_a_server_that_is_gone_is_no_answer(endpoint):
    adviser = HttpAdviser(endpoint.settings)
    endpoint.server.shutdown()
    endpoint.server.server_close()
    assert adviser.advise(QUESTION) is None


@pytest.mark.parametrize("url", ["http://8.8.8.8/v1", "ftp://127.0.0.1/", "gibberish"])
def test_an_address_off_the_own_network_is_refused_with_a_sentence(url):
    with pytest.raises(ConfigError, match=r"reading\.adviser\.url"):
        HttpAdviser(AdviserSettings(url=url))


def test_no_reader_is_asked_unless_one_is_set(endpoint):
    build_reader(None, ReadingSettings()).read_many([post(text="楼里好像有股味道，说不清")])
    assert endpoint.asked == []


def test_a_figure_that_the_endpoint_makes_up_enters_no_reading(endpoint):
    endpoint.content = (
        '{"in_scope": true, "topics": ["hazard.flood"], "facts": [{"kind": "deaths", "value": 9}], "deaths": 9}'
    )
    posts = [
        post(id=str(n), text=text)
        for n, text in enumerate(["楼里好像有股味道，说不清", "河边今天人不少", "风有点大，棚子晃了两下"])
    ]
    plain = build_reader(None, ReadingSettings()).read_many(posts)
    asked = build_reader(None, ReadingSettings(adviser=endpoint.settings)).read_many(posts)
    assert [r.facts for r in asked] == [r.facts for r in plain] == [(), (), ()]
    for before, after in zip(plain, asked, strict=True):
        assert {t.code for t in after.topics} <= {t.code for t in before.topics}
        assert before.scope is Scope.UNSURE or before.scope is after.scope
