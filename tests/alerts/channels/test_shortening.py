from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alerts.channels import shortening
from tests.contracts.channel import MESSAGE

TEXTS = st.text(max_size=600)


@given(text=TEXTS, limit=st.integers(100, 900), tail=st.text(max_size=10))
def test_a_fitted_text_is_whole_or_a_beginning_that_says_so(text, limit, tail):
    made = shortening.fit(text, limit, len, tail)
    assert len(made) <= limit
    if len(text + tail) <= limit:
        assert made == text + tail
    else:
        kept, cut, rest = made.rpartition(shortening.CUT)
        assert cut
        assert rest == tail
        assert text.startswith(kept)


@given(text=TEXTS, limit=st.integers(200, 1500))
def test_bytes_can_be_the_measure(text, limit):
    text = shortening.clean(text)
    assert shortening.in_bytes(shortening.fit(text, limit, shortening.in_bytes)) <= limit


@given(st.integers(330, 900))
def test_a_chat_never_cuts_its_link(limit):
    message = replace(MESSAGE, text="火势很大。\n" * 400, link="http://10.0.0.5:8000/events/3f0c9a1e")
    assert "\n在值班台打开：http://10.0.0.5:8000/events/3f0c9a1e\n" in shortening.chat(message, limit, len)
    assert "在值班台打开" not in shortening.chat(replace(message, link=""), limit, len)


@given(st.text(), st.text(), st.integers(700, 4000))
def test_a_chat_keeps_subject_and_first_line_and_can_be_written(subject, rest, limit):
    message = replace(
        MESSAGE, subject=f"【Ⅲ级·首报·待核实】{subject[:20]}", text=f"【Ⅲ级（较大）】【首报】\n{rest * 50}"
    )
    made = shortening.chat(message, limit, shortening.in_bytes)
    assert made.encode()
    assert made.startswith(shortening.clean(message.subject))
    assert "【Ⅲ级（较大）】【首报】" in made


def test_a_cut_falls_between_lines_where_that_loses_little():
    assert shortening.fit("一二三四五六七八九十\n" * 20, 150, len).startswith("一二三四五六七八九十\n" * 10)
    assert "\n" not in shortening.fit("长" * 400 + "\n", 150, len)


def test_lone_surrogates_and_control_characters_are_gone():
    assert shortening.clean("停\ud800水\x00\x1b[31m\n") == "停?水[31m\n"
    assert shortening.one_line(" 停水\n 通知 ") == "停水 通知"
