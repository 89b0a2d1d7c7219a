"""What a complaint is about more closely than its topic."""

import pytest

from analyzer.grouping.objects import Objects, named, objects


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("这条路的路灯一盏都不亮", "晚上漆黑一片"),
        ("地下车库没有车位", "小区停车难"),
        ("楼上半夜电钻响", "隔壁又在砸墙"),
        ("顶楼漏雨", "客厅天花板滴水"),
    ],
)
def test_one_thing_is_told_in_different_words(one, other):
    assert objects(one).things & objects(other).things


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("路灯一盏都不亮", "断头路什么时候打通"),
        ("物业费涨价没有公示", "地面车位只卖不租"),
        ("楼上半夜电钻响", "楼下酒吧低音震得心慌"),
        ("校服一洗就掉色", "放学门口堵得水泄不通"),
    ],
)
def test_two_things_of_one_topic_are_told_apart(one, other):
    assert objects(one).things
    assert objects(other).things
    assert not objects(one).things & objects(other).things


def test_a_text_about_nothing_of_the_list_has_none():
    assert objects("请问什么时候能解决") == Objects()


@pytest.mark.parametrize(
    ("text", "reach"),
    [("加压泵坏了，高层没水", -1.0), ("修地铁把主管道挖断了，这一片都停水", 1.0), ("停水了", 0.0), ("调压站坏了", 1.0)],
)
def test_how_far_a_failure_goes_is_told_by_what_has_failed(text, reach):
    assert objects(text).reach == reach


def test_what_has_failed_is_still_the_thing_that_it_is():
    assert objects("调压站坏了").things == objects("调压").things


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("工头电话打通了", "断头路打通"),
        ("住在安置房", "拆迁安置"),
        ("开发商坑害业主", "路上有坑"),
        ("工地连续四晚不停工", "工地停工"),
    ],
)
def test_a_word_within_another_is_not_the_thing(text, other):
    assert not objects(text).things & objects(other).things


def test_what_all_noises_have_in_common_is_no_thing_of_its_own():
    assert named(objects("噪音扰民").things) == frozenset()
    assert named(objects("打桩的噪音").things) == objects("打桩").things


def test_a_caller_brings_no_power_back():
    assert not objects("来电人反映楼道灯光太暗").things & objects("还没来电").things


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("路面塌陷了", "塌方封了路"),
        ("左转只有十二秒", "红绿灯要等四次"),
        ("家里打不出电话，只有一格", "手机没信号"),
        ("小区里一群狗群", "流浪狗咬人"),
        ("安置房何时开工", "拆迁五年没分房"),
        ("从车站到市里又被宰", "出租车不打表"),
        ("药店医保码用不了", "医保结算系统瘫痪"),
    ],
)
def test_one_trouble_has_other_words(one, other):
    assert objects(one).things & objects(other).things


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("开发商又放鸽子", "楼顶养鸽子"),
        ("保安三个月没发钱", "门禁坏了"),
        ("只在电梯里贴了一张纸", "电梯坏了"),
        ("渣土车闯红灯", "红绿灯坏了"),
        ("充电涨价没公示", "业委会选不出来"),
    ],
)
def test_what_is_said_by_the_way_is_not_the_trouble(text, other):
    assert not objects(text).things & objects(other).things


def test_what_all_fees_have_in_common_is_no_thing_of_its_own():
    assert named(objects("乱收费").things) == frozenset()
