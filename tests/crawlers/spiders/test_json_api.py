"""JSON interfaces."""

import json

import pytest

from crawlers.kinds import BadParams
from crawlers.model import Authority, Health
from tests.crawlers.reading import read

FIELDS = {
    "id": "id", "title": "title", "text": "content", "author": "user.uid", "names": ["user.nickname"],
    "published_at": "created_at", "url": "url", "engagement": "sum([likes, replies])",
}  # fmt: skip


def row(n, **changes):
    return {
        "id": n, "title": "求助", "content": f"我是爱吃鱼的猫，{n}号楼停水三天了，电话13812345678", "url": f"/p/{n}",
        "user": {"uid": "u8812345", "nickname": "爱吃鱼的猫"}, "likes": 3, "replies": 4,
        "created_at": "2026-11-20 08:30:00", **changes,
    }  # fmt: skip


def answer(*rows, **more):
    return json.dumps({"data": {"list": list(rows)}, **more})


def params(**paging):
    return {"items": "data.list", "fields": FIELDS, **({"paging": paging} if paging else {})}


def public(pages, given, **kwargs):
    return read("json_api", pages, given, authority=Authority.PUBLIC, **kwargs)


def test_an_item_becomes_a_post_without_its_speaker():
    (post,) = public({"/start": answer(row(1))}, params()).posts
    assert post.text == "我是【用户】，1号楼停水三天了，电话【手机号】"
    assert post.voice
    assert post.link is None
    assert post.engagement == 7


def test_pages_by_number_until_one_brings_nothing_new():
    pages = {f"/start?page={n}": answer(row(2 * n), row(2 * n + 1)) for n in range(1, 4)} | {"/start?page=4": answer()}
    first = public(pages, params(style="page"))
    assert (len(first.posts), first.web.asked[-1]) == (6, "/start?page=4")
    second = public(pages, params(style="page"), store=first.store)
    assert second.web.asked == ["/start?page=1"]


def test_pages_by_offset_with_a_size():
    pages = {"/start?limit=2&skip=0": answer(row(1), row(2)), "/start?limit=2&skip=2": answer(row(3))}
    done = public(pages, params(style="offset", param="skip", start=0, size_param="limit", size=2, max_pages=2))
    assert len(done.posts) == 3


def test_pages_by_cursor_and_by_next_address():
    by_cursor = {"/start": answer(row(1), next="abc"), "/start?cursor=abc": answer(row(2))}
    assert len(public(by_cursor, params(style="cursor", param="cursor", next="next")).posts) == 2
    by_address = {"/start": answer(row(1), next="/more?x=2"), "/more?x=2": answer(row(2), next=None)}
    assert len(public(by_address, params(style="next_url", next="next")).posts) == 2


def test_endless_pages_end():
    pages = {f"/start?page={n}": answer(row(n)) for n in range(1, 200)}
    assert len(public(pages, params(style="page", max_pages=7)).posts) == 7


def test_a_row_that_makes_no_sense_is_set_aside():
    done = public(
        {"/start": answer(row(1), {"id": 2, "content": None, "user": None, "likes": "许多"}, "x", row(3))}, params()
    )
    assert (done.visit.new, done.visit.quarantined) == (2, 2)


@pytest.mark.parametrize("body", ["", "<html>", '{"data": {"list": 3}}', '{"data": ', '{"data": null}'])
def test_what_is_no_such_answer_fails_with_one_sentence(body):
    done = public({"/start": body}, params())
    assert done.visit.health is Health.FAILING
    assert len(done.visit.problems) == 1


def test_deep_nesting_does_no_harm():
    assert public({"/start": "[" * 100_000}, params()).visit.health is Health.FAILING


def test_fixed_query_parameters_are_sent():
    done = public({"/start?board=7": answer(row(1))}, {**params(), "query": {"board": 7}})
    assert done.web.asked == ["/start?board=7"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"fields": {"id": "id"}},
        {"fields": {"text": "a["}},
        {"fields": {"text": "a", "autor": "b"}},
        params(style="cursor"),
    ],
)
def test_wrong_parameters_are_refused(given):
    with pytest.raises(BadParams, match="params"):
        public({}, given)


def test_next_addresses_that_lead_in_a_circle_end():
    pages = {"/start": answer(row(1), next="/start?x=2"), "/start?x=2": answer(row(2), next="/start")}
    done = public(pages, params(style="next_url", next="next"))
    assert done.web.asked == ["/start", "/start?x=2"]


def test_an_offset_begins_at_nought_and_a_page_at_one_unless_it_is_said_otherwise():
    pages = {"/start?offset=0": answer(row(1), row(2)), "/start?offset=2": answer()}
    assert len(public(pages, params(style="offset", param="offset")).posts) == 2
    pages = {"/start?page=0": answer(row(1)), "/start?page=1": answer(row(2)), "/start?page=2": answer()}
    assert len(public(pages, params(style="page", start=0)).posts) == 2


@pytest.mark.parametrize("written", ["cb({});", "/**/ jQuery1.cb ( {} )", "typeof cb === 'function' && cb({});\n"])
def test_an_answer_that_is_handed_to_a_function_is_read(written):
    done = public({"/start": written.replace("{}", answer(row(1)))}, params())
    assert len(done.posts) == 1
