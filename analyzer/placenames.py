"""Names of places in a text: found at word boundaries, and no part of a road, a dish, a firm or a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import rjieba

from analyzer.expressions import guarded
from analyzer.gazetteer import Entry, Form, Gazetteer, Readings

_SHORT = 2
MOST = 2_000
"""Names looked at in one text."""

_DECLINED = guarded(
    r"[东西南北中]?[一二三四五六七八九十]?(?:路|街(?![头上边])|巷|大道|大街|胡同|弄|道(?!路|德|歉|具|士|长|县|孚|里|外))"
    r"|(?![修堵断塌封走让问铁公马道网线电水气出有这那各条全几段的之])[\u4e00-\u9fff]路|[东西南北]?(?:里\d|桥)|大汉|汉子|妹子|大嫂|媳妇|女婿|籍|户籍|口音|方言|话|菜|牌照|牌号|号牌|口味|风味|小吃|火锅|拉面|牛肉面|烤鸭|炒饭|米粉|热干面|小面"
    r"|炒粉|烧饼|特产|啤酒|瓷|铲|棉|牌|驴肉|煎饼|烧鸡|扒鸡|板栗|大枣|苹果|荔枝|芒果|蜜|羊肉|凉皮|肉夹馍|臭豆腐|鸭|米线|螺蛳粉|[酒醋茶]"
    r"|老陈醋|丝绸|刺绣|陶|紫砂|木雕|味|料理|麻将|扑克|时间|汤圆|饺子|包子|馄饨|鸡饭|饭(?![店馆堂局])|板鸭|盐水鸭|年糕|月饼|五粮液|老窖|豆瓣|榨菜|刀削面|肠粉|(?![一某两三多有几各省市区县镇村])[\u4e00-\u9fff]{0,4}?(?:大学(?!城|生)|学院|集团|股份|俱乐部|药业|酒业|乳业|控股)|麻花|火腿|毛尖|皮鞋|面食|海鲜(?!市场)|家常菜|土菜|烧烤(?!店)"
    r"|人(?!民|社|大|流|才|口|行|工)|日报|晚报|晨报|早报|商报|都市报|青年报|卫视|时报|消息报|银行|保险|人寿|证券|大厦"
    r"|烩面|大盘鸡|串串|麻辣烫|酸汤鱼|拌粉|滩羊|牛肉干|牛排|脐橙|铁观音|碧螺春|毛峰|龙井|大闸蟹|小?龙虾(?!养殖)|香梨|切糕|羊肉串|臊子面|早茶|陶瓷|腊肉"
    r"|香醋|红肠|鸭[脖血]|排骨|黄酒|酥饼|冷面|香猪|血旺|砂锅|卤味|凉粉|酸奶|熏肉|豆[腐干]|辣子鸡|本帮|刀具|菜刀|剪刀|宏远|鲁能|亚泰|湖(?![北南东西州口滨区里])|流域|干流|支流|[上下中]{1,2}游(?!客)|沿岸|两岸|枸杞|过桥|大米|木耳|人参|虫草|核桃|海参|带鱼|皮蛋|红枣|牛奶|矿泉水|花园|房产(?![局证税]|市场|交易|中介)|置业|(?:特?大)?(?:地震|泥石流|洪水)[^，。]{0,2}(?:纪念|遗址|周年)|狗不理|黄金(?!海岸|周|时段|地段)|地产(?!市场|业)|航空(?!港|口岸|基地|产业|城)|茅台|白药|阿胶|舰(?!艇|队)|汽车(?!站|北站|南站|东站|西站)|现代|大众|新?村(?!民)|号(?:航母|航空母舰|舰|货轮|客轮|邮轮)|五菱|社区|公交站|小区|公寓|女篮|男篮|女排|男排|女足|队|国安|申花|泰山队"
    r"|海港(?=主场|客场|球|队|[\d一二三四五]比)|泰达|富力|建业(?!路)|恒大(?=欠|球|主场|客场|队|俱乐部|足球)|三镇(?=主场|客场|球|队|俱乐部)|蓉城(?=主场|客场|球|队|俱乐部)|津门虎|绿城(?=主场|客场|球|队)|家化|万达(?![广影酒茂商])|老凤祥|医药(?=股份|集团)|重汽|一汽|卷烟|森林(?=上映|重映|里的|这部|》)"
    r"|[\u4e00-\u9fff]{0,2}(?:球[员迷队]|主场|客场)|大葱|大蒜|生姜|大红袍|茶叶(?!市场|公司|店|厂)|岩茶|红茶|绿茶|白茶|蜜柚|蜜桃|水蜜桃|葡萄干?(?!园)|西瓜(?!地)|哈密瓜|甜瓜|苹果醋|雪梨|酥梨|鸭梨|杨梅|枇杷|蜜橘|砂糖橘|猕猴桃|樱桃|花椒|辣椒|蘑菇|粽子?|熏鱼|椰子(?!林)|轮胎(?!厂)|双星|时代(?=的|电池|[股新])|[\u4e00-\u9fff]{2,3}(?:股价|股票|质量差|售后|财报|涨停|跌停)|会战|条约|战役|保卫战|起义|事变|大屠杀|惨案|西海岸(?=队|主场|客场|球)|咸鸭蛋|米酒|酱菜|醋鱼|腐乳|油茶"
)
"""What follows a short name when the whole names something else: a road, a dish, a firm, a paper, a team, an origin."""
_CALLED_AFTER = (
    r"(?:小学|中学|学校|幼儿园|医院|派出所|社区|花园|广场|大厦|市场|商场|酒店|宾馆|站(?![点台前口])"
    r"|桥(?!头)|路(?![口面段灯边旁上中牌])|街(?![口头道边上])|村|苑)"
)
"""What follows a name when the whole names another thing: a compound may be called 小区 where its entry is not."""
_ANOTHER = {"road": re.compile(rf"{_CALLED_AFTER}|小区"), "compound": re.compile(_CALLED_AFTER)}
_WITHIN = frozenset("面边头")
"""What makes "里" no part of a name."""
_SUFFIX_WORDS = re.compile(
    r"[市区县镇乡州](?:民|长|委|政|府|政府|城|里|上|区|内|中心|情|直|属|级|境|级市|气象|公安|教育|应急|人民)"
)
"""Words that begin with a division's last character and still speak of the division."""
_WORD_REST = frozenset(
    (
        "区",
        "省",
        "站",
        "县",
        "办",
        "港",
        "市",
        "市区",
        "地区",
        "半岛",
        "段",
        "西站",
        "南站",
        "北站",
        "东站",
        "油田",
        "工业园区",
        "工业园",
        "开发区",
        "高新区",
        "新区",
        "城区",
        "境内",
        "政府",
        "机场",
        "火车站",
        "办事处",
        "公安局",
        "人民政府",
        "地震",
    )
)
"""Ends of dictionary words that begin with a place and still speak of it."""
_ROAD = re.compile(r".{2,8}[东西南北中][路街]|.{3,9}[路街]|.{2,8}大[道街]")
"""A city's street that the dictionary knows together with the city: 上海南京东路."""
_BIG = re.compile(r"大(?:地震|[火雨雪雾]|爆炸|停电|面积)")
"""What is big, and no university: 唐山大地震."""
_SURNAMES = frozenset(
    "丁朴任何余侯傅冯刘卢史叶吕吴周唐夏姚姜孔孙孟宋崔廖张彭徐戴曹曾朱李杜杨林梁汪沈潘熊王田秦程罗胡苏范萧董蒋蔡薛袁许谢谭贾赵邓邱邹郑郝郭钟阎陆陈韩马高魏黄"
)
_NAMED_BEFORE = """
    死者 伤者 患者 病人 逝者 司机 乘客 民警 交警 辅警 队员 医生 护士 老师 校长 学生
    同学 工人 民工 村民 居民 业主 市民 店主 老板 经理 记者 网友 男子 女子
    老人 男孩 女孩 儿子 女儿 丈夫 妻子 邻居 朋友 同事 嫌犯 车主 房东 租客 游客 负责
    责人 主任
"""
_ROLES = frozenset(_NAMED_BEFORE.split())
"""What somebody is, told right before the name."""
_AGED = re.compile(r"[,，(（][男女\d]|[,，(（]今年\d")
_WATERS = frozenset("湖江河")
_SHORE = re.compile(r"[边畔岸]|水[面位质]|里(?!区)|景区|风景")
"""Behind what is called like a lake it is the lake: 杭州西湖边."""
_IS_CALLED = frozenset(("我叫", "他叫", "她叫", "名叫", "位叫"))
_CHAINED = re.compile(r"[\s·\-/|]{0,2}")
LEFT_OPEN = frozenset(
    "在于从到往至由是和与及、，。；：:,.!?！？（(【[“\"' \n\t我们你他她它家了的住去来赴经过距离向对给让该本这那某将被把"
)
"""Characters behind which a name may begin: marks, and words that lead to a place."""


