import http.client
import re

import pytest

from services.errors import ConfigError
from services.run import web
from services.security.local import is_loopback
from tests.services.desk import a_fire, a_folder, opened, tell


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machines_own_addresses(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "10.0.0.1", "desk.example", "", "127.0.0.1.example"])
def test_addresses_that_others_can_reach(host):
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "desk.example"])
def test_listening_for_others_is_refused_at_the_start_with_a_sentence(tmp_path, host):
    folder = a_folder(tmp_path / "desk", listen=f"{{host: {host}, port: 0}}")

    with opened(folder) as service, pytest.raises(ConfigError) as caught, web(service):
        pass

    assert re.search(rf"listen\.host 为 {re.escape(host)}.*127\.0\.0\.1", str(caught.value))


def ask(client, method, path, body="", **headers):
    """One request with exactly these headers; status and text."""
    port = client.base_url.port
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    named = {name.replace("_", "-"): value.replace("PORT", str(port)) for name, value in headers.items()}
    line.request(method, path, body=body, headers={"Content-Type": "application/json", **named})
    answer = line.getresponse()
    status, text = answer.status, answer.read().decode()
    line.close()
    return status, text


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "localhost:PORT", "[::1]:PORT", "localhost", "127.0.0.1"])
def test_our_own_names_are_answered(still, host):
    assert ask(still, "GET", "/healthz", Host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "localhost.evil.example", "0.0.0.0:PORT"],
)
@pytest.mark.parametrize("path", ["/", "/api/v1/events", "/healthz", "/static/console.js"])
def test_a_foreign_name_that_leads_here_is_refused(still, host, path):
    status, text = ask(still, "GET", path, Host=host)

    assert status == 403
    assert "只允许以本机地址访问" in text


ACT = '{"by": "operator_a"}'


@pytest.fixture
def path(service):
    """Where an alert is acknowledged."""
    tell(service, *a_fire("a", "b", "c"))
    with service.view() as uow:
        (alert,) = uow.alerts.all()
    return f"/api/v1/alerts/{alert.id}/acknowledge"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site", "Origin": "http://127.0.0.1:PORT"},
    ],
)
def test_another_sites_page_cannot_act_through_the_browser(client, path, headers):
    status, text = ask(client, "POST", path, ACT, **headers)

    assert status == 403
    assert "拒绝来自其他网站的操作" in text
    assert client.get("/api/v1/alerts").json()["alerts"][0]["state"] == "triggered"


@pytest.mark.parametrize(
    "headers",
    [{}, {"User_Agent": "curl/8.5"}, {"Sec_Fetch_Site": "same-origin", "Origin": "http://127.0.0.1:PORT"}],
)
def test_a_program_and_our_own_page_can(client, path, headers):
    assert ask(client, "POST", path, ACT, **headers)[0] == 200


def test_reading_from_another_site_gives_its_script_nothing(still):
    answer = still.get("/api/v1/events", headers={"Origin": "https://evil.example"})

    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
