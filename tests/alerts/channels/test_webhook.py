import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from alerts.channels import webhook
from alerts.channels.webhook import Body, WebhookChannel, WebhookSettings, body, schema, signature
from alerts.errors import Permanent, Transient
from alerts.model import Purpose
from tests.alerts.channels.http_server import HttpFarSide
from tests.builders import NOON
from tests.contracts.channel import MESSAGE, ChannelContract

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "deploy" / "examples" / "webhook_receiver.py"
SECRET = "a-secret-of-both-sides"
TO_SYSTEM = replace(MESSAGE, address="指挥平台")


def settings_for(url, secret=SECRET, timeout=2):
    return WebhookSettings(receivers={"指挥平台": {"url": url, "secret": secret}}, timeout=timeout)


@pytest.fixture
def server(serve_http):
    return serve_http()


@pytest.fixture
def channel(server, open_channel):
    return open_channel(WebhookChannel(settings_for(server.url + "/minqing?token=sesame-key")))


@pytest.fixture
def far_side(server):
    return HttpFarSide(server, for_now=(503, {}), for_good=(400, {"error": "unknown field"}))


class TestWebhookChannel(ChannelContract):
    @pytest.fixture
    def message(self):
        return TO_SYSTEM


def test_the_signature_is_the_one_that_openssl_makes():
    made = signature("webhook-secret-16", "1762142400", b'{"a":1}')
    assert made == "sha256=b0dbc621389e560d661dc8a91eb39e13bfb0bcdf25b463f439bf2a03b82907db"


def test_a_call_is_signed_over_time_and_body_and_carries_its_key(channel, server):
    channel.send(TO_SYSTEM)
    (request,) = server.requests
    stamp = request.headers["x-minqing-timestamp"]
    assert stamp == str(int(NOON.timestamp()))
    assert request.headers["x-minqing-signature"] == signature(SECRET, stamp, request.body)
    assert request.headers["idempotency-key"] == request.json["key"] == MESSAGE.key
    assert request.headers["content-type"].startswith("application/json")


def test_the_body_tells_all_that_the_message_does(channel, server):
    about = {"tier": "III", "purpose": "report", "drill": True, "report": "首报〔2026〕3号"}
    channel.send(replace(TO_SYSTEM, attributes=about))
    told = server.requests[0].json
    assert Body.model_validate(told) == body(replace(TO_SYSTEM, attributes=about))
    assert (told["text"], told["subject"], told["tier"]) == (MESSAGE.text, MESSAGE.subject, "III")
    assert told["purpose"] == Purpose.REPORT
    assert told["drill"] is True


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_2xx_is_taken(channel, server, status):
    server.fault = (status, b"")
    channel.send(TO_SYSTEM)


def test_a_wrong_answer_names_the_receiver_and_no_secret(channel, server):
    server.fault = (403, {"why": f"{SECRET} sesame-key"})
    with pytest.raises(Permanent, match="接收系统“指挥平台”拒绝") as caught:
        channel.send(TO_SYSTEM)
    assert SECRET not in str(caught.value)
    assert "sesame-key" not in str(caught.value)


def test_a_short_secret_is_refused():
    with pytest.raises(ValidationError):
        settings_for("https://example.org", secret="short")


def test_the_published_schema_is_the_one_the_program_follows():
    published = (ROOT / "docs" / "webhook.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(), "run: python -m tests.alerts.channels.test_webhook"


def test_a_receiver_is_told_where_its_people_can_act():
    assert body(replace(TO_SYSTEM, link="http://10.0.0.5:8000/events/e")).link == "http://10.0.0.5:8000/events/e"
    assert body(TO_SYSTEM).link is None


def test_the_schema_describes_every_key_in_chinese():
    made = schema()
    assert set(made["properties"]) == set(json.loads(body(TO_SYSTEM).model_dump_json()))
    assert all(part.get("description") for part in made["properties"].values())
    assert "additionalProperties" not in made


class TestReceiverExample:
    """deploy/examples/webhook_receiver.py, as another system's people would run it."""

    @pytest.fixture
    def receiver(self, tmp_path):
        (tmp_path / "secret").write_text(SECRET + "\n", encoding="utf-8")
        command = [sys.executable, str(EXAMPLE), "--port", "0", "--secret-file", str(tmp_path / "secret")]
        # The message's moment is the test's; the receiver's own clock is today's.
        command += ["--tolerance", "10000000000", "--folder", str(tmp_path / "taken")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                url = process.stdout.readline().strip().rpartition(" ")[2]
                yield url, tmp_path / "taken"
            finally:
                process.terminate()

    def test_a_message_is_taken_once_and_its_repeat_is_dropped(self, receiver, open_channel):
        url, folder = receiver
        channel = open_channel(WebhookChannel(settings_for(url, timeout=5)))
        channel.send(TO_SYSTEM)
        channel.send(TO_SYSTEM)
        channel.send(replace(TO_SYSTEM, key="../other"))
        taken = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())]
        assert sorted(message["key"] for message in taken) == ["../other", MESSAGE.key]

    def test_a_wrong_signature_is_refused(self, receiver, open_channel):
        url, folder = receiver
        channel = open_channel(WebhookChannel(settings_for(url, secret="another-secret-of-ours", timeout=5)))
        with pytest.raises(Permanent, match="密钥"):
            channel.send(TO_SYSTEM)
        assert not list(folder.iterdir())

    def test_an_old_message_is_refused(self):
        example = _example()
        content = b"{}"
        good = signature(SECRET, "1000", content)
        assert example.refusal(SECRET.encode(), "1000", good, content, now=1200, tolerance=300) == ""
        assert "时间" in example.refusal(SECRET.encode(), "1000", good, content, now=1400, tolerance=300)
        assert "时间" in example.refusal(SECRET.encode(), "", good, content, now=1400, tolerance=300)
        assert "签名" in example.refusal(SECRET.encode(), "1000", "", content, now=1200, tolerance=300)
        assert "签名" in example.refusal(SECRET.encode(), "1001", good, content, now=1200, tolerance=300)


def test_a_receiver_that_is_busy_is_asked_again(channel, server):
    server.fault = (429, {})
    with pytest.raises(Transient, match="过于频繁"):
        channel.send(TO_SYSTEM)


def _example():
    spec = importlib.util.spec_from_file_location("webhook_receiver", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    text = json.dumps(webhook.schema(), ensure_ascii=False, indent=2)
    (ROOT / "docs" / "webhook.schema.json").write_text(text + "\n", encoding="utf-8")
