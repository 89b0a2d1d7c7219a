"""What stands around a figure of a thing and says what it measures."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from analyzer.facts.lexicon import RIDES
from analyzer.model import FactKind, Span
from analyzer.patterns import bounds

_SERVICE = re.compile(r"[水电气暖热网]|燃气|瓦斯|管[线線]|通信|通讯|宽带|信号|供应|停炉")
_CUTS = (
    r"停[水电气暖热网供运]|(?<=户)停(?=[，。；！])|停的[水电气暖]|停(?:了|过|咗)[^，。]{0,8}[水电气暖]|停了?(?=(?:约|近|差不多|大概)?[\d一二两三四五六七八九十][\d.余多来万千百十一二两三四五六七八九]{0,7}户)|[水电气暖网](?:也|都|又|已经?|全|就)?[停断]|断[水电气网供暖]|没有?(?:自来|热|生活用|天然|燃|煤)?[水电气暖网]|没暖气|[没无]信号|没天然气|没燃气"
    r"|[供用通水电气暖网信力][^，。；]{0,6}中断|暂停[^，。；\d]{0,8}供[水电气暖热]|中断[^，。；]{0,4}供|瘫痪|用[水电气]受限|(?<![汛上下])限[水电气]|[用喝]不[上到成]了?(?:自来|热|干净的?)?[水电气]|供[水电气暖热应](?:不上|不足)|暖气?片?(?:都|就|也|一直|还是|全)?(?:不热|冰凉|冰冷)|无[水电气暖]|不来[水电气]|不供[水电气暖热]|没有?[来通][水电气](?!话)|切断[^，。；]{0,14}供[水电气]|[水电气暖](?:还|也|都|一直|仍)?没来|上不了网|断了?(?:水|电|气|网|供)"
    r"|(?:用[水电气]|供暖|供热|取暖)(?:困难|受影响)|受影响(?:用户|户数)|停电|停暖|摸黑|没热过|停炉|停到(?:现在|今天|这会)|断炊|室温(?:下降|骤降|偏低|不达标)|暖气[^，。；]{0,4}没热|未(?:恢复|通)[供通来]?[水电气暖热]|跳闸|失电|失压|断供|停供"
)
_CUT_OFF = re.compile(_CUTS)
_ALSO = (
    r"|中断|中止|停[驶航摆转服载开]|停止(?:载客|服务|运[营行]|供)|(?<=[点时分])[停断]的|(?:挖|撞|顶|钻|压|砸|冻|炸|烧|刮)(?:断|坏|破|裂|漏|毁)了?[^，。；\d]{0,6}(?:[主干水气]管|管[道线网]|[电光]缆|电[线杆]|线路|导线|高压线|水泵|变压器|变电站|配电)|[管缆线泵杆闸阀]被[挖撞顶钻压砸刮](?:断|坏|破|裂|漏|毁)|(?:地铁|列车|火车|高铁|动车|公交|索道|缆车)[^，。；]{0,6}停了|封闭|封路|关闭|断行|断交|禁行|锁在|锁了|堵|被困|困在|关[在进]|被关|卡[在住了]|困了|关了|困|闷[在了着]|停电梯|滞留|停在|悬在"
    r"|停摆|悬停|[人子口娃][^，。；\d]{0,3}没(?:有|能)?出来|(?:索道|缆车|[吊轿]厢|过山车|摩天轮)[^。！？\n]{0,16}?停[机车]|黑了(?=[\d一两二三四五六七八九十][^，。；]{0,4}(?:小时|钟头|[天昼日夜]))|[关困卡停断]到(?=[\d一二三四五六七八九十两凌早晚上下中今昨第次])|[吊悬]在|悬空|[吊悬][着了]|在(?:天上|半空|空中|高空)[中里]?挂"
)
_CLOSED = re.compile(r"中断|中止|停[驶航摆转]|停止|封闭|封路|关闭|断行|断交|禁行")
_INTERRUPTED = re.compile(_CUTS + _ALSO)
_TOUCHED = re.compile(r"影响|涉及|波及")
_RESTORED = re.compile(
    r"(?<![未没待])恢复|点火|复[电水气通运航]|重新(?:[开供运载通上]|投)|(?<![没不未自])(?<!没有)来[电水](?![人者称]|反映|咨询|投诉|求助)|(?<![未没不])(?<!没有)通[水电气]|重新供|送电|抢通|修复|解决"
)
_RELEASED = re.compile(
    r"[获得]救|救[出下]|接下(?=[，。；！了]|$)|脱[困险]|解[救困]|(?:放|救|接|弄|拉|扶|背)了?(?:出|下)[来去]|(?<!没)(?<!没有)(?:出来|下来|下山)|落地|返回地面|(?:安全|平安|陆续|全部|全员)(?:返回|撤下|离开)|接回|打开|才[来有](?![\u4e00-\u9fff])|放下|降下|下撤|撤下|送下|转运完|最后一[名位批]"
)
_HOURS_BEFORE = re.compile(
    r"提前|每天|每日|每晚|日均|将于|之内|值守|轮流|上班|加班|工作|营业|限时|小时工|热线|全天候|执勤|坚守|奋战|救援|抢修(?!持续|历时|用了)"
)
_HOURS_NOT = re.compile(r"(?:以?内|之?后|以?前|值班|值守|热线|在线|服务|营业|小店|便利|待命|作业|轮班|不打烊|/天|工)")
_NOT_HOUSEHOLD = re.compile(
    r"[压掩被]埋|埋[在里了]|冲[走毁垮]|[水电气]费|收费|白名单|停[水电气]前|房屋|民房|倒塌|低保|贫困|脱贫|搬迁|拆迁|走访|签约|宣传|排查|发放|安装|改造|复[水电气]|(?<![未没待])恢复|已通"
)
_UNTOUCHED = re.compile(r"正常|[不未没]受影响")
_UNTIL_BACK = re.compile(
    r"(?:之?后|才|过后|左右后?)[^，。]{0,6}(?:恢复|来[电水气暖]|抢通|修复|复[电水气]|通[上了]?[电水气车]|供[电水气]|点火|[水电气]才?[来通]|救出|获救|脱困|脱险|解救|落地|返回|下来|下山|打开|接回|救下|降下|放下|下撤|撤下|送下)"
)
_SERVED_AGAIN = re.compile(
    r"(?:之?后|才)[^，。；\d]{0,4}(?:恢复(?:了?供[水电气暖热]|通[水电气])|来[电水气]|通[上了]?[水电气]|点火成功|[水电气]才?来)"
)
_LATE = re.compile(r"(?:晚点|延误|晚到)[^，。；\d]{0,6}$")
"""A train that is late is not out of service."""
_LEFT = re.compile(r"(?:剩余|剩下|其余|余下|仍有|尚有|还有|另有)[^，。；\d]{0,6}$")
_TOUCHED_RIGHT = re.compile(r"(?:影响|涉及|波及)的?(?:用户|居民|住户)?$")
_WERE_OFF = re.compile(r"[停断][水电气暖网]的[^，。；\d]{0,16}$")
"""Before households that have it back by now: "停气的水岸新城、碧水湾1960户全部恢复用气"."""
_ALL_OF_US = re.compile(
    r"(?:整个?|全|我们|咱们?|俺们|这个?)(?:小区|村子?|栋|幢|楼|院子?|镇|社区|单元|片|大队|庄|排)[^，。；\d]{0,4}$"
)
_UP_TO_NOW = re.compile(r"(?:到|至)(?:现在|今[天日早晚]?|目前|此刻|这会儿?)[，、 ]$")
_IN_ALL = re.compile(r"(?:历时|用时|持续|共计|长达|共用)(?:了|约|近|达)*$")
"""Right before a duration: from the beginning until all is back."""
_TOOK = re.compile(r"[用花]了(?:约|近|整整|足足|将近)?$")
"""The same where it is told that all is back then: "前后用了11个小时，今早全部恢复"."""
_THROUGH = re.compile(r"(?:经过|历经|经|历时)(?:了|约|近|长达|整整|足足|将近){0,2}$")
_WORK = re.compile(r"的?(?:紧张|连续|紧急|全力)?(?:抢修|检修|维修|排查|加固|施工|运行|等)")
"""Right before a duration, and behind it what was done to things meanwhile: people may have been out long before."""
_WORKED = re.compile(r"(?:抢修|维修|检修|施工|奋战|作业|处置)(?:了|约|近|历时|持续|长达|用时|用了){0,2}$")
_WAITED = re.compile(r"(?:等待?|等候|悬停?|悬挂|挂|卡|滞留|被困)了?(?:近|约|整整|足足)*$")
"""Right before a duration: how long somebody is held up."""
_STRANDED = re.compile(r"困|滞留|悬|卡[在住了]|挂在")
_STOPPED = re.compile(r"[停断](?:了|到现在|到今天)?(?:整整|足足|将近|差不多|已经?|快|都|有)?$")
_SO_LONG = re.compile(
    r"(?:[^，。；\d]{1,6}[说称](?=实际|历时|前后))?(?:[至到](?:全面|完全|全部)?恢复(?:运营|正常|通车|供[水电气暖热])?|(?:截?[至到]|截止)?(?:今[天日早晚晨]|[昨当][天日晚])?(?:凌晨|早上|上午|中午|下午|傍晚|晚上?)?[\d一二三四五六七八九十]{1,3}[时点](?:[\d一二三四五六七八九十]{1,3}分|半|许)?|(?:截?[至到]|截止)?今[天日早晚晨](?:凌晨|早上|上午|中午|下午|傍晚|晚上?)?|到现在|到此刻|至今|现在|目前|截至目前|算下来|前后|已经?|都|就|这|一共|一|停了?|断了?|熬了?|等了?|整整|足足|快|将近|超过|(?:抢修|检修|维修|前后|实际|最终){0,2}(?:持续|历时|用时)了?|长达|总共|共|有|又|没|过去|过了|了|达|近|约|也|还){0,30}+"
)
"""What stands before a duration that belongs to the clause before it."""
_ALL_TOLD = re.compile(r"(?=[，。；！]|$)")
"""Behind a duration that is a clause of its own: "黑了两天两夜了，四十八个钟头"."""
_HOW_LONG = re.compile(r"(?:几(?:天|个?小时|个?钟头?)|多久|多长时间)[了啊呀啦]?[？?]$")
"""A question that the duration behind it answers: "停水几天了？四天了！"."""
_ASKED = ("？", "?")
_LASTING = re.compile(r"(?:停|断|没|持续|连续|长达|已经?)[水电气暖网]?[了咗]?(?:成|近|约|达|整整|足足)?$")
_LOSS = re.compile(r"损失|[报估定核]损|受损金额|(?:经济|财产)[损失]")
_SETTLED = re.compile(r"(?:核定|评估|认定|核算)(?:为|约|共|是|达)$")
"""Before a figure whose clause does not say of what it is one: "直接经济损失经评估，最终核定为1286万元"."""
_LOSS_NOT = re.compile(r"赔偿|补偿|拨付|捐|罚|投资|奖励|救助|理赔|间接|挽回|避免|减少")
_QUAKE = re.compile(r"地震|震感|余震|强震|震级|里氏|震中|震源|有感|[微小大]震|震了|(?<=级)震")
_MAY_SHAKE = re.compile(r"(?:及?以上|左右)?的?(?:强|更大)?(?:地震|余震)?的?(?:可能|概率)")
"""Behind a magnitude: it is one that may come."""
_SHOOK = re.compile(r"晃|摇|抖|甩|跑下楼|跑出[来去]")
"""What a decimal "级" is told beside where nobody says earthquake: "4.7级，楼都晃了"."""
_NOT_QUAKE = re.compile(
    r"大风|阵风|风力|风|台风|响应|预警|烈度|抗震|设防|设计|资质|火险|[一二三四五六七八九]级医|伤残|职称|评[为级]|应急|甲|学|预案|机构|以下"
)
_RAIN = re.compile(r"雨|降水|积水|下了")
_FORECAST = re.compile(r"预计|预报|预测|未来|可达|将达|将有|将出现|可能达|预警")
_FALLEN = re.compile(r"已|昨|[过去近][\d一二两三四五六七八九十]{1,3}个?小时|实测|录得|出现在")
"""Before rain, in its clause: what was foretold stands before."""
_PLANNED = re.compile(
    r"(?:将(?=要?会?暂?[停断])|(?<![还仍需没不])要(?=暂?时?[停断][水电气暖热网供])|(?:\d{1,2}|[一二两三四五六七八九十]{1,2})[天日]之?后(?![^。！？；\n]{0,16}(?:[仍还依又才来]|没|未))|大后天|定于|拟于|拟定于|计划于|计划在|计划自|将于|将在|明[天日晚早]|后天|下周[一二三四五六日]?|下个?月)[^。！？；\n]{0,36}?(?:停|中断|断)[水电气暖供运]?"
)
"""How long a service is to be cut off one day is how long nobody has been without it."""
_NOTICE = re.compile(r"的?(?:公告|通知|通告|预告|提示|提醒|安排|计划|信息)")
_NOT_RAIN = re.compile(r"直径|管径|厚|口径|钢板|螺|裂缝|雪深|冰雹|沉降|位移|缝宽|宽约?$")
_AREA = re.compile(
    r"过火|受害|受灾|成灾|绝收|受淹|被淹|淹没|燃烧|烧毁|火场|着火|起火|污染|受损|林地|山火|损毁|倒伏|受旱|受[冻涝损潮]|漫[堤坝塘溢]|进水|渍[涝害]|打落|落果|折断|[刮吹]倒|塌了|冻[死坏]|冻害|遭灾|糟蹋|[打毁泡刮啃吃]了|[打冲淹烧泡砸刮]烂|[毁打泡砸]坏|烧了?|漫[了过到]|冲毁|泡了|山林|庄稼|淹了"
)
_AS_A_WHOLE = re.compile(r"(?:占地|建筑面积|规划面积|辖区|流域面积|水域面积)[^，。；、\d]{0,6}$")
"""Before an area: it is that of a place, whatever befell a part of it."""
_BROKEN = re.compile(
    r"(?:挖|撞|顶|钻|压|砸|冻|炸|烧|刮)(?:断|坏|破|裂|漏|毁)|[管缆线泵杆站阀闸变][^，。；\d]{0,8}(?:爆裂|破裂|断裂|爆管|损毁|损坏|跳闸|被[挖撞顶钻压砸烧](?:断|坏|破|裂|漏|毁))"
)
"""What a pipe or a cable suffers: those whom it served go without."""
_MAKE_DO = re.compile(
    r"(?:居民|人家|用户|住户|群众)?[^，。；\d]{0,4}(?:只[能好]|无法|不能|没法|被迫|靠着?|摸黑|排队|等着?|受影响)"
)
_STILL = re.compile(r"了|没来|没人|都没")
_LOSS_BEHIND = re.compile(r"的?(?:直接|经济|财产){0,4}+损失")
_STOP = re.compile(r"[。！？\n]")
_LOOK = 30
_CLOSE = 14
_SENTENCE = 60
_CLAUSE_MARKS = "，。；！？\n："
_OFF_SINCE = r"[停断][了到整足将差已快都有约近\d一二两三四五六七八九十几半]"
"""How `_STOPPED` begins, with what may follow: "断了六个小时", "停了整整两天"."""
WORDS = "|".join(
    (_OFF_SINCE, *(p.pattern for p in (_INTERRUPTED, _TOUCHED, RIDES, _LOSS, _QUAKE, _SHOOK, _RAIN, _AREA)))
)
"""Without any of these a text measures nothing."""


@dataclass(frozen=True)
class Spot:
    """A figure's place in a text, with the bounds of its clause and its sentence."""

    plain: str
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Where the figure begins."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where the figure ends."""
        return self.match.end()

    @cached_property
    def clause(self) -> tuple[int, int]:
        """Bounds of the clause, at most `_LOOK` characters to each side."""
        return self._between("，。；！？\n：、 ", "，。；！？\n、 ", _LOOK)

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """Bounds of the sentence, at most `_SENTENCE` characters to each side."""
        return self._between("。！？\n；", "。！？\n；", _SENTENCE)

    def _between(self, opening: str, closing: str, reach: int) -> tuple[int, int]:
        return bounds.begin(self.plain, self.start, opening, reach), bounds.end(self.plain, self.end, closing, reach)


