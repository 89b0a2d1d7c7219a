import pytest

from analyzer.events.askers import only_asks
from analyzer.events.case import Case
from tests.builders import at, post, reading


@pytest.mark.parametrize(
    "text",
    [
        "西坡煤场是不是着火了？有人知道吗",
        "请问荷叶桥是塌了吗？",
        "荷叶桥塌了？谁在现场说一声",
        "听说北山矿上出事了，真的吗",
        "好奇，环湖路是不是出车祸了",
        "环湖路发生什么事了？",
        "北山矿上是不是塌方埋了5个人？",
        "荷叶桥塌了死了3个人是真的吗",
    ],
)
def test_who_wants_to_know_whether_it_has_happened_only_asks(text):
    assert only_asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "梅园5栋着火了，消防车怎么还不来？",
        "荷叶桥塌了没人管吗",
        "煤场是不是炸了？我家窗户都震碎了",
        "三中食堂出事了吗，有人说二十多个娃在医院",
        "听说北山矿上埋了5个人，是真的吗",
        "煤场死了2个是不是爆炸啊",
        "我爸在里面，他还活着吗",
        "被埋的人救出来了没有",
        "一艘货船在清江段沉没",
        "着火了，有人吗",
    ],
)
def test_who_tells_a_sign_a_figure_or_a_need_is_a_witness(text):
    assert not only_asks(text)


def test_three_who_ask_are_no_voices_of_a_hazard_but_of_an_outage():
    def voices(topic, *texts):
        case = Case("E20261103-0123456789")
        for text in texts:
            said = post(text)
            case.absorb(said, reading(said, topic))
        return case.event(at()).voices

    asked = ("荷叶桥是不是塌了？", "请问荷叶桥塌了吗", "荷叶桥真的塌了？有人知道吗")
    assert voices("hazard.collapse", *asked) == 0
    assert voices("service.power", "是不是停电了？", "梅园停电了吗", "有人知道梅园是不是停电了") > 0
