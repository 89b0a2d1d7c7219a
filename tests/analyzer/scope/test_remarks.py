"""What is said of persons and powers is not read; what tells of a matter always is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.scope.remarks import nothing_left, without_remarks
from analyzer.text import normalise

MATTERS = [
    "青石巷三号楼着火了，黑烟直冒，有老人还没下来",
    "兰亭苑停水两天了，高层老人提水爬楼",
    "绕城高速货车追尾客车，造成3人死亡、5人受伤",
    "工地拖欠我们三十多人工资半年了",
]
REMARKS = [
    "王局长真是个好官。",
    "李书记就会打官腔，一点都不负责！",
    "为政府点赞！",
    "这届政府太差劲了。",
    "感谢党，感谢政府。",
    "当官的没有一个好东西，尸位素餐。",
    "张主任这个人真不错，说话和气。",
    "那个专家净说废话。",
    "辛苦了，最可爱的人！",
    "某些人就知道作秀，脸呢？",
    "消防员真棒，致敬英雄。",
    "这位记者瞎写，没有水平。",
]


def kept(text):
    return without_remarks([normalise(text)])[0]


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("matter", MATTERS)
def test_a_matter_reads_the_same_with_a_remark_behind_or_before_it(matter, remark):
    assert kept(f"{matter}。{remark}") == matter
    assert kept(f"{remark}{matter}。") == matter


@pytest.mark.parametrize("remark", REMARKS)
def test_of_a_remark_alone_nothing_is_left(remark):
    assert nothing_left(normalise(remark), kept(remark))


@pytest.mark.parametrize(
    "text",
    [
        "张局长说停水三天，没人管",
        "司机师傅被撞伤了，血流不止",
        "这医生太差劲，打针把我爸打晕过去了",
        "感谢消防员，火终于扑灭了",
        "物业不作为，小区电梯坏了半个月",
        "领导好，请问什么时候供暖",
        "老师太过分，把孩子打得鼻子流血",
        "3人受伤，领导重视",
    ],
)
def test_words_that_name_a_matter_stay(text):
    matter = {"停水", "撞伤", "打晕", "扑灭", "电梯", "供暖", "流血", "受伤"}
    assert any(word in kept(text) for word in matter)


def test_a_remark_that_runs_on_unparted_is_cut_off_behind_the_matter():
    assert kept("兰亭苑停水两天了张科长这个人说话太难听。") == "兰亭苑停水两天了"


@pytest.mark.parametrize(
    "remark",
    [
        "工作人员辛苦了为你们点赞",
        "这届领导班子不行",
        "给区政府点个大大的赞",
        "说一套做一套没意思",
        "党委政府反应迅速",
        "官僚主义害死人",
    ],
)
@pytest.mark.parametrize("matter", MATTERS)
def test_a_matter_reads_the_same_with_a_remark_glued_on(matter, remark):
    assert kept(f"{matter}{remark}") == matter
    assert kept(f"{remark}{matter}") == matter


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("一早就没水，洗脸都洗不成你们辛苦了", "一早就没水，洗脸都洗不成"),
        ("老师太过分把孩子打得鼻子流血", "老师太过分把孩子打得鼻子流血"),
        ("楼下堆满垃圾", "楼下堆满垃圾"),
    ],
)
def test_what_runs_on_into_a_remark_stays_and_who_acts_is_a_part_of_the_matter(text, left):
    assert kept(text) == left


def test_an_emoji_in_brackets_ends_a_sentence():
    assert kept("城中村凌晨大火，扩散[蜡烛]书记镇长都在现场，没一个干实事的，寒心。") == "城中村凌晨大火，扩散[蜡烛]"


def test_a_text_without_a_verdict_is_returned_as_it_is():
    text = "桃河水位今晨六时超警戒水位零点八米，沿岸两个组已经转移"
    assert without_remarks([text]) == [text]


def test_no_texts_give_none():
    assert without_remarks([]) == []


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="张局长真好，。！停水火3 \n他们不太", max_size=60), max_size=5))
def test_nothing_is_added_but_a_mark_in_a_remarks_place_and_order_stays(texts):
    for text, left in zip(texts, without_remarks(texts), strict=True):
        rest = iter(text)
        assert all(mark in rest for mark in left.replace("，", ""))
        assert len(left) <= len(text)


def test_long_texts_take_bounded_work():
    assert without_remarks(["他真好，" * 50_000])[0].endswith("他真好")


def test_what_is_counted_before_a_remark_stays_however_short():
    assert without_remarks(["我们九个人，拖到十月底领导重视，处理得及时"]) == ["我们九个人，拖到十月底"]


@pytest.mark.parametrize(
    "remark",
    [
        "焦裕禄要是活着，能被你们气死。",
        "整天开会演练，就是不干实事。",
        "十年前的政府可不是这样。",
        "#市长应该引咎辞职#",
        "#民警小刘真是人民的好警察#",
    ],
)
def test_nothing_of_a_remark_is_left_to_govern_what_follows(remark):
    # 要是活着，城南水厂爆管 would only be supposed, 十年前，… long ago.
    assert kept(f"{remark}城南水厂爆管，全城停水两天") == "城南水厂爆管，全城停水两天"


def test_what_stays_of_a_sentence_ends_it():
    assert kept("楼上漏水漏到客厅了，物业经理真不是东西！物业电话没人接") == "楼上漏水漏到客厅了！物业电话没人接"


def test_a_hashtag_of_which_something_is_left_keeps_its_marks():
    assert kept("#台风# 电杆倒了一片，局长就会吹牛") == "#台风# 电杆倒了一片"
