"""Places named in a text: dictionary names at word boundaries, settled by parent, company and region. None is invented."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import rjieba

from analyzer.gazetteer import ADMINISTRATIVE, Entry, Form, Gazetteer
from analyzer.model import Place
from analyzer.scan import plain_of

READ_TO = 20_000
"""Characters of a text that are read; a longer one names its places before."""
MOST = 2_000
"""Names looked at in one text."""

_DECLINED = re.compile(
    r"(?:[东西南北中]?[一二三四五六七八九十]?(?:路|街|巷|大道|大街|胡同|弄|道(?!路|德|歉|具|士|长|县|孚|里|外))|[东西南北]?(?:里\d|桥)"
    r"|籍|户籍|口音|方言|话|菜|牌照|牌号|号牌|口味|风味|小吃|火锅|拉面|牛肉面|烤鸭|炒饭|米粉|热干面|小面|炒粉|烧饼|特产"
    r"|啤酒|瓷|铲|棉|牌|驴肉|煎饼|烧鸡|扒鸡|板栗|大枣|苹果|荔枝|芒果|蜜|羊肉|凉皮|肉夹馍|臭豆腐|鸭|米线|螺蛳粉|[酒醋茶]|老陈醋|丝绸|刺绣|陶|紫砂|木雕|大学(?!城|生)|味|麻花|火腿|毛尖|皮鞋|面食|海鲜(?!市场)|家常菜|土菜|烧烤(?!店)|人(?!民|社|大|流|才|口|行|工)|日报|晚报|晨报|早报|商报|都市报|青年报|卫视|时报|消息报"
    r"|银行|保险|人寿|证券|集团|大厦|乳业|汽车(?!站|北站|南站|东站|西站)|现代|大众"
    r"|新?村|社区|公交站|小区|公寓|女篮|男篮|女排|男排|女足|队|国安|申花|泰山队)"
)
"""What follows a short name when the whole names something else: a road, a dish, a firm, a paper, a team, an origin."""
_BRANDED = re.compile(
    r"(?:小学|中学|学校|幼儿园|医院|派出所|社区|小区|花园|广场|大厦|市场|商场|酒店|宾馆|站|桥(?!头)|路|街|村|苑)"
)
"""What follows a road's or compound's name when the whole names another thing."""
_LENDING = frozenset(("road", "compound"))
"""Levels whose names other things are named after."""
_SUFFIX_WORDS = re.compile(
    r"[市区县镇乡州](?:民|长|委|政|府|政府|城|里|上|区|内|中心|情|直|属|级|境|级市|气象|公安|教育|应急|人民)"
)
"""Words that begin with a division's last character and still speak of the division."""
_LOCATIVE = re.compile(
    r"火车站|高铁站|机场|警方|消防|交警|公安|市民|境内|全市|发生|市区|城区|市场监管|气象|应急|海关|地铁|公交|高速|港|医院|海事|卫健|教育局|住建|多地|暴雨|地震|突发"
)
"""What follows a city's name that is an everyday word as well, where the city is meant."""
_WORD_REST = frozenset("站 火车站 机场 港 市 省 县 区 市区 地区 办 办事处 人民政府 政府 公安局".split())
"""Ends of dictionary words that begin with a place and still speak of it."""
_SCENE = re.compile(
    r"[\s，。；：！？、,.;:!?/#\]】）)”\"—-]|$|发生|突发|一(?!中|路|院|期|小[学，。\s])|某|两|三|多|有|市民|县城|全[市县省]|境内|城区|市区|警方|消防|交警|公安|官方|居民|网友|当地|这边|那边|今|昨|凌晨|暴[雨雪]|台风|地震|强震"
    r"|洪水|山[火洪体]|疫情|火灾|大火|爆炸|车祸|停[水电气暖课运]|断[水电]|食物|煤矿|工[地厂]|[鞋化]工?厂|高速|机场|火车站|段|至|到|往|开往|方向|和|与|及|的|也|都|现|出现|遭|遇|受|大[雾雪]|交界|附近|震感|余震|再|又"
    r"|内涝|塌|局部|部分|地铁|轨道|公交|确诊|新增|累计|报告|通报|回应|辟谣|等地|学校|中学|小学|幼儿园|医院|气象|应急|民警|百年|商户|商[贸场城]|批发|园区|开发区|工业|山区|海域|水库|江段|公路|国道|码头|大桥|村民|群众|游客|多地|一带|地区|救援|打工|旅游|出差|上班|老家"
)
"""What follows a bare name where the place itself is spoken of."""
_BEARINGS = frozenset(("山西", "山东", "河南", "河北", "海南", "江西", "湖南", "湖北", "广东", "广西"))
"""Provinces whose bare name may be a side of something: the west gate of a hill."""
_GENERIC = frozenset(
    (
        "老城区",
        "新城区",
        "城区",
        "郊区",
        "矿区",
        "市中区",
        "东区",
        "西区",
        "新市区",
        "城东区",
        "城西区",
        "城北区",
        "城中区",
        "中区",
        "南区",
        "北区",
        "站前区",
        "市辖区",
    )
)
"""Full names that are everyday words as well: a place only right behind its parent, or at home."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SURNAMES = frozenset(
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范姚谭廖邹熊陆郝孔崔邱秦史侯孟"
)
_CHAINED = re.compile(r"[\s·\-/|]{0,2}")
_LEFT_OPEN = frozenset(
    "在于从到往至由是和与及、，。；：:,.!?！？（(【[“\"' \n\t我们你他她它家了的住去来赴经过距离向对给让该本这那某将被把"
)
_WIDE_ENOUGH = {"province": 0, "city": 1, "county": 2, "street": 3, "village": 4}


Readings = tuple[tuple[Entry, Form], ...]
"""What a name may stand for, and in which form it does."""
Hit = tuple[int, int, Readings, int]
"""Start, end, readings, and how far the name stands alone (`gazetteer._alone`)."""


@dataclass(slots=True)
class _Mention:
    """One name in the text, its readings, and the one that was settled on."""

    start: int
    end: int
    readings: Readings
    behind: "_Mention | None" = None
    behind_word: bool = False
    before_name: bool = False
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Finds places of one gazetteer; made once, used for every text."""

    gazetteer: Gazetteer

    def find(self, text: str, region: str | None = None) -> tuple[Place, ...]:
        """Places in the order in which they are named.

        A chain of names ("某省某市某县") is one place, its last; `Place.path` has the whole way down.
        `region` is the source's region: it settles names that several places share.
        """
        plain = plain_of(text[:READ_TO])
        hits = list(self._scan(plain))
        if not hits or not max(hit[3] for hit in hits):
            return ()
        mentions = _mentions(plain, hits)
        home = self.gazetteer.region(region)
        company = [entry for m in mentions for entry in _certain(m)]
        for mention in mentions:
            mention.entry = _settle(plain, mention, company, home)
        kept = [m for m in mentions if m.entry is not None]
        return tuple(_place(m) for m, after in zip_longest(kept, kept[1:]) if not _leads_to(m, after))

    def _scan(self, plain: str) -> Iterable[Hit]:
        """Names anywhere in the text, overlapping ones too, at most `MOST` of either kind."""
        for last, (length, readings, alone) in islice(self.gazetteer.automaton.iter(plain), MOST):
            yield last + 1 - length, last + 1, readings, alone
        for start, end, readings in islice(self.gazetteer.streets(plain), MOST):
            yield start, end, readings, 1


