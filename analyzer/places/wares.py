"""What was bought or is spoilt, and has the name of the place that it is from."""

import re
from functools import cache

import rjieba

from analyzer.places.names import Mention, is_short
from analyzer.places.scenes import is_told
from analyzer.topics import topic_list

BACK = 8
"""Characters before a name that hold what leads to it."""
AHEAD = 8
"""Characters behind a name that hold the next two words."""
FOLK = (
    r"(?:游客|[旅乘]客|客[人商]|[民女男农]工|工[人友]|务工|打工|小伙|姑娘|[男女][子生孩]|司机|老[板人乡]|商[人户]|夫[妻妇]|厨[师子]|师傅"
    r"|年轻人|大[叔爷妈姐哥嫂]|阿姨|亲戚|同[事学]|室友|学生)"
)
"""People who are often elsewhere than at home."""
_THINGS = frozenset(("n", "nr", "nz", "nrt", "nrfg"))
"""The dictionary's kinds of words for things, persons and brands; those for places are others."""
_LAND = frozenset(
    "站场田城桥区岛街宫院楼园馆厂店校局所港库坝河湖山路道巷村镇乡塔门寺庙陵墓矿井隧洞厅会委府部处台网社里口岸线境地速"
)
"""How a word ends that stands or lies somewhere, or governs there."""
_SOMEBODY = re.compile(FOLK)
_BOUGHT = re.compile(
    r"(?:[买喝吃穿喂]|网购|下单)(?:的|了|到|过|着|回来?的)?(?:[一两几\d]?[份箱瓶盒袋双件套个些包条罐桶台斤]|[一两几]点)?$"
)
_SPOILT = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:(?:里|中|上)?[吃喝开]出|[里中](?:有|混进|掺)|发霉|变质|过期|掺[假水]|假货|开胶|掉[色漆]|[褪退]色|缩水|起球|起毛|生锈|馊|胀[袋气]|长[毛蛆虫]|一[洗穿用]就|瓶[口盖里])"
)
"""Before and behind a ware: somebody bought or ate it, or it is spoilt."""
_SIGNS = frozenset("吃喝开里中霉质期掺货胶漆色缩球毛锈馊胀蛆虫一瓶")
_TRADE = frozenset("买喝吃穿喂购单")
"""One of these stands in what is told of a spoilt ware, and one before what was bought."""


def is_ware(plain: str, mention: Mention) -> bool:
    """Whether a city's or a county's short name tells where a thing is from that was bought or is spoilt."""
    end = mention.end
    before = plain[max(0, mention.first - BACK) : mention.first]
    spoilt = None if _SIGNS.isdisjoint(plain[end : end + AHEAD]) else _SPOILT.match(plain, end)
    if spoilt is None and (_TRADE.isdisjoint(before) or _BOUGHT.search(before) is None):
        return False
    if mention.inner or not is_short(mention) or is_told(plain, mention) or _SOMEBODY.match(plain, end):
        return False
    return is_thing(spoilt[1] if spoilt else plain[end : end + AHEAD])


def is_thing(behind: str) -> bool:
    """Whether the next words are for something that neither stands there nor is what the topics are about."""
    words = rjieba.tag(behind)[:2]
    there = any(word[-1] in _LAND or word in _matters() for word, _ in words)
    return bool(words) and not there and words[0][1] in _THINGS


def is_matter(plain: str, start: int) -> bool:
    """Whether a word of what the topics are about begins here: 自来水, 供暖."""
    return any(plain[start : start + size] in _matters() for size in (2, 3))


def is_plain_matter(plain: str, start: int) -> bool:
    """Whether such a word of three characters begins here that is called after nothing: 煤改气, but no 养老院."""
    word = plain[start : start + 3]
    return word in _matters() and word[-1] not in _LAND


@cache
def _matters() -> frozenset[str]:
    """What keywords of the topics are, or begin with."""
    return frozenset(word[:size] for word in topic_list().keywords for size in range(2, len(word) + 1))