@dataclass(slots=True)
class Mention:
    """One name in the text, what it may stand for, and the entry that was settled on.

    `behind` is the name right before it. Around it stand words of two characters or more (`behind_word`,
    `before_word`) or other names (`inner`, what they may stand for, even inside a word). `whole`: the dictionary
    has it as a word, and no surname stands before it.
    """

    start: int
    end: int
    readings: Readings
    behind: "Mention | None" = None
    behind_word: bool = False
    inner: Readings = ()
    whole: bool = False
    before_word: bool = False
    entry: Entry | None = None


Hit = tuple[int, int, Readings, int]
"""Start, end, readings, and how far the name stands alone (`gazetteer.alone`)."""


def scan(gazetteer: Gazetteer, plain: str) -> list[Hit]:
    """Names anywhere in a normalised text, overlapping ones too, at most `MOST` of either kind."""
    streets = islice(gazetteer.streets(plain), MOST)
    return [*gazetteer.names(plain)[:MOST], *((start, end, readings, 1) for start, end, readings in streets)]


def mentions(plain: str, hits: Sequence[Hit]) -> list[Mention]:
    """Names at word boundaries, the longest first, none inside another."""
    by_start: dict[int, list[tuple[int, Readings]]] = {}
    for start, end, readings, _ in hits:
        by_start.setdefault(start, []).append((end, readings))
    inside = _inside_words(plain)
    found: list[Mention] = []
    taken = 0
    for start in sorted(by_start):
        if start < taken:
            continue
        before = found[-1] if found and _CHAINED.fullmatch(plain, found[-1].end, start) else None
        for end, readings in sorted(by_start[start], key=_longest):
            goes_on = any(_ends_a_name(plain, after, inside) for after, _ in by_start.get(end, ()))
            if end in inside and not (goes_on or _word_continues(plain, start, end, inside[end], readings)):
                continue
            if any(after - end > _SHORT for after, _ in by_start.get(end, ())):
                # "台州路" is a road, but "台州" + "路桥区" are two names.
                usable = readings
            else:
                within = by_start.get(end, ())
                usable = tuple(
                    r
                    for r in readings
                    if _stands(plain, start, end, r, inside, chained=bool(before))
                    or (within and start not in inside and _leads(r[0], within))
                )
            if usable:
                behind_word = start - 1 in inside or taken == start > 0
                whole = inside.get(end - 1) == (start, end) and plain[start - 1 : start] not in _SURNAMES
                inner = tuple(r for _, readings in by_start[end] for r in readings) if end in by_start else ()
                found.append(Mention(start, end, usable, before, behind_word, inner, whole, end + 1 in inside))
                taken = end
                break
    return found


