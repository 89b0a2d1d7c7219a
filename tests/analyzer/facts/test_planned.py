from datetime import datetime, timedelta

import pytest

from analyzer.facts.planned import starts_at
from crawlers.beijing import BEIJING

TUESDAY = datetime(2026, 11, 3, 9, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("供水通知：11月6日22时至11月7日4时，因泵房改造，东片停水6小时", 6, 22),
        ("公告：三日后零点进行管网检修，北片停水4小时", 6, 0),
        ("停气通知：后天（周四）6时起管道迁改，西片停气10小时", 5, 6),
        ("因线路检修，明日上午8点至下午5点停电", 4, 8),
        ("本周四晚10时起更换主阀，南片停水", 5, 22),
        ("计划下周二8:30停电检修", 10, 8),
        ("12日1时起因并网施工停暖", 12, 1),
        ("下月2日8时至3日10时因管网改造停气", 32, 8),
    ],
)
def test_a_notice_says_when_a_service_will_be_cut_off(text, day, hour):
    assert starts_at(text, TUESDAY) == datetime(2026, 11, 1, hour, tzinfo=BEIJING) + timedelta(days=day - 1)


def test_a_notice_at_the_end_of_the_year_means_the_next_one():
    told = datetime(2026, 12, 30, 9, tzinfo=BEIJING)
    assert starts_at("停水通知：1月2日8时起因管网改造停水", told) == datetime(2027, 1, 2, 8, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "text",
    [
        "通知：主管爆裂，东片已停水，11月4日8时前修复",
        "公告：东片停水，预计11月4日8时恢复供水",
        "11月2日8时起因检修停水，现仍在施工",
        "检修公告：11月31日8时起停水",
        "今天下午五点突然停气，检修也不说一声",
        "检修公告：2月30日8时起停水",
        "明天8点停水，烦死了",
        "",
    ],
)
def test_what_is_off_already_or_is_no_notice_begins_now(text):
    assert starts_at(text, TUESDAY) is None
