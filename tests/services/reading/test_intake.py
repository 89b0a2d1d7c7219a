import json
import os
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawlers.masking.names import is_handle
from crawlers.model import Authority, Post
from crawlers.privacy import VoiceKey
from services.errors import ConfigError
from services.reading.intake import EPOCH, Broken, parse, told_at
from services.reading.lines import blocks, lines_of, numbered_lines

KEY = VoiceKey.fleeting()
WHERE = "posts.jsonl 第7行"
LINE = {
    "id": "b-17",
    "source": "board",
    "authority": "public",
    "title": "停水",
    "text": "石桥里停水两天了",
    "author": "望江楼上看云起",
    "published_at": "2026-11-20T08:00:00+08:00",
    "collected_at": "2026-11-20T08:05:00+08:00",
    "region": "990101",
}


def read(line=LINE, **changes):
    """What becomes of a line with some fields changed; None takes a field out."""
    fields = {name: value for name, value in {**line, **changes}.items() if value is not None}
    return parse(json.dumps(fields, ensure_ascii=False).encode(), WHERE, KEY)


def test_a_good_line_is_a_minimised_post():
    post = read()

    assert isinstance(post, Post)
    assert (post.id, post.source_id, post.authority, post.region) == ("b-17", "board", Authority.PUBLIC, "990101")
    assert (post.title, post.text) == ("停水", "石桥里停水两天了")
    assert post.published_at == datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    assert post.collected_at == datetime(2026, 11, 20, 0, 5, tzinfo=UTC)
    assert post.link is None


@pytest.mark.parametrize("name", ["id", "title", "author", "published_at", "collected_at", "region", "url"])
def test_what_is_optional_may_be_left_out_or_null_or_empty(name):
    assert isinstance(read(**{name: None}), Post)
    assert isinstance(parse(json.dumps({**LINE, name: None}).encode(), WHERE, KEY), Post)
    assert isinstance(read(**{name: ""}), Post)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"source": "a"', "不是有效的 JSON"),
        ("石桥里停水", "不是有效的 JSON"),
        ('["a"]', "应当是一个 JSON 对象"),
        ("17", "应当是一个 JSON 对象"),
        ("null", "应当是一个 JSON 对象"),
        (b'{"text": "\xff\xfe"}', "不是 UTF-8 编码"),
        ("石桥里停水".encode("gbk"), "不是 UTF-8 编码"),
        ('{"text": NaN}', "不是有效的 JSON"),
        ("[" * 5000, "不是有效的 JSON"),
    ],
)
def test_a_line_that_is_no_object_is_one_sentence_with_file_and_line(line, said):
    broken = parse(line if isinstance(line, bytes) else line.encode(), WHERE, KEY)

    assert isinstance(broken, Broken)
    assert broken.sentence.startswith(f"{WHERE}：")
    assert said in broken.sentence
    assert "已跳过" in broken.sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": None}, "缺少“source”"),
        ({"source": ""}, "缺少“source”"),
        ({"source": "  "}, "缺少“source”"),
        ({"text": None}, "缺少“text”"),
        ({"text": ["石桥里"]}, "“text”应当是文字"),
        ({"text": True}, "“text”应当是文字"),
        ({"title": {"a": 1}}, "“title”应当是文字"),
        ({"author": ["甲"]}, "“author”应当是文字"),
        ({"id": False}, "“id”应当是文字"),
        ({"authority": None}, "“authority”只能是 official、media 或 public"),
        ({"authority": "政府"}, "“authority”只能是 official、media 或 public"),
        ({"authority": ["public"]}, "“authority”只能是 official、media 或 public"),
        ({"published_at": "昨天"}, "“published_at”应写成"),
        ({"published_at": 1700000000}, "“published_at”应写成"),
        ({"collected_at": "2026-02-30T08:00:00+08:00"}, "“collected_at”应写成"),
        ({"collected_at": "2026-11-20T08:00:00"}, "“collected_at”缺少时区"),
        ({"collected_at": "0001-01-01T00:00:00+08:00"}, "“collected_at”"),
        ({"collected_at": "9999-12-31T23:59:59-08:00"}, "“collected_at”"),
        ({"published_at": "9999-12-31T23:59:59Z"}, "“published_at”"),
        ({"title": " ", "text": " \n"}, "标题和正文都是空的"),
        ({"title": "", "text": "<p> </p>"}, "标题和正文都是空的"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(changes, said):
    broken = read(**changes)

    assert isinstance(broken, Broken)
    assert broken.sentence.startswith(f"{WHERE}：")
    assert said in broken.sentence


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20t08:00:00z", "2026-11-20T08:00:00+00:00"),
        ("2026-06-30T23:59:60Z", "2026-06-30T23:59:59+00:00"),
        ("2026-07-01T07:59:60.5+08:00", "2026-06-30T23:59:59+00:00"),
    ],
)
def test_every_time_of_rfc_3339_is_understood(written, meant):
    assert read(published_at=written).published_at == datetime.fromisoformat(meant)


