"""What is told where nothing has happened: a false alarm, a boiler that is only tried out, a dam that is sound."""

import re

from analyzer.nature.genres import somebody_hurt
from analyzer.patterns import bounds
from analyzer.patterns.expressions import anywhere
from analyzer.patterns.scan import guarded, remembered

_FALSE_ALARM = guarded(r"误报|误触|误喷|误动作|虚惊|乌龙|错报|误以为|误当|当成了?(?:着火|起火|火灾|地震)")
_NOTHING = guarded(
    r"(?:没有?|并未|未|无|并非|(?<!是)不是|非)(?:发现|发生|出现|见到?|任何|人员|东西|真正|真实|实际|引发|造成|存在){0,3}(?:烧着|起火|失火|火情|明火|火灾|着火|燃烧|过火|爆炸|爆燃|燃爆|泄[漏露]|坍塌|垮塌|溃坝|决口|管涌|塌方|滑坡|中毒|事故|险情|异常|地震)(?:事[故件])?"
    r"|(?:没有?|并?未|无)(?:发生|出现|造成)?(?:任何)?(?:拥挤|踩踏|滞留|伤亡){1,2}(?:、[^，。；、\n]{1,6}|[和及或与][^，。；\n]{1,8}){0,3}"
    r"|没有?一[个人例名](?:真的?|是真)?(?:发病|患病|中毒|感染|得病|染病)"
)
"""What an alarm was about did not happen."""
_NO_MOVE = re.compile(
    r"(?:未(?!能|及时|经)|没有|无需|不需要?|不必|尚未)(?:达到?|启动|组织|实施|进行|人员|群众|进入){0,3}转移"
)
"""Nobody had to be moved."""
_TRIAL = guarded(
    r"(?:系|是|为|因|由于|属于?|进行|开展|实施|正在|例行|日常)[^，。；！？\n]{0,20}(?:点炉|点火|烘炉|起炉|调试|试车|试机|试运行|试生产|试喷|检修|检测|测试|维护|吹管|吹扫|排[汽气污空]|放空|泄压|火炬|蒸汽|水汽|水雾|烟花|焰火|礼炮|鞭炮|熏|灭蚊|热雾|雾炮|干冰|做饭|炊|烧(?:荒|纸|秸秆|柴|炭|水|饭|香)|烘[烤干]|发烟|烟饼|烟雾弹|喷雾|消毒|消杀|爆破|音爆|切割|焊接|加臭|拍[戏摄]|烧烤|油烟|焚香|扬尘|除尘)"
)
"""What makes smoke, a noise or a smell, and is no accident."""
_ALARMING = anywhere(r"烟|火(?!车|锅)|炸|漏|响|声|味|闪光|红光|震感|震动|抖|晃|雾|警报|消防车|救护车|警车")
_STRUCK = re.compile(
    r"起火|失火|着火|引燃|火灾|火情|明火|火势|燃烧|烧[毁伤死坏]|过火|扑灭|爆炸|爆燃|燃爆|泄[漏露]|[坍垮倒]塌|塌方|滑坡|溃坝|决口|管涌|事故|伤[员者]|[停断][水电气暖热网]|抢[修险]|损[坏毁]|破损"
)
_DOUBTED = re.compile(
    r"(?:疑似|以为|担心|怀疑|误认|误传|当成|当作|是不是|是否|网传|传言|流传|反映|称|传|问|报警)[^，。；！？\n]*$"
)
"""Before a happening, in its clause: only somebody takes it for that."""
_ASKED = re.compile(r"[^，。；！？\n]{0,12}？")
_CALM = re.compile(r"放心|(?:不必|无需|不用|无须|切勿|请勿|勿|莫|别)(?:过[度分于])?(?:惊慌|恐慌|慌|担[心忧]|紧张|惊恐)")
_SOUND = guarded(
    r"(?:散场|离场|退场|疏导|秩序|监测|检测|巡查|运行|设备|设施|数据|指标|水质|空气|[大坝]坝|坝体|堤防|结构|水位|桥体|主体)[^，。；！？\n]{0,10}(?<![不异])(?:正常|稳定|平稳|安全|良好|可控|达标|合格)|[无未][^，。；！？\n]{0,4}(?:异常|隐患)|低于(?:汛限|警戒|限值)|水位[^，。；！？\n]{0,6}(?<![未没不])(?:回落|平稳|回退)"
)
_INSPECTED = anywhere(r"排查|检查|巡查|抽查|督查")
_CROWD = re.compile(
    r"散场|离场|退场|演唱会|音乐[节会]|球赛|赛事|联赛|比赛|晚会|灯[会展]|庙会|跨年|花市|车展|大客流|客流|返程高峰|开幕式|闭幕式|集会|观众|歌迷|球迷"
)
"""Where many people come and go, and are led in and out."""
_LED_OUT = re.compile(
    r"(?:安全|有序|平稳|顺利|快速|高效|分批|累计|共|完成|引导|组织|护送){0,4}(?:疏散|疏导|引导|输送|运送)(?:现场)?(?:观众|歌迷|球迷|游客|市民|群众|乘客|旅客|客流|人流|人群|车辆)"
)
_UNTOWARD = re.compile(
    r"台风|暴雨|大风|雷|洪|漏|溃|裂|淹|震|爆(?!满|棚)|冒烟|浓烟|起火|着火|失火|火灾|火情|塌|滑坡|故障|停电|断电|险情|可疑|异味|刺鼻|呛|臭|氨|氯|燃气|气体|毒|紧急|受伤|踩踏|拥堵踩|撞|恐慌|中断|取消|叫停"
)
"""Why people are led away in earnest."""
_CLAUSE_MARKS = "，。；！？：\n"
_CLAUSE = 40
HINTS: dict[str, str | re.Pattern[str]] = {"false alarm": _FALSE_ALARM, "nothing": _NOTHING, "sound": _SOUND}
"""Patterns without which a text tells of nothing of the kind."""


