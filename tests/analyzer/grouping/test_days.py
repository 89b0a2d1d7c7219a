"""The days that a text names."""

from datetime import UTC, datetime

import pytest

from analyzer.grouping.days import DAY, again, called, days, earlier, going_on


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6月3日17时许发生事故", {(6, 3)}),
        ("“6·3”事故搜救结束", {(6, 3)}),
        ("“6・03”事件", {(6, 3)}),
        ("3日下午发生事故", {(6, 3)}),
        ("28日夜里的事", {(5, 28)}),
        ("5月31日至6月2日", {(5, 31), (6, 2)}),
        ("5号楼停电", set()),
        ("5号停的电", {(6, 5)}),
        ("日产3.5日化品40日", set()),
        ("13月2日", set()),
    ],
)
def test_days_are_found_with_and_without_their_month(text, found):
    assert days(text, datetime(2026, 6, 7, 4, tzinfo=UTC)) == {month * 32 + day for month, day in found}


def test_the_day_of_the_report_says_nothing_of_the_happening():
    told = datetime(2026, 6, 7, 4, tzinfo=UTC)
    assert earlier(days("本报6月7日讯，6日夜间雨势减弱，“6·3”事故搜救结束", told), told) == {6 * 32 + 3}


def test_days_are_those_of_beijing():
    """Two in the morning of the 3rd is still the 2nd in UTC."""
    told = datetime(2026, 6, 2, 18, tzinfo=UTC)
    assert days("3日凌晨1时许起火", told) == {6 * 32 + 3}
    assert earlier(days("3日凌晨1时许起火", told), told) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“6·3”爆炸事故第四次通报", {(6, 3)}),
        ("6·5地震灾情统计", {(6, 5)}),
        ("“6·6”洪水水位回落", {(6, 6)}),
        ("3日那次翻车后，护栏装上了", {(6, 3)}),
        ("6月2日的山洪冲走了桥", {(6, 2)}),
        ("6月7日上午发生火灾", set()),
        ("6日夜里起火", set()),
        ("截至5日17时，搜救结束", set()),
        ("体重6·3公斤", set()),
    ],
)
def test_what_happened_is_called_by_its_day(text, found):
    assert called(text, datetime(2026, 6, 7, 4, tzinfo=UTC)) == {month * 32 + day for month, day in found}


@pytest.mark.parametrize(
    ("text", "days_on"),
    [
        ("阳光里小区还在停水，第四天了", 4),
        ("停水六天了没人管", 6),
        ("停电到现在还没来电", 4),
        ("一直没修好", 4),
        ("停了三十天了", 15),
        ("小区又停水了", 0),
        ("明天停水一天", 0),
    ],
)
def test_who_says_how_long_it_goes_on_reaches_back_as_far(text, days_on):
    assert going_on(text) == days_on * DAY


def test_days_in_wide_figures_are_days_too():
    told = datetime(2026, 6, 3, tzinfo=UTC)
    assert days("６月１日，一座仓库发生爆炸", told) == days("6月1日，一座仓库发生爆炸", told) != frozenset()


@pytest.mark.parametrize("text", ["一到饭点就停电", "三天两头没水", "这个月停了四次电", "室温始终15度", "近半月断电"])
def test_what_fails_again_and_again_is_no_outage_of_these_days(text):
    assert again(text)


@pytest.mark.parametrize("text", ["突然停电了", "又停水了", "停电三小时", "每天要用水的人家都没水了", "第三天没水了"])
def test_what_has_failed_once_is_one(text):
    assert not again(text)
