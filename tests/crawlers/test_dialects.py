"""Feeds and interfaces as common generators write them (tests/resources/dialects), read over real HTTP in one crawl."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.model import Authority
from tests.crawlers.crawling import a_source, crawl
from tests.crawlers.site import Reply, Site

DIALECTS = Path(__file__).parents[1] / "resources" / "dialects"
SPEAKERS = (
    *(
        "阿澜小编",
        "编辑室",
        "editor@lanhe",
        "路桥科小罗",
        "炉火边的老白",
        "快讯组",
        "直梯观察员",
        "WWW.LANHE",
        "摄像大鹏",
    ),
    *("桥头老魏", "qiaotou_w", "shuixie88", "雾野小筑", "wuye", "115001"),
)
FEEDS = ("wordpress", "atom", "rdf", "rss20_portal", "rss091", "media", "json_feed")
OTHERS = ("forum", "mastodon", "sitemap", "cap_nws", "cap_12379")


def text(name, site):
    return (DIALECTS / name).read_text(encoding="utf-8").replace("{host}", f"{site.host}:{site.port}")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Posts by source id, and the whole crawl."""
    with Site() as site:
        page = "<h1>栗子巷民房起火</h1><div><p>栗子巷一处民房今晨起火，两人送医，火已扑灭。</p></div>"
        site.pages |= {
            **{f"/{path.name}": Reply(text(path.name, site)) for path in DIALECTS.iterdir()},
            "/rss20_portal.xml": Reply(text("rss20_portal.xml", site).encode("gb18030")),
            "/latest.json": Reply(text("discourse_latest.json", site)),
            "/t/902.json": Reply(text("discourse_topic.json", site)),
            "/t/7.json": Reply('{"post_stream": {"posts": [], "stream": []}}'),
            "/api/v1/timelines/public": Reply(text("mastodon.json", site)),
            "/alerts/urn:oid:2.49.0.1.840.0.aa11.001.1": Reply(text("cap_nws_alert.xml", site)),
            "/story/61.html": Reply(page),
        }
        site.pages["/json_feed.xml"] = Reply(text("feed.json", site))
        sources = [a_source(f"{site.url}/{name}.xml", id=name) for name in FEEDS]
        sources += [a_source(site.url, "forum", authority=Authority.PUBLIC)]
        sources += [a_source(site.url, "mastodon", authority=Authority.PUBLIC)]
        sources += [a_source(f"{site.url}/news_sitemap.xml", "sitemap")]
        for name in ("cap_nws", "cap_12379"):
            sources.append(a_source(f"{site.url}/{name}.xml", "cap", id=name, authority=Authority.OFFICIAL))
        done = crawl(tmp_path_factory.mktemp("dialects"), sources)
    found = {source.id: [p for p in done.posts if p["source_id"] == source.id] for source in sources}
    return found, done


def said(post):
    return f"{post['title']}\n{post['text']}"


def at(*moment):
    return datetime(*moment, tzinfo=UTC).isoformat(sep=" ")


def test_every_dialect_is_read_and_nothing_is_complained_of_without_cause(read):
    found, done = read

    assert {name: visit["health"] for name, visit in done.visits.items()} == dict.fromkeys(done.visits, "ok")
    complaints = [
        re.sub(r"http://\S+ ?", "", problem) for visit in done.visits.values() for problem in visit["problems"]
    ]
    assert sorted(complaints) == [
        "来源“栖川在线”：第 3 条标题和正文都是空的，已隔离。",
        "来源“栖川在线”：订阅内容有格式错误（第18行第10列），读出了 2 条，请通知网站核对。",
    ]
    assert [len(found[name]) for name in FEEDS] == [1, 2, 1, 2, 2, 1, 2]
    assert [len(found[name]) for name in OTHERS] == [2, 1, 1, 1, 1]


def test_wordpress_gives_the_whole_article_under_its_own_address(read):
    (post,) = read[0]["wordpress"]

    assert post["title"] == "枫林路供水管爆裂，三个小区停水 …"
    assert "三个小区约1200户停水" in post["text"]
    assert "不应出现" not in post["text"]
    assert "first appeared" not in post["text"]
    assert post["published_at"] == at(2026, 11, 20, 0, 31, 5)
    assert post["link"].endswith("/2026/11/20/4411/")


def test_atom_keeps_base_and_publishing_time_and_has_markup_in_its_title_read(read):
    bridge, tunnel = read[0]["atom"]

    assert bridge["link"].endswith("/news/77.html")
    assert bridge["text"] == "柏树桥出现明显沉降，即日起封闭检测。\n公交2路、15路绕行。"
    assert bridge["published_at"] == at(2026, 11, 20, 0, 50)
    assert (tunnel["title"], tunnel["published_at"]) == ("隧道渗水 & 积水", at(2026, 11, 19, 22, 5))


def test_the_other_feeds_are_read_with_their_times(read):
    found, _ = read
    (rdf,), (media,), portal, old = found["rdf"], found["media"], found["rss20_portal"], found["rss091"]

    assert rdf["published_at"] == at(2026, 11, 19, 23, 15)
    assert media["title"] == "货车侧翻致高速拥堵"
    assert media["published_at"] == at(2026, 11, 20, 0, 40)
    assert portal[0]["title"].startswith("镕铝厂")
    assert portal[0]["published_at"] == at(2026, 11, 20, 0, 11, 32)
    assert portal[1]["title"] == "郊区 养殖场 & 化工园臭气扰民"
    assert portal[1]["published_at"] == at(2026, 11, 19, 13, 40)
    assert [post["link"].rpartition("/")[2] for post in old] == ["1", "2"]


def test_json_feed_counts_its_own_and_other_addresses(read):
    lift, gas = read[0]["json_feed"]

    assert lift["text"] == "望江站3号口直梯困住4人，20分钟后救出。"
    assert gas["link"].endswith("/n/302")
    assert gas["published_at"] == at(2026, 11, 20, 7)


def test_forum_and_timeline_tell_voices_apart_and_leave_what_nobody_said(read):
    found, _ = read
    first, reply = found["forum"]
    (toot,) = found["mastodon"]

    assert first["title"] == "桥头菜场门口污水井盖丢了"
    assert reply["text"] == "【用户】 我也看到了，【用户】快打12345。"
    assert first["voice"] != reply["voice"]
    assert "澜河北岸又停电了" in toot["text"]
    assert "黑漆漆的楼道" in toot["text"]
    assert all(post["link"] is None for post in (first, reply, toot))


def test_warnings_of_two_services_say_what_where_and_until_when(read):
    (flood,), (rain,) = read[0]["cap_nws"], read[0]["cap_12379"]

    assert flood["published_at"] == at(2026, 11, 20, 0, 55)
    assert "Lanhe, LH" in flood["text"]
    assert rain["title"] == "澜河市气象台发布暴雨橙色预警信号"
    assert "严重程度：橙色" in rain["text"]
    assert "<br" not in rain["text"]
    assert "有效期至11月20日14时15分" in rain["text"]


def test_a_news_sitemap_leads_to_the_page(read):
    (fire,) = read[0]["sitemap"]

    assert fire["title"] == "栗子巷民房起火，两人送医"
    assert fire["published_at"] == at(2026, 11, 19, 23, 55)


def test_no_speaker_of_any_dialect_is_written_anywhere(read):
    written = read[1].every_byte()

    assert [name for name in SPEAKERS if name.encode() in written] == []
