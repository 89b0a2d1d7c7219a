from hypothesis import given
from hypothesis import strategies as st

from analyzer.patterns import bounds

MARKS = "，。\n]-^"
TEXTS = st.text(alphabet="水电" + MARKS, max_size=20)


@given(TEXTS, st.integers(0, 20), st.integers(0, 8))
def test_a_clause_begins_behind_the_nearest_mark_before(text, position, reach):
    begin = bounds.begin(text, position, MARKS, reach)

    assert begin >= max(0, position - reach)
    assert not set(text[begin:position]) & set(MARKS)
    assert begin == max(0, position - reach) or text[begin - 1] in MARKS


@given(TEXTS, st.integers(0, 20), st.integers(0, 8))
def test_a_clause_ends_at_the_nearest_mark_behind(text, position, reach):
    end = bounds.end(text, position, MARKS, reach)

    assert end <= position + reach
    assert not set(text[position:end]) & set(MARKS)
    assert end == min(len(text), position + reach) or text[end] in MARKS
