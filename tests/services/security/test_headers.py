import pytest

from services.security.headers import HEADERS
from tests.services.desk import a_fire, tell

PATHS = ["/", "/healthz", "/api/docs", "/api/v1/events", "/static/console.js", "/none", "/api/v1/none", "/search?q=x"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_every_header(still, path):
    answer = still.get(path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_also_a_refusal_does(still):
    answer = still.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 403
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_nothing_may_run_but_our_own_files():
    policy = dict(part.strip().partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_a_brief_may_carry_its_own_style_and_nothing_else(service, client):
    tell(service, *a_fire("a", "b", "c"))

    policy = client.get("/api/v1/briefs/daily/2026-11-03/html").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_the_server_does_not_say_what_it_is_made_of(still):
    assert "server" not in still.get("/").headers
