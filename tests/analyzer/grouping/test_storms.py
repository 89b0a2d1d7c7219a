import pytest

from analyzer.grouping.storms import storms


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("今年第6号台风“青鸾”生成", {"青鸾"}),
        ("“云豹”台风逼近，全市停课", {"云豹"}),
        ("受台风“青鸾”影响，比“云豹”登陆时还大", {"青鸾", "云豹"}),
        ("镇上刚才刮龙卷风，大棚飞上天了", {"龙卷"}),
        ("台风外围生成龙卷，多处屋顶被掀", set()),
        ("台风登陆后多处树木倒伏", set()),
        ("“一号工程”今日登陆港交所", set()),
    ],
)
def test_a_storm_is_known_by_the_name_that_a_text_gives_it(text, named):
    assert storms(text) == named
