import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.snippet import LENGTH, snippet


def test_every_hit_is_marked():
    assert snippet("停水通知\n明天停水", "停水") == "<mark>停水</mark>通知 明天<mark>停水</mark>"


def test_full_width_and_traditional_characters_are_found_and_shown_as_written():
    assert snippet("拨打１１９，火災", "119 火灾") == "拨打<mark>１１９</mark>，<mark>火災</mark>"


def test_overlapping_hits_are_one_mark():
    assert snippet("大停水通知", "停水 水通知") == "大<mark>停水通知</mark>"


def test_markup_in_a_text_is_shown_and_not_obeyed():
    assert snippet('停水<script>alert("1")</script>', "script") == (
        "停水&lt;<mark>script</mark>&gt;alert(&quot;1&quot;)&lt;/<mark>script</mark>&gt;"
    )


def test_a_late_hit_is_shown_with_what_is_around_it():
    shown = snippet("前" * 500 + "停水" + "后" * 500, "停水")
    assert shown.startswith("…" + "前" * 30 + "<mark>停水</mark>后")
    assert shown.endswith("后…")


@pytest.mark.parametrize("query", ["", "没有的词", "，。"])
def test_without_a_hit_the_beginning_is_shown(query):
    assert snippet("字" * 500, query) == "字" * LENGTH + "…"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_snippet_is_a_piece_of_the_text_and_harmless(body, query):
    shown = snippet(body, query)
    bare = re.sub("</?mark>", "", shown)
    assert "<" not in bare
    assert unescape(bare).strip("…") in body.replace("\n", " ")
    assert shown.count("<mark>") == shown.count("</mark>")
