import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.documents import layout


@given(st.text("示范区民情值班台办公室", min_size=1, max_size=60))
def test_an_office_fills_one_line_at_most(name):
    size = layout.office_size(name)
    assert size <= layout.OFFICE
    assert size * len(name) <= layout.TEXT[0] * layout.POINTS_PER_MM + 1e-6


@pytest.mark.parametrize(
    ("office", "free"),
    [
        ("示范区民情值班台", (4.0 + 6.5 - 8, 2.0)),
        ("示范区人民政府民情值班台", (2.0, 12 - 6.5)),
        ("示" * 40, (2.0, 4.0)),
    ],
)
def test_the_date_begins_two_characters_after_the_office(office, free):
    assert layout.signature_indents(office, "2026年11月3日") == free


@given(st.integers(1, 60), st.sampled_from(["2026年1月1日", "2026年12月31日"]))
def test_office_and_date_stay_on_the_line(length, day):
    for free in layout.signature_indents("示" * length, day):
        assert 2 <= free <= layout.CHARACTERS - layout.width_of(day)
