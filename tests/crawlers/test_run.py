"""Whole crawls over loopback."""

from tests.crawlers.crawling import a_source, crawl
from tests.crawlers.site import Reply, Site

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>栖川在线</title>
<item><title>东河路水管爆裂</title><link>/n/1?utm_source=rss</link><guid isPermaLink="false">n1</guid>
<pubDate>Fri, 20 Nov 2026 08:30:00 +0800</pubDate><author>记者李明</author>
<description>&lt;p&gt;今早东河路水管爆裂，约300户停水，抢修电话13812345678。&lt;/p&gt;</description></item>
</channel></rss>"""


def test_a_feed_is_read_minimised_and_stored(tmp_path):
    with Site({"/rss": Reply(FEED, headers={"ETag": '"1"'})}) as site:
        done = crawl(tmp_path, [a_source(f"{site.url}/rss")])
    assert done.visits["feed"]["health"] == "ok", done.problems
    (post,) = done.posts
    assert post["title"] == "东河路水管爆裂"
    assert "【手机号】" in post["text"]
    assert b"13812345678" not in done.every_byte()
