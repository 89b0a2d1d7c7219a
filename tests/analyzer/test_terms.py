"""What grouping compares of a text."""

import pytest

from analyzer.terms import LEAD, is_pair, is_place, terms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("平安巷下水道堵了", "平安·巷"),
        ("12路公交等了很久", "12·路"),
        ("住在桂花苑的人", "桂花·苑"),
        ("鸿达塑料厂夜里排气", "鸿达·塑料厂"),
        ("建设东路修了大半年", "建设·东路"),
    ],
)
def test_two_words_that_are_a_name_together_are_a_pair_of_their_own(text, name):
    found = terms(text)

    assert name in found
    assert is_pair(name)
    assert is_place(name)


def test_a_common_word_before_a_kind_of_place_names_nothing():
    assert not any(map(is_place, terms("我们小区的物业公司和人民医院")))


@pytest.mark.parametrize("text", ["再去医院看看", "整栋楼都停电", "供电公司在抢修", "家里冰箱里的东西", "两家工厂下班"])
def test_a_verb_a_count_or_a_service_before_a_kind_of_house_is_no_name(text):
    assert not any(map(is_place, terms(text)))


def test_a_house_that_no_dictionary_has_is_a_name_by_itself():
    assert is_place("万和城")
    assert not is_place("长城")


def test_a_road_that_the_dictionary_has_is_a_name_by_itself():
    assert is_place("解放路")
    assert not is_place("马路")


def test_a_kindergarten_is_called_small():
    assert "小星辰·幼儿园" in terms("小星辰幼儿园月底停办")


def test_words_of_the_title_count_twice():
    text = "红旗桥封闭\n红旗桥今天封闭施工"

    assert terms(text, titled=True).count("封闭") == terms(text).count("封闭") + 1


def test_what_stands_far_behind_the_lead_is_not_compared():
    assert "气球" not in terms("停水。" * LEAD + "气球")