def measures(kind: FactKind, spot: Spot) -> bool:
    """Whether the words around a figure say that it measures this."""
    return _RULES[kind](spot)


def goes_on(kind: FactKind, spot: Spot, before: Span) -> bool:
    """Whether a figure that nothing measures is one more loss: "损失800万元；库里的布又是300万元"."""
    plain, (start, end) = spot.plain, spot.clause
    near = kind is FactKind.LOSS_YUAN and start - before[1] <= _LOOK and not _STOP.search(plain, before[1], start)
    return near and not _LOSS_NOT.search(plain, start, end)


def is_forecast(kind: FactKind, spot: Spot) -> bool:
    """Whether rain is foretold and has not fallen, or a service is to be cut off for so long and is not yet."""
    if kind is FactKind.HOURS:
        return planned(spot.plain, *spot.sentence)
    if kind is not FactKind.RAINFALL_MM:
        return False
    fallen = _FALLEN.search(spot.plain, spot.clause[0], spot.start)
    return _FORECAST.search(spot.plain, *(spot.clause if fallen else spot.sentence)) is not None


def announces(plain: str) -> bool:
    """Whether a text only says that a service is to be cut off one day."""
    return planned(plain, 0, len(plain))


def planned(plain: str, start: int, end: int) -> bool:
    """Whether a service is to be cut off one day, and is not yet."""
    plan = _PLANNED.search(plain, start, end)
    return plan is not None and not _is_off(plain, start, plan.start())


