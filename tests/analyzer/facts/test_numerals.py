import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.numerals import NUMERAL, Number, parse
from analyzer.model import Qualifier

FIRST = re.compile(NUMERAL)


def read(text):
    found = FIRST.search(text)
    return parse(found.group()) if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("12,000", 12000),
        ("3.5万", 35000),
        ("1亿2000万", 120_000_000),
        ("三百二十", 320),
        ("一百零五", 105),
        ("两", 2),
        ("俩", 2),
        ("十五", 15),
        ("四十四", 44),
        ("三万五", 35000),
        ("一百五", 150),
        ("上百", 100),
        ("拾贰人", 12),
        ("3千5百", 3500),
        ("四点八级", 4.8),
    ],
)
def test_chinese_and_arabic_numerals_have_their_value(text, value):
    assert read(text) == Number(value)


@pytest.mark.parametrize(("text", "value"), [("50余万", 500_000), ("十几", 10), ("十余万", 100_000)])
def test_a_numeral_with_an_unsaid_rest_is_at_least_its_value(text, value):
    number = read(text)
    assert number.value == value
    assert number.qualifier in {Qualifier.AT_LEAST, Qualifier.EXACTLY}


@pytest.mark.parametrize(("text", "low"), [("三四十", 30), ("三五", 3), ("五六", 5), ("七八", 7)])
def test_two_neighbouring_digits_are_a_range_and_count_as_about_its_lower_end(text, low):
    assert read(text) == Number(low, Qualifier.ABOUT)


@pytest.mark.parametrize("text", ["数百人", "几十人", "成百上千", "第3名", "第三名"])
def test_vague_counts_and_ordinals_are_no_figures(text):
    number = read(text)
    assert number is None or number.value not in {3, 10, 100, 1000}


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_arabic_integer_reads_as_itself(number):
    assert read(f"{number}人").value == number
    assert read(f"{number:,}人").value == number


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿余多0123456789.,", max_size=40))
def test_no_row_of_numeral_characters_breaks_the_parser(text):
    for match in FIRST.finditer(text):
        number = parse(match.group())
        assert number is None or number.value >= 0
