import pytest

from analyzer.facts.clocks import spells
from analyzer.patterns.scan import plain_of


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("昨晚8点停水停到今早6点", 10),
        ("从昨天早上七点到现在第二天早上八点还没来水", 25),
        ("地铁1号线从6点停运到下午1点", 7),
        ("电梯从晚上六点二十关到九点才放出来", 8 / 3),
        ("索道今日10时05分停运，63名游客滞留。至15时10分全部游客平安落地", 61 / 12),
        ("周五早上6点管道被顶破，七千户断气。到周六上午9点通气完毕", 27),
        ("11月28日22时停气，截至30日8时仍未恢复", 34),
        ("11月30日22时停气，12月1日8时恢复", 10),
        ("晚上11点停的电，早上7点才来", 8),
        ("过山车15:10卡住，16:30才放下来", 4 / 3),
        ("今天中午12点半停电，傍晚5点恢复", 4.5),
        ("昨夜1点停电，今早6点恢复", 5),
        ("前天上午10时，索道遭雷击停摆。受大风影响，救援一再中断，直至今天中午12时最后一名旅客下撤", 50),
        ("头一天中午12点断的水，第二天傍晚6点才有", 30),
        ("昨晚9点，1号线全线停止载客，今早6点列车重新开出", 9),
        ("昨天一早7点断水，今天上午10点来水", 27),
    ],
)
def test_an_outage_lasts_from_the_time_it_began_to_the_time_it_was_over(text, hours):
    ((told, _),) = spells(plain_of(text))
    assert told == pytest.approx(hours)


@pytest.mark.parametrize(
    "text",
    [
        "今天8点停电，预计20点恢复",
        "定于12月3日8:00至18:00停电，请做好准备",
        "因线路检修，12月3日8时至17时停电",
        "营业时间早8点到晚6点，今天停电",
        "今天8点到场，10点恢复秩序",
        "小区停电一点消息都没有，九点恢复",
        "昨晚8点停电，到场抢修的工人说今早6点还要检查",
    ],
)
def test_what_is_planned_hoped_for_or_no_outage_has_no_length(text):
    assert [*spells(plain_of(text))] == []
