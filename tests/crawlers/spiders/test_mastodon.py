"""Mastodon-compatible servers."""

import json

from crawlers.model import Authority, Health
from tests.crawlers.reading import read

START = "/api/v1/timelines/public?limit=40&local=true"


def status(n, **changes):
    home = "http://site.example"
    account = {"acct": "cat77", "username": "cat77", "display_name": "爱吃鱼的猫", "url": f"{home}/@cat77"}
    return {
        "id": str(n), "uri": f"{home}/users/cat77/statuses/{n}", "url": f"{home}/@cat77/{n}", "account": account,
        "content": '<p>爱吃鱼的猫家停水了 <span>@<a href="/@dog">dog</a></span></p>', "spoiler_text": "",
        "created_at": "2026-11-20T01:00:00Z", "visibility": "public", "reblog": None,
        "reblogs_count": 2, "favourites_count": 3, "replies_count": 0, **changes,
    }  # fmt: skip


def timeline(pages, params=None, **kwargs):
    return read("mastodon", pages, params, path="/", authority=Authority.PUBLIC, **kwargs)


def test_public_posts_are_read_without_their_authors():
    done = timeline({START: json.dumps([status(1)]), f"{START}&max_id=1": "[]"})
    (post,) = done.posts
    assert post.text == "【用户】家停水了 【用户】"
    assert post.engagement == 5
    written = repr(done.store.as_json())
    assert "cat77" not in written
    assert "爱吃鱼的猫" not in written


def test_boosts_and_what_is_not_public_are_left_out():
    page = [status(1, reblog={"id": "9"}), status(2, visibility="unlisted"), status(3, visibility="private"), "坏的"]
    assert timeline({START: json.dumps(page)}).posts == []


def test_older_pages_are_read_until_one_is_known():
    pages = {START: json.dumps([status(2)]), f"{START}&max_id=2": json.dumps([status(1)]), f"{START}&max_id=1": "[]"}
    first = timeline(pages)
    assert first.visit.new == 2
    assert timeline(pages, store=first.store).web.asked == [START]


def test_tags_are_timelines_of_their_own():
    done = timeline({}, {"tags": ["#栖川", "停水"], "local": False})
    assert done.web.asked[0].startswith("/api/v1/timelines/tag/%E6")
    assert len(done.web.asked) == 2


def test_an_edited_post_is_a_revision():
    first = timeline({START: json.dumps([status(1)]), f"{START}&max_id=1": "[]"})
    edited = {START: json.dumps([status(1, content="<p>来水了</p>")]), f"{START}&max_id=1": "[]"}
    assert timeline(edited, store=first.store).visit.revised == 1


def test_what_is_no_timeline_fails():
    for body in ("", '{"error": "x"}', "<html>"):
        assert timeline({START: body}).visit.health is Health.FAILING
