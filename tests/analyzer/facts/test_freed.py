"""Whoever was shut in and is out by the end of the text is so no more; on rides the law counts him all the same."""

import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def value(text, kind=FactKind.TRAPPED, title=""):
    facts = find_facts(f"{title}\n{text}" if title else text, title_end=len(title))
    told = document_value(facts, kind)
    return told.value if told else 0


@pytest.mark.parametrize(
    "text",
    [
        "塌方把洞内9名工人困住，9名工人被困。经18小时救援，其中3人生还，6人不幸遇难。",
        "3户民房被埋，13人被埋压。截至17时，6人获救，7人遇难。",
        "一艘渔船进水，11名船员被困。海警赶到后，11人全部获救。",
        "一艘砂船沉没，船上9人遇险。已救起3人，发现2名遇难船员，尚有4人失踪。",
        "浓烟封住楼道，14名住户被困楼顶，云梯车将14人全部救下。",
        "6名游客登山迷路被困，民警搜寻5小时后将他们安全带下山。",
        "暴雨中，消防先后解救被困群众71人。",
        "昨晚全市停电，接到电梯困人报警43起，共解救被困群众71人。",
        "采石场塌方，4人被埋。搜救工作已于今晨结束。",
        "一名村民被困河心，消防员将其救上岸。",
    ],
)
def test_nobody_is_shut_in_who_is_out_in_the_end(text):
    assert value(text) == 0


@pytest.mark.parametrize(
    ("text", "shut_in"),
    [
        ("3名工人被埋。消防已救出1人，另外2人还在营救。", 3),
        ("12人被困。又有5人获救，其余7人仍被困。", 7),
        ("消防员正设法营救5名被困工人，力争将他们全部救出。", 5),
        ("我就是被困的，一个多小时了，维保说在路上。", 1),
        ("索道停运，42人滞留空中，三小时后全部救下。", 42),
        ("电梯卡在六楼，我们9个人闷了四十分钟才被放出来。", 9),
    ],
)
def test_whoever_is_inside_still_or_was_on_a_ride_counts(text, shut_in):
    assert value(text) == shut_in


def test_a_title_that_counts_all_keeps_them_while_some_are_inside():
    assert value("7名矿工被困。今晨3人获救，4人仍被困。", title="铁矿冒顶7人被困") == 7


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("山洪中8人被冲走，其中3人获救、4人遇难、1人失联。", 1),
        ("一对情侣被离岸流卷走，救生员把人拖回来了。", 0),
        ("5人被急流冲走，搜救正在进行。", 5),
    ],
)
def test_of_those_swept_away_only_the_lost_are_missing(text, missing):
    assert value(text, FactKind.MISSING) == missing