def interrupted(plain: str, start: int, end: int) -> bool:
    """Whether something is told as cut off, or somebody as shut in."""
    return _INTERRUPTED.search(plain, start, end) is not None


def mended(plain: str, span: Span) -> bool:
    """Whether a duration is how long something was mended: people may have been out long before."""
    start = bounds.begin(plain, span[0], _CLAUSE_MARKS, _CLOSE)
    return _WORKED.search(plain, start, span[0]) is not None or _WORK.match(plain, span[1]) is not None


def out_of_service(plain: str, start: int, end: int) -> bool:
    """Whether it is a service or a road that is cut off, whoever else may be shut in."""
    return _CUT_OFF.search(plain, start, end) is not None or _CLOSED.search(plain, start, end) is not None


def over(plain: str, start: int, end: int) -> bool:
    """Whether what was cut off is told as back, or those shut in as out."""
    return _RESTORED.search(plain, start, end) is not None or _RELEASED.search(plain, start, end) is not None


def _is_off(plain: str, start: int, end: int) -> bool:
    """Whether a service is cut off, and not only a notice of it named: "停水通知：因检修，定于明日…"."""
    off = _CUT_OFF.search(plain, start, end)
    return off is not None and not _NOTICE.match(plain, off.end())


def about_quake(plain: str, start: int, end: int) -> bool:
    """Whether an earthquake is spoken of near these bounds."""
    return _QUAKE.search(plain, max(0, start - _LOOK), end + _LOOK) is not None


