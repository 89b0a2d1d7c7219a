"""The door: no author, no key beyond its day, no private link, masked text."""

import stat
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.model import Authority, Post, Source
from crawlers.privacy import (
    Candidate,
    Empty,
    identify,
    minimise,
    minimise_many,
)
from crawlers.voices import KEY_FILE, VoiceKey, destroy_expired, open_key

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def a_source(authority=Authority.PUBLIC, **changes):
    return Source(
        **{
            "id": "board",
            "kind": "json_api",
            "name": "留言板",
            "url": "http://b.example/",
            "authority": authority,
            **changes,
        }
    )


def minimised(candidate, authority=Authority.PUBLIC, now=NOW):
    return minimise(candidate, a_source(authority), VoiceKey.fleeting(), now)


def test_no_field_of_a_post_can_hold_an_author():
    names = {field.name for field in fields(Post)}
    assert not names & {"author", "user", "handle", "nickname", "avatar", "ip", "profile"}


def test_the_author_is_gone_and_a_voice_stands_for_it():
    post = minimised(Candidate(text="停水了", author="爱吃鱼的猫"))
    assert "爱吃鱼的猫" not in repr(post)
    assert post.voice.startswith("20261120:")
    assert len(post.voice) == len("20261120:") + 16


def test_the_speakers_names_are_taken_out_of_the_text():
    said = Candidate(text="我是爱吃鱼的猫，编号u8812345，大家好", author="u8812345", aliases=("爱吃鱼的猫",))
    assert minimised(said).text == "我是【用户】，编号【用户】，大家好"


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("雾野小筑🌿", "楼上雾野小筑说得对"),
        (":cat:雾野小筑:cat:", "楼上雾野小筑🌿说得对"),
        ("作者：雾野小筑", "@雾野小筑 说得对"),
        ("editor@b.example (雾野小筑)", "雾野小筑说得对"),
        ("雾野小筑 <editor@b.example>", "问问雾野小筑吧"),
        ("张伟民Boss", "张伟民Boss说得对"),
    ],
)
def test_a_name_is_taken_out_in_the_form_that_others_call_it_by(author, said):
    text = minimised(Candidate(text=said, author="u1", aliases=(author,))).text
    assert "【用户】" in text
    assert [piece for piece in ("雾野小筑", "张伟民", "Boss") if piece in text] == []


def test_a_name_that_is_a_common_word_or_a_short_number_does_not_eat_the_text():
    post = minimised(Candidate(text="停水3天了，市民都急", author="停水", aliases=("3", "市民")))
    assert post.text == "停水3天了，市民都急"


def test_offices_and_places_that_speak_stay_in_the_text_of_others():
    said = "栖川区水务局说柳荫小区明早来水"
    assert minimised(Candidate(text=said, author="u1", aliases=("栖川区水务局", "柳荫小区"))).text == said


def test_an_office_that_signs_stays_and_a_reporter_does_not():
    signed = Candidate(text="区应急管理局通报：明火已灭。李明报道", author="区应急管理局", aliases=("李明",))
    assert minimised(signed, Authority.OFFICIAL).text == "区应急管理局通报：明火已灭。【姓名】报道"


def test_voices_are_equal_on_one_day_and_apart_on_another_source_author_or_day(tmp_path):
    key = open_key(tmp_path, NOW)
    voice = key.voice("board", "猫", NOW)
    assert voice == key.voice("board", "猫", LATE)
    assert voice != key.voice("forum", "猫", NOW)
    assert voice != key.voice("board", "狗", NOW)
    tomorrow = open_key(tmp_path, MIDNIGHT)
    assert voice[9:] != tomorrow.voice("board", "猫", MIDNIGHT)[9:]


def test_a_fleeting_keys_days_cannot_be_linked():
    key = VoiceKey.fleeting()
    assert key.voice("board", "猫", NOW)[9:] != key.voice("board", "猫", MIDNIGHT)[9:]


def test_a_key_refuses_another_day(tmp_path):
    key = open_key(tmp_path, NOW)
    with pytest.raises(ValueError, match="another day"):
        minimise(Candidate(text="停水", author="猫"), a_source(), key, MIDNIGHT)


