"""The frozen background frequencies."""

from analyzer.idf import Idf
from analyzer.text import words

IDF = Idf.load()


def test_common_words_tell_little_and_rare_ones_much():
    assert IDF.weight("的") < IDF.weight("停电") < IDF.weight("墼墼")


def test_an_unknown_word_is_the_most_telling():
    assert IDF.weight("不曾见过的词") == max(IDF.weights.unknown, *IDF.weights.values())


def test_words_are_those_of_the_tokeniser():
    known = [word for word in words("小区停水两天了") if word in IDF.weights]
    assert "停水" in known


def test_who_asks_for_an_unknown_word_adds_none():
    before = len(IDF.weights)

    IDF.weight("不曾见过的词")

    assert len(IDF.weights) == before
