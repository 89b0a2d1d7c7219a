"""What a platform sets around a text moves nothing of what is read in it."""

import re
from pathlib import Path

import pytest

import crawlers
from analyzer.patterns.words import necessary
from analyzer.scope.trimmings import _STEPS, without_feelings, without_trimmings

MATTER = "三号楼的水管爆了，楼道里全是水"


@pytest.mark.parametrize(
    "set_around",
    [
        "{} 【链接】",
        "{}http://t.example/a6xq8klm",
        "{} o网页链接",
        "{} l云溪日常的微博视频",
        "{} ...展开全文c",
        "{} [图片][图片]",
        "{}（组图）",
        "3小时前 {}",
        "昨天 22:14 {}",
        "{} 赞 23 评论 4 转发 1",
        "{} 阅读 1.2万",
        "{} 点击查看原文",
        "{} 打开app查看更多",
        "{} 已编辑",
        "{}（来源：云溪晚报）",
        "{}（记者 【姓名】）",
        "@云溪发布 {}",
        "【用户】 【用户】 {}",
        "回复【用户】：{}",
        "转发微博//【用户】:{}",
        "{}//@阿木的早晨:转发微博//【用户】:蹲",
        "楼主 发表于 2026-11-03 14:25:33 {}",
        "12楼 回复于 11-3 9:05 {}",
        "11月3日 14:25 {}",
        "{} 云溪超话",
        "{} 分享图片",
    ],
)
def test_what_stands_around_a_text_is_left_out(set_around):
    assert without_trimmings([set_around.format(MATTER)]) == [MATTER]


@pytest.mark.parametrize("felt", ["{}[泪][允悲]", "[二哈]{}", "{}😭🙏", "⚠️{}"])
def test_feelings_are_left_out(felt):
    assert without_feelings([felt.format(MATTER)]) == [MATTER]


def test_repeated_marks_are_one():
    assert without_feelings(["快来人！！！！", "真的吗？？"]) == ["快来人！", "真的吗？"]


@pytest.mark.parametrize(
    "text",
    [
        "昨晚11:20，锅炉房冒烟（图书馆旁边那个）",
        "刚刚三号楼着火了",
        "3小时前后停过两次水",
        "评论里说桥塌了，阅读室也进水了",
        "打开app交不了水费",
        "我家也停水了//@某某：停电两天了",
        "[通知]明早八点停水",
        "#云溪暴雨#桥被冲断了",
        "【停气通知】今晚八点起停气",
        "从视频里看，火已经上了三楼",
        "水从地库倒灌，全文见物业公告",
        "",
        "转发微博",
        "【链接】",
        "[泪]",
    ],
)
def test_what_tells_something_or_is_all_there_is_stays(text):
    assert without_trimmings([text]) == [text]
    assert without_feelings([text]) == [text]


def test_empty_brackets_stay_where_nothing_was_left_out():
    blanks = "第3题，填空：水（ ）不通，烟消云（ ）"
    assert without_trimmings([blanks, f"{blanks} ...展开全文"]) == [blanks, "第3题，填空：水不通，烟消云"]


def test_each_step_has_a_sign_and_a_bit_of_its_own():
    assert all(necessary(pattern.pattern) for pattern, _ in _STEPS)
    assert len(_STEPS) < 64  # bits of a signed number


def test_every_mask_that_the_crawlers_set_is_known():
    package = Path(crawlers.__file__).parent
    sources = "".join(file.read_text("utf-8") for file in [*package.glob("*.py"), *package.glob("masking/*.py")])
    masks = set(re.findall(r'"(【[^】"{}]{1,6}】)"', sources)) - {"【姓名】"}
    assert len(masks) > 4
    for mask in masks:
        assert without_trimmings([f"{MATTER}{mask}"]) == [MATTER]


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "//@",
        "//@a:",
        "转发微博",
        "【用户】",
        "（来源：",
        "l的",
        "...",
        "回复",
        "1:1",
        "超话",
        "[泪",
        "！",
        "赞 1",
        "阅读 1.2万 ",
        "打开",
    ],
)
def test_no_text_makes_it_slow(piece):
    text = piece * (100_000 // len(piece))
    assert without_feelings(without_trimmings([text]))
