"""Whether a text tells of what happened in another country: no happening of any district's, grave as it may be."""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate

from analyzer.model import Place, Span
from analyzer.patterns import bounds
from analyzer.patterns.expressions import guarded
from analyzer.patterns.scan import plain_of
from crawlers.finder import Finder

READ_TO = 400
"""Characters of a text that are read; where it happened stands first."""

_COUNTRIES = (
    "美国|加拿大|墨西哥|巴西|阿根廷|智利|秘鲁|哥伦比亚|委内瑞拉|厄瓜多尔|玻利维亚|巴拉圭|乌拉圭|古巴|海地|多米尼加|牙买加|危地马拉|洪都拉斯|萨尔瓦多|尼加拉瓜|哥斯达黎加|巴拿马"
    "|英国|法国|德国|意大利|西班牙|葡萄牙|荷兰|比利时|卢森堡|瑞士|奥地利|瑞典|挪威|丹麦|芬兰|冰岛|爱尔兰|希腊|波兰|捷克|斯洛伐克|匈牙利|罗马尼亚|保加利亚|塞尔维亚|克罗地亚|斯洛文尼亚"
    "|阿尔巴尼亚|北马其顿|马其顿|波黑|黑山共和国|俄罗斯|乌克兰|白俄罗斯|摩尔多瓦|立陶宛|拉脱维亚|爱沙尼亚|格鲁吉亚|亚美尼亚|阿塞拜疆|土耳其|塞浦路斯|马耳他"
    "|日本|韩国|朝鲜|蒙古国|越南|老挝|柬埔寨|泰国|缅甸|马来西亚|新加坡|印度尼西亚|印尼|菲律宾|文莱|东帝汶|印度|巴基斯坦|孟加拉国|孟加拉|斯里兰卡|尼泊尔|不丹|马尔代夫|阿富汗|伊朗|伊拉克"
    "|叙利亚|黎巴嫩|以色列|巴勒斯坦|约旦|沙特阿拉伯|沙特|也门|阿曼|阿联酋|卡塔尔|科威特|巴林|哈萨克斯坦|乌兹别克斯坦|土库曼斯坦|吉尔吉斯斯坦|塔吉克斯坦"
    "|埃及|利比亚|突尼斯|阿尔及利亚|摩洛哥|苏丹|南苏丹|埃塞俄比亚|索马里|肯尼亚|坦桑尼亚|乌干达|卢旺达|布隆迪|刚果|刚果（金）|刚果（布）|刚果(金)|刚果(布)|尼日利亚|尼日尔|加纳|马里|塞内加尔|几内亚|塞拉利昂|利比里亚|科特迪瓦"
    "|喀麦隆|乍得|中非共和国|加蓬|安哥拉|赞比亚|津巴布韦|莫桑比克|马拉维|马达加斯加|毛里求斯|纳米比亚|博茨瓦纳|南非|澳大利亚|新西兰|巴布亚新几内亚|斐济|汤加|瓦努阿图|所罗门群岛|夏威夷"
)
COUNTRIES = frozenset(_COUNTRIES.split("|"))
_ELSEWHERE = "邻省|相邻省|邻近省|周边省|毗邻省|国外|境外|外国|海外|省外|外省|外市|隔壁省"
_NEXT = "邻市|相邻市|邻县|相邻县|邻区|外地|外县|外区|兄弟省|兄弟市"
"""Elsewhere too; but people, cars and wards are called so who are here."""
_CITIES = (
    "纽约|洛杉矶|旧金山|芝加哥|休斯敦|华盛顿|加州|加利福尼亚|得克萨斯|得州|佛罗里达|佛州|多伦多|温哥华|里约热内卢|圣保罗|伦敦|巴黎|柏林|慕尼黑|马德里|巴塞罗那|里斯本|莫斯科|圣彼得堡|基辅|伊斯坦布尔|安卡拉"
    "|东京|大阪|京都府|北海道|福岛县|能登|熊本|首尔|釜山|平壤|河内市|胡志明市|曼谷|清迈|普吉岛|仰光|曼德勒|金边|万象市|吉隆坡|雅加达|巴厘岛|苏门答腊|爪哇|马尼拉|新德里|孟买|加尔各答|古吉拉特邦|比哈尔邦|喀拉拉邦|伊斯兰堡"
    "|卡拉奇|达卡|科伦坡|加德满都|喀布尔|德黑兰|巴格达|大马士革|贝鲁特|加沙|耶路撒冷|特拉维夫|迪拜|开罗|内罗毕|拉各斯|约翰内斯堡|悉尼|墨尔本|奥克兰"
)
_SCENE = re.compile(
    r"发生|突发|某|海域|开往|客货|：[^，。！？\n]{0,16}[死伤亡]|(?:[^，。；！？\n]{0,4}(?:感染|确诊))?(?:霍乱|埃博拉|鼠疫|登革热|寨卡|猴痘|疟疾|黄热病|疫情)|(?:[上本]?周[一二三四五六日]?|\d{1,2}日)[^，。；！？\n]{0,8}(?:地震|爆炸|坠[机毁]|沉[船没]|[坍垮]塌)|[\u4e00-\u9fff]{1,7}?(?:郊[外区]|[东西南北]郊)|(?:米兰|罗马|威尼斯|那不勒斯|北爱尔兰|苏格兰|利物浦|曼彻斯特|里昂|马赛|汉堡|法兰克福|日内瓦|维也纳|布拉格|雅典|芝加哥|西雅图|波士顿|底特律|拉斯维加斯|名古屋|神户|广岛县?|长崎|仁川|大邱|岘港|宿务)|(?:上班|打工|工作|留学|出差|旅游|上学)[^，。]{0,4}，(?![^，。]{0,6}(?:老家|家里|国内|家乡))[^，。]{0,8}(?:楼|街|店|厂|村|这边|那边)|，?(?:[她他]?说)?那[边里]|[两三四](?=[列辆架艘座栋名])|遭遇?|连续|\d(?:\.\d)?级|水灾|风灾|死亡人数|养老院|清真寺|小型|出现|境内|一(?!枝|号|带|路|线|店|日|品|大)|[强地山洪海暴飓大火空矿雪][震火水啸雨风难灾崩]|龙卷风|热浪|爆炸|枪击|踩踏|坠机|沉船|[煤金银铜铁锡镍钴]矿|监狱"
    r"|[渡客货游邮]轮|渡船|列车|火车|客机|飞机|军机|直升机|[客货校罐]车|油罐车|巴士|大巴|警方|官员|官方|媒体|卫生部|内政部|消防|首都"
    r"|[东西南北中][部南北侧海岸]|多地|近海|附近|沿海|以[东南西北]|[\d余多]{1,6}[名人级例]|死|伤|遇难"
    rf"|[\u4e00-\u9fff]{{1,7}}?(?:[省州县岛府邦]|(?<![城都])市(?!场)|海域|火山)|(?:{_CITIES})"
)
"""What follows a country's or a foreign town's name where it is the scene."""
_FAR, _NEAR = frozenset(_ELSEWHERE.split("|")), frozenset(_NEXT.split("|"))
_TIMED = re.compile(
    r"(?:[份区县市镇]|[某一][^，。；！？：\n我本在]{0,10}?|山区|沿海|多地){0,2}[今昨前近日天凌晨早上下午晚夜间期来月年刚\d点时分许:]{0,14}(?:先后|接连|连续|再次|又)?(?:发生|突发)"
)
"""What follows where something happened there, as times stand before the verb: "邻省今天凌晨发生"."""
_STRUCK_AT = re.compile(r"(?:地震|震中|事故|火灾|爆炸)(?:发生地|发生|位于|是|[在于]){1,3}[^，。；！？\n]{0,16}的?$")
"""Before the name: where it was."""
_FAR_SCENE = re.compile(
    r"[^，。！？；：\n]{0,8}(?:爆炸|起火|火灾|大火|坍塌|垮塌|滑坡|矿难|事故)|[^。！？\n]{0,14}[她他]们?那[边儿里]"
)
"""What follows a word for elsewhere, of which nothing here has its name."""
_BEGINS = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[日晚晨午间年时分秒称悉道示讯息点夜月于电在期来前天是周]|外媒|(?:^|\n)[美英法德俄日韩泰印])$"
)
"""Before the name: elsewhere people come from there, or a firm, a dish or a compound is called after it."""
_ASIDE = re.compile(
    r"[^，。；！？\n]{0,10}(?:旧[照图闻]|[的旧](?:照片|图片|视频|画面))|(?:(?<=[外省]省|省外|外市)[一\d两几]?[辆台]?[客货校罐大小轿面油]+车|料理|餐[厅馆]|烤肉|菜馆|风味|风情|商[品店]|进口|品牌|留学|籍|人(?!质|员)|语|街|路|小?城|小镇|村|超市|馆|产|牌|风|车(?!祸|站)|队|男足|女足|代表团|签证|游)"
)
"""Behind a country: something here that only has its name."""
_HERE = (
    "西[南北藏]|东[南北]|华[东南北]|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    "|广东|广西|海南|重庆|四川|贵州|云南|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_OURS = re.compile(f"(?:我国|中国)(?:境内|边境|一侧|大陆|{_HERE})|在大陆(?=死亡|遇难|已|致|造成)")
"""How this side is named where a disaster crosses the border."""
_THIS_SIDE = re.compile(f"我国|中国|大陆|{_HERE}")
_WITHIN = re.compile(r"[我本全该](?:县|区(?!域)|市|镇|乡|旗|村|街道)")
_HARMED = re.compile(
    rf"{_WITHIN.pattern}(?![^。！？\n]{{0,6}}(?:开展|部署|组织|启动|召开|立即|连夜|迅速|举一反三))[^。！？\n没无未不]{{0,24}}(?:受伤|死亡|遇难|身亡|失踪|失联|被困|倒塌|垮塌|受损|开裂|裂缝|停电|转移|爆炸|起火|失火|坍塌|[死伤]了?\d)"
)
"""What another country's disaster has done here."""
_CLAUSE = 40
_SENTENCE = 120
_REALM = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[日晚晨午间年时称悉道示讯息电在期月]))(?!中华)[\u4e00-\u9fff]{2,6}?"
    r"(?:共和国|(?<!动物)(?<!童话)(?<!海洋)(?<!冰雪)(?<!水上)(?<!汽车)(?<!玩具)(?<!美食)(?<!欢乐)(?<!梦幻)王国|联邦|公国|酋长国)"
    r"(?:[东西南北中][部南北侧海]|首都|境内|多地|沿海|近海|总[统理]|首相|国王|王室|政府|[\u4e00-\u9fff]{0,3}(?:警方|官方|官员|军方|媒体)|(?:内政|外交|交通|卫生|国防)部|[\u4e00-\u9fff]{1,6}[省州邦](?!际))"
)
"""A country of which no list knows, named in full beside what only countries have."""
_FAR_AWAY = guarded(
    rf"{_REALM}|(?:^|[\n【])国际(?:快讯|新闻|要闻|简讯|速递|时讯|观察)[：:】]|【国际】|该国(?:[东西南北][部南北]|首相|总[统理]|国王|警方|政府|官[方员]|媒体)|外媒[：:]|(?<![\u4e00-\u9fff])外电(?=[，：:称]|消息|报道)|据外电|(?:(?<![\u4e00-\u9fff])|(?<=[洋海平加]))岛国(?!风)|多国救援"
    r"|(?:[无没]有?|未(?:收到|发现|接到|有))[^，。；！？\n]{0,6}(?:我国|中国)(?:公民|籍|游客|侨胞|留学生)"
    r"|(?:震中|震源|地震)[^，。；！？\n]{0,6}?距离?[^，。；！？\n\d]{0,10}\d{3,4}(?:\.\d)?[余多]?(?:公里|千米|km)|^\n?当地\d{1,2}月\d{1,2}日|当地时间(?=[今昨前]|周|\d|[一二三四五六七八九十]{1,3}[日号月时点])|(?:我国?|中国)驻[^，。！？\n]{0,10}[使领]馆|我[使领]馆|外媒(?:称|报道|援引)"
    r"|(?:东南亚|南亚|中亚|西亚|北欧|东欧|西欧|南欧|欧洲|非洲|南美|北美|拉美|中美洲|中东|大洋洲|南太平洋)(?:某|一|多|国家|地区|[^，。；\n]{0,4}国)"
)
"""What tells of another country without its name."""
_DISASTER = r"地震|海啸|[火水洪山]灾|[大山起失]火|爆炸|[坍垮倒]塌|空难|坠[机毁]|沉[船没]|矿难|透水|洪水|飓风|踩踏|事故"
_RECALLED = re.compile(
    r"[上前][个两]?(?:月|周|星期)(?!末)|去年|前年|近日|日前|前几天|前不久|不久前|此前|早前|(?:\d{1,3}|[一二两三四五六七八九十几数半]{1,3})个?多?(?:年|月|周|星期|天)(?:之|以)?前|(?:之|过|事)后|才过去|过去(?:刚|才|不)"
)
"""In the sentence of another country's disaster: it is over, and what is told here is something else."""
_RELIEF = re.compile(r"(?:赴|去|往|抵达|援)$")
"""Before another country's name: somebody from here went there to help."""
_HELPED = re.compile(rf"[^。！？\n]{{0,30}}(?:搜救|救援|救灾|援助|{_DISASTER})")
_SENT = re.compile(r"(?:增援|支援|驰援|援助)$")
"""Before a word for elsewhere: somebody from here went there to help, and nothing has happened here."""
_HERE_FIRST = re.compile(
    r"(?<!增)(?:[死伤困埋]|亡(?!羊)|失联|失踪|起火|着火|火灾|爆炸|[坍垮倒]塌|滑坡|相撞|追尾|侧翻|泄漏|中毒|山洪)"
)
"""Told before it: something has happened here."""
_LESSON = re.compile(r"[^，。！？；\n]{0,24}(?:教训|为鉴|为镜|为戒|镜鉴|警示)")
"""Behind it: what happened there is a lesson here."""
_STRUCK = re.compile(rf"[^，。；！？\n]{{0,20}}?(?:{_DISASTER})")
_DAY = re.compile(r"昨[天日晚夜晨]|今[天日晚晨早]|前[天日]")
"""Behind another country's name, in its sentence: what follows is of here and these days."""
_NOW_HERE = re.compile(
    r"(?:昨[天日晚夜晨]|今[天日晚晨早]|前[天日]|\d{1,2}[日号]|时许|刚刚)[^。！？\n]{0,16}?[\u4e00-\u9fff]{1,6}[市县区镇乡旗州](?!场|民|长)"
)
"""A day of these and a division: it happened here, if no other country is named."""
_LOCAL_TIME = "当地时间"
_SENTENCE_END = "。！？\n"
_DATELINE = re.compile(r"(?:据|新华[社网]|中新[社网]|央视|人民[日网]|环球|国际在线)[^，。]{0,16}(?:电|讯|消息|报道)")
_CLOCK = "时间"
_NAMES = Finder(sorted({*COUNTRIES, *_CITIES.split("|"), *_FAR, *_NEAR}), longest=True)


