import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts.channels.sms import SmsChannel, SmsSettings
from alerts.errors import Permanent, Transient
from tests.alerts.channels.http_server import OK, HttpFarSide
from tests.contracts.channel import MESSAGE, ChannelContract

PHONE = "13800001234"
TO_PHONE = replace(MESSAGE, address=PHONE)
BODY = {"apikey": "{apikey}", "to": ["{phone}"], "content": "{text}", "ref": "{key}", "count": 1}
JSON_GATEWAY = {
    "body": BODY,
    "secrets": {"apikey": "sesame-key"},
    "success": "code == `0`",
    "temporary": "code == `9`",
    "reason": "message",
    "signature": "【示范区值班台】",
}


@pytest.fixture
def server(serve_http):
    return serve_http(lambda _: (OK, {"code": 0}))


@pytest.fixture
def connect(server, open_channel):
    def made(path="/send", **more):
        settings = {"url": server.url + path, "timeout": 2, **(more or JSON_GATEWAY)}
        return open_channel(SmsChannel(SmsSettings.model_validate(settings)))

    return made


@pytest.fixture
def channel(connect):
    return connect()


@pytest.fixture
def far_side(server):
    return HttpFarSide(
        server,
        for_now=(OK, {"code": 9, "message": "flow control"}),
        for_good=(OK, {"code": 5, "message": "number blacklisted"}),
    )


class TestSmsChannel(ChannelContract):
    @pytest.fixture
    def message(self):
        return TO_PHONE


def test_a_text_is_signed_and_begins_with_subject_and_first_line(channel, server):
    channel.send(TO_PHONE)
    told = server.requests[0].json
    assert (told["to"], told["apikey"], told["ref"], told["count"]) == ([PHONE], "sesame-key", MESSAGE.key, 1)
    assert told["content"].startswith(f"【示范区值班台】{MESSAGE.subject}\n【Ⅲ级（较大）】【首报】【未经核实】\n")


def test_a_long_text_is_cut_to_the_limit_and_says_so(channel, server):
    channel.send(TO_PHONE)
    content = server.requests[0].json["content"]
    assert 300 < len(content) <= 330
    assert content.endswith("（内容已缩短，全文和签收请登录值班台）")


@pytest.mark.parametrize("written", ["138 0000 1234", "138-0000-1234", " 13800001234 ", "(138)00001234"])
def test_a_phone_number_may_be_written_with_marks(channel, server, written):
    channel.send(replace(TO_PHONE, address=written))
    assert server.requests[0].json["to"] == [PHONE]


@pytest.mark.parametrize("address", ["", "值班室", "a@b.example", "12", "138000012341380000", "１３８００００１２３４"])
def test_what_is_no_phone_number_is_refused(channel, address):
    with pytest.raises(Permanent, match="不是电话号码"):
        channel.send(replace(TO_PHONE, address=address))


def test_a_form_is_written_as_one(connect, server):
    connect(encoding="form", body={"mobile": "{phone}", "msg": "{text}"}).send(replace(TO_PHONE, text="a&b=c 停水"))
    (request,) = server.requests
    assert request.headers["content-type"].startswith("application/x-www-form-urlencoded")
    told = parse_qs(request.body.decode())
    assert (told["mobile"], told["msg"]) == ([PHONE], [f"{MESSAGE.subject}\na&b=c 停水"])


def test_a_get_carries_all_in_its_address(connect, server):
    connect("/send?p={phone}&t={text}&k={k}", method="GET", secrets={"k": "sesame&key"}).send(
        replace(TO_PHONE, text="a&b=c")
    )
    (request,) = server.requests
    assert (request.method, request.body) == ("GET", b"")
    assert request.query == {"p": PHONE, "t": f"{MESSAGE.subject}\na&b=c", "k": "sesame&key"}


@given(text=st.text(max_size=40))
def test_no_text_can_break_out_of_a_written_template(text):
    settings = SmsSettings.model_validate(
        {"url": "http://127.0.0.1:1/", "body": '{"to":"{phone}","msg":"{text}"}', "encoding": "json"}
    )
    channel = SmsChannel(settings)
    told = json.loads(channel._call(replace(TO_PHONE, text=text)).content)
    assert told == {"to": PHONE, "msg": channel.text(replace(TO_PHONE, text=text))}


def test_a_text_that_reads_like_a_place_is_left_as_it_is(channel, server):
    channel.send(replace(TO_PHONE, subject="{apikey}{nothing}", text="短"))
    assert "{apikey}{nothing}" in server.requests[0].json["content"]


def test_headers_may_carry_secrets(connect, server):
    connect(headers={"Authorization": "Bearer {apikey}"}, **JSON_GATEWAY).send(TO_PHONE)
    assert server.requests[0].headers["authorization"] == "Bearer sesame-key"


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        ((OK, {"code": 9, "message": "busy"}), Transient, "busy.*重试"),
        ((OK, {"code": 5, "message": "sesame-key 13800001234"}), Permanent, r"\*\*\* \*\*\*"),
        ((OK, {"code": 5}), Permanent, "null"),
        ((OK, b"<html>"), Transient, "看不懂"),
        ((OK, [1]), Permanent, "拒发"),
        ((201, {"code": 0}), Permanent, "HTTP 201"),
        ((429, b""), Transient, "过于频繁"),
        ((500, b""), Transient, "重试"),
        ((403, b"sesame-key"), Permanent, "密钥"),
    ],
)
def test_a_refusal_is_sorted_and_told_without_secrets(channel, server, fault, kind, says):
    server.fault = fault
    with pytest.raises(kind, match=r"短信网关（发往138\*\*\*\*1234）") as caught:
        channel.send(TO_PHONE)
    assert "sesame-key" not in str(caught.value)
    assert PHONE not in str(caught.value)
    with pytest.raises(kind, match=says):
        channel.send(TO_PHONE)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"body": {"to": "{phone}", "msg": "{txt}"}}, r"\{txt\} 没有定义.*phone"),
        ({"body": {"to": "{phone}"}}, r"必须写有 \{phone\} 和 \{text\}"),
        ({"success": "code =="}, "JMESPath"),
        ({"url": "gateway.example"}, "https://"),
        ({"unknown": 1}, "unknown"),
        ({"limit": 10}, "limit"),
    ],
)
def test_settings_that_cannot_work_are_refused_in_chinese(wrong, says):
    with pytest.raises(ValidationError, match=says):
        SmsSettings.model_validate({"url": "http://127.0.0.1:1/", **JSON_GATEWAY, **wrong})


def test_settings_do_not_show_secrets():
    settings = SmsSettings.model_validate({"url": "http://127.0.0.1:1/?k=sesame-key", **JSON_GATEWAY})
    assert "sesame" not in repr(settings) + settings.model_dump_json()
