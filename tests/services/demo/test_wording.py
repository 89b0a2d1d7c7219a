from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.demo.script import script
from services.demo.wording import roughened, titled, worded

PLAIN = st.text(st.characters(exclude_characters="<>{}｜", exclude_categories=["Cs"]), max_size=40)


def test_one_of_the_alternatives_is_chosen():
    chosen = {worded("<早|晚>安", {}, Random(seed)) for seed in range(20)}

    assert chosen == {"早安", "晚安"}


def test_a_slot_takes_one_of_its_words():
    assert worded("今天吃{dish}", {"dish": ["米粉"]}, Random(1)) == "今天吃米粉"


def test_an_unknown_slot_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        worded("{nobody}来了", {}, Random(1))


@given(PLAIN)
def test_a_text_without_marks_stays_as_it_is(text):
    assert worded(text, {}, Random(1)) == text


@given(PLAIN, st.integers())
def test_roughening_keeps_every_word_and_figure(text, seed):
    def core(value: str) -> str:
        half = "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in value)
        return "".join(c for c in half if c not in "，。！…~! ")

    assert core(roughened(text, Random(seed))) == core(text)


def test_a_bar_parts_title_and_text():
    assert titled("标题｜正文") == ("标题", "正文")
    assert titled("只有正文") == ("", "只有正文")


def test_every_hand_written_text_can_be_worded():
    lines = [line for theme in script().themes.values() for line in theme.lines]
    lines += [line for scene in script().scenes.values() for wave in scene.waves for line in wave.say]

    for line in lines:
        text = worded(line, script().words, Random(1))
        assert not set("<>{}|") & set(text), text
        assert titled(text)[1]
