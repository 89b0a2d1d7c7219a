import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from alerts.channels.feishu import FeishuChannel, FeishuSettings, sign
from alerts.errors import Permanent, Transient
from tests.alerts.channels.http_server import OK, HttpFarSide
from tests.builders import NOON, at
from tests.contracts.channel import MESSAGE, ChannelContract

HOOK, SECRET = "0e9f4c1a-aaaa-bbbb-cccc-1234567890ab", "feishu-secret-of-the-duty-desk"
TO_GROUP = replace(MESSAGE, address="指挥群")


def maker(request):
    """As the vendor documents: time and signature in the body, an hour of grace, 20 KB."""
    if request.path != f"/open-apis/bot/v2/hook/{HOOK}":
        return OK, {"code": 19001, "msg": f"param invalid: incoming webhook access token invalid {request.path}"}
    if len(request.body) > 20_000:
        return OK, {"code": 9499, "msg": "Bad Request", "data": {}}
    stamp = request.json.get("timestamp", "0")
    expected = hmac.new(f"{stamp}\n{SECRET}".encode(), digestmod=hashlib.sha256).digest()
    if abs(int(stamp) - NOON.timestamp()) > 3600 or request.json["sign"] != base64.b64encode(expected).decode():
        return OK, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
    return OK, {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}


@pytest.fixture
def server(serve_http):
    return serve_http(maker)


@pytest.fixture
def connect(server, open_channel):
    def made(hook=HOOK, secret=SECRET):
        robot = {"url": f"{server.url}/open-apis/bot/v2/hook/{hook}", "secret": secret}
        return open_channel(FeishuChannel(FeishuSettings(robots={"指挥群": robot}, timeout=2)))

    return made


@pytest.fixture
def channel(connect):
    return connect()


@pytest.fixture
def far_side(server):
    return HttpFarSide(
        server,
        for_now=(OK, {"code": 11232, "msg": "frequency limited psm[lark.oapi.app_platform_runtime]"}),
        for_good=(OK, {"code": 19024, "msg": "Key Words Not Found"}),
    )


class TestFeishuChannel(ChannelContract):
    @pytest.fixture
    def message(self):
        return TO_GROUP


def test_the_signature_is_the_one_that_openssl_makes():
    assert sign("1762142400", SECRET) == "qCgqcWCefUPsSNufLMbmy9VfbS3IpkY6zPMRK+KbuIM="


def test_a_robot_without_a_secret_is_not_signed(serve_http, open_channel):
    server = serve_http(lambda _: (OK, {"StatusCode": 0}))
    robots = {"指挥群": {"url": f"{server.url}/hook"}}
    open_channel(FeishuChannel(FeishuSettings(robots=robots))).send(TO_GROUP)
    assert set(server.requests[0].json) == {"msg_type", "content"}


def test_a_long_message_is_cut_to_the_limit_of_the_whole_body(channel, server):
    channel.send(replace(TO_GROUP, text="【Ⅲ级（较大）】【首报】【未经核实】\n" + "很长的一行<\n" * 3000))
    request = server.requests[0]
    assert 19_500 < len(request.body) <= 20_000
    content = request.json["content"]["text"]
    assert content.splitlines()[:2] == [MESSAGE.subject, "【Ⅲ级（较大）】【首报】【未经核实】"]
    assert "内容已缩短" in content


def test_what_somebody_wrote_becomes_no_mention(channel, server):
    channel.send(replace(TO_GROUP, subject='<at user_id="all">所有人</at>'))
    assert "<" not in server.requests[0].json["content"]["text"]


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        ({"code": 11232, "msg": "frequency limited"}, Transient, "过于频繁"),
        ({"code": 9499, "msg": "Bad Request", "data": {}}, Permanent, "过长"),
        ({"code": 19022, "msg": "Ip Not Allowed"}, Permanent, "白名单"),
        ({"StatusCode": 1, "StatusMessage": "failed"}, Transient, "错误码 1：failed"),
        ({"msg": "success"}, Transient, "看不懂"),
    ],
)
def test_an_error_inside_http_200_is_a_failure(channel, server, answer, kind, says):
    server.fault = (OK, answer)
    with pytest.raises(kind, match=rf"飞书群机器人“指挥群”.*{says}"):
        channel.send(TO_GROUP)


@pytest.mark.parametrize(
    ("settings", "when", "says"),
    [
        ({"secret": "wrong-secret"}, NOON, "加签密钥"),
        ({"hook": "ffffffff-aaaa"}, NOON, "网址无效"),
        ({}, at(2), "本机时间"),
    ],
)
def test_what_the_maker_refuses_for_the_settings_is_told_without_a_secret(connect, settings, when, says):
    with pytest.raises(Permanent, match=says) as caught:
        connect(**settings).send(replace(TO_GROUP, at=when))
    for secret in (SECRET, HOOK, "wrong-secret", "ffffffff-aaaa"):
        assert secret not in str(caught.value)