def _households(spot: Spot) -> bool:
    """Households without a service, not those that have it back or that something else is told of."""
    plain, (start, end), (left, right) = spot.plain, spot.clause, spot.sentence
    if spot.match["numeral"] in {"一", "1"} or _UNTOUCHED.search(plain, spot.end, end):
        return False
    if _LEFT.search(plain, start, spot.start) and _RESTORED.search(plain, left, start):
        return _SERVICE.search(plain, left, right) is not None
    touched = _TOUCHED_RIGHT.search(plain, start, spot.start)
    listed = bounds.begin(plain, spot.start, _CLAUSE_MARKS, _LOOK)  # "影响龙泉、河畔等9个小区8500户"
    touched = touched or _WERE_OFF.search(plain, listed, spot.start)
    if not touched and (_RESTORED.search(plain, start, end) or _NOT_HOUSEHOLD.search(plain, start, end)):
        return False
    if plain[left - 1 : left] in _ASKED:
        left -= _CLOSE  # "停电的是哪片？——老城区，四千多户"
    elif _ALL_OF_US.search(plain, start, spot.start):
        left -= _CLOSE  # "停电14个小时了！整个小区1200户没人管"
    if _CUT_OFF.search(plain, max(0, left, spot.start - _LOOK), min(right, spot.end + _LOOK)):
        return True
    if _MAKE_DO.match(plain, spot.end) and _BROKEN.search(plain, left, spot.start):
        return _SERVICE.search(plain, left, right) is not None
    return bool(_TOUCHED.search(plain, listed, end) and _SERVICE.search(plain, left, right))


