"""What stands around a place's name and tells that the place itself is spoken of."""

import re

import rjieba

from analyzer.places.names import Mention

_SCENE = re.compile(
    r"[\s\d，。；：！？、,.;:!?/#\]】）)”\"—-]|$|发生|突发|一(?!中|路|院|期|小[学，。\s])|某|两|三|多|有|市民|县城|古[镇城]|景区"
    r"|全[市县省]|境内|城区|市区|警方|消防|交警|公安|官方|居民|网友|当地|这(?!样)|那边|咋|怎么|为什么|今|昨|凌晨|特?大?暴[雨雪]|[下大][雨雪雾风]|[下遭]冰雹|[雨雪雾风浪][太好很真]大|台风|地震|强震|洪水|山[火洪体]"
    r"|疫情|火灾|大火|爆炸|车祸|停[水电气暖课运]|断[水电]|食物|煤矿|工[地厂]|[鞋化]工?厂|化工|高速|机场|火车站|段|至|到|往|开往|方向|和"
    r"|与|及|的|也|都|[吧吗呢啊呀嘛哦]|现|出现|遭|遇|受|交界|附近|[\u4e00-\u9fff]{2,3}(?:[这那]边|附近|一带)|[均都也]?有?(?:明显|强烈)?[震有]感|余震|晃|摇晃|再|又|内涝|塌|局部|部分|地铁|轨道|公交|确诊|新增|累计|报告|通报"
    r"|回应|辟谣|等地|学校|中学|小学|幼儿园|医院|气象|应急|民警|百年|商户|商[贸场城]|批发|园区|开发区|工业|山区|海域|水库|江段|公路|国道"
    r"|码头|渔港|大桥|村民|群众|地区|救援|打工|旅游|出差|上[班学]|老家|读书|工作|生活"
)
"""What follows a bare name where the place itself is spoken of."""
_LED_TO = re.compile(r"[在到去回往从]|[位处]于|来自|[抵送到直]达|[运飞]抵|途[经径]")
"""What stands before a city that somebody is in, goes to or comes from."""
_PROPER = frozenset(("ns", "nr", "nz"))
"""The dictionary's kinds of words for places, persons and other names."""


def is_told(plain: str, mention: Mention) -> bool:
    """Whether something is told of a place right behind its name: an island or works of that name are another."""
    return _SCENE.match(plain, mention.end) is not None


def is_acted(plain: str, mention: Mention) -> bool:
    """Whether a single character for what is done there follows what the dictionary knows as a place: 平潭看海."""
    verb = plain[mention.end : mention.end + 1]
    if not verb or len(rjieba.tag(plain[mention.end - 1 : mention.end + 1])) == 1:
        return False
    name = plain[mention.start : mention.end]
    return rjieba.tag(verb)[0][1] == "v" and rjieba.tag(name) == [(name, "ns")]


def is_proper(name: str) -> bool:
    """Whether the dictionary knows a name as nothing but a name, or not at all."""
    words = rjieba.tag(name)
    return len(words) > 1 or words[0][1][:2] in _PROPER


def is_led_to(plain: str, mention: Mention) -> bool:
    """Whether somebody is in, goes to or comes from what a chain of names tells."""
    return any(_LED_TO.fullmatch(plain, mention.first - size, mention.first) for size in (1, 2))