def _mentions(plain: str, hits: Sequence[Hit]) -> list[_Mention]:
    """Names at word boundaries, the longest first, none inside another."""
    by_start: dict[int, list[tuple[int, Readings]]] = {}
    for start, end, readings, _ in hits:
        by_start.setdefault(start, []).append((end, readings))
    inside = _inside_words(plain)
    mentions: list[_Mention] = []
    taken = 0
    for start in sorted(by_start):
        if start < taken:
            continue
        before = mentions[-1] if mentions and _CHAINED.fullmatch(plain, mentions[-1].end, start) else None
        for end, readings in sorted(by_start[start], key=_longest):
            if end in inside and not (end in by_start or _word_continues(plain, end, inside[end], readings)):
                continue
            usable = tuple(r for r in readings if _stands(plain, start, end, r, inside, bool(before)))
            if usable:
                behind_word = start - 1 in inside or taken == start > 0
                mentions.append(_Mention(start, end, usable, before, behind_word, end in by_start))
                taken = end
                break
    return mentions


def _longest(hit: tuple[int, object]) -> int:
    return -hit[0]


def _inside_words(plain: str) -> dict[int, tuple[int, int]]:
    """Positions inside a dictionary word -> that word's bounds. Without guessing of new words: names are guessed badly."""
    inside: dict[int, tuple[int, int]] = {}
    at = 0
    for word in rjieba.cut(plain, False):  # noqa: FBT003  # the binding takes no keyword
        size = len(word)
        for position in range(at + 1, at + size):
            inside[position] = (at, at + size)
        at += size
    return inside


