"""RSS, Atom and JSON Feed."""

import json
from datetime import UTC, datetime

import pytest

from crawlers.model import Authority, Health
from crawlers.page import Failed
from tests.crawlers.reading import read

ITEM = """<item><title>{title}</title><link>http://site.example/n/{n}?utm_source=rss</link>
<guid isPermaLink="false">n{n}</guid>
<pubDate>Fri, 20 Nov 2026 08:30:00 +0800</pubDate><author>记者李明</author>
<description>&lt;p&gt;{text}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>"""


def rss(*items, declaration='<?xml version="1.0" encoding="utf-8"?>'):
    return f'{declaration}<rss version="2.0"><channel><title>栖川在线</title>{"".join(items)}</channel></rss>'


def item(n=1, title="东河路水管爆裂", text="约300户停水，抢修电话13812345678。"):
    return ITEM.format(n=n, title=title, text=text)


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><title type="html">&lt;b&gt;停气&lt;/b&gt;通知</title><id>urn:x:1</id><link rel="alternate" href="/a/1"/>
<updated>2026-11-20T08:30:00+08:00</updated><author><name>李明</name></author>
<summary>短</summary><content type="html">&lt;p&gt;今晚10时起停气检修。&lt;/p&gt;</content></entry></feed>"""


def test_an_rss_item_becomes_a_minimised_post():
    done = read("feed", {"/start": rss(item())})
    (post,) = done.posts
    assert post.title == "东河路水管爆裂"
    assert post.text == "约300户停水，抢修电话【手机号】。"
    assert post.published_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert post.link == "http://site.example/n/1"
    assert post.region == "990101"
    assert done.visit.health is Health.OK
    assert "李明" not in repr(post)


def test_atom_takes_the_longer_of_summary_and_content():
    (post,) = read("feed", {"/start": ATOM}).posts
    assert (post.title, post.text) == ("停气通知", "今晚10时起停气检修。")
    assert post.link == "http://site.example/a/1"


def test_json_feed_is_read_too():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "http://site.example/1", "title": "停电", "content_html": "<p>今晚停电</p>",
                   "date_published": "2026-11-20T08:30:00+08:00", "authors": [{"name": "李明"}]}, "坏的"],
    }  # fmt: skip
    (post,) = read("feed", {"/start": json.dumps(feed)}, authority=Authority.PUBLIC).posts
    assert (post.title, post.text, post.link) == ("停电", "今晚停电", None)
    assert post.voice


def test_an_edited_item_keeps_its_id_and_becomes_a_revision():
    first = read("feed", {"/start": rss(item())})
    second = read("feed", {"/start": rss(item(text="已修好，全部通水。"))}, store=first.store)
    assert second.visit.revised == 1
    assert [post.revision for post in second.posts] == [2]


def test_the_same_feed_again_brings_nothing_new():
    first = read("feed", {"/start": rss(item())})
    second = read("feed", {"/start": rss(item())}, store=first.store)
    assert (second.visit.health, second.visit.duplicate) == (Health.UNCHANGED, 1)


def test_what_has_not_changed_is_asked_for_with_its_etag():
    first = read("feed", {"/start": rss(item())})
    second = read("feed", {"/start": None}, store=first.store)
    assert "If-None-Match" in second.web.conditions[0]
    assert second.visit.health is Health.UNCHANGED


def test_a_feed_without_items_is_empty():
    assert read("feed", {"/start": rss()}).visit.health is Health.EMPTY


@pytest.mark.parametrize("body", ["", "不是订阅", "<html><body><p>404</p></body></html>", "{}", '{"items": 3}'])
def test_what_is_no_feed_fails_with_one_sentence_that_says_what_to_do(body):
    done = read("feed", {"/start": body})
    assert done.visit.health is Health.FAILING
    assert len(done.visit.problems) == 1
    assert "来源“栖川在线”" in done.problems
    assert "page_list" in done.problems


def test_the_place_of_an_xml_fault_is_named():
    done = read("feed", {"/start": "<rss version='2.0'>\n<channel><item></channel></rss>"})
    assert "第2行第" in done.problems


def test_a_truncated_feed_gives_what_it_holds():
    done = read("feed", {"/start": rss(item(1), item(2))[:-90]})
    assert len(done.posts) >= 1
    assert "格式错误" in done.problems


def test_one_item_without_words_is_set_aside_and_the_rest_goes_on():
    done = read("feed", {"/start": rss(item(1), item(2, title="", text=""), item(3))})
    assert (done.visit.new, done.visit.quarantined) == (2, 1)
    assert "第 2 条" in done.problems


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "gb18030", "utf-8"])
def test_chinese_encodings_are_read(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert read("feed", {"/start": rss(item(), declaration=declared).encode(encoding)}).titles == ["东河路水管爆裂"]


def test_a_wrong_encoding_gives_one_sentence_and_the_posts_all_the_same():
    done = read("feed", {"/start": rss(item(), item(2)).encode("gbk")})
    assert done.titles == ["东河路水管爆裂"] * 2
    assert len(done.visit.problems) == 1
    assert "编码" in done.problems


def test_entities_are_not_expanded():
    attack = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]>'
    body = rss(item(title="&x;&b;"), declaration='<?xml version="1.0"?>' + attack)
    done = read("feed", {"/start": body})
    assert done.posts == []
    assert "实体" in done.problems


def test_full_texts_are_read_from_the_pages_where_the_feed_has_summaries():
    page = "<h1>东河路水管爆裂</h1><div class='c'>全文：抢修预计今晚完成。</div>"
    pages = {"/start": rss(item()), "/n/1?utm_source=rss": page}
    first = read("feed", pages, {"full_text": True, "detail_text": ".c"})
    assert first.posts[0].text == "全文：抢修预计今晚完成。"
    assert first.posts[0].published_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    again = read("feed", pages, {"full_text": True, "detail_text": ".c"}, store=first.store)
    assert again.web.asked == ["/start"]


def test_a_guid_that_is_an_address_is_read_as_one():
    with_guid = rss(item().replace('isPermaLink="false">n1', ">http://site.example/n/1?utm_medium=a"))
    first = read("feed", {"/start": with_guid})
    second = read("feed", {"/start": with_guid.replace("utm_medium=a", "utm_medium=b")}, store=first.store)
    assert second.visit.duplicate == 1


def test_entries_under_one_id_are_known_by_their_addresses():
    entries = "".join(
        f"<item><guid>http://site.example/</guid><title>停水{n}</title><link>/{n}</link></item>" for n in (1, 2)
    )
    assert read("feed", {"/start": rss(entries)}).titles == ["停水1", "停水2"]


def test_an_empty_answer_is_no_feed():
    assert "RSS" in read("feed", {"/start": ""}).problems


def test_who_speaks_in_a_whole_feed_speaks_in_its_entries():
    atom = ATOM.replace("<author><name>李明</name></author>", "").replace(
        "<title>t</title>", "<title>t</title><author><name>东河钓客</name></author>"
    )
    feed = {"version": "https://jsonfeed.org/version/1", "author": {"name": "东河钓客"},
            "items": [{"id": "1", "content_text": "停电，东河钓客报道"}]}  # fmt: skip
    for document in (atom.replace("今晚10时", "东河钓客：今晚10时"), json.dumps(feed)):
        (post,) = read("feed", {"/start": document}, authority=Authority.PUBLIC).posts
        assert post.voice
        assert "东河钓客" not in post.text


def test_a_feed_is_read_on_while_its_continuation_brings_something_new():
    def page(number, following):
        items = [{"id": str(number), "url": f"http://site.example/{number}", "content_text": f"{number}号楼停电"}]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, "next_url": following})

    pages = {"/start": page(1, "/2"), "/2": page(2, "/3"), "/3": page(3, "/start")}
    first = read("feed", pages)
    assert (len(first.posts), first.web.asked) == (3, ["/start", "/2", "/3"])
    assert read("feed", pages, store=first.store).web.asked == ["/start"]
    atom = ATOM.replace("<title>t</title>", '<title>t</title><link rel="next" href="/2"/>')
    assert read("feed", {"/start": atom, "/2": page(2, "")}).web.asked == ["/start", "/2"]


def test_markup_that_was_escaped_twice_is_markup():
    twice = rss(item(text="&amp;lt;p&amp;gt;约300户停水。&amp;lt;/p&amp;gt;&amp;lt;br/&amp;gt;请储水"))
    assert read("feed", {"/start": twice}).posts[0].text == "约300户停水。\n请储水"
    packed = rss(item(text="&lt;![CDATA[&lt;b&gt;约300户&lt;/b&gt;停水]]&gt;"))
    assert read("feed", {"/start": packed}).posts[0].text == "约300户停水"


def test_the_summary_is_kept_where_the_page_may_not_be_read_and_the_page_once_it_may():
    pages = {"/start": rss(item()), "/n/1?utm_source=rss": Failed("不允许读取", blocked=True, gone=True)}
    first = read("feed", pages, {"full_text": True})
    assert first.posts[0].text == "约300户停水，抢修电话【手机号】。"
    pages["/n/1?utm_source=rss"] = "<h1>爆裂</h1><div><p>水管爆裂，约300户停水，抢修人员已到场。</p></div>"
    second = read("feed", pages, {"full_text": True}, store=first.store)
    assert [post.text for post in second.posts] == ["水管爆裂，约300户停水，抢修人员已到场。"]


def test_whom_an_entry_names_is_taken_out_of_its_page():
    named = rss(item().replace("记者李明", "东河钓客"))
    pages = {"/start": named, "/n/1?utm_source=rss": "<h1>停水</h1><div><p>停水一天。</p><p>文/东河钓客</p></div>"}
    (post,) = read("feed", pages, {"full_text": True}, authority=Authority.MEDIA).posts
    assert "东河钓客" not in post.text
