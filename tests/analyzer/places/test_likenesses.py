import pytest

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


def names(text):
    return [place.name for place in FINDER.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "比前年长沙那场大雨还吓人",
        "路况堪比当年的郑州",
        "像成都那样的绿道我们也想要",
        "跟济南差不多堵",
        "物业费比杭州贵",
        "学学人家苏州，把路灯修好",
        "停车难能不能向宁波看齐",
        "换成厦门早修好了",
        "要是在珠海，这种事早有人管",
    ],
)
def test_what_something_is_compared_to_or_learnt_from_is_no_place(text):
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "货车上喷着“济宁快运”",
        "猫叫合肥，走丢三天了。",
        "鹦鹉叫“合肥”，飞走了，求转",
        "表哥叫徐州旺，在厂里摔断了腿",
        "公司叫宁波恒盛，押金一直不退",
        "他本名洛阳，在学校被打了",
        "楼下长沙饭店油烟呛人",
        "“长沙”轮搁浅",
        "骗子自称宁波公安，卷走三万",
        "微信名：合肥老王，反映停电",
        "网传视频拍的不是合肥",
        "合肥主题民宿漏水",
    ],
)
def test_what_a_sign_a_pet_a_ship_a_shop_or_somebody_is_called_is_no_place(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("没想到开封的路这么烂", ["开封市"]),
        ("武汉和长沙一样停电", ["武汉市", "长沙市"]),
        ("跟洛阳一样，也停水了", ["洛阳市"]),
        ("“洛阳一小区起火”系谣言", ["洛阳市"]),
        ("有人喊叫洛阳消防快来", ["洛阳市"]),
        ("比赛途中洛阳下起大雨，路更堵了", ["洛阳市"]),
        ("洛阳饭店起火", ["洛阳市"]),
        ("小时候的地方叫合肥路，现在整条街停水", []),
        ("老板喊叫洛阳停电了，全厂放假", ["洛阳市"]),
        ("求助，信阳茶农遭了冻害", ["信阳市"]),
        ("是不是洛阳停电了", ["洛阳市"]),
        ("要不是洛阳停电，早到了", ["洛阳市"]),
        ("不只是洛阳停电了", ["洛阳市"]),
        ("如果在洛阳停电了怎么办", ["洛阳市"]),
    ],
)
def test_what_happens_there_and_only_looks_like_it_is_told_of_the_place(text, wanted):
    assert names(text) == wanted
