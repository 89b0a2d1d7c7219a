"""What a report says of other happenings than its own: recalled, compared, told apart from it."""

import re

from analyzer.patterns.expressions import anywhere

_BEFORE = (
    r"(?:前一[天日晚周]|(?:[一两二三四五六七八九十几数]{1,3}[多余]?(?:[天日周]|个月)|\d{1,2}[多余]?(?:天|周|个月))[之以]?前"
    r"|此前|之前|早前|不久前|前不久|上周|上个?月|[昨前][天日晚])"
)
"""A time before, as one sees it from what is told."""
_HAPPENED = "(?:发生|出现|造成|导致|引发|遭遇?|起火|着火|爆炸|爆燃|坍塌|倒塌|翻|坠|相撞|追尾|泄漏|中毒)"
_MATTER = "(?:事故|事件|地震|震中|火灾|大火|爆炸|爆燃|坍塌|倒塌|滑坡|泥石流|车祸|洪[水灾]|现场|楼房|矿)"
_RECALLED = re.compile(
    r"(?=[而就在前此之早不上昨一两二三四五六七八九十几数\d这同与和跟以距离])(?:"  # spares most places the rest
    # 四天前，邻县刚发生花炮厂爆炸
    rf"(?:而?就?在)?{_BEFORE}[^。！？；\n]{{0,30}}?(?:曾|刚|也|还)[^。！？；\n，]{{0,12}}?{_HAPPENED}[^。！？；\n]*"
    # 这是该省本月内第二起
    rf"|这是[^。！？；，\n]{{0,16}}(?:本周|本月|今年|年内|入[夏冬汛春秋]|近期|[天日月年周]内)[^。！？；，\n]{{0,10}}第[二三四五六七八九十\d]{{1,3}}[起次][^。！？；\n]*"
    # 同一天，邻市也
    rf"|同一?[天日轮场次][^。！？；\n]{{0,20}}?(?:还|也)[^。！？；\n，]{{0,12}}?{_HAPPENED}[^。！？；\n]*"
    # 与两天前的矿难没有关联
    r"|(?:与|和|同|跟)[^。！？；\n]{2,30}?(?:无关|没有?(?:直接|任何|必然)?(?:关联|关系|联系)|[并不][非是]同一[^。！？；，\n]{0,4}|分属[^。！？；，\n]{0,12})"
    # 以邻县的爆燃为戒
    r"|以[^。！？；，\n]{2,24}为[戒鉴]"
    # 离坍塌的楼房不到两公里
    rf"|(?:距离?|离)[^。！？；，\n]{{0,20}}{_MATTER}[^。！？；，\n]{{0,8}}?[\d一二两三四五六七八九十几百]{{1,5}}[多余]?(?:公里|千米|里|米))"
)
_READ_TO = 1_000
"""Characters that are looked through: what is compared stands there."""
_SIGNS = anywhere("[曾刚也还]|第[二三四五六七八九十\\d]|无关|关[联系]|联系|同一|分属|为[戒鉴]|里|米")
"""Without one of these nothing of the kind is said."""


def without_recalled(text: str, *, titled: bool) -> str:
    """A text without what its beginning says of other happenings; who gives no title writes no report."""
    if not titled:
        return text
    head = text[:_READ_TO]
    return _RECALLED.sub("", head) + text[_READ_TO:] if _SIGNS.search(head) else text
