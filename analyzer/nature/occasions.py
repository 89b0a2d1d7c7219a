"""Texts written on an occasion: a verdict, a memorial day, an inquiry's report, a quiz, a rule, a forecast, an offer.

Each has signs of several kinds. Some kinds it cannot do without, and three kinds (of a quiz two) make it one, unless
something that has just happened is told beside them.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from analyzer.model import Nature
from analyzer.nature.clauses import Course
from analyzer.patterns import bounds
from analyzer.patterns.scan import Seen, guarded

_READ_TO = 1_000
"""Characters of a text that are read for signs."""


class _Occasion(NamedTuple):
    """What a text written on one is, and what makes it one: of each set a kind of signs, and so many kinds in all."""

    nature: Nature
    needed: tuple[frozenset[str], ...]
    enough: int = 3
    dated: bool = False
    """A day that stands before its signs is theirs."""
    each: bool = False
    """Its signs are counted, and not their kinds; it is one even where no happening is named."""


_SOME = r"[\d一二两三四五六七八九十百千万]{1,6}"
_GRADES = r"(?:特别重大|特大|重大|较大|一般|最高|[ivx\u2160-\u2163\u2170-\u2173一二三四1-4]{1,3}级)"
_GRADE = rf"{_GRADES}(?!伤亡|损失|影响|隐患|危险|活动)"
_WORDS = {
    "verdict": {
        "penal": (
            r"有期徒刑|无期徒刑|死刑|缓刑|拘役|罚金|刑[一二三四五六七八九十]{1,3}年|获刑|领刑|被判刑|量刑|(?:事故|作业|失火|放火|爆炸|肇事|安全|渎职|职守|责任)罪|认罪"
        ),
        "court": r"法院|检察院|法庭|合议庭|审判长|法官|高院|中院|公诉机关|公诉人|被告人",
        "act": r"宣判|判处|一审|二审|终审|再审|判决|裁定|提起公诉|开庭|庭审|受审|审理",
        "case": r"案(?!件|例|板|头|情|发|子|台|底)",
    },
    "memorial": {
        "day": (
            r"周年|年前|年了|年祭|年后|过去了?[一二三四五六七八九十百\d]{1,4}年|去年的?今[天日]|[祭忌]日|纪念日|每年的?[今这]"
        ),
        "place": r"纪念[碑馆园墙堂塔石]|[墓碑]前|陵园|旧址|遗址|原址",
        "rite": (
            r"献[花上]|白花|菊花?|鲜花|花圈|花篮|默哀|祭[奠扫拜]|[悼怀]念|缅怀|追思|追悼|哀思|鞠躬|蜡烛|烛光|敬礼|脱帽"
        ),
        "mourner": r"遇难者|幸存者|罹难者|牺牲|烈士|遗属|亲历者",
        "then": r"如今|当年|那一?[年夜]|那[天场]",
    },
    "inquiry": {
        "report": (
            r"调查报告(?:全文|的批复)?(?:\n|(?:已|正式|今[天日]|昨[天日]|近日|日前|向社会){0,4}(?:公布|公开|发布|出炉|披露))|(?<!未)(?:公布|公开|发布|披露|批复)(?!后|前)[^，。；！？\n]{0,30}调查报告"
            r"|报告(?:共\d+页|认定|查明)"
        ),
        "finding": r"认定|定性|查明|直接原因|间接原因|事故原因|责任事故|报告(?:指出|显示|称)",
        "blame": r"追责|问责|追究|移送司法|司法机关|处分|行政处罚|责任人|责任单位|整改",
        "old": r"去年|前年|上年|年前",
    },
    "quiz": {
        "asked": (
            r"哪一?个?[级类]|属于?几级|[是为]几级|定几级|什么(?:等级|级别)|何种(?:等级|级别)|几个?小时(?:之?内|以内)|启动几级|下列哪|以下哪|哪种情形"
        ),
        "sheet": (
            r"知识问答|知识竞赛|测验|答案(?=[写见下公])|有奖问答|问答[（(题]|竞答|抢答|答[卷题对错]|试卷|模拟卷|考卷|测试[题卷]?|考[题核]|参考答案|标准答案|第[一二三四五六七八九十\d]{1,3}题|提问卡|押题|作答|[a-d][.．、][^，。\n]{1,12}[b-d][.．、]"
        ),
    },
    "rule": {
        "issued": (
            r"(?:印发|修订|出台|施行|实施|颁布|公布|发布|通过)[^，。；！？\n]{0,24}(?:预案|办法|规定|条例|细则|标准|方案)"
            r"|(?:预案|办法|规定|条例|细则|标准)》?(?:[今昨][天日]|近日|日前|正式|已经?|现){0,3}"
            r"(?:印发|修订|出台|施行|实施|颁布|公布|发布|通过)"
        ),
        "grade": (
            r"[的，]，?(?:为|属于?|定为|列为)(?:特别重大|特大|重大|较大|一般)(?!伤亡|损失)|以上[^，。；！？\n]{0,8}以下"
        ),
        "says": r"明确|规定|要求|适用|分为|划分|分级|响应程序|指挥部",
    },
    "grading": {
        "grade": (
            rf"{_SOME}[^，。；！？\n]{{0,6}}(?:以上|以下|往上|不到|不足|不满)[^。；！？\n]{{0,16}}?(?:是|为|属于?|算|列入|列为|叫|按|划入){_GRADE}"
            rf"|{_SOME}[^，。；！？\n]{{0,4}}(?:以上|以下|往上|之间)，{_GRADE}(?=[，。；！\n])"
            rf"|(?:不到|不足|不满|超过|达到){_SOME}[^，。；！？\n]{{0,6}}，?(?:是|为|属于?|算|列入|列为|叫|按|划入){_GRADE}"
        ),
        "graded": (
            rf"{_SOME}[人例户][^，。；！？\n]{{0,6}}报(?:市|省|县|区|国务院)(?!长)|"
            rf"{_GRADE}(?:事故|事件|火灾|灾害|等级)?(?:是指?|指|：|（|即)[^，。；！？\n]{{0,10}}{_SOME}[^，。；！？\n]{{0,4}}(?:以上|以下|往上|不到|不足|不满)"
        ),
        "levels": (
            r"分(?:为|成|作)?[一二三四五两\d]个?(?:等?级|档)|分级|等级划分|最高等级|口袋书|应知应会|修订稿|征求意见|(?:预案|办法|条例|标准|规定|细则)》?(?:规定|明确|有哪些|解读|里[写说])"
        ),
    },
    "advert": {
        "marked": (
            r"[【\[（(](?:商业)?(?:推广|广告|赞助)[】\]）)]|(?:^|\n)(?:推广|广告)[：|]|广告内容|以(?:保险)?合同(?:条款)?为准|商务合作"
        ),
        "call": (
            r"点击(?:下方|链接|按钮|左下|阅读原文|这里|头像)|扫码(?:领|购|投|测|咨询|预约|下单|了解)|(?:立即|马上)(?:投保|购买|领取|预约|抢购|下单)|免费(?:领取|测算|试用)|下单|测算|抢购|限时(?:优惠|特价|领|秒杀)|前一?[\d百千]{1,4}名|赠送|拼团|到手价"
        ),
        "ware": (
            r"投保|保费|保单|保额|身故|赔付|(?:意外|重疾|家财|责任|寿|医疗)险|灭火[器毯]|逃生绳|报警器|防烟面罩|急救包|净水器|安全座椅"
        ),
        "price": (
            r"每[天年月](?:不到|只要|仅)|仅需?\d|低至|原价|\d元起|元[/每][年月天]|立减|减[\d一二三四五六七八九十百]{1,4}元?|\d折|一杯奶茶"
        ),
    },
    "offer": {
        "offered": (
            r"招聘|招录|招募|新品(?:发布|上市|首发)|(?:建成|正式|已|即将|今日|近日)(?:投用|启用|投入使用|投运)|揭牌|推出|全新上市"
        ),
        "good": (
            r"从事|岗位|待遇|薪[资酬]|面议|学历|报名|可[在于达以]?[^，。；！？\n]{0,6}(?:到达|抵达|报警|预警|覆盖|响应|赔|识别)|辐射|[\d秒分钟]{1,4}(?:内)?(?:到达|响应|报警)|均在保障|均可理?赔"
        ),
    },
    "forecast": {
        "chance": (
            r"可能性|概率|风险(?:等级)?(?:[较很极偏]{0,2}(?:高|大)|增[加大高])|可能(?:发生|出现|引发|诱发|导致)|易(?:发生|引发|诱发)"
        ),
        "forecast": r"预计|预报|预测|展望|趋势|会商|风险提示|风险预警|未来[\d一二两三几]",
        "care": (
            r"(?:请|需|要)[^，。；！？\n]{0,14}(?:注意|防范|警惕|巡查|关注|留意|准备|部署|做好|加强)|注意防范|加强(?:防范|巡查|监测|值守)|提高警惕"
        ),
        "nothing": r"未(?:接到|收到|发生|出现)[^，。；！？\n]{0,6}[灾险]情|[无没]有?[灾险]情|尚无",
        "ahead": r"今[夜晚]|明[天日晨早晚]|后天|夜间|周末|周[六日]|[上中下]旬|[本下]周",
    },
}
_OCCASIONS = {
    "verdict": _Occasion(Nature.PAST, (frozenset({"penal"}),), dated=True),
    "memorial": _Occasion(Nature.PAST, (frozenset({"day", "place"}),)),
    "inquiry": _Occasion(Nature.PAST, (frozenset({"report"}),), dated=True),
    "quiz": _Occasion(Nature.HYPOTHETICAL, (frozenset({"asked"}), frozenset({"sheet"})), enough=2),
    "rule": _Occasion(Nature.HYPOTHETICAL, (frozenset({"issued"}), frozenset({"grade"}))),
    "grading": _Occasion(Nature.HYPOTHETICAL, (frozenset({"grade", "graded"}),), enough=2, each=True),
    "advert": _Occasion(Nature.HYPOTHETICAL, (frozenset({"marked", "call"}),)),
    "offer": _Occasion(Nature.HYPOTHETICAL, (frozenset({"offered"}), frozenset({"good"})), enough=2),
    "forecast": _Occasion(Nature.HYPOTHETICAL, (frozenset({"chance"}), frozenset({"forecast"}))),
}
_SIGNS = {
    name: guarded("|".join(f"(?P<{kind}>{signs})" for kind, signs in words.items())) for name, words in _WORDS.items()
}
HINTS: dict[str, str | re.Pattern[str]] = {
    name: "|".join(_WORDS[name][kind] for kind in sorted(one.needed[0])) for name, one in _OCCASIONS.items()
}
"""Patterns without which a text is none of them."""
_NAMED = re.compile(
    r"[^，。；！？\n]{0,8}?(?:案(?!件|例|板|头|情|发|子|台|底)|罪|周年|纪念|遇难者|罹难者|幸存者|牺牲|遗址|旧址|原址|调查报告|调查组|原因|责任)"
)
"""Behind a happening's name: it says which case, which dead or which report is meant, and tells of nothing."""
_JUST = re.compile(
    r"昨[天日晚夜晨早]|今(?:[天晨早]|日(?![学问第知]|一题))|前[天日晚夜](?!起)|凌晨|清晨|傍晚|深夜|刚[才刚]?|时许|(?<!\d年\d月)(?<!\d年\d\d月)(?<!\d)\d{1,2}[日号](?!公告)|[突忽]然|突发|再次|再度|又|[此本这]次|现场|活动中|仪式[上中]|[判审诉理][^，。；！？\n]{0,3}[时后]，|期间|途中|(?:判决|宣判|开庭|庭审|公布)当[天日晚]"
)
"""Before a happening: it is of these days."""
_TODAYS = re.compile(
    r"发生[在于][今昨]|事发[^，。；！？\n]{0,4}[今昨]|(?:搜救|救援|扑救|抢救)正|[正仍]在(?:搜救|搜寻|救援|抢救|扑救)|生死不明"
)
"""Somewhere in a text: what it tells is of these days."""
_ENDED = re.compile(r"已|目前|眼下|现在|了(?!解)|正在|造成|导致|昨|今[晨早]|凌晨|时许|[此本这]次")
"""In the clause of a happening: it is no mere forecast."""
_LIMIT = re.compile(r"以上|以下|往上|不到|不足|不满|及以上|达到|超过")
"""In the clause of a happening: it is what a grade begins with."""
_CHANCE = re.compile(r"可能|概率|风险|预[计报测]|易[发引诱]|容易|[未无]|没有")
"""In the clause of a happening: it is forecast, or has not come."""
_PEOPLE = re.compile(r"[\d一二两三四五六七八九十][余多]?[人名例位]")
_MEANT_FOR = re.compile(r"从事|可|能|救援|扑救|应对|防|避免|报警|预警|响应|保障|赔|周边|初起|处置")
"""In the clause of a happening: somebody or something is there for it."""
_UNLESS = {"forecast": _CHANCE, "grading": _LIMIT, "offer": _MEANT_FOR}
_OURS = re.compile(r"我(?![国省市县区州镇乡院])|俺|咱|您好|求助|恳请|投诉")
"""Who speaks so, unless he is quoted, tells of his own trouble."""
_QUOTED = re.compile(r"“[^”\n]{0,80}”")


