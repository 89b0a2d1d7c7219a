"""CAP 1.2 warnings."""

from datetime import timedelta

import pytest

from crawlers.model import Health
from tests.contracts.crawl_store import NOW
from tests.crawlers.reading import read


def alert(n=1, kind="Alert", status="Actual", severity="Severe", headline="栖川区发布暴雨橙色预警", **changes):
    block = f"""<info><language>en-US</language><event>Rain</event><severity>{severity}</severity></info>
<info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Expected</urgency>
<severity>{severity}</severity><certainty>Likely</certainty><expires>2026-11-20T20:00:00+08:00</expires>
<senderName>栖川区气象台</senderName><headline>{headline}</headline>
<description>预计未来3小时降雨量将达80毫米。</description><instruction>低洼地带人员请转移。</instruction>
<area><areaDesc>北栖街道</areaDesc></area><area><areaDesc>苇渡镇</areaDesc></area></info>"""
    return f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>m{n}</identifier>
<sender>qx@qihe.example</sender><sent>2026-11-20T08:30:00+08:00</sent><status>{status}</status>
<msgType>{kind}</msgType><scope>{changes.get("scope", "Public")}</scope>{block if changes.get("info", True) else ""}
</alert>"""


def index(*numbers):
    entries = "".join(
        f"<entry><title>t{n}</title><updated>2026-11-20T08:30:00+08:00</updated>"
        f'<link href="/web/{n}" type="text/html"/><link type="application/cap+xml" href="/m{n}.xml"/></entry>'
        for n in numbers
    )
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'


def test_a_message_tells_event_colour_area_advice_and_expiry_in_chinese():
    (post,) = read("cap", {"/start": alert()}).posts
    assert post.title == "栖川区发布暴雨橙色预警"
    for piece in ("暴雨橙色预警", "北栖街道；苇渡镇", "降雨量将达80毫米", "低洼地带", "有效期至11月20日20时"):
        assert piece in post.text


def test_the_colour_stands_in_the_title_where_the_headline_has_none():
    assert "红色" in read("cap", {"/start": alert(severity="Extreme", headline="暴雨预警")}).titles[0]
    assert read("cap", {"/start": alert(headline="")}).titles == ["栖川区气象台发布暴雨橙色预警"]


def test_an_update_and_a_cancellation_are_told_as_such():
    lifted = alert(4, "Cancel", headline="解除暴雨预警")
    messages = f"<alerts>{alert(1)}{alert(2, 'Update')}{alert(3, 'Cancel')}{lifted}</alerts>"
    titles = read("cap", {"/start": messages}).titles
    assert titles[1].startswith("更新：")
    assert titles[2].startswith("解除：")
    assert titles[3] == "解除暴雨预警"


def test_a_cancellation_without_details_is_still_a_post():
    (post,) = read("cap", {"/start": alert(kind="Cancel", info=False)}).posts
    assert "解除" in post.title
    assert "解除" in post.text


def test_an_exercise_is_marked():
    (post,) = read("cap", {"/start": alert(status="Exercise")}).posts
    assert post.title.startswith("【演练】")
    assert "演练" in post.text


@pytest.mark.parametrize(
    "changes", [{"status": "Test"}, {"status": "System"}, {"status": "Draft"}, {"kind": "Ack"}, {"scope": "Private"}]
)
def test_other_messages_are_no_warnings(changes):
    assert read("cap", {"/start": alert(**changes)}).posts == []


def test_a_warning_that_ran_out_long_ago_is_history_and_a_recent_one_is_not():
    assert read("cap", {"/start": alert()}, now=NOW + timedelta(days=31)).posts == []
    assert len(read("cap", {"/start": alert()}, now=NOW + timedelta(days=5)).posts) == 1


def test_a_directory_is_followed_and_each_message_read_once():
    pages = {"/start": index(2, 1), "/m1.xml": alert(1), "/m2.xml": alert(2, "Cancel")}
    first = read("cap", pages)
    assert first.web.asked == ["/start", "/m1.xml", "/m2.xml"]
    assert first.visit.new == 2
    second = read("cap", {**pages, "/start": index(3, 2, 1), "/m3.xml": alert(3)}, store=first.store)
    assert second.web.asked == ["/start", "/m3.xml"]


def test_an_rss_directory_works_too():
    entry = "<item><title>a</title><link>http://site.example/m1.xml</link></item>"
    rss = f'<rss version="2.0"><channel>{entry}</channel></rss>'
    assert read("cap", {"/start": rss, "/m1.xml": alert()}).visit.new == 1


def test_a_directory_without_messages_is_empty_and_not_failing():
    assert read("cap", {"/start": index()}).visit.health is Health.EMPTY


@pytest.mark.parametrize("body", ["", "不是预警", "<html><body/></html>", alert()[:-20]])
def test_what_is_no_cap_fails_with_one_sentence(body):
    done = read("cap", {"/start": body})
    assert done.visit.health is Health.FAILING
    assert len(done.visit.problems) == 1


def test_a_dtd_is_refused():
    done = read("cap", {"/start": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + alert(headline="&x;")})
    assert done.posts == []
    assert "DTD" in done.problems


def test_one_broken_message_does_not_hurt_the_others():
    done = read("cap", {"/start": index(2, 1), "/m1.xml": "坏的", "/m2.xml": alert(2)})
    assert (done.visit.new, done.visit.quarantined) == (1, 1)


def test_gbk_messages_are_read():
    body = ('<?xml version="1.0" encoding="GBK"?>' + alert()).encode("gbk")
    assert read("cap", {"/start": body}).titles == ["栖川区发布暴雨橙色预警"]


def test_every_chinese_block_of_a_message_is_told():
    wind = "<info><language>zh-CN</language><event>大风</event><severity>Minor</severity></info>"
    (post,) = read("cap", {"/start": alert().replace("</alert>", f"{wind}</alert>")}).posts
    assert post.title == "栖川区发布暴雨橙色预警"
    assert "暴雨橙色预警" in post.text
    assert "大风蓝色预警" in post.text
    assert "Rain" not in post.text


def test_a_directory_of_known_messages_is_unchanged_and_one_that_is_not_there_is_asked_for_less_and_less():
    pages, looks = {"/start": index(1, 2), "/m1.xml": alert()}, []
    store = read("cap", pages).store
    for minutes in range(10, 100, 10):
        done = read("cap", pages, store=store, now=NOW + timedelta(minutes=minutes))
        assert done.visit.health is Health.UNCHANGED
        looks += [minutes] if "/m2.xml" in done.web.asked else []
    assert looks == [10, 20, 40, 80]
