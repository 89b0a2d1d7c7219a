import http.client
import json
import re
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from crawlers.beijing import BEIJING
from services.demo import pages
from services.demo.script import OPENS
from services.demo.site import LINK_CHECK_AT, Faults, Site
from services.demo.story import tell

STORY = tell()
END = OPENS + timedelta(days=14)
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


def moment(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)


@contextmanager
def town(now: datetime = END, **faults):
    with Site(STORY, lambda: now, faults=Faults(**{"slow": 0.0, "failures": 0} | faults)) as site:
        yield site


def get(site, path, **headers):
    """Status, headers and body."""
    line = http.client.HTTPConnection("127.0.0.1", int(site.url.rpartition(":")[2]), timeout=10)
    try:
        line.request("GET", path.removeprefix(site.url), headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


def board(site, page=1, size=50):
    return json.loads(get(site, f"/board/api/posts?page={page}&size={size}")[2])["data"]


def test_nothing_is_shown_before_its_time():
    with town(moment(3, 3, 4)) as site:
        before = get(site, "/news/feed.xml")[2].decode()
    with town(moment(3, 3, 6)) as site:
        after = get(site, "/news/feed.xml")[2].decode()

    assert "工厂起火" not in before
    assert "工厂起火" in after


def test_a_page_of_a_later_day_is_not_found_yet():
    later = next(i for i in STORY if i.source == "gov" and i.visible_at > moment(10))

    with town(moment(9)) as site:
        assert get(site, pages.notice_path(later))[0] == 404
    with town() as site:
        assert get(site, pages.notice_path(later))[0] == 200


def test_the_feed_carries_every_article_newest_first_with_its_own_page():
    with town() as site:
        root = ET.fromstring(get(site, "/news/feed.xml")[2])
        links = [item.findtext("link") for item in root.iter("item")]
        titles = [item.findtext("title") for item in root.iter("item")]

        assert len(links) == sum(i.source == "news" for i in STORY)
        assert titles[0] == [i for i in STORY if i.source == "news"][-1].title
        assert titles[0] in get(site, links[0])[2].decode()


def test_an_edited_article_shows_its_new_text():
    edited = next(i for i in STORY if i.source == "news" and i.updates)
    before, after = (edited.as_of(at)[1] for at in edited.changed_at)

    with town(edited.changed_at[0]) as site:
        assert before in get(site, pages.article_path(edited))[2].decode()
    with town(edited.changed_at[1]) as site:
        assert after in get(site, pages.article_path(edited))[2].decode()


def test_government_pages_are_gbk_and_only_their_meta_tag_says_so():
    with town() as site:
        _, headers, body = get(site, "/gov/notices/index.html")

    assert headers["Content-Type"] == "text/html"
    assert b'<meta charset="gbk">' in body
    assert "栖川区人民政府" in body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_the_government_list_leads_to_every_notice_page_by_page():
    found = []
    with town() as site:
        path = "/gov/notices/index.html"
        while path:
            text = get(site, path)[2].decode("gbk")
            found += re.findall(r'<li><a href="([^"]+)"', text)
            more = re.search(r'class="next" href="([^"]+)"', text)
            path = f"/gov/notices/{more[1]}" if more else ""
        detail = get(site, found[-1])[2].decode("gbk")

    first = next(i for i in STORY if i.source == "gov")
    assert set(found) == {pages.notice_path(i) for i in STORY if i.source == "gov"}
    assert f'<h1 class="title">{first.title}</h1>' in detail
    assert f"{first.published_at.astimezone(BEIJING):%Y-%m-%d %H:%M}" in detail


def test_the_board_pages_through_every_post_and_one_broken_row():
    ids, page = [], 1
    with town() as site:
        while rows := board(site, page)["list"]:
            ids += [row["id"] for row in rows]
            page += 1

    wanted = [int(i.id.removeprefix("board-")) for i in STORY if i.source == "board"][::-1]
    assert [i for i in ids if i != pages.BROKEN_POST["id"]] == wanted
    assert ids.count(pages.BROKEN_POST["id"]) == 1


def test_a_late_post_stands_first_when_it_shows_up_with_its_old_time():
    late = next(i for i in STORY if i.visible_at - i.published_at > timedelta(days=1))

    with town(late.visible_at) as site:
        row = board(site)["list"][0]

    assert row["content"] == late.text
    assert row["created_at"] == "2026-11-03 03:12:00"


def test_cap_messages_refer_to_the_one_they_replace():
    with town() as site:
        atom = "{http://www.w3.org/2005/Atom}"
        index = ET.fromstring(get(site, "/cap/index.xml")[2])
        links = [link.get("href") for link in index.iter(f"{atom}link")]
        alerts = [ET.fromstring(get(site, link)[2]) for link in links]

    facts = {a.findtext(f"{CAP}identifier"): a for a in alerts}
    kinds = [(a.findtext(f"{CAP}status"), a.findtext(f"{CAP}msgType")) for a in alerts]
    assert sorted(kinds) == [
        ("Actual", "Alert"),
        ("Actual", "Cancel"),
        ("Actual", "Update"),
        ("Exercise", "Alert"),
        ("Test", "Alert"),
    ]
    for alert in alerts:
        replaced = alert.findtext(f"{CAP}references")
        assert (replaced is not None) == (alert.findtext(f"{CAP}msgType") != "Alert")
        assert replaced is None or replaced.split(",")[1] in facts
        assert alert.findtext(f"{CAP}info/{CAP}headline")


def test_the_test_message_appears_only_at_its_time():
    with town(LINK_CHECK_AT - timedelta(seconds=1)) as site:
        assert "链路测试" not in get(site, "/cap/index.xml")[2].decode()


@pytest.mark.parametrize(
    "path",
    ["/news/feed.xml", "/gov/notices/index.html", "/gov/notices/index_2.html", "/board/api/posts", "/cap/index.xml"],
)
def test_an_unchanged_page_is_answered_with_304_and_no_body(path):
    with town() as site:
        _, headers, _ = get(site, path)
        by_tag = get(site, path, If_None_Match=headers["ETag"])
        by_time = get(site, path, If_Modified_Since=headers["Last-Modified"])

        assert (by_tag[0], by_tag[2]) == (304, b"")
        assert (by_time[0], by_time[2]) == (304, b"")
        assert get(site, path, If_None_Match='"something else"')[0] == 200


def test_a_changed_page_is_sent_anew():
    now = [moment(3, 3, 0)]
    with Site(STORY, lambda: now[0], faults=Faults(slow=0, failures=0)) as site:
        _, headers, _ = get(site, "/news/feed.xml")
        now[0] = moment(3, 3, 10)

        status, _, body = get(
            site, "/news/feed.xml", If_None_Match=headers["ETag"], If_Modified_Since=headers["Last-Modified"]
        )

    assert status == 200
    assert "工厂起火" in body.decode()


def test_robots_forbids_the_internal_page_that_every_list_links_to():
    with town() as site:
        robots = get(site, "/robots.txt")[2].decode()

        assert "Crawl-delay: 0.02" in robots
        assert "Disallow: /gov/internal/" in robots
        assert "/gov/internal/roster.html" in get(site, "/gov/notices/index.html")[2].decode("gbk")


def test_one_page_fails_at_first_and_then_works():
    with town(failures=2) as site:
        assert [get(site, site.failing_url)[0] for _ in range(3)] == [500, 500, 200]


def test_one_page_is_slow(monkeypatch):
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)

    with town(slow=1.5) as site:
        get(site, site.slow_url)
        get(site, "/news/")

    assert waits == [1.5]


def test_a_story_without_everyday_notices_has_sites_too():
    with Site(STORY[:3], lambda: END) as site:
        assert get(site, "/gov/notices/index.html")[0] == 200


def test_requests_are_counted_by_path():
    with town() as site:
        get(site, "/news/feed.xml")
        get(site, "/news/")
        get(site, "/nowhere")

        assert site.count("/news/") == 2
        assert site.requests["/nowhere", 404] == 1


def test_odd_queries_are_answered_like_plain_ones():
    with town() as site:
        assert board(site, page="x", size="-3")["page"] == 1
        assert len(board(site, size=100_000)["list"]) <= pages.API_MOST + 1
        assert board(site, page=9_999)["list"] == []