def _hours(spot: Spot) -> bool:
    """How long something is cut off or somebody shut in, in one clause or told right before."""
    plain, (start, end), left = spot.plain, spot.clause, spot.sentence[0]
    if not _lasts(spot):
        return False
    took = _TOOK.search(plain, start, spot.start) and _RESTORED.search(plain, spot.end, spot.sentence[1])
    if took or _IN_ALL.search(plain, start, spot.start):
        left = max(0, left - _SENTENCE)  # "…中止服务，18时恢复。历时五小时五十五分钟"
    if _SERVED_AGAIN.match(plain, spot.end) and _CUT_OFF.search(plain, max(0, left - _SENTENCE), spot.start):
        return True  # "…停电，无人受伤。抢修4小时后恢复供电"
    close = _INTERRUPTED.search(plain, max(start, spot.start - _CLOSE), min(end, spot.end + _CLOSE))
    if close or _is_above(spot, max(0, left - _SENTENCE)):
        return True
    before = plain[start : spot.start]
    if _STOPPED.search(before) and (
        _SERVICE.search(plain, max(0, start - _LOOK), start) or _CUT_OFF.search(plain, *spot.sentence)
    ):
        return True
    asked = _HOW_LONG.search(plain, max(0, left - _LOOK), left)
    if asked and start == left and _INTERRUPTED.search(plain, max(0, left - _LOOK), asked.end()):
        return True
    counted = (
        before.strip()
        or _ALL_TOLD.match(plain, spot.end)
        or spot.match["before"]
        or _STILL.match(plain, spot.end)
        or _UNTIL_BACK.match(plain, spot.end)
        or _UP_TO_NOW.search(plain, left, start)
    )
    goes_on = counted and (took or _SO_LONG.fullmatch(before))
    return bool(goes_on) and _INTERRUPTED.search(plain, left, start) is not None


