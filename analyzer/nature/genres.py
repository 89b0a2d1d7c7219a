"""Texts that are no report by their whole make: advice, stories, figures of a period, threats, blasts."""

import re

from analyzer.patterns.expressions import anywhere
from analyzer.patterns.scan import guarded

_ADVICE_HEAD = re.compile(
    r"\s{0,3}[^\n。！？；]{0,22}(?:怎么办|怎么做|怎么挑|怎么防|怎样|如何|提[示醒]|要点|常识|必读|必看|口诀|清单|须知|指南|不要|小卡片|几条|句话|几点|几样|五样|前兆|记住|记牢|防护|避险|科普|谨防|预防"
    r"|安全|知识|不准|别慌|先看这些|贴士|逃生|自救|急救|使用)(?<!不要(?=了|脸|命))[^\n。！？；]{0,10}(?:[\n：:]|[，。](?=[^。]{0,30}(?:不要|切勿|请|应)))"
)
_IMPERATIVE = guarded(
    r"不要(?!了|脸|命)|切勿|千万别|千万不|请勿|勿(?!略|论)|应立即|应先|应(?:移|撤|迅速|及时|提前|尽快|按|在|保持|由|如实)|请(?:立即|及时|提前|先|认准|打开|关闭|送|到|务必|尽快|尽量|注意|观察|拨打|保留|预留)"
    r"|先[^，。；\n]{1,8}[再后]|严禁|不可|不能|别[站坐去往开乘绕再打靠进]|远离|保持|捂住?|护住|抓住|蹲下|关火|关阀|拔掉|断电|要戴|要系|靠边|立即|务必|注意|谨防|警惕"
)
_HAPPENED = anywhere(
    r"今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|前天|刚刚|刚才|刚|正在|目前|截至|截止|现场|已(?:造成|致|导致|有|经|被)|发生[了一]|造成了?\d|我(?:家|们|爸|妈|儿|女|娃|住|这|是|被|去|在|的)|俺|咱|\d{1,2}[日号时](?:许|\d)|\d{1,2}月\d{1,2}[日号]"
    r"|工作人员|救援|抢修|通报|本次|此次|这次|(?:^|[\n，。])因[^，。]{2,20}[，]|幸被|到场|到达|监测预警|经排查|责令|\d号至|(?:^|[\n。])\d{1,2}日[，凌早上中下傍晚晨]"
)
_PERIOD = guarded(
    r"去年|前年|上年度?|本年度|全年|上半年|下半年|[一二三四]季度|上季度|前[一二三四五六七八九十\d]{1,2}个?月|前三季度|\d{1,2}月份|[上本当]月|今年(?:以来|已|入汛|主汛)|入汛以来|入冬以来|汛期以来|开年以来|近年来?|近[一二三四五六七八九十\d]{1,3}年"
    r"|过去[一二三四五六七八九十\d]{1,3}年|[一二三四五六七八九十\d]{1,3}年(?:间|数据|来|酒驾)|截至\d{1,2}月(?:底|(?!\d))|(?:19|20)\d\d年(?!\d{1,2}月\d{1,2}日)|年报|月报|季报|十月|九月|数据显示|据统计|统计(?:显示|的|，)|不完全统计|常年"
)
_TALLY = guarded(
    r"起数|占比|占(?:全|总|到)?[^，。]{0,6}(?:\d|成|%|半)|\d(?:\.\d{1,6})?%|百分点|[一二三四五六七八九两]成|同比|环比|共(?:发生|报告|接|受理|普查|处置|查处|登记|转移|计)|累计|接报|受理|年均|平均|均值|每百|每[千万]|件次?[，。其]|万件|率(?:为|达|升|降|同)"
    r"|较(?:常年|上年|去年|五年前)|下降|减少|上升|增长|偏多|偏少|总量|总数|统计|数据|报告[^，。]{0,10}\d+[例起]|超过[一二三四五六七八九十百千万\d]+起|\d[起件宗例](?![\u4e00-\u9fff])|最低|最高"
)
_DATED = anywhere(
    r"今天|今日|今晨|今早|昨|刚刚|刚才|正在|凌晨|\d{1,2}[日号]\d{1,2}时|\d{1,2}时(?:许|\d)|此次|本次|这次|事故发生|现场|(?:^|[\n。])(?:\d{1,2}月)?\d{1,2}日(?![-至到—~止前]|以来|24时)[^。\n，]{0,12}，[^。\n，]{2,24}(?:发生|翻|坠|撞|爆炸|起火|着火|[坍垮倒]塌|沉没)|我(?:家|们|爸|妈|儿|女|娃|住|这|是|被|去|在|的)|俺|咱"
)
_THREAT = guarded(
    r"(?:扬言|恐吓|放话|叫嚣|威胁(?:要|称|说))[^。！？\n]{0,30}(?:炸|杀|砍|烧死|陪葬|同归于尽|投毒|放火|纵火|带走|上天)"
    r"|[喊嚷吼叫骂][^“”。！？\n]{0,24}“[^”\n]{0,30}(?:炸|杀|砍|[烧捅弄]死|点了|陪葬|上天|同归于尽|一起死)"
    r"|“(?<=[称说道言帖文信：]“)[^”\n]{0,30}(?:炸|杀|砍|陪葬|上天|同归于尽)"
)
_CAUGHT = anywhere(
    r"抓获|落网|归案|到案|供认|找到发帖|行政拘留|刑拘|带[走离回](?!了?[\d一二两三])|醒酒|劝[离住下开走]|制止|拦[下住]|训诫|批评教育|控制(?![室器])|未发现(?:可疑|危险|爆炸|异常)"
)
_CARRIED_OUT = re.compile(r"引爆了?|点燃|点着|纵火|泼[了向洒]|真的?(?:把|将|点|炸|烧|砍|捅|动手)|捅[了伤]|砍[了伤]")
"""Told of him who threatens: he did it."""
_DONE = re.compile(
    r"(?:^|[，。；！\n])(?:(?!扬言|[要想称说喊吼嚷骂]|威胁|恐吓)[^，。；！？\n]){0,16}(?:起火|着火|点了(?!点|头)|烧了|烧[到毁起着]|炸了|炸[伤死毁]|爆炸(?!物|装置))"
)
"""In a clause that tells of no words: it burns, or has blown up."""
_STRUCK = re.compile(
    r"(?<!没有)(?<!没)(?<!非)(?<!未)(?<!发生)(?<!不是)(?:起火|失火|着火|火灾)(?!的?戏|场面|镜头|效果)|扑灭|疏散|坍塌|倒塌|抢修"
)
"""In a text on a shooting: something has happened there after all."""
_SHOOT = guarded(
    r"(?:影视(?:城|基地|园|小镇)|剧组|摄制组|片场|[网短]剧|电影|电视剧|影片)[^。！？\n]{0,24}(?:拍[摄戏]|[在开夜补]拍|夜戏|爆破戏|取景)|拍(?:摄|一场|一段)?[^，。！？\n]{0,10}(?:爆炸|爆破|大火|枪战|打斗|坠楼|撞车|灾难)[^，。！？\n]{0,4}[夜的场]?戏"
)
_FILMED = anywhere(
    r"报备|备案|正常拍[摄戏]|[系是为属][^，。！？\n]{0,16}(?:拍[摄戏]|取景)|按计划|请(?:市民|居民|大家|周边|群众|勿)|(?:不必|不用|无需|切勿|别)[^，。！？\n]{0,4}(?:惊慌|恐慌|担心|紧张)|现场值守|全程安全|道具|特效|群演|群众演员|那场戏|夜戏"
)
_NO_SHOW = anywhere(
    r"扰民|噪[音声]|投诉|反映|[能可]不[能可]|管管|没人管|凭什么|以为|真(?:是|的)|赔偿|受损|责令|占[道用]"
)
"""In a text on a shooting: somebody complains of it, or it is none."""
_BULLETIN = 300
"""Characters of a text that has no room for more than the threat."""
_SPOKEN = re.compile(r"“[^”\n]{0,80}”")
_BLAST = guarded(r"(?:定向|控制|控爆|拆除)爆破|爆破(?:拆除|作业)|爆破[^，。！？\n]{0,6}(?:成功|圆满|顺利)")
_AS_PLANNED = anywhere(r"按计划|按时|如期|顺利|成功|圆满|公告|准时|提前")
_SOMEBODY_HURT = re.compile(
    r"(?<!没有)(?<!没)(?<!无)[\d一二两三四五六七八九十][余多]?[人名位个](?![^，。；！？\n]{0,3}[无未])[^，。；！？\n]{0,8}(?:伤(?!亡)|死|亡|遇难|被困|被埋|中毒|失踪|失联)|(?:死|伤|亡|遇难|致)了?[\d一二两三四五六七八九十]{1,3}(?:[人名位]|个[人男女大小老孩])|意外|失控|(?<!未发生)(?<!无)事故"
)
HINTS: dict[str, str | re.Pattern[str]] = {
    "period": _PERIOD,
    "orders": _IMPERATIVE,
    "blast": _BLAST,
    "invented": r"题|[（(]|未完待续|连载|剧|影评|书评|后感|影片|[该本全]片|导演",
    "threat": _THREAT,
    "shoot": _SHOOT,
}
"""Patterns without which a text is none of them."""
_FORBIDDEN = re.compile(r"请勿|切勿|千万别|千万不|严禁")
_INVENTED = anywhere(
    r"(?:等级|级别|类型|属于?|[为是])[（(][\s_]{0,8}[）)]|(?:考题|试题|真题|例题|案例题)[^。！？\n]{0,4}(?:回忆|解析|答案|选|练|[：:])|第\d{1,3}题|未完待续|小说连载|剧集《|本剧(?=[用讲共由])|(?:影|书|剧)评(?:人|[：:《｜|])|[观读]后感|(?:影片|该片|本片|全片)(?=[^\n]{0,200}(?:上映|热映|评分|票房|导演))|导演(?=[^\n]{0,200}(?:上映|热映|评分|票房|片))"
)
_ENOUGH = 3
_PAGE = 150
"""A longer text needs one more figure for each so many characters."""
_WHOLE_PERIOD = anywhere(
    r"今年以来|年初以来|全年|上半年|下半年|季度|\d月份|(?:去年|上年度?)[^，。]{0,4}(?:[市省县区国州]|因|共)|\d{1,2}[-至到~]\d{1,2}月|月[至到][一二三四五六七八九十]{1,2}月|前[一二三四五六七八九十\d]{1,2}个?月|近[一二三四五六七八九十\d]{1,3}年"
)


