"""Clean text."""

from hypothesis import given
from hypothesis import strategies as st

from crawlers import text


def test_what_no_reader_sees_is_taken_out():
    assert text.clean("停\u200b水\u202e了\x00\ufeff\u00ad\ud800") == "停水了"


def test_spaces_and_blank_lines_are_trimmed():
    assert text.clean("  停水 \t 通知\r\n\n\u3000 今晚\u2028修 ") == "停水 通知\n今晚\n修"


def test_markup_becomes_lines_without_scripts():
    markup = "<p>停水<br>通知</p><style>p{}</style><script>alert('x')</script><!-- 注 --><div>今晚<b>修</b>好</div>尾"
    assert text.html_to_text(markup) == "停水\n通知\n今晚修好\n尾"


def test_a_title_is_one_line_of_plain_text():
    assert text.clean_title("<script>alert(1)</script>停水<br/>通知 &amp; 说明&nbsp;") == "停水 通知 & 说明"


def test_less_than_signs_are_no_markup():
    assert text.clean_text("水压 3<5，压力<0.1") == "水压 3<5，压力<0.1"


def test_an_encoding_declaration_inside_a_fragment_does_no_harm():
    assert text.html_to_text("<?xml version='1.0' encoding='gbk'?><p>停水</p>") == "停水"


def test_long_texts_are_cut_visibly():
    assert text.bounded("水" * 301, 300) == "水" * 299 + "…"
    assert len(text.clean_text("水" * 90_000)) == 2 * text.MAX_TEXT


def test_hostile_markup_ends():
    for piece in ("<div>", "<p>a</p><b>", "<a ", "<!", "&#", "<table>", "</p>", " \n", "\t "):
        assert isinstance(text.clean_text(piece * 200_000), str)


def test_attributes_without_end_are_dropped_and_a_long_image_is_not():
    assert text.html_to_text("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">停水</p>") == "停水"
    image = f'<p>停<img alt="x" src="data:image/png;base64,{"A" * 100_000}">水</p>'
    assert text.html_to_text(image) == "停水"


def test_folding_keeps_the_length_and_reads_every_width_and_script():
    written = "電話：１３８—①②𝟏"
    assert text.fold(written) == "电话:138-121"
    assert len(text.fold(written)) == len(written)


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(anything):
    once = text.clean(anything)
    assert text.clean(once) == once


@given(st.text(max_size=200))
def test_folding_never_moves_a_character(anything):
    assert len(text.fold(anything)) == len(anything)


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40)))
def test_many_are_folded_as_one_by_one(many):
    assert text.fold_many(many) == [text.fold(one) for one in many]
