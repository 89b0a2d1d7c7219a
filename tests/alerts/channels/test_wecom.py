from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.channels.wecom import WecomChannel, WecomSettings
from alerts.errors import Permanent, Transient
from tests.alerts.channels.http_server import OK, HttpFarSide
from tests.builders import NOON
from tests.contracts.channel import MESSAGE, ChannelContract

KEY = "693a91f6-0000-4bc4-97a0-0ec2sifa5aaa"
TO_GROUP = replace(MESSAGE, address="值班群")


def maker(request):
    """As the vendor documents: everything is HTTP 200, the limit is in bytes of the content."""
    kind = request.json["msgtype"]
    content = request.json[kind]["content"].encode()
    limit = {"markdown": 4096, "text": 2048}[kind]
    if request.path != "/cgi-bin/webhook/send" or request.query != {"key": KEY}:
        return OK, {"errcode": 93000, "errmsg": f"invalid webhook url {request.query}, hint: [1-2-3]"}
    if len(content) > limit:
        return OK, {"errcode": 40058, "errmsg": f"{kind}.content exceed max length {limit}"}
    return OK, {"errcode": 0, "errmsg": "ok"}


@pytest.fixture
def server(serve_http):
    return serve_http(maker)


@pytest.fixture
def connect(server, open_channel):
    def made(key=KEY, **more):
        robots = {"值班群": {"url": f"{server.url}/cgi-bin/webhook/send?key={key}"}}
        return open_channel(WecomChannel(WecomSettings(robots=robots, timeout=2, **more)))

    return made


@pytest.fixture
def channel(connect):
    return connect()


@pytest.fixture
def far_side(server):
    return HttpFarSide(
        server,
        for_now=(OK, {"errcode": 45009, "errmsg": "api freq out of limit"}),
        for_good=(OK, {"errcode": 93000, "errmsg": "invalid webhook url"}),
    )


class TestWecomChannel(ChannelContract):
    @pytest.fixture
    def message(self):
        return TO_GROUP


def sent(server):
    body = server.requests[-1].json
    return body[body["msgtype"]]["content"]


def test_a_message_begins_with_its_subject_and_its_first_line_and_has_a_number(channel, server):
    channel.send(replace(TO_GROUP, text="【Ⅲ级（较大）】【首报】【未经核实】\n事件：示范区仓库火灾\n"))
    lines = sent(server).splitlines()
    assert lines[:2] == [MESSAGE.subject, "【Ⅲ级（较大）】【首报】【未经核实】"]
    assert lines[-1].startswith("（消息编号")


@pytest.mark.parametrize(("kind", "limit"), [("markdown", 4096), ("text", 2048)])
def test_a_long_message_is_cut_to_the_limit_and_says_so(connect, server, kind, limit):
    connect(format=kind).send(replace(TO_GROUP, text=TO_GROUP.text + "[<*很长的一行*>]\n" * 600))
    content = sent(server)
    assert limit - 100 < len(content.encode()) <= limit
    assert content.startswith(MESSAGE.subject + "\n【Ⅲ级（较大）】【首报】【未经核实】\n")
    assert "内容已缩短，全文和签收请登录值班台" in content


def test_what_somebody_wrote_becomes_neither_link_nor_mention_nor_style(channel, server):
    channel.send(replace(TO_GROUP, subject="[点这里](http://evil.example) <@all> **大** `x`"))
    assert not set("[]<>*`") & set(sent(server))


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        ({"errcode": -1, "errmsg": "system busy"}, Transient, "系统繁忙"),
        ({"errcode": 45009, "errmsg": "api freq out of limit"}, Transient, "过于频繁"),
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, Permanent, "网址无效或机器人已被移出群"),
        ({"errcode": 40058, "errmsg": "exceed max length"}, Permanent, "过长"),
        ({"errcode": 7, "errmsg": "something new"}, Transient, "错误码 7：something new"),
        (b"<html>login first</html>", Transient, "看不懂"),
        (b"[1]", Transient, "看不懂"),
        ({"ok": True}, Transient, "看不懂"),
    ],
)
def test_an_error_inside_http_200_is_a_failure(channel, server, answer, kind, says):
    server.fault = (OK, answer)
    with pytest.raises(kind, match=rf"企业微信群机器人“值班群”.*{says}"):
        channel.send(TO_GROUP)


def test_a_wrong_key_is_not_repeated_in_the_error(connect):
    with pytest.raises(Permanent) as caught:
        connect(key="another-secret-key").send(TO_GROUP)
    assert "another-secret-key" not in str(caught.value)
    assert "***" in str(caught.value)


def test_the_twenty_first_message_of_a_minute_waits_and_does_not_reach_the_maker(channel, server):
    for number in range(20):
        channel.send(replace(TO_GROUP, at=NOON + timedelta(seconds=number)))
    with pytest.raises(Transient, match="暂缓"):
        channel.send(replace(TO_GROUP, at=NOON + timedelta(seconds=59)))
    assert len(server.requests) == 20
    channel.send(replace(TO_GROUP, at=NOON + timedelta(seconds=60)))
    assert len(server.requests) == 21


def test_an_unknown_robot_is_told_with_the_person_and_the_ones_there_are(channel):
    with pytest.raises(Permanent, match=r"“值班员甲”的地址“别的群”不是已设置的企业微信群机器人.*值班群.*roster\.yaml"):
        channel.send(replace(TO_GROUP, address="别的群"))