def _is_above(spot: Spot, since: int) -> bool:
    """Whether a duration is how long people hung in a ride or a gondola, which is told from `since` on."""
    plain, start = spot.plain, spot.clause[0]
    if _THROUGH.search(plain, start, spot.start) and not _WORK.match(plain, spot.end):
        until = spot.sentence[1]
        hung = _STRANDED.search(plain, spot.end, until) or RIDES.search(plain, since, spot.end)
        return bool(hung and _RELEASED.search(plain, spot.end, until))
    told = _UNTIL_BACK.match(plain, spot.end) or _IN_ALL.search(plain, start, spot.start)
    hung = _WAITED.search(plain, start, spot.start) or (told and _STRANDED.search(plain, since, spot.end))
    return bool(hung and RIDES.search(plain, since, spot.end))


def _lasts(spot: Spot) -> bool:
    """Whether a time is a duration, and not a date, a deadline, working hours or how long something is back."""
    plain, (start, end) = spot.plain, spot.clause
    until = _UNTIL_BACK.match(plain, spot.end)
    if not until and (_HOURS_NOT.match(plain, spot.end) or _RESTORED.search(plain, spot.end, end)):
        return False
    if not until and _HOURS_BEFORE.search(plain, max(start, spot.start - 6), spot.start):
        return False
    if spot.match["unit"] == "日" and not _LASTING.search(plain, start, spot.start):
        return False
    if _LATE.search(plain, start, spot.start):
        return False
    return _RESTORED.search(plain, start, spot.start) is None or _IN_ALL.search(plain, start, spot.start) is not None