def advises(plain: str) -> bool:
    """Whether a text tells people what to do, and no happening of its own."""
    head = plain[:600]
    if _HAPPENED.search(head):
        return False
    orders = len(_IMPERATIVE.findall(head))
    forbidden = len(_FORBIDDEN.findall(head)) >= _ENOUGH - 1
    return orders >= _ENOUGH or forbidden or (orders > 0 and _ADVICE_HEAD.match(head) is not None)


def somebody_hurt(plain: str) -> bool:
    """Whether a text counts people who came to harm, or speaks of an accident."""
    return _SOMEBODY_HURT.search(plain) is not None


def blasts(plain: str) -> bool:
    """Whether a text tells of a chimney or a bridge that was blown up as planned, and of nobody who was hurt."""
    return _BLAST.search(plain) is not None and bool(_AS_PLANNED.search(plain)) and not somebody_hurt(plain)


def threatens(plain: str) -> bool:
    """Whether a text tells of what somebody has only threatened to do, and of nobody who was hurt."""
    if len(plain) > _BULLETIN or _THREAT.search(plain) is None or not _CAUGHT.search(plain):
        return False
    told = _SPOKEN.sub("", plain)
    return not (somebody_hurt(told) or _CARRIED_OUT.search(told) or _DONE.search(told))


def films(plain: str) -> bool:
    """Whether a text tells of what is blown up or set on fire for a film, and of nobody who was hurt."""
    if _SHOOT.search(plain) is None or not _FILMED.search(plain):
        return False
    return not (somebody_hurt(plain) or _NO_SHOW.search(plain) or _STRUCK.search(plain))


def invents(plain: str) -> bool:
    """Whether a text is a question of an examination, or tells a story."""
    return _INVENTED.search(plain, 0, 600) is not None


def tallies(plain: str) -> bool:
    """Whether a text gives the figures of a period: a year, a season, a month."""
    head = plain[:600]
    if not _PERIOD.search(head) or _DATED.search(head):
        return False
    needed = (_ENOUGH - 1 if _WHOLE_PERIOD.search(head) else _ENOUGH) + len(head) // _PAGE
    return len(_TALLY.findall(head)) >= needed
