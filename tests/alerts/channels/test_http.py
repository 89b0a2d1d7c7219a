import logging
import ssl

import pytest
from pydantic import SecretStr, ValidationError

from alerts.channels.http import Call, Caller, Endpoint, HttpSettings
from alerts.errors import Permanent, Transient
from tests.alerts.channels.http_server import OK


@pytest.fixture
def call_of(open_channel):
    """Calls a server once."""

    def made(url, body=b"", timeout=2, **settings):
        caller = open_channel(Caller(HttpSettings(timeout=timeout, **settings)))
        return caller.call(Call(who="对方", url=url, key="k", content=body, hidden=("sesame-key",)))

    return made


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (408, Transient, "重试"),
        (425, Transient, "重试"),
        (429, Transient, "过于频繁.*重试"),
        (500, Transient, "重试"),
        (502, Transient, "重试"),
        (503, Transient, "重试"),
        (400, Permanent, "拒收.*请"),
        (401, Permanent, "密钥.*请|请.*密钥"),
        (403, Permanent, "白名单"),
        (404, Permanent, "失效或改址.*请"),
        (410, Permanent, "失效或改址.*请"),
        (413, Permanent, "拒收.*请"),
        (301, Permanent, "失效或改址.*请"),
        (307, Permanent, "失效或改址.*请"),
    ],
)
def test_every_status_is_sorted_and_named(serve_http, call_of, status, kind, says):
    server = serve_http()
    server.fault = (status, {"said": "对方的话"})
    with pytest.raises(kind, match=rf"^对方.*HTTP {status}"):
        call_of(server.url)
    with pytest.raises(kind, match=says):
        call_of(server.url)


def test_a_redirect_is_not_followed(serve_http, call_of):
    other = serve_http()
    server = serve_http()
    server.fault = (302, b"")
    server.answer = lambda _: (302, {})
    with pytest.raises(Permanent):
        call_of(server.url)
    assert other.requests == []


def test_what_the_far_side_says_is_repeated_in_short_and_without_secrets(serve_http, call_of):
    server = serve_http()
    server.fault = (400, ("sesame-key\n" * 3 + "长" * 5000).encode())
    with pytest.raises(Permanent) as caught:
        call_of(server.url)
    assert "sesame-key" not in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/x?key=sesame-key", "http://no-such-host.invalid/sesame-key", "http://127.0.0.1:99999/sesame"],
)
def test_what_cannot_be_reached_is_transient_and_its_address_is_not_told(call_of, url):
    with pytest.raises(Transient, match="重试") as caught:
        call_of(url)
    assert "sesame" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_far_side_that_trickles_does_not_hold_up_the_queue(serve_http, call_of):
    server = serve_http()
    server.fault = "trickle"
    with pytest.raises(Transient, match="超时"):
        call_of(server.url)


def test_an_endless_answer_is_read_no_further_than_needed(serve_http, call_of):
    server = serve_http(lambda _: (OK, b"x" * 10**6))
    assert len(call_of(server.url, timeout=5)) == 64 * 1024


def test_one_connection_serves_many_calls_and_a_closed_one_is_opened_again(serve_http, open_channel):
    server = serve_http()
    caller = open_channel(Caller(HttpSettings()))
    for number in range(3):
        caller.call(Call(who="对方", url=server.url, key=str(number)))
        caller.close()
    assert [request.key for request in server.requests] == ["0", "1", "2"]


def test_no_secret_is_logged_at_any_level(serve_http, call_of, caplog):
    with caplog.at_level(logging.DEBUG):
        call_of(serve_http().url + "/hook/sesame-key?token=sesame-key", b"sesame-key")
        with pytest.raises(Transient):
            call_of("http://127.0.0.1:1/hook/sesame-key")
    assert "sesame-key" not in caplog.text


@pytest.mark.parametrize(
    ("made", "says"),
    [("good", "自签证书.*请"), ("elsewhere", "自签证书.*请"), ("expired", "(自签证书|已过期).*请")],
)
def test_a_certificate_that_nobody_vouches_for_is_transient_with_the_way_out(
    serve_http, call_of, certificates, made, says
):
    server = serve_http(context=certificates(made)[0])
    with pytest.raises(Transient, match=rf"证书不可信.*{says}"):
        call_of(server.url, timeout=5)


@pytest.mark.parametrize(("made", "says"), [("elsewhere", "IP 地址|主机名"), ("expired", "已过期")])
def test_a_certificate_that_does_not_fit_is_told_as_such(serve_http, call_of, certificates, tmp_path, made, says):
    ours, trust = certificates(made)
    server = serve_http(context=ours)
    (tmp_path / "ca.pem").write_text(ssl.DER_cert_to_PEM_cert(trust.get_ca_certs(binary_form=True)[0]))
    with pytest.raises(Transient, match=rf"证书不可信.*({says})"):
        call_of(server.url, timeout=5, certificate=tmp_path / "ca.pem")


def test_a_private_authoritys_certificate_is_trusted_where_it_is_set(serve_http, call_of, certificates, tmp_path):
    ours, trust = certificates("good")
    (tmp_path / "ca.pem").write_text(ssl.DER_cert_to_PEM_cert(trust.get_ca_certs(binary_form=True)[0]))
    assert call_of(serve_http(context=ours).url, timeout=5, certificate=tmp_path / "ca.pem") == b"{}"


def test_a_certificate_file_that_is_missing_is_told(call_of, tmp_path):
    with pytest.raises(Transient, match="certificate"):
        call_of("https://127.0.0.1:1/", certificate=tmp_path / "none.pem")


def test_plain_text_where_tls_is_expected_is_transient(serve_http, call_of):
    with pytest.raises(Transient, match=r"加密|断开"):
        call_of(serve_http().url.replace("http:", "https:"), timeout=5)


def test_the_environments_proxy_is_not_asked_but_the_settings_is(serve_http, call_of, monkeypatch):
    proxy, server = serve_http(lambda r: (OK, {"via": "proxy"})), serve_http()
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    call_of(server.url)
    assert len(server.requests) == 1
    assert b"proxy" in call_of(server.url, proxy=SecretStr(proxy.url))


@pytest.mark.parametrize("url", ["", "ftp://x/", "example.org/hook", "https:///", "http://[::1"])
def test_an_endpoint_that_cannot_be_called_is_refused_without_repeating_it(url):
    with pytest.raises(ValidationError, match="https://") as caught:
        Endpoint.model_validate({"url": url + "sesame"})
    assert "sesame" not in str(caught.value)


def test_settings_do_not_show_secrets():
    settings = Endpoint.model_validate({"url": "https://example.org/sesame-key"})
    assert "sesame" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert "sesame" not in repr(Call(who="对方", url="https://example.org/sesame", key="k", hidden=("sesame",)))
