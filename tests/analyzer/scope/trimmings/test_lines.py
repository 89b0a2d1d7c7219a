"""Lines are read on; a title stays a title."""

import pytest

from analyzer.scope.trimmings.lines import joined


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("水管爆了\n水管爆了，楼道里全是水", "水管爆了，楼道里全是水"),
        ("水管爆了…\n【水管爆了】楼道里全是水", "【水管爆了】楼道里全是水"),
        ("水管爆了\n水管爆了\n水管爆了，全是水", "水管爆了，全是水"),
        ("1、水管爆了。\n2、没人来修。", "水管爆了。没人来修。"),
        ("停水通知\n一、今晚八点停水；\n二、请储水。", "停水通知\n今晚八点停水；请储水。"),
        ("水管爆了，\n楼道里全是水，\n求人来修", "水管爆了，楼道里全是水，求人来修"),
    ],
)
def test_lines_are_one_text(text, read):
    assert joined(text) == read


@pytest.mark.parametrize(
    "text", ["停水！\n今晚八点起停水", "停水\n停水了", "2026年\n水管爆了", "1、水管爆了\n没人修", ""]
)
def test_a_title_stays(text):
    assert joined(text) == text
