"""Names that tell what something is like or is called, and not where something happens."""

import re

from analyzer.places.names import Mention, is_short
from analyzer.places.scenes import is_told

_REACH = 16
"""Characters before a name that are looked at."""
_SIGNS = frozenset("比像如跟和与同于个堪媲好赛仿参借效照学习标家想取汲不向换放搁若要假叫楼隔对门旁称充名号d“\"‘'「『")
"""One of these stands before every name that is meant here."""
_WHEN = (
    r"(?:去年|前年|当年|那年|今年|往年|以前|之前|前些年|前几年|几年前|上次|上回|\d{2,4}年|\d{1,2}月|昨[天晚]|前几?天"
    r"|人家|隔壁|其他|别的|的|了){0,3}$"
)
"""What may stand between a word that compares and the name."""
_MODEL = re.compile(
    r"(?:第二个|下一个|堪比|不亚于|媲美|好比|犹如|如同|赛过|仿佛|参[考照]|借鉴|效仿|仿照|照搬|学学|学习|对[标比]|相比于?|比起|不如"
    rf"|(?:看看|瞧瞧|你看)(?:人家|隔壁)|(?<!没)想起|联想到|[吸汲]取){_WHEN}"
)
"""Before what something is likened to, or what is taken for a model: 学学杭州, 堪比郑州那年."""
_BETTER = re.compile(rf"(?<![同环相对占价])比{_WHEN}")
_THAN = re.compile(
    r"[^，。；：！？,;!?\s]{0,8}?(?:[还更都要]|得多|多了|[强好差贵热冷高低大小快慢堵早晚]+(?=[，。；：！？,;!?\s]|$)|严重|厉害|吓人|便宜)"
)
"""Before and behind what something is more than: 比郑州还热."""
_AS = re.compile(rf"[像如跟和与同]{_WHEN}")
_LIKE = re.compile(
    r"[^，。；：！？,;!?\s]{0,6}?(?:(?:一样|差不多|类似|相似|一个样)(?!，?也)|那[次回场年起种样]|这[样种]的[大小]?[城省地]|似的|没法比|没得比|不能比|相比|比起来)"
)
"""Before and behind what something is like: 像郑州那次, 跟北京没法比."""
_WERE_IT = re.compile(r"(?:换[成作做到]了?|[放搁][在到]?|(?:要|若|如果|假如|假设)是?在)$")
_THEN = re.compile(r"的话|，?(?:这[事种样]|那|早|肯定|[估恐]计?怕?|不得|还不)")
"""Before and behind where something would be otherwise: 换成北京早就修好了."""
_FOLLOWS = re.compile(r"学习|看齐|取经|学学|借鉴")
"""Behind what somebody looks up to: 向浙江看齐."""
_QUOTED = re.compile(r"[\u4e00-\u9fff]{1,8}[”\"’'」』]")
"""What stands behind a name in a short quotation: a sign, a nickname, a saying."""
_OPENING = frozenset("“\"‘'「『")
_NEXT_DOOR = re.compile(r"(?:楼下|隔壁|对面|对门|门口|旁边)(?:的|那?家|有一?[个家]|新?开的){0,2}$")
_SHOP = re.compile(
    r"[\u4e00-\u9fff]{0,3}?(?:[饭餐面菜茶粉酒]馆|饭店|餐厅|酒[楼家店]|小吃|火锅|排档|烧烤|面庄|包子|[理美]发|发廊|宾馆|足浴|超市)"
)
"""Before and behind what a shop next door is called after: 楼下重庆面馆."""
_CALLS = re.compile(r"(?:(?<![喊呼尖吼惨号])叫[做作]?|[大本真艺笔乳小学全]名[叫是为:：]?)[“\"‘'「『]?$")
_CLAIMS = re.compile(r"(?:自称|冒充|假冒)[是为]?(?:来自)?$|(?:网名|昵称|微信名|用户名|账号|id)[叫是为:：]?$")
"""Before what somebody claims to be, or calls himself."""
_NOT_THERE = re.compile(r"(?<![是要若道在])不(?:是|在|算)(?:发生[在于]|来自)?$")
_REALLY = re.compile(r"(?![不没有])")
"""Before and behind where something is said not to be: 视频拍的不是武汉."""
_SHIP = re.compile(r"[”\"’'」』][号轮舰艇]")
_OVER = re.compile(r"[”\"’'」』]?(?:[，。；！？,.;!?\s]|$)")
_PART = re.compile(r"[\u4e00-\u9fff]{1,2}[”\"’'」』]?(?:[，。；！？,.;!?\s]|$)")
"""Before and behind what somebody or something is called, or what its name begins with: 表弟叫徐州生."""


def is_likeness(plain: str, mention: Mention, last: Mention | None) -> bool:
    """Whether something is only compared to a place, or called after it. `last` is the place that is told before."""
    before = plain[max(0, mention.first - _REACH) : mention.first]
    if _SIGNS.isdisjoint(before):
        return False
    beside = last is not None and last.end == mention.first - 1
    return (not beside and _is_compared(plain, before, mention.end)) or _is_called(plain, before, mention)


def _is_compared(plain: str, before: str, end: int) -> bool:
    if _MODEL.search(before) or (before[-1] in "向跟" and _FOLLOWS.match(plain, end)):
        return True
    pairs = ((_BETTER, _THAN), (_AS, _LIKE), (_WERE_IT, _THEN), (_NOT_THERE, _REALLY))
    return any(ahead.search(before) and behind.match(plain, end) for ahead, behind in pairs)


def _is_quoted(plain: str, mention: Mention) -> bool:
    """Whether a short quotation begins with the name: a shop's sign, a nickname."""
    return is_short(mention) and _QUOTED.match(plain, mention.end) is not None and not is_told(plain, mention)


def _is_called(plain: str, before: str, mention: Mention) -> bool:
    if _CLAIMS.search(before):
        return True
    if before[-1] in _OPENING and (_SHIP.match(plain, mention.end) or _is_quoted(plain, mention)):
        return True
    if _NEXT_DOOR.search(before):
        return is_short(mention) and _SHOP.match(plain, mention.end) is not None
    if not _CALLS.search(before):
        return False
    part = is_short(mention) and not is_told(plain, mention) and _PART.match(plain, mention.end)
    return bool(part) or _OVER.match(plain, mention.end) is not None
