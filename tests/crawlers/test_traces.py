"""The device that a post was written on and where its address lies never enter."""

import pytest

from crawlers.traces import without_traces

MATTER = "三号楼的水管爆了"


@pytest.mark.parametrize(
    "printed",
    [
        "{} 来自iPhone客户端",
        "{}\n来自 云溪论坛客户端",
        "{} 发自我的华为Mate 60",
        "{} IP属地：江苏",
        "{}\nIP归属地 海外",
        "IP属地：江苏\n{}",
        "{} 发布于 江苏",
        "{} 来自 微博网页版",
    ],
)
def test_what_tells_of_the_writer_is_taken_out(printed):
    assert without_traces(printed.format(MATTER)) == MATTER


@pytest.mark.parametrize(
    "text",
    [
        "味道来自小米加工厂那边，天天晚上有",
        "IP属地功能昨天上线",
        "公告发布于江苏省政府网站，停气三天",
        "前方发自震中的消息",
        "",
    ],
)
def test_what_tells_of_a_matter_stays(text):
    assert without_traces(text) == text


@pytest.mark.parametrize("piece", ["来自", "来自iphone", "IP属地：", "发布于 江苏", "发自我的"])
def test_no_text_makes_it_slow(piece):
    without_traces(piece * (100_000 // len(piece)))