def abroad(text: str, places: Sequence[Place] = ()) -> bool:
    """Whether the first sentence that names a scene has it in another country.

    `places` are those of this country that the text names: beside them another country is no scene, unless the time
    is told by its own clocks. What reaches across the border happened here as well.
    """
    plain = plain_of(text[:READ_TO])
    if _OURS.search(plain):
        return False
    if _both(plain):
        return False
    return _far(plain, places) and _HARMED.search(plain) is None


def _far(plain: str, places: Sequence[Place]) -> bool:
    """Whether the first scene that a text names is in another country."""
    told = _FAR_AWAY.search(plain)
    if told and not any(_beside(plain, told.start(), place) for place in places):
        return True
    for start, end, _ in _NAMES.find(plain):
        named = _BEGINS.search(plain[max(0, start - 2) : start]) and not _ASIDE.match(plain, end)
        if (named and _scene(plain, start, end)) or _was_there(plain, start, end):
            return _LOCAL_TIME in plain or not any(_beside(plain, start, place) for place in places)
    return False


def _scene(plain: str, start: int, end: int) -> bool:
    """Whether another country that is named between two places is where something happened."""
    name = plain[start:end]
    far = name in _FAR and _FAR_SCENE.match(plain, end)
    return bool(far or _TIMED.match(plain, end) or (name not in _NEAR and _SCENE.match(plain, end)))


