import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.settings import settings_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("小学食堂午餐后26名学生呕吐", {"school", "campus"}),
        ("实验小学围墙倒塌", {"school", "campus"}),
        ("一名大学生家中起火", {"school"}),
        ("幼儿园多名孩子发烧", {"kindergarten"}),
        ("工地塔吊倒了", {"site"}),
        ("化工厂半夜爆炸", {"plant"}),
        ("医院电梯困人", {"hospital"}),
        ("煤矿透水", {"mine"}),
        ("小区停水三天", {"compound"}),
        ("过山车停在半空，20名游客滞留", {"ride"}),
        ("景区索道故障，多人被困", {"ropeway"}),
        ("地铁2号线因信号故障停运3小时", {"metro_stopped"}),
        ("取水口受污染，水厂已停止取水", {"intake_cut"}),
        ("罐车侧翻，甲醇流入青溪河", {"released"}),
        ("尾矿库泄漏，下游村民撤离", {"released"}),
        ("载运液氯的槽罐车侧翻泄漏", {"toxic_leak"}),
        ("我市（设区的市）饮用水水源地停止取水", {"intake_cut", "intake_city"}),
        ("县城水源地水质异常，水厂自7时起停止该水源取水", {"intake_cut", "intake_county"}),
        ("全省紧急转移群众14.6万人", {"province_wide"}),
        ("两个县的19人吃了冰粉腹泻", {"two_counties"}),
        ("省会澜江市大面积停电", {"capital"}),
        ("地铁3号线全线中止服务，停止载客", {"metro_stopped"}),
        ("地铁1号线停了六个半小时，中午才通", {"metro_stopped"}),
        ("早高峰轻轨全线停摆", {"metro_stopped"}),
        ("地铁3号线列车停了，下车的人多", set()),
        ("校医室登记了十几个拉肚子的", {"school"}),
        ("硫酸罐破损，酸雾飘散", {"toxic_leak"}),
        ("全省已转移群众一百二十余万", {"province_wide"}),
        ("泥石流致省内遇难82人、失踪23人", {"province_wide"}),
        ("电池厂12人急性职业中毒", {"plant", "occupational"}),
        ("两名初二学生在教室斗殴", {"school", "school_violence"}),
    ],
)
def test_where_it_happened_is_told_without_a_name(text, kinds):
    assert settings_in(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "5人送往医院救治",
        "他毕业于某小学，现在开饭店",
        "学校附近的饭店着火",
        "路过工地附近，路灯不亮",
        "大学教授讲解用电常识",
        "今天停水了",
        "地铁2号线早高峰太挤了",
        "全省转移14.6万人，我县转移3200人",
        "设区的市人民政府负责",
        "已请省内烧伤专家12人会诊",
        "专家讲如何预防职业病和中毒",
    ],
)
def test_what_is_near_passed_or_carried_to_is_no_setting(text):
    assert settings_in(text) == frozenset()


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    assert isinstance(settings_in(text), frozenset)
