import numpy as np
import pytest

from analyzer.help_sought import HelpReader
from analyzer.model import Nature, Scope, TopicScore
from analyzer.nature import Judgement, judge
from analyzer.nature.make import KINDS, OTHER, by_make, complains
from analyzer.scope.evidence import gather
from analyzer.scope.gate import ScopeJudgement, ScopeReader
from analyzer.scoring.calibration import bundled
from analyzer.scoring.linear import Scores
from analyzer.text import normalise

HEADS = [OTHER, *KINDS]


def opinion(judgement, other, *, complaint=False, drill=0.0, past=0.0, statistic=0.0, hypothetical=0.0):
    """What becomes of one judgement where the heads say so much."""
    said = {"drill": drill, "past": past, "statistic": statistic, "hypothetical": hypothetical}
    row = [other, *(said[kind.value] for kind in KINDS.values())]
    scores = Scores(heads={name: n for n, name in enumerate(HEADS)}, values=np.array([row], dtype=np.float32))
    return by_make([judgement], [complaint], scores, 2.0)[0].nature


def test_what_words_take_for_current_is_what_its_make_surely_says():
    assert opinion(Judgement(), 2.1, statistic=1.0) is Nature.STATISTIC
    assert opinion(Judgement(), 1.9, statistic=1.0) is Nature.CURRENT


def test_what_words_know_stays():
    assert opinion(Judgement(nature=Nature.DRILL), 9.0, past=1.0) is Nature.DRILL
    assert opinion(Judgement(refutes=True), 9.0, hypothetical=1.0) is Nature.CURRENT
    assert opinion(Judgement(apart=True), 3.9, past=1.0) is Nature.CURRENT
    assert opinion(Judgement(), 9.0, complaint=True, past=1.0) is Nature.CURRENT


def test_what_is_of_these_days_is_no_statistic_unless_its_make_speaks_loud():
    assert (
        opinion(judge("\n本周三个乡有20人因雷击死亡。该县每年平均50人死于雷击。"), 3.9, statistic=1.0) is Nature.CURRENT
    )
    assert opinion(Judgement(dated=True), 4.1, statistic=1.0) is Nature.STATISTIC
    assert opinion(Judgement(dated=True), 3.9, drill=1.0) is Nature.DRILL


def test_whom_something_has_already_cost_is_of_now():
    judgement = judge("矿难调查组成立。事故已造成井下62人遇难，为建国以来第9起死亡数十人的矿难。")
    assert opinion(judgement, 3.9, hypothetical=1.0) is Nature.CURRENT


def test_a_make_that_speaks_loud_is_believed_against_words():
    assert opinion(Judgement(apart=True), 4.1, past=1.0) is Nature.PAST


@pytest.mark.parametrize(
    ("code", "asked", "wanted"),
    [("service.housing", False, True), ("hazard.fire", False, False), ("hazard.fire", True, True)],
)
def test_who_asks_for_help_or_speaks_of_a_service_complains(code, asked, wanted):
    judged = ScopeJudgement(scope=Scope.IN, probability=0.9, topics=(TopicScore(code=code, probability=0.8),))
    assert complains([judged], [asked]) == [wanted]


def test_words_tell_now_and_then_apart():
    assert judge("昨晚仓库起火，烧了两间。二十年前那场大火烧死过九个人。").apart
    assert not judge("昨晚仓库起火，烧了两间。").apart
    assert not judge("二十年前那场大火烧死过九个人。").apart


def natures(texts):
    read = [normalise(text) for text in texts]
    seen = gather(read)
    spared = complains(ScopeReader.load().read_many(read, seen), HelpReader.load().read_many(read, seen))
    judged = by_make([judge(text) for text in read], spared, seen.scores, bundled().other_from)
    return [one.nature for one in judged]


BLURBS = [
    "小长假读什么\n《风井》写一座虚构的煤城：顶板垮下来，十七个人困在七号面，八天后活着上来的只有四个。读者说合上书还听得见敲管子的声音。定价四十八元，签名本限量三百册。",
    "一只插线板，五条命\n夜里两点，火从沙发后面窜起来，一家五口没有一个跑出来。您家的插线板用了几年？护家牌防过载插座今日下单减三十，老旧插座免费回收。",
    "关底攻略\n第九关水坝决口，倒计时四十秒，下游三个村两千人要撤完，淹死超过五十人直接重来。建议先开泄洪闸再派船，带两个医疗兵。",
]
"""A book, an advertisement, a game, in which no listed word says what they are; of no set that is trained on."""


def test_most_blurbs_and_advertisements_are_no_report():
    assert natures(BLURBS).count(Nature.CURRENT) < len(BLURBS) / 2
    assert all(judge(normalise(text)).nature is Nature.CURRENT for text in BLURBS)


@pytest.mark.parametrize(
    "text",
    [
        "今天凌晨一点，城西粮油批发市场起火，消防调派十四车六十人到场，三点明火扑灭。事故造成三人死亡、七人受伤，起火原因正在调查。",
        "矿上第三天\n最后两名矿工今早六点升井，都没有了呼吸。至此，透水事故九名失联人员全部找到，无人生还。井口的灯亮了三夜。",
        "【暴雨红色预警】县气象台今日十六时发布：未来三小时降雨将达一百毫米以上，请沿河各村立即转移。",
        "我们楼从昨天下午停水到现在，四十多户老人提桶下楼接，物业电话一直占线，求帮忙问问几时能来水",
        "剧组昨晚在老城拍爆炸戏，炸点真的伤了人：两名群众演员重伤送医，一人不治。剧组停工，区应急局介入调查。",
    ],
)
def test_reports_stay_reports(text):
    assert natures([text])[0] is Nature.CURRENT
