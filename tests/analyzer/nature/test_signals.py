import pytest

from analyzer.model import WarningSignal
from analyzer.nature import warning


@pytest.mark.parametrize(
    ("text", "colour", "subject"),
    [
        ("市气象台10时发布暴雨红色预警信号", "red", "暴雨"),
        ("防汛办发布洪水橙色预警", "orange", "洪水"),
        ("发布台风蓝色预警", "blue", "台风"),
        ("地质灾害气象风险黄色预警", "yellow", "地质灾害"),
        ("发布红色暴雨预警", "red", "暴雨"),
        ("发布暴雨Ⅰ级（红色）预警", "red", "暴雨"),
        ("暴雨預警信號：黃色暴雨預警", "yellow", "暴雨"),
    ],
)
def test_a_warning_signal_has_colour_and_subject(text, colour, subject):
    assert warning(text) == WarningSignal(colour=colour, subject=subject)


@pytest.mark.parametrize("text", ["解除暴雨红色预警信号", "暴雨红色预警信号已解除", "暴雨红色预警信号于15时解除"])
def test_a_cancelled_signal_is_lifted(text):
    assert warning(text) == WarningSignal(colour="red", subject="暴雨", lifted=True)


def test_of_several_signals_the_gravest_in_force_counts():
    assert warning("解除大风红色预警，发布暴雨黄色预警和雷电橙色预警").subject == "雷电"


def test_a_raised_signal_has_its_new_colour():
    assert warning("暴雨橙色预警升级为红色预警").colour == "red"


@pytest.mark.parametrize("text", ["红色预警：这几种食物不能吃", "钱包红色预警", "今天有雨", "\ud800预警"])
def test_other_alarms_are_none(text):
    assert warning(text) is None