def _ends_a_name(plain: str, end: int, inside: dict[int, tuple[int, int]]) -> bool:
    """Whether a name may end here: behind a word, or within one before what goes with places (成都双流|机场)."""
    return end not in inside or plain[end : inside[end][1]] in _WORD_REST


def _leads(entry: Entry, named: Iterable[tuple[int, Readings]]) -> bool:
    """Whether a district with an everyday word for a name stands right behind its city: 唐山路北, 张家口桥西."""
    return any(form is Form.BEHIND_PARENT and e.parent is entry for _, rs in named for e, form in rs)


def _longest(hit: tuple[int, object]) -> int:
    return -hit[0]


def _inside_words(plain: str) -> dict[int, tuple[int, int]]:
    """Positions inside a dictionary word -> that word's bounds; new words are not guessed, names are guessed badly."""
    inside: dict[int, tuple[int, int]] = {}
    at = 0
    for word in rjieba.cut(plain, False):  # noqa: FBT003  # the binding takes no keyword
        size = len(word)
        for position in range(at + 1, at + size):
            inside[position] = (at, at + size)
        at += size
    return inside


def _stands(
    plain: str, start: int, end: int, reading: tuple[Entry, Form], inside: dict[int, tuple[int, int]], *, chained: bool
) -> bool:
    """Whether these characters may be this name here, by what stands on both sides."""
    entry, form = reading
    if not chained and start in inside and not _word_is_name(plain, start, inside[start]):
        return False
    if form is Form.OWN:
        return not _is_another(entry.level, plain, end)
    if form is Form.FULL and end - start == 2 and _DECLINED.match(plain, end):
        return False
    if form is Form.FULL:
        return entry.level != "street" or chained or start == 0 or plain[start - 1] in LEFT_OPEN or start not in inside
    called = not chained and end - start == 2 and _is_person(plain, start, entry.level)
    if called or (plain.startswith("省", end) and entry.level != "province"):
        return False
    natural = _is_climbed(plain, start, end) or (form is Form.BEHIND_PARENT and _is_shore(plain, end))
    return not (natural or _DECLINED.match(plain, end) or _is_called(plain, start, end))