def test_a_sentence_about_a_broken_line_repeats_nothing_of_it():
    secret = "青ZD50318"

    for broken in (read(text=[secret]), read(published_at=secret), read(authority=secret), read(source=[secret])):
        assert secret not in broken.sentence


def test_a_given_id_comes_back_and_a_number_is_one_too():
    assert read(id="x/1").id == "x/1"
    assert read(id=17).id == "17"


def test_without_an_id_the_address_or_else_the_words_tell_posts_apart():
    news = {"id": None, "authority": "media", "url": "https://News.example/a?utm_source=x"}

    assert read(**news).id == read(**{**news, "text": "改过的话", "url": "https://news.example/a"}).id
    assert read(id=None).id == read(id=None, author="别人").id
    assert read(id=None).id != read(id=None, text="石桥里停水三天了").id
    assert read(id=None).id != read(id=None, source="forum").id


def test_a_link_is_kept_for_offices_and_media_only():
    address = "https://news.example/a"

    assert read(authority="official", url=address).link == address
    assert read(authority="media", url=address).link == address
    assert read(authority="public", url=address).link is None


def test_a_voice_is_the_same_on_one_day_of_one_run_and_another_on_the_next_day_and_in_the_next_run():
    first, later = read(), read(id="b-18", collected_at="2026-11-20T18:05:00+08:00")

    assert first.voice == later.voice is not None
    assert read(id="b-19", collected_at="2026-11-25T08:05:00+08:00").voice != first.voice
    assert parse(json.dumps(LINE).encode(), WHERE, VoiceKey.fleeting()).voice != first.voice


def test_voices_differ_by_author_and_by_source_and_offices_have_none():
    assert read().voice != read(author="别人").voice
    assert read().voice != read(source="forum").voice
    assert read(author=None).voice is None
    assert read(authority="official").voice is None
    assert read(authority="media").voice is None


def test_a_line_without_any_time_sorts_first():
    assert read(published_at=None, collected_at=None).collected_at == EPOCH
    assert read(collected_at=None).collected_at == read().published_at


@given(
    st.text(min_size=6, max_size=20, alphabet=st.characters(categories=["L", "N"])),
    st.sampled_from(["", "{}说的：", "@{} 你看，"]),
)
def test_an_author_is_nowhere_in_what_comes_of_a_line(author, said):
    assume(is_handle(author))  # Not a body (某某中心) and no common word, which tell of nobody.
    post = read(author=author, text=said.format(author) + "石桥里停水两天了")

    assert author not in post.voice
    # What stands there without him ("Author", of the field's name) tells of nobody.
    assert author not in repr(post) or author in repr(read(author=None, text="石桥里停水两天了"))


@given(st.dictionaries(st.sampled_from([*LINE, "url", "likes"]), st.none() | st.booleans() | st.text() | st.integers()))
def test_any_object_is_a_post_or_a_sentence(changes):
    found = parse(json.dumps({**LINE, **changes}).encode(), WHERE, KEY)

    assert isinstance(found, Post) or found.sentence.startswith(WHERE)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_post_or_a_sentence(noise):
    assert isinstance(parse(noise, WHERE, KEY), Broken)
    told_at(noise)


def test_when_a_line_was_told_is_when_it_was_collected_else_published():
    line = json.dumps(LINE).encode()

    assert told_at(line) == datetime(2026, 11, 20, 0, 5, tzinfo=UTC)
    assert told_at(json.dumps({"published_at": LINE["published_at"]}).encode()) == datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["", "[]", "{", '{"collected_at": "bald"}', '{"collected_at": "0001-01-01T00:00:00+08:00"}']
)
def test_a_line_that_does_not_say_when_has_no_time(line):
    assert told_at(line.encode()) is None


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"a\r\n\n  \nb\nc")

    assert [(number, line.strip()) for number, line in numbered_lines(path)] == [(1, b"a"), (4, b"b"), (5, b"c")]
    assert [number for number, _ in numbered_lines(path, blank=True)] == [1, 2, 3, 4, 5]
    assert [number for number, _ in blocks(path, 2)] == [1, 3, 5]
    assert b"".join(lines for _, lines in blocks(path, 2)) == path.read_bytes()
    assert lines_of(path) == 5


def test_a_pipe_is_not_read_to_count_its_lines(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert lines_of(pipe) is None


def test_a_byte_order_mark_does_no_harm():
    line = b"\xef\xbb\xbf" + json.dumps(LINE).encode()

    assert isinstance(parse(line, WHERE, KEY), Post)
    assert told_at(line) is not None


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(ConfigError, match=r"不能读取 .*none\.jsonl"):
        list(numbered_lines(tmp_path / "none.jsonl"))
