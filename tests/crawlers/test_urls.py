"""Canonical addresses and ids."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import urls


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://News.Example:80/a", "http://news.example/a"),
        ("https://news.example:443", "https://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("http://news.example/a?utm_source=x&b=2&a=1&spm=3#top", "http://news.example/a?a=1&b=2"),
        ("http://news.example/a?b=&a=1", "http://news.example/a?a=1&b="),
        ("http://news.example/x/../a/./b", "http://news.example/a/b"),
        ("http://news.example/%e9%80%9a%E5%91%8A", "http://news.example/通告"),
        ("http://news.example/a;jsessionid=9F?x=1", "http://news.example/a?x=1"),
        ("http://通告.example/a", "http://xn--4rrv50l.example/a"),
        (" http://news.example/a\n", "http://news.example/a"),
        ("http://user:secret@news.example/a", "http://news.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("http://news.example/%cd%a8", "http://news.example/%CD%A8"),
        ("http://news.example/a?id=1&JSESSIONID=9F&PHPSESSID=7", "http://news.example/a?id=1"),
        ("http://news.example/a?id=1&from=timeline", "http://news.example/a?id=1"),
        ("http://news.example/%7Ea?%61=1", "http://news.example/~a?a=1"),
    ],
)
def test_two_spellings_of_one_address_are_one(written, meant):
    assert urls.canonical(written) == urls.canonical(meant)
    assert urls.id_of_url(written) == urls.id_of_url(meant)


def test_the_canonical_form_keeps_no_login():
    assert "secret" not in urls.canonical("http://user:secret@news.example/a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://news.example/a?id=1", "http://news.example/a?id=2"),
        ("http://news.example/a", "http://news.example/a/"),
        ("http://news.example/a", "https://news.example/a"),
        ("http://news.example/a?from=list", "http://news.example/a"),
        ("http://news.example/A", "http://news.example/a"),
        ("http://news.example/a?x=1&x=2", "http://news.example/a?x=1"),
        ("http://news.example/a%2Fb", "http://news.example/a/b"),
        ("http://news.example/?q=%CD%A8", "http://news.example/?q=%B8%E6"),
    ],
)
def test_different_pages_stay_different(one, other):
    assert urls.canonical(one) != urls.canonical(other)


@pytest.mark.parametrize("wrong", ["", "mailto:x@y", "javascript:alert(1)", "http://", "http://a:b/", "ftp://a/b"])
def test_what_is_no_web_address_is_refused(wrong):
    with pytest.raises(ValueError, match=r"not |Port|port|does not"):
        urls.canonical(wrong)


def test_a_link_is_joined_to_its_page_and_others_are_none():
    assert urls.join("http://a.example/list/", "../x.html#y") == "http://a.example/x.html"
    assert urls.join("http://a.example/list/", "\n //b.example/z\t") == "http://b.example/z"
    assert urls.join("http://a.example/", "javascript:void(0)") is None
    assert urls.join("http://a.example/", "  ") is None
    assert urls.join("http://a.example/", "http://[broken/") is None


@given(
    st.lists(st.sampled_from(["a", "..", ".", "通告", "b%20c", "x+y", ""]), max_size=6),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5)),
)
def test_canonical_is_a_fixed_point(pieces, query):
    once = urls.canonical("http://a.example/" + "/".join(pieces) + "?" + urlencode(query, errors="replace"))
    assert urls.canonical(once) == once


def test_ids_of_keys_differ_between_sources():
    assert urls.id_of_key("a", "1") != urls.id_of_key("b", "1")
    assert len(urls.id_of_key("a", "\ud800")) == 64