def _stands(
    plain: str, start: int, end: int, reading: tuple[Entry, Form], inside: dict[int, tuple[int, int]], chained: bool
) -> bool:
    """Whether these characters may be this name here, by what stands on both sides."""
    entry, form = reading
    if not chained and start in inside and not _word_is_name(plain, start, inside[start]):
        return False
    if form is Form.OWN:
        return entry.level not in _LENDING or not _BRANDED.match(plain, end)
    if form is Form.FULL and end - start == 2 and _DECLINED.match(plain, end):
        return False
    if form is Form.FULL:
        return entry.level != "street" or chained or start == 0 or plain[start - 1] in _LEFT_OPEN or start not in inside
    if form is Form.FREE and entry.level == "county" and not chained and _is_person(plain, start, end):
        return False
    return not _DECLINED.match(plain, end)


def _is_person(plain: str, start: int, end: int) -> bool:
    """Whether a two-character name is the given name of somebody: 李永平."""
    return end - start == 2 and plain[start - 1 : start] in _SURNAMES and plain[start - 2 : start - 1] in _LEFT_OPEN


def _word_is_name(plain: str, start: int, word: tuple[int, int]) -> bool:
    """A dictionary word that begins before the name: "来自" + name never merge, so only place words may."""
    return plain[word[0] : start] in {"中国", "我国", "国内"}


def _word_continues(plain: str, end: int, word: tuple[int, int], readings: Readings) -> bool:
    """A dictionary word that goes on behind the name: "市民" behind a city, "路口", "河水", "街道办"."""
    if word[0] == end - 1 and _SUFFIX_WORDS.match(plain, end - 1):
        return True
    own = any(form is Form.OWN for _, form in readings)
    if own and word[0] == end - 1 and plain[end - 1] not in "区县市镇乡":
        return True
    return plain[end : word[1]] in _WORD_REST


def _certain(mention: _Mention) -> Iterable[Entry]:
    """Entries that a mention stands for without any help."""
    if any(form is Form.OWN for _, form in mention.readings):
        entries = [entry for entry, form in mention.readings if form is Form.OWN]
        return entries if len(entries) == 1 else ()
    free = [e for e, form in mention.readings if form in {Form.FULL, Form.FREE} and e.level != "street"]
    best = _widest(free)
    return (best,) if best is not None else ()


def _widest(entries: Sequence[Entry]) -> Entry | None:
    """Of namesakes the one that the bare name means: a province before a city, what the others lie in."""
    if not entries:
        return None
    first = min(entries, key=lambda e: _WIDE_ENOUGH.get(e.level, 9))
    alone = first.level in {"province", "city"} and all(e is first or e.level != first.level for e in entries)
    return first if len(entries) == 1 or alone or all(e.lies_in(first) for e in entries) else None


def _settle(plain: str, mention: _Mention, company: Sequence[Entry], home: Entry | None) -> Entry | None:
    """The one entry that a mention means, or None: better no place than a wrong one."""
    parent = mention.behind.entry if mention.behind else None
    readings = [r for r in mention.readings if not _nested(r[0], mention.readings, parent)]
    scored = [(_support(entry, parent, company, home), entry, form) for entry, form in readings]
    own = [(score, entry) for score, entry, form in scored if form is Form.OWN]
    if own:
        if parent is not None and not parent.own and not any(entry.lies_in(parent) for _, entry in own):
            return None
        return _best(own, need=0)
    behind = [(score, entry) for score, entry, form in scored if score >= _BEHIND]
    if behind:
        return _best(behind, need=_BEHIND)
    helped = [(score, e) for score, e, form in scored if score > 0 and _may_stand(e, form, score)]
    if helped:
        best = _best(helped, need=1)
        return best if best is None or _clear(plain, mention, best, helped=True) else None
    spoken_of = _LOCATIVE.match(plain, mention.end) is not None
    free = [e for _, e, form in scored if _free_standing(e, form, spoken_of=spoken_of)]
    best = _widest(free)
    return best if best is None or _clear(plain, mention, best, helped=False) else None


