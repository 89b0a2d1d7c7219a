"""Storms that a text calls by a name of their own: typhoons, what no typhoon is, and cold that comes over a country."""

import re

from analyzer.idf import Idf

_QUOTED = re.compile(
    r"台风[“\"「]([\u4e00-\u9fff]{2,4})[”\"」]|[“\"「]([\u4e00-\u9fff]{2,4})[”\"」](?:[强超]{0,2}台风|登陆)"
)
_PLAIN = re.compile(
    r"台风((?:(?![红橙黄蓝登陆过境残余外围雨环流路径眼级预警来了走要就又也这那还天年日月的是有没真太好大中前后里上下吹刮打季停风"
    r"已正将致给让把被袭离影响我你他它们一二三四五六七八九十几多少不未防抗救灾情期间时候快到在和与及对从向于可能会])[\u4e00-\u9fff]){2,3}?)"
    r"(?=[\W在将已正或致给让把袭离走过]|$|登陆|加强|减弱|增强|生成|停编|逼近|来[袭了临]|直[奔扑]|北上|影响|带来|二次|最新|残余|外围|中心|路径)"
)
"""Without quotes, before what typhoons do."""
_COINED = 9.0
"""Inverse document frequency from which what stands there is a name ("台风杜苏芮", but "台风蓝色预警")."""
WHIRLWIND = "龙卷"
_KINDS = (("寒潮", ("寒潮", "强冷空气")), ("沙尘", ("沙尘暴", "沙尘天气")))
"""What comes over many provinces at once, and is one wherever it is felt, by the words people have for it."""
TYPHOON = "台风"
"""What a text says of a storm that it need not name."""
KINDS = frozenset((WHIRLWIND, *[kind for kind, _ in _KINDS]))
"""What goes by no name of its own."""
_NO_STORM = "花苑园湾路街巷里城镇村县区阁府轩树岛山庄酒餐公小中学楼市店厂社河湖"
"""What stands behind a typhoon's name where it is a flower's, a compound's, a firm's."""
_NONE: frozenset[str] = frozenset()


def storms(text: str) -> frozenset[str]:
    """The names of the typhoons that a text names; a whirlwind's, or the kind of weather, where it names none."""
    if "台风" in text or "登陆" in text:
        named = [one or other for one, other in _QUOTED.findall(text)]
        weight = Idf.load().weight
        named += [one for one in _PLAIN.findall(text) if weight(one) >= _COINED]
        if named:
            return frozenset(named)
    if WHIRLWIND in text and "台风" not in text:
        return frozenset((WHIRLWIND,))
    if "寒潮" not in text and "冷空气" not in text and "沙尘" not in text:
        return _NONE
    return frozenset([kind for kind, words in _KINDS if any(map(text.__contains__, words))])


def says(text: str, name: str) -> bool:
    """Whether a text says the name of a storm that others have told of ("沙棘走后"), and nothing that is called so."""
    end = text.find(name) + len(name)
    return end >= len(name) and (end == len(text) or text[end] not in _NO_STORM)