def alarms_falsely(plain: str) -> bool:
    """Whether a text tells of an alarm that was false, and of nobody who was hurt."""
    return _NOTHING.search(plain) is not None and not somebody_hurt(without_denials(plain))


def without_denials(plain: str) -> str:
    """A text without what it says has not happened."""
    return _NO_MOVE.sub("", _NOTHING.sub("", plain))


@remembered
def goes_home(plain: str) -> bool:
    """Whether people are led out of a stadium or a park as always, and nothing has happened."""
    return _CROWD.search(plain) is not None and _UNTOWARD.search(without_denials(plain)) is None


def without_crowds(plain: str) -> str:
    """A text without those who are led out as always."""
    return _LED_OUT.sub("", plain) if goes_home(plain) else plain


def explains(plain: str) -> bool:
    """Whether a text denies that anything has happened and says what smoked or sounded like it."""
    if not (_FALSE_ALARM.search(plain) or (_TRIAL.search(plain) and _ALARMING.search(plain))):
        return False
    return alarms_falsely(plain) and not _struck(plain)


def reassures(plain: str) -> bool:
    """Whether a text says that what people fear for is sound: twice, or once beside that nobody need be afraid.

    Or once beside that it did not happen, or that it was inspected, where nothing has happened after all.
    """
    sound = len(_SOUND.findall(plain))
    if sound > 1 or (sound == 1 and _CALM.search(plain) is not None):
        return True
    return sound == 1 and bool(alarms_falsely(plain) or _INSPECTED.search(plain)) and not _struck(plain)


def _struck(plain: str) -> bool:
    """Whether something has happened after all, by words that nobody denies, doubts or asks."""
    denied = [match.span() for match in _NOTHING.finditer(plain)]
    return any(
        not any(start <= match.start() < end for start, end in denied) and not _taken_for(plain, match)
        for match in _STRUCK.finditer(plain)
    )


def _taken_for(plain: str, match: re.Match[str]) -> bool:
    start = bounds.begin(plain, match.start(), _CLAUSE_MARKS, _CLAUSE)
    return bool(_DOUBTED.search(plain, start, match.start()) or _ASKED.match(plain, match.end()))