def _clear(plain: str, mention: _Mention, entry: Entry, *, helped: bool) -> bool:
    """Whether the words on both sides leave a bare name be: what is short may be a piece of anything."""
    form = next(f for e, f in mention.readings if e is entry)
    name = plain[mention.start : mention.end]
    if form not in {Form.FREE, Form.FULL} or mention.behind is not None or len(name) > 2:
        return True
    before = mention.behind_word or mention.start == 0 or plain[mention.start - 1] in _LEFT_OPEN
    before = before or not _HAN.match(plain, mention.start - 1)
    after = mention.before_name or _SCENE.match(plain, mention.end) is not None
    if form is Form.FULL:
        return before
    if entry.level == "province":
        return before or after or name not in _BEARINGS
    return before or after if helped or entry.level == "city" else before and after


def _may_stand(entry: Entry, form: Form, score: int) -> bool:
    """Whether a name with something that speaks for it is taken where its parent does not stand before it."""
    if entry.name in _GENERIC:
        return form is Form.FULL and score >= _AT_HOME
    return form is not Form.BEHIND_PARENT


def _nested(entry: Entry, readings: Sequence[tuple[Entry, Form]], parent: Entry | None) -> bool:
    """Whether a namesake that it lies in is meant: a prefecture's bare name is not its county of that name."""
    return any(e is not entry and e is not parent and entry.lies_in(e) for e, _ in readings)


def _free_standing(entry: Entry, form: Form, *, spoken_of: bool) -> bool:
    """Whether a name may be taken where nothing speaks for it: no street, no "城区", no everyday word but a city's."""
    if entry.level == "street" or entry.name in _GENERIC:
        return False
    if form in {Form.FULL, Form.FREE}:
        return True
    return entry.level == "city" and spoken_of


_BEHIND = 100
_AT_HOME = 25


def _support(entry: Entry, parent: Entry | None, company: Sequence[Entry], home: Entry | None) -> int:
    """What speaks for an entry: right behind its parent, its parent named elsewhere, the source's region."""
    if parent is not None and entry is not parent and entry.lies_in(parent):
        return _BEHIND + _WIDE_ENOUGH.get(parent.level, 0)
    score = 0
    for other in company:
        if entry is not other and entry.lies_in(other):
            score = max(score, 20 + _WIDE_ENOUGH.get(other.level, 0))
    return max(score, _near_home(entry, home))


def _near_home(entry: Entry, home: Entry | None) -> int:
    """How near the source's region an entry lies: in it, around it, in the same city, in the same province."""
    if home is None:
        return 0
    if entry.lies_in(home):
        return 30
    if home.lies_in(entry):
        return 25
    mine, theirs = {e.level: e for e in _line(entry)}, {e.level: e for e in _line(home)}
    for level, worth in (("county", 15), ("city", 10), ("province", 5)):
        if level in mine and mine[level] is theirs.get(level):
            return worth
    return 0


def _line(entry: Entry | None) -> Iterable[Entry]:
    while entry is not None:
        yield entry
        entry = entry.parent


def _best(scored: Sequence[tuple[int, Entry]], *, need: int) -> Entry | None:
    """The entry with the highest score, None when two share it."""
    top = max(score for score, _ in scored)
    first = [entry for score, entry in scored if score == top]
    if top < need:
        return None
    return first[0] if len(first) == 1 else _widest(first)


def _leads_to(mention: _Mention, after: _Mention | None) -> bool:
    """Whether a name is only the way to the next one: its parent, right before it."""
    if after is None or after.behind is not mention or after.entry is None or mention.entry is None:
        return False
    return after.entry is not mention.entry and after.entry.lies_in(mention.entry)


def _place(mention: _Mention) -> Place:
    entry = mention.entry
    if entry is None:
        raise ValueError("a mention that was not settled is no place")
    return Place(
        code=entry.code, name=entry.name, level=entry.level, span=(mention.start, mention.end), path=entry.path
    )
