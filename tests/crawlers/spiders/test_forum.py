"""Discourse-like forums."""

import json
from datetime import timedelta

from crawlers.model import Authority, Health
from crawlers.page import Failed
from tests.contracts.crawl_store import NOW
from tests.crawlers.reading import read


def post(n, text="<p>我家也停水，电话13812345678</p>", user="爱吃鱼的猫"):
    return {
        "id": n, "post_number": n, "cooked": text, "username": user, "name": "张伟民",
        "user_id": 8812345 + n, "reply_count": 1,
        "created_at": f"2026-11-20T0{n % 10}:00:00Z", "actions_summary": [{"id": 2, "count": 3}],
    }  # fmt: skip


def topic(*posts, stream=None):
    return json.dumps({"post_stream": {"posts": list(posts), "stream": stream or [one["id"] for one in posts]}})


def latest(*numbers, bumped="2026-11-20T08:00:00Z"):
    topics = [{"id": n, "title": f"停水求助{n}", "bumped_at": bumped, "posts_count": 2} for n in numbers]
    return json.dumps({"topic_list": {"topics": topics}})


def forum(pages, params=None, **kwargs):
    return read(
        "forum", {"/latest.json?page=1": latest()} | pages, params, path="/", authority=Authority.PUBLIC, **kwargs
    )


def test_topics_and_replies_become_posts_without_their_authors():
    done = forum(
        {"/latest.json?page=0": latest(7), "/t/7.json": topic(post(1), post(2, "<p>楼上的爱吃鱼的猫说得对</p>"))}
    )
    assert done.titles == ["停水求助7", "回复：停水求助7"]
    assert done.posts[0].text == "我家也停水，电话【手机号】"
    assert done.posts[1].text == "楼上的【用户】说得对"
    assert (done.posts[0].engagement, done.posts[0].link) == (4, None)
    assert len({one.voice for one in done.posts}) == 2
    assert "/t/7" not in repr(done.store.as_json())


def test_a_topic_is_read_again_only_when_it_was_bumped():
    pages = {"/latest.json?page=0": latest(7), "/t/7.json": topic(post(1))}
    first = forum(pages)
    assert "/t/7.json" not in forum(pages, store=first.store).web.asked
    bumped = {"/latest.json?page=0": latest(7, bumped="2026-11-20T09:00:00Z"), "/t/7.json": topic(post(1), post(2))}
    assert forum(bumped, store=first.store).visit.new == 1


def test_posts_beyond_the_first_page_of_a_topic_are_fetched():
    pages = {
        "/latest.json?page=0": latest(7),
        "/t/7.json": topic(post(1), stream=[1, 2]),
        "/t/7/posts.json?post_ids[]=2": topic(post(2)),
    }
    assert forum(pages).visit.new == 2


def test_replies_can_be_left_out():
    pages = {"/latest.json?page=0": latest(7), "/t/7.json": topic(post(1), post(2))}
    assert forum(pages, {"replies": False}).visit.new == 1


def test_what_is_no_forum_fails():
    for body in ("", "<html>", "[]", '{"topic_list": 3}'):
        done = forum({"/latest.json?page=0": body})
        assert done.visit.health is Health.FAILING


def test_a_topic_whose_replies_could_not_be_had_is_read_again():
    pages = {"/latest.json?page=0": latest(7), "/t/7.json": topic(post(1), stream=[1, 2])}
    first = forum({**pages, "/t/7/posts.json?post_ids[]=2": Failed("连接失败")})
    assert first.visit.new == 1
    assert forum({**pages, "/t/7/posts.json?post_ids[]=2": topic(post(2))}, store=first.store).visit.new == 1


def test_a_topic_that_is_not_there_is_asked_for_at_growing_distances():
    pages, looks = {"/latest.json?page=0": latest(7, 8), "/t/7.json": topic(post(1))}, []
    store = forum(pages).store
    for minutes in range(10, 700, 10):
        done = forum(pages, store=store, now=NOW + timedelta(minutes=minutes))
        looks += [minutes] if "/t/8.json" in done.web.asked else []
    assert looks == [10, 20, 40, 80, 160, 320, 640]
    assert "/t/8" not in repr(store.as_json())


def test_what_a_reply_quotes_was_said_once_by_somebody_else():
    quote = '<aside class="quote no-group" data-username="爱吃鱼的猫"><b>猫:</b><p>停水</p></aside>'
    reply = post(2, f"{quote}<p>我家没停</p><aside class='onebox'>通告全文</aside>")
    done = forum({"/latest.json?page=0": latest(7), "/t/7.json": topic(post(1), reply)})
    assert done.posts[1].text == "我家没停\n通告全文"
