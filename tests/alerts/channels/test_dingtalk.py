import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from alerts.channels.dingtalk import DingtalkChannel, DingtalkSettings, sign
from alerts.errors import Permanent, Transient
from tests.alerts.channels.http_server import OK, HttpFarSide
from tests.builders import NOON, at
from tests.contracts.channel import MESSAGE, ChannelContract

TOKEN, SECRET = "f00dfeed" * 8, "SECthis-is-a-secret-of-the-duty-desk"
TO_GROUP = replace(MESSAGE, address="应急群")
HOUR = 3_600_000


def maker(request):
    """As the vendor documents: signature and time in the address, an hour of grace, 20,000 bytes of body."""
    if request.query.get("access_token") != TOKEN:
        return OK, {"errcode": 300005, "errmsg": "token is not exist"}
    stamp = request.query.get("timestamp", "0")
    expected = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    late = abs(int(stamp) - NOON.timestamp() * 1000) > HOUR
    if late or request.query.get("sign") != base64.b64encode(expected).decode():
        return OK, {"errcode": 310000, "errmsg": "sign not match, more: [https://ding.example]"}
    if len(request.body) > 20_000:
        return OK, {"errcode": 460101, "errmsg": "message too long, exceed 20000 bytes"}
    return OK, {"errcode": 0, "errmsg": "ok"}


@pytest.fixture
def server(serve_http):
    return serve_http(maker)


@pytest.fixture
def connect(server, open_channel):
    def made(token=TOKEN, secret=SECRET):
        robot = {"url": f"{server.url}/robot/send?access_token={token}", "secret": secret}
        return open_channel(DingtalkChannel(DingtalkSettings(robots={"应急群": robot}, timeout=2)))

    return made


@pytest.fixture
def channel(connect):
    return connect()


@pytest.fixture
def far_side(server):
    return HttpFarSide(
        server,
        for_now=(OK, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}),
        for_good=(OK, {"errcode": 400102, "errmsg": "robot is stopped"}),
    )


class TestDingtalkChannel(ChannelContract):
    @pytest.fixture
    def message(self):
        return TO_GROUP


def test_the_signature_is_the_one_that_openssl_makes():
    assert sign("1762142400000", SECRET) == "V06kl+CEyD8xhqiopN1yrJBLjER4dmNgtpIyAoMmUPU="


def test_many_messages_do_not_lengthen_the_address(channel, server):
    for minutes in range(5):
        channel.send(replace(TO_GROUP, at=at(minutes=minutes)))
    assert {tuple(sorted(r.query)) for r in server.requests} == {("access_token", "sign", "timestamp")}


def test_a_robot_without_a_secret_is_not_signed(serve_http, open_channel):
    server = serve_http(lambda _: (OK, {"errcode": 0}))
    robots = {"应急群": {"url": f"{server.url}/robot/send?access_token=x"}}
    open_channel(DingtalkChannel(DingtalkSettings(robots=robots))).send(TO_GROUP)
    assert server.requests[0].query == {"access_token": "x"}


def test_a_long_message_is_cut_to_the_limit_of_the_whole_body(channel, server):
    channel.send(replace(TO_GROUP, text='【Ⅲ级（较大）】【首报】【未经核实】\n"引号"\\\n' + "很长的一行\n" * 3000))
    request = server.requests[0]
    assert 19_900 < len(request.body) <= 20_000
    content = request.json["text"]["content"]
    assert content.splitlines()[:2] == [MESSAGE.subject, "【Ⅲ级（较大）】【首报】【未经核实】"]
    assert "内容已缩短" in content


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        ({"errcode": -1, "errmsg": "系统繁忙"}, Transient, "系统繁忙"),
        ({"errcode": 410100, "errmsg": "发送速度太快而限流"}, Transient, "过于频繁"),
        ({"status": 1111, "wait": 5, "source": "x5", "punish": "deny"}, Transient, "看不懂.*1111"),
        ({"errcode": "310000", "errmsg": "keywords not in content"}, Permanent, "安全设置不符.*keywords"),
        ({"errcode": 400013, "errmsg": "group disbanded"}, Permanent, "群已解散"),
        ({"errcode": 460101, "errmsg": "message too long"}, Permanent, "过长"),
        ({"errcode": True}, Transient, "看不懂"),
    ],
)
def test_an_error_inside_http_200_is_a_failure(channel, server, answer, kind, says):
    server.fault = (OK, answer)
    with pytest.raises(kind, match=rf"钉钉群机器人“应急群”.*{says}"):
        channel.send(TO_GROUP)


@pytest.mark.parametrize(
    ("settings", "when", "says"),
    [({"secret": "wrong-secret"}, NOON, "加签密钥"), ({"token": "x" * 64}, NOON, "网址无效"), ({}, at(2), "本机时间")],
)
def test_what_the_maker_refuses_for_the_settings_is_told_without_a_secret(connect, settings, when, says):
    with pytest.raises(Permanent, match=says) as caught:
        connect(**settings).send(replace(TO_GROUP, at=when))
    for secret in (SECRET, TOKEN, "wrong-secret", "x" * 64):
        assert secret not in str(caught.value)