def _was_there(plain: str, start: int, end: int) -> bool:
    """Whether a word for elsewhere is told as where it was: "震中位于距我区600公里的外省", "增援邻市山洪救援"."""
    name = plain[start:end]
    if _HERE_FIRST.search(plain, 0, start):
        return False
    if name in _FAR and (_STRUCK_AT.search(plain, max(0, start - 30), start) or _LESSON.match(plain, end)):
        return True
    helped = name in _FAR | _NEAR and _SENT.search(plain, max(0, start - 2), start)
    return bool(helped and _HELPED.match(plain, end))


def recalled(plain: str, positions: Sequence[int]) -> list[bool]:
    """For each spot of a text, whether its sentence recalls a disaster of another country that somebody here was at."""
    spans = sorted(_recalled(plain))
    starts, ends = [start for start, _ in spans], [*accumulate((end for _, end in spans), max)]
    begun = (bisect(starts, position) for position in positions)
    return [index > 0 and position < ends[index - 1] for index, position in zip(begun, positions, strict=True)]


def _recalled(plain: str) -> list[Span]:
    """The sentences that recall another country's disaster: "上月海外某国一座大厦起火", "半个月前飞赴海外参加搜救"."""
    found = []
    for start, end, _ in _NAMES.find(plain):
        if _ASIDE.match(plain, end):
            continue
        helped = _RELIEF.search(plain, max(0, start - 2), start)
        told = _HELPED.match(plain, end) if helped else _scene(plain, start, end) and _STRUCK.match(plain, end)
        span = bounds.begin(plain, start, _SENTENCE_END, _SENTENCE), bounds.end(plain, end, _SENTENCE_END, _SENTENCE)
        day = _DAY.search(plain, end, span[1])
        span = span[0], day.start() if day else span[1]
        if told and _RECALLED.search(plain, *span):
            found.append(span)
    return found