def _is_climbed(plain: str, start: int, end: int) -> bool:
    """Whether a mountain is climbed, and no city entered: 爬黄山."""
    return plain[end - 1] == "山" and plain[start - 1 : start] in {"爬", "登"}


def _is_shore(plain: str, end: int) -> bool:
    """Whether somebody is at the water, and not in the district that is called like it: 杭州西湖边."""
    return plain[end - 1] in _WATERS and _SHORE.match(plain, end) is not None


def _is_another(level: str, plain: str, end: int) -> bool:
    """Whether an own name is no more than what another thing is called after, or runs on in a word ("里面")."""
    if plain[end - 1] == "里" and plain[end : end + 1] in _WITHIN:
        return True
    called = _ANOTHER.get(level)
    return called is not None and called.match(plain, end) is not None


def _is_person(plain: str, start: int, level: str) -> bool:
    """Whether a name of two characters is the given name of somebody: 李永平, 死者李吉林."""
    if plain[start - 1 : start] not in _SURNAMES:
        return False
    if level == "county" and plain[start - 2 : start - 1] in LEFT_OPEN:
        return True
    return plain[start - 3 : start - 1] in _ROLES or _AGED.match(plain, start + 2) is not None


def _is_called(plain: str, start: int, end: int) -> bool:
    """Whether somebody is said to be called so: 他叫王新乡, 她叫林芝."""
    if plain[start - 2 : start] in _IS_CALLED:
        return True
    return end - start == 2 and plain[start - 1 : start] in _SURNAMES and plain[start - 2 : start - 1] == "叫"


def _word_is_name(plain: str, start: int, word: tuple[int, int]) -> bool:
    """A dictionary word that begins before the name: "来自" + name never merge, so only place words may."""
    return plain[word[0] : start] in {"中国", "我国", "国内"}


def _word_continues(plain: str, start: int, end: int, word: tuple[int, int], readings: Readings) -> bool:
    """A dictionary word that goes on behind the name: "市民" behind a city, "路口", "河水", "街道办", "北京市民"."""
    if word[0] == end - 1 and _SUFFIX_WORDS.match(plain, end - 1):
        return True
    if word[0] == start and end - start > _SHORT and any(form is Form.FULL for _, form in readings):
        return True
    own = any(form is Form.OWN for _, form in readings)
    if own and word[0] == end - 1 and plain[end - 1] not in "区县市镇乡":
        return True
    rest = plain[end : word[1]]
    if rest == "大":
        return _BIG.match(plain, end) is not None
    return rest in _WORD_REST or _ROAD.fullmatch(rest) is not None
