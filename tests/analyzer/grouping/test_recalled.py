"""What a report says of other happenings than its own is left out of what it is compared by."""

import pytest

from analyzer.grouping.recalled import without_recalled


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("砖厂窑顶垮落，两人受伤。三天前，邻县一座窑也发生坍塌，造成四人死亡。", "砖厂窑顶垮落，两人受伤。。"),
        ("矿上透水，五人被困。这是该市年内第三起煤矿险情，前两起都在春天。", "矿上透水，五人被困。。"),
        ("面包车翻进沟里。同一天，相邻的林场还发生火灾。", "面包车翻进沟里。。"),
        ("粮库着火，火已扑灭。此事与上周码头的爆炸没有关联。", "粮库着火，火已扑灭。此事。"),
        ("饭店漏气，无人受伤。该市正以清江县爆燃为戒检查用气。", "饭店漏气，无人受伤。该市正检查用气。"),
        ("山洪冲走两人。该溪与前日受淹的云岭县分属两条流域。", "山洪冲走两人。该溪。"),
        ("院墙倒了。因为离塌掉的那处现场不到三百米，居民很怕。", "院墙倒了。因为，居民很怕。"),
    ],
)
def test_what_happened_elsewhere_or_before_is_left_out(text, left):
    assert without_recalled(text, titled=True) == left


@pytest.mark.parametrize(
    "text",
    [
        "三天前塌了的窑今天开始清理。",
        "答复说20日前供热，今天还是冰凉，室内出现结霜。",
        "事故发生后，前来救援的人员还带来了水泵。",
        "此前失联的四人已找到。",
        "我家离县城三十公里，停水五天了。",
        "和物业没有签过合同，联系不上人。",
        "这条路还没有修，也没有路灯。",
        "昨天晚上小区停电，今天还没来电。",
    ],
)
def test_what_a_text_says_of_its_own_happening_stays(text):
    assert without_recalled(text, titled=True) == text