def occasion(plain: str, told: Course, happenings: Sequence[int], seen: Seen) -> Nature | None:
    """The nature of a text written on an occasion of its own; None where it is none or tells of something fresh."""
    named = [
        name for name, one in _OCCASIONS.items() if name in seen and (happenings or one.each) and _is_one(name, plain)
    ]
    if not named or _TODAYS.search(plain) or _OURS.search(_QUOTED.sub("", plain)):
        return None
    name = named[0]
    fresh = _come_true if name in _UNLESS else _just
    if any(told.at(spot) is Nature.CURRENT and fresh(plain, spot, name) for spot in happenings):
        return None
    return _OCCASIONS[name].nature


def _is_one(name: str, plain: str) -> bool:
    one = _OCCASIONS[name]
    signs = [match.lastgroup for match in _SIGNS[name].finditer(plain, 0, _READ_TO)]
    kinds = set(signs)
    enough = len(signs if one.each else kinds) >= one.enough
    return enough and all(not kinds.isdisjoint(either) for either in one.needed)


def _just(plain: str, spot: int, name: str) -> bool:
    """Whether what is told at a spot has happened these days."""
    if _NAMED.match(plain, spot):
        return False
    days = [match.end() for match in _JUST.finditer(plain, bounds.begin(plain, spot, "。！？\n；", 80), spot)]
    if not days or not _OCCASIONS[name].dated:
        return bool(days)
    return _SIGNS[name].search(plain, days[-1], spot) is None


def _told_apart(plain: str, spot: int) -> bool:
    """Whether people are counted in a sentence that speaks of no grade."""
    sentence = bounds.begin(plain, spot, "。！？\n", 80), bounds.end(plain, spot, "。！？\n", 80)
    graded = _SIGNS["grading"].search(plain, *sentence) or _LIMIT.search(plain, *sentence)
    return not graded and _PEOPLE.search(plain, *sentence) is not None


def _come_true(plain: str, spot: int, name: str) -> bool:
    """Whether what is told at a spot has come true, and is not only forecast or what a grade begins with."""
    start, end = bounds.begin(plain, spot, "，。！？\n；", 40), bounds.end(plain, spot, "，。！？\n；", 40)
    if _UNLESS[name].search(plain, start, end):
        return False
    if name == "offer" or (name == "grading" and _told_apart(plain, spot)):
        return True
    return _ENDED.search(plain, start, end) is not None or _just(plain, spot, name)
