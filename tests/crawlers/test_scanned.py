"""What text recognition broke is whole again before it is masked and read."""

import pytest

from crawlers.masking import mask
from crawlers.scanned import mended


def test_characters_that_stand_apart_are_put_together():
    assert mended("小 区 停 水 3 0 户 ， 没 人 管 。") == "小区停水30户，没人管。"


def test_a_phone_number_that_stood_apart_is_masked():
    number = " ".join("13800138000")
    assert mask(mended(f"请 打 电 话 {number} 找 我 ， 谢 谢 。")) == "请打电话【手机号】找我，谢谢。"


def test_lines_broken_where_they_were_full_run_on():
    lines = [
        "坍塌面积约六十平方米，两名工人被",
        "埋压，消防赶到后先后救出，其中一",
        "人经抢救无效死亡，另一人伤势平稳",
        "，正在治疗。",
    ]
    assert mended("\n".join(["情况通报", *lines])) == f"情况通报\n{''.join(lines)}"


@pytest.mark.parametrize(
    "text",
    [
        "停水 三天了 没人管 老人没水喝",
        "一号楼停水已经恢复供应\n二号楼停水已经恢复供应\n三号楼停水已经恢复供应",
        "1. 青石街停水，已恢复供应\n2. 白石街停水，已恢复供应\n3. 黄石街停水，已恢复供应",
        "水管爆了\n楼道里全是水，\n求人来修",
        "3楼 2026-03-18 12:04 来自手机\n水电公摊是公摊，广告收入是私摊\n回复(2) 举报",
        "ok see you 停水了",
        "",
    ],
)
def test_what_people_wrote_so_stays(text):
    assert mended(text) == text


@pytest.mark.parametrize("piece", ["水 ", "水 a ", " ", "\n", "水，\n", "一二三四五六七八九十\n"])
def test_no_text_makes_it_slow(piece):
    mended(piece * (100_000 // len(piece)))