def _loss(spot: Spot) -> bool:
    plain, (start, end) = spot.plain, spot.clause
    start = spot.sentence[0] if _SETTLED.search(plain, start, spot.start) else start
    told = _LOSS.search(plain, max(_before_colon(plain, start), spot.start - 20), spot.start) or _LOSS_BEHIND.match(
        plain, spot.end
    )
    return bool(told) and not _LOSS_NOT.search(plain, start, end)


def _before_colon(plain: str, start: int) -> int:
    """Where the clause begins that a colon ends, behind which this one begins: "直接经济损失：八千万元"."""
    return bounds.begin(plain, start - 1, _CLAUSE_MARKS, _LOOK) if plain[start - 1 : start] == "：" else start


def _magnitude(spot: Spot) -> bool:
    """A "级" of an earthquake, and not of wind, response, rank or school."""
    plain, (start, end), (left, right) = spot.plain, spot.clause, spot.sentence
    if len(spot.match["numeral"]) > 4 or _NOT_QUAKE.search(plain, spot.end, min(end, spot.end + 4)):
        return False
    if _MAY_SHAKE.match(plain, spot.end) or _NOT_QUAKE.search(plain, max(start, spot.start - 6), spot.start):
        return False
    if _QUAKE.search(plain, spot.end, min(end, spot.end + 8)):
        return True
    if _QUAKE.search(plain, max(start, spot.start - 12), spot.start):
        return True
    # "昨晚地震有感觉吗？网上说4.9级": only magnitudes have decimals.
    decimal = "." in spot.match["numeral"]
    if not decimal and _NOT_QUAKE.search(plain, left, right):
        return False
    beyond = _LOOK if decimal else 0
    around = max(0, left - beyond), right + beyond
    return _QUAKE.search(plain, *around) is not None or (decimal and _SHOOK.search(plain, *around) is not None)


def _rain(spot: Spot) -> bool:
    raining = _RAIN.search(spot.plain, *spot.sentence)
    return bool(raining) and not _NOT_RAIN.search(spot.plain, spot.clause[0], spot.end + 4)


def _area(spot: Spot) -> bool:
    left, right = spot.sentence
    if _AS_A_WHOLE.search(spot.plain, spot.clause[0], spot.start):
        return False
    if not _SETTLED.search(spot.plain, left, spot.start):
        left = max(left, spot.start - 16)
    return _AREA.search(spot.plain, left, min(right, spot.end + 10)) is not None


_RULES: dict[FactKind, Callable[[Spot], bool]] = {
    FactKind.HOUSEHOLDS: _households,
    FactKind.HOURS: _hours,
    FactKind.LOSS_YUAN: _loss,
    FactKind.MAGNITUDE: _magnitude,
    FactKind.RAINFALL_MM: _rain,
    FactKind.AREA_HA: _area,
}
