import pytest

from analyzer.places.namesakes import called_after, ware

WORDS = {1: (0, 2), 3: (2, 5), 4: (2, 5)}
"""Two words: a place of two characters and what stands behind it, of three."""


@pytest.mark.parametrize(
    "text",
    [
        "晋江运动鞋",
        "北京热干面",
        "北京东路",
        "山东队赢了",
        "云南甲乙集团",
        "青岛海尔冰箱",
        "北京建工的塔吊",
        "东莞家具甲醛",
        "苏州评弹好听",
        "山东泰山今晚客场一比一",
        "济南泠汀科技有限公司被约谈",
        "沈阳的性格像他爸",
        "金山银山",
    ],
)
def test_a_ware_a_road_a_team_or_a_firm_takes_the_name_of_a_place(text):
    assert called_after(text, 2, WORDS, alone=True)


@pytest.mark.parametrize(
    "text",
    [
        "武汉起大火",
        "武汉路况差",
        "重庆上大学",
        "天津人民医院",
        "青岛海尔工业园起火",
        "北京建工地",
        "东莞家具厂起火",
        "苏州评弹团停电",
        "山东今晚暴雨",
        "济南泠汀科技有限公司起火",
        "济南泠汀供水有限公司停水",
        "北京一胡同起火",
    ],
)
def test_what_happens_or_stands_there_does_not(text):
    assert not called_after(text, 2, {}, alone=True)


def test_a_ware_ends_with_its_word_and_a_dish_of_two_words_with_its_single_character():
    assert ware("晋江运动鞋坏了", 2, WORDS, alone=True) == 5
    assert ware("潮州老友粉咸了", 2, {3: (2, 4)}, alone=True) == 5
    assert ware("香港的鱼不贵", 2, {}, alone=True) is None


def test_what_is_told_where_a_fruit_grows_is_told_of_the_place():
    assert ware("烟台苹果烂了", 2, {}, alone=True) == 4
    assert ware("烟台苹果滞销", 2, {}, alone=True) is None


def test_a_word_that_another_place_begins_with_is_no_ware():
    assert ware("天门仙桃停水", 2, {3: (2, 4)}, alone=False) is None