def test_the_key_is_shared_on_its_day_and_only_its_owner_may_read_it(tmp_path):
    key = open_key(tmp_path, NOW)
    assert open_key(tmp_path, LATE) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_the_key_is_destroyed_when_its_day_ends(tmp_path):
    key = open_key(tmp_path, NOW)
    assert not destroy_expired(tmp_path, LATE)
    assert destroy_expired(tmp_path, MIDNIGHT)
    assert not destroy_expired(tmp_path, MIDNIGHT)
    assert key.secret.hex() not in "".join(path.read_text() for path in tmp_path.iterdir())
    assert open_key(tmp_path, MIDNIGHT) != key


def test_a_spoilt_key_file_is_replaced(tmp_path):
    (tmp_path / KEY_FILE).write_text("2026-11-20 zz")
    assert len(open_key(tmp_path, NOW).secret) == 32


def test_processes_that_start_together_share_one_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from crawlers.voices import open_key;"
        "print(open_key(Path(sys.argv[1]), datetime(2026, 11, 20, 2, tzinfo=UTC)).secret.hex())"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1


def test_a_public_post_keeps_no_link_of_its_own_or_in_its_text():
    post = minimised(
        Candidate(text="见 https://b.example/u/123?x=1#y 和 www.b.example/p/9。", url="http://b.example/p/1")
    )
    assert post.link is None
    assert post.text == "见 【链接】 和 【链接】。"


def test_an_official_link_is_kept_in_its_canonical_form():
    post = minimised(Candidate(title="通报", url="http://gov.example:80/a?utm_source=x#top"), Authority.OFFICIAL)
    assert post.link == "http://gov.example/a"


def test_official_and_media_posts_have_no_voice():
    assert minimised(Candidate(text="通报", author="编辑"), Authority.MEDIA).voice is None


def test_nothing_to_read_is_refused():
    with pytest.raises(Empty, match="都是空的"):
        minimised(Candidate(title="<b></b>", text="\u200b"))


def test_many_are_minimised_as_one_by_one():
    key, board, press = VoiceKey.fleeting(), a_source(), a_source(Authority.MEDIA)
    given = [
        (Candidate(title="寻人", text="李建国走失，电话13812345678", author="李建国"), board, NOW),
        (Candidate(text="\u200b"), board, NOW),
        (Candidate(text="记者李建国，见 https://a.example/1", author="李建国"), press, NOW),
    ]

    posts = minimise_many(given, key)

    assert posts == [post for one in given for post in minimise_many([one], key)]
    assert [post and post.text for post in posts] == [
        "【用户】走失，电话【手机号】",
        None,
        "记者【姓名】，见 https://a.example/1",
    ]


def test_title_and_text_are_bounded_plain_and_masked():
    post = minimised(Candidate(title="<i>求助</i>" + "水" * 400, text="<p>电话13812345678</p>" + "漏" * 30_000))
    assert len(post.title) == 300
    assert len(post.text) == 20_000
    assert post.text.startswith("电话【手机号】")


def test_the_id_is_the_sources_own_else_the_address_else_the_text():
    source = a_source()
    by_key = identify(Candidate(text="a", own_id="7", url="http://b.example/7"), source)
    assert by_key == identify(Candidate(text="b", own_id="7"), source)
    by_url = identify(Candidate(text="a", url="http://b.example/7?utm_medium=x"), source)
    assert by_url == identify(Candidate(text="b", own_id="http://b.example/7#c"), source)
    assert identify(Candidate(text="a"), source) != identify(Candidate(text="b"), source)


def test_a_candidate_says_nothing_of_itself_in_a_log():
    assert "猫" not in repr(Candidate(text="停水", author="猫"))
    assert "secret" not in repr(VoiceKey.fleeting())


def test_an_hour_before_midnight_is_still_the_same_day(tmp_path):
    assert open_key(tmp_path, MIDNIGHT - timedelta(hours=1)).day.isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    "signed", ["文/东河钓客", "停水了。\n作者：东河钓客", "停水了。\n（东河钓客）", "摄影 东河钓客"]
)
def test_a_paper_signs_its_texts_with_a_nickname_that_is_taken_out(signed):
    (post,) = minimise_many(
        [(Candidate(text=signed, author="东河钓客"), a_source(Authority.MEDIA), NOW)], VoiceKey.fleeting()
    )
    assert "东河钓客" not in post.text


def test_what_a_paper_calls_itself_stays_in_its_texts():
    for author in ("综合", "栖川日报社", "东河"):
        candidate = Candidate(text=f"文/{author}\n东河路停水，综合施策。栖川日报社", author=author)
        (post,) = minimise_many([(candidate, a_source(Authority.MEDIA), NOW)], VoiceKey.fleeting())
        assert "东河路停水，综合施策。栖川日报社" in post.text
