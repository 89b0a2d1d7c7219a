"""What a chat, a scan, a clip, a mail or a web page leaves around a copied text is left out."""

import pytest

from analyzer.scope.trimmings import without_trimmings

MATTER = "三号楼的水管爆了，楼道里全是水"


@pytest.mark.parametrize(
    "copied",
    [
        "第1页 共2页\n{}\n- 1 -",
        "群聊的聊天记录\n小雨妈妈 9:12\n{}\n大力 9:15\n收到",
        "00:01 前排\n00:07 {}\n00:09 哈哈哈哈\n00:12 66666",
        "3楼 2026-03-18 12:04 来自手机\n{}\n回复(2) 举报",
        "{} 00:00/00:32 倍速 高清 全屏",
        "#今日份记录##随手拍##上热门#{}#抖音小助手#",
        "{} #同城 #日常 #fyp",
        "1/3 {}",
        "[转]【转】转发：{}",
        "---------- 转发的邮件 ----------\n主题：fwd: 情况\n日期：2026年3月18日 周三 11:02\n{}",
        "来源：云溪融媒 作者：小禾 编辑：阿宁 时间：2026-03-18 11:20\n{}\n责编：阿宁 审核：老周",
        "本报讯（记者 【姓名】 通讯员 【姓名】）{}",
        "区府办〔2026〕12号\n各街道，各有关单位：\n{}",
        "[翻译] {}\n(translated from english, original below)\nplease see the picture.",
        "👉{}",
        "{}\n喜欢作者\n阅读 3021 赞 45 在看 12\n写留言",
        "说话人1 00:00:06\n{}",
        "（原标题：今日播报）\n{}\n更多精彩内容请下载客户端",
        "网民留言：{}\n官方答复：您好，您所咨询的事项我们已收到，将尽快为您办理，请您保持电话畅通。",
        "**{}**\n---",
        "| {} |",
    ],
)
def test_a_scrap_is_left_out(copied):
    assert without_trimmings([copied.format(MATTER)]) == [MATTER]


@pytest.mark.parametrize(
    "text",
    [
        "1号楼停水 9:30\n2号楼停水 10:00",
        "第3页的缴费单写错了",
        "来了两辆消防车",
        "网友留言里说桥塌了",
        "将尽快为三号楼恢复供水",
        "更多内容没看清，只看到水漫上来了",
        "#云溪暴雨#桥断了",
        "（转院）老人还在等床位",
        "the water is off 停水了",
        "2019年3月18日\n青石桥塌了",
        "各街道：明早八点停水，请转告住户",
    ],
)
def test_what_tells_something_stays(text):
    assert without_trimmings([text]) == [text]


@pytest.mark.parametrize(
    "piece",
    [
        "记者:x ",
        "哈",
        "666",
        "第1页",
        "- ",
        "1/2 ",
        "00:15 ",
        "赞 1 ",
        "the ",
        "the 汉",
        "各",
        "电话：1 ",
        "聊天记录\n",
        "赶快",
    ],
)
def test_no_text_makes_it_slow(piece):
    without_trimmings([piece * (100_000 // len(piece)) + "\n水x"])
