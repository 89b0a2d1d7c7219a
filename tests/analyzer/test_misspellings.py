import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer import misspellings
from analyzer.facts import find_facts
from analyzer.text import normalise, normalise_many


def test_every_misspelling_is_as_long_as_its_word_and_no_word_itself():
    right = set(misspellings._RIGHT.values())
    assert all(len(wrong) == len(word) for wrong, word in misspellings._RIGHT.items())
    assert not right & set(misspellings._RIGHT)
    assert all(misspellings.corrected(word) == word for word in right)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("造成3人死忘", "造成3人死亡"),
        ("化工厂暴炸，2人失宗", "化工厂爆炸，2人失踪"),
        ("已经梳散200人", "已经疏散200人"),
        ("孩子呕土腹泄，12人感柒", "孩子呕吐腹泻，12人感染"),
        ("有5人死王，另有3人受商", "有5人死亡，另有3人受伤"),
        ("轻轨侧番，2人语难，7人诗踪", "轻轨侧翻，2人遇难，7人失踪"),
        ("村里廷电三天，80户亭水", "村里停电三天，80户停水"),
        ("山洪爆发，1人遇男，2人是联", "山洪爆发，1人遇难，2人失联"),
        ("1200尸居民停水5个小是了", "1200户居民停水5个小时了"),
        ("发生5.2极地震，3人被理", "发生5.2级地震，3人被埋"),
        ("两个工友被牙在下面，3明工人熏到了", "两个工友被压在下面，3名工人熏倒了"),
        ("山火过火面机600公倾，损矢800万员", "山火过火面积600公顷，损失800万元"),
    ],
)
def test_a_word_typed_wrong_gives_the_same_figures_in_the_same_places(typed, meant):
    told = find_facts(meant)
    assert told
    assert find_facts(typed) == told


@given(st.text(max_size=60) | st.sampled_from(sorted(misspellings._RIGHT)).map(lambda wrong: f"说{wrong}了"))
def test_no_position_moves_and_what_is_right_stays(text):
    once = normalise(text)
    assert len(once) == len(text)
    assert misspellings.corrected(once) == once


@pytest.mark.parametrize(
    "text",
    [
        *("提供天然气", "自己经营", "拍照留念", "损失连连", "打死王某", "经商者", "当地诊所", "公司亡羊补牢"),
        *("3护士值班", "一个小石头", "穿工装的人", "工厂搬空了", "5极地探险"),
        *("经院长同意", "人士故意", "接受商家退款", "最帅那个顶流塌房了", "从今以后撤案"),
    ],
)
def test_words_that_only_look_like_typos_stay(text):
    assert misspellings.corrected(text) == text


@given(st.lists(st.text(st.sampled_from("造成死忘王亡暴炸爆停典電Ａ\ud800\n"), max_size=12)))
def test_many_are_normalised_as_one_by_one(many):
    assert normalise_many(many) == [normalise(one) for one in many]
    assert list(map(len, normalise_many(many))) == list(map(len, many))