def _both(plain: str) -> bool:
    """Whether beside another country's disaster that is recalled something is told that happened here."""
    spans = _recalled(plain)
    if not spans or _LOCAL_TIME in plain or "该国" in plain:
        return False
    return any(
        not any(start <= here.start() < end for start, end in spans) and not _NAMES.find(here[0])
        for here in _NOW_HERE.finditer(plain)
    )


def beyond(plain: str, positions: Sequence[int]) -> list[bool]:
    """For each spot of a text that tells of both sides of a border, whether the side last named is the other one."""
    if not _OURS.search(plain):
        return [False] * len(positions)
    named = [(start, True) for start, _, _ in _NAMES.find(plain)]
    named += [(ours.start(), False) for ours in _THIS_SIDE.finditer(plain)]
    named.sort()
    before = [bisect(named, (position, False)) for position in positions]
    return [index > 0 and named[index - 1][1] for index in before]


def in_province(plain: str, positions: Sequence[int]) -> list[bool]:
    """For each spot of a text that speaks of a place in a province, whether its clause counts in the whole province."""
    if "全省" not in plain or not _WITHIN.search(plain):
        return [False] * len(positions)
    clauses = (plain[bounds.begin(plain, position, "，。；！？\n", _CLAUSE) : position + 1] for position in positions)
    return ["全省" in clause and not _WITHIN.search(clause) for clause in clauses]


def _beside(plain: str, scene: int, place: Place) -> bool:
    """Whether a place of this country is named up to the end of the scene's sentence, and not in a mere dateline."""
    start, end = place.span
    dated = any(found.start() <= start < found.end() for found in _DATELINE.finditer(plain, 0, end + 20))
    return start < bounds.end(plain, scene, _SENTENCE_END, READ_TO) and not dated and not plain.startswith(_CLOCK, end)
