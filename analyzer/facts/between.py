"""What may stand between a figure of people and the word it belongs to."""

import re

from analyzer.facts.lexicon import PERSON, Meaning
from analyzer.model import FactKind, Qualifier

TO_FIGURE = re.compile(
    r"(?:诺如(?:病毒)?|登革热|流感|手足口病?|水痘|[甲乙]流|肺?结核|支原体肺炎|麻疹|霍乱|感染性腹泻|腮腺炎|热射病|老人和(?:孩子|儿童|小孩)|妇女和?儿童|总?人数|人员|者|群众|居民|村民|学生|工[人友]|员工|乘客|旅客|游客|司机|师生|职工|老人|儿童|孩子|小朋友|住户|病例|市民|同学|幼儿|女工|矿工|行人|路人|顾客|病人|患者|司乘|船员|渔民|牧民|商户|员"
    r"|由此(?!前)|因此(?!前)|随之|总数|合计|共计|数量|数字|数|已经|已|现|目前|相应|事件(?:共|累计)?涉及|累计|新增|新发|初步|据悉|也|再|暂|统计|应|实|得有|得|好像|大概|更正|更新|修正|变更|调整|改|变成|变|涨|又|仍|还|就|最后|其余|剩余|余下|剩下|同胞|最终|最新|确定|确认|核实|锁定|认定|定格[在为于]|停留在|维持在?|核减|核定|下调|下降|减少|减|降|恐怕|恐|可能"
    r"|少说|起码|足足|总得|又多了|多了|再增|案件?|原先|原来|原|最初|起初|一开始|开始|前一?[日天]|昨[日天晚夜]|\d{1,2}日|[上下中]午|早间|晚间|清晨|凌晨|傍晚|此前|早前|之前|先前|上次|刚才|初报|首报|初次报告|首次|通报|公布|发布|报告|报道|[“”\"「」『』]|为|系|是|有|均|同村|同一家|一家|全家|[母父][子女]|夫[妻妇]|[爷祖]孙|[娘爷哥](?=[俩仨])|兄弟|姐妹|达到|达|共|的|了|过|由|从|总计|计|约|近|仅|至少|上升|增加|攀升|升|增|至|到|:|：|\s){0,10}+"
)
"""What may stand between "死亡", "受伤人数已达" and its figure."""
WHO = re.compile(r"的?(?:人员?|伤?者|伤员|病人|患者)?")
"""Between what befell people and 中: "送医的人员中"."""
WHO_ARE = re.compile(r"[了着]?的(?:都|也|还|就)?(?:是|有)[^，。；：、\d不没否因被]{0,7}")
"""Between what befell people and how many they are: "联系不上的是民工1人"."""
NOT_MOVED = re.compile(
    r"财产|资产|资金|存款|股权|房产|户籍|注意|目光|话题|民警|消防|干部|官兵|医护|医生|护士|工作人员|志愿者|网格员|党员|武警|救援|队员|突击队|抢险队|交警|辅警|城管|专家"
)
_SO_MANY = r"(?:[^，。；：、\d]{0,4}\d{1,4}[个处座条栋幢所](?!人))?"
"""Of how many villages or sites people are moved: "转移12个村、6处工地3600人"."""
MOVED = re.compile(
    rf"(?:{_SO_MANY}[^，。；：、\d]{{1,10}}[、和及]){{0,4}}{_SO_MANY}[^，。；：、\d]{{0,14}}"
    r"(?:\d{1,6}(?:\.\d{1,4})?[余多万千百]{0,3}户(?:居民|村民|群众|人家)?[、，]?|(?<=户)[、，])?[^，。；：、\d]{0,4}"
)
"""What may stand between "转移" and its figure: whoever is moved, and from how many homes."""
AT_WORK = re.compile(
    rf"{NOT_MOVED.pattern}|、[^，。；：、\d]{{0,4}}(?:救|抢|搜|发|派|调|设|修|查|巡|排|装|加固|清|处置|警戒|出动)"
)
"""In a list behind "转移": who moves the others, or what else was done."""
HOMES = re.compile(r"(?<=户)，(?:共计?|约|近){0,2}(?=[\d一二两三四五六七八九十百千])")
"""Between the homes and the people of one figure: "转移群众256户，702人"."""
ACTING = re.compile(
    r"将|把|(?<!表现)(?<!诊断)(?<!判定)(?<!认定)(?<=.)为$|[^人]对|向(?!导)|(?<!被)抬|(?<!被)(?<!软)组织|赶[到赴往来]|前往|到场|参与|处置|出动|开展|负责|协助|护送|展开|陪同|帮助|营救|救助|(?:医护|医生|护士|医务|急救|救援|消防|民警|志愿者|人员|专家|队员)[^，。]{0,8}(?:救治|抢救(?!无效)|收治|接诊)|投入|搜|安抚|采访|目击|看到|介绍|告诉|涉嫌|送别|悼念|祭奠|缅怀"
)
"""What rescuers and witnesses do: the figure before it counts no victims."""
WHO_CAME = re.compile(
    r"(?:(?:自发|主动|奉命|前去|前来|一同){0,2}(?:参与|参加|投入|赶[到赴往来]|前往|到场|负责|协助|帮助|营救|救助)[^，。；、\d]{0,10}?的)(?=(?:(?!认为|表示|[说称救送背]|指出|发现|判断)[^，。；、\d]){1,12}$)"
)
"""What the people of a figure came for, told before who they are: "4名参与扑救的村民"."""
DONE_TO = re.compile(r".[伤死]")
OBJECT = re.compile(r"[^，。；：、\d]{0,9}")
"""What may stand between "烧伤" and a figure that ends the clause: whoever is hurt."""
LED_BY = re.compile(r"[在由经被][^，。；、\d]{0,3}(?:民警|消防员?|工作人员|志愿者|网格员|保安|干部|店员|老师)[们的]?")
"""Who leads people away is not moved himself: "200名观众在工作人员引导下离场"."""
TAKEN = re.compile(r"被|受|送|住")
"""Behind a figure of rescuers: it is they who need help."""
LED = re.compile(r"将|把|对|组织|帮助|协助|引导|指挥|护送|带领|安排")
"""Before a figure: these people are moved by somebody, whatever they are."""
ANAPHORA = re.compile(
    r"(?:现场|[还仍正]在|就这[样么]|遗憾的是|在[^，。；\d]{0,6}医院|于(?=[今昨当次凌]|\d)|(?:在[^，。；\d]{1,4})?(?:煮食|食用|误食|饮用|[吃喝]了?)[^，。；\d]{0,8}后|食物|经|早上|一个[都也]|(?:还|都)?没(?:有)?(?:送|等|撑)?到医院|\d{1,3}[个多余]?(?:小时|天|分钟|昼夜)|抢挖|挖掘|颅骨|[肋腿锁髋股胫胸尾]骨|(?:医护|救护|急救|救援|搜救)人员|消防员|次日|翌日|第二天|骨盆|安全|身上|全身|多处|送[^，。；：、\d]{1,8}医院|处理|人|[均都]为(?:慢性|急性|轻度|重度|食物|苯|铅|疑似|一氧化碳|软组织){0,2}|送(?:到时|[往到至进]|医院?|院)?|[找救挖捞抬拉刨扒][出上]?[来到]?(?:的?时候?|后)|[救挖捞抬拉刨扒][出上]来|的时候|时候|[其该这]|到场|[腿腰背头脚手脸腕肘膝肩胸臂]{1,2}部?|胳膊|搜救|打捞|搜寻|全力|多方|\d{3}|医生|医护|法医|虽|但|后|最终|最后|送医|送往?|医院|(?:矿上|厂里|工地|单位|校方|家属|警察|派出所|他们|那边)说|说|全部|全都|全员|全|均|都|已|先后|当场|不幸|抢救|无效|因故|因[^，。；\d]{2,8}(?=死亡|去世|离世|身亡|不治|病逝)|因[^，。；\d]{2,8}经(?:全力|多方|紧急|医院)?$|因|被|确认|证实|目前|现在|现|到(?:今天|现在|今早|昨晚|这会儿?)|双双|也|就|又|最终|而|么|可惜|遗憾|不同程度|严重|碎裂|[左右]|地|当天|随后|之后|分别|其后|其"
    r"|伤[势情]过重|伤重|及时|紧急|宣布|宣告|仍|还|有|无一幸免|陆续|相继|出现|开始|突然|感到|感觉|身体|纷纷|[今昨][早晨晚天夜日]|[上下中]午|晚上|凌晨|傍晚|深夜|\d{1,2}[时点](?:许|左右|多)?"
    r"|不久|很快|一直|至今|事发|事故|[救挖捞抬拉刨]出来?时|[救捞]起时|[救捞抬拉]上来时|[找送]到时|到院时|发现时|接着|导致|造成|致使|无人|是){0,30}+"
)
"""A clause that goes on speaking of the people counted before it."""
INSIDE = re.compile(
    r"(?:里[面头]|[厢梯车井洞屋房舱]里|[厢梯井洞屋舱]内|底下)(?:还|一?共|总共|大概)?(?:有|关着|困着|压着|埋着)?(?:(?:连|算上|加上)[^，。；\d]{1,3})?$"
)
SHUT_IN = re.compile(
    r"困人|停摆|被困|困[在住着了]|[卡关锁]住|卡着|[卡关锁压埋]在|停在[^，。；]{0,10}(?:中间|之间|半空)|出不来|打不开"
)
"""Told before, it makes people "inside" trapped ones: "电梯卡住了，里面6个人"."""
GONDOLA = re.compile(r"(?:[吊轿]厢|座舱|缆车|吊篮)")
STOPPED = re.compile(
    r"(?:索道|缆车|[吊轿]厢|过山车|摩天轮|电梯)[^。！？\n]{0,16}?(?:停[机车运摆了]|故障|悬|断轴|脱索)|悬在[^，。；]{0,4}空"
)
"""What stops a gondola makes those inside it trapped ones: "索道断轴停车，吊厢里共有23名游客"."""
IN_ALL = re.compile(
    r"(?:目前|已经?|现在|截至目前|前后){0,2}(?P<total>(?:初步|经)?(?:统计|清点|摸排|估算|核计)(?:约|在|是|为|共|达|有){1,2}|目前[是为]|现在(?:又|都)?(?:[是为]|[说讲](?:是|有|成)?)|达到了?|升至|增至|[仍还依][旧然]?[为是]|本轮[^，。；\d]{0,4}累计|分别(?:为|是|有|达)|共|共计|合计|总计|总共|一共|累计|加起来|前前后后|新增|新发)(?:已|达|约|近|大概)?有?(?:[\d.]{1,7}[余多万千]{0,2}户)?"
    r"|(?:[同全一我他]们?[班校村厂家楼]|[班校村厂]里|班上|听说|据说|其中|少说|起码|怕是|光我们[班村厂])?(?:已经?|也|都|就|现在|至少|起码|得|又|还|怕是?){0,3}有|(?:而是|就是|是|只有|(?:听|据)说是|好像是)|(?:官方|通报|新闻|警方|医院|消防|公告)里?[^，。；\d]{0,2}[说称讲](?:的?是|有)?|(?:卫生院|卫生所|医院|疾控|校医室?)[说称讲]?(?:登记|接诊|收治|统计)(?:的|了|在册|人数|到)?(?:已|达|有){0,2}"
)
"""What a clause begins with that counts the people whose fate the clause before has told."""
ANSWER = re.compile(
    r"(?:(?:知道|对|对的|对啊|嗯+|是|是的|有|有的|唉+|可不|没错|确定|刚问了)[啊呀的了]?，{1,2})?[—–~…“\"\s-]{0,4}(?:到(?:今天|今早|昨天|昨晚|现在|目前)|听说|据说|说是|好像|至少|大概|可能|估计|一共|总共|已经?|共|有|是|就|都|目前|现在|得有){0,3}"
    r"|(?:官方|通报|新闻|警方|医院|消防|公告)里?[^，。；\d]{0,2}[说称讲](?:的?是|有)?"
)
"""What a sentence begins with that only counts those of whom the sentence before has told: "死人了。两个。"."""
LOSSES = {FactKind.DEATHS, FactKind.MISSING, FactKind.INJURED}
"""What stands under one "no" without anything between: "无人员死亡失踪"."""
ON_THE_WAY = re.compile(r"途中|过程|时|期间|后")
"""Behind "疏散": what happened meanwhile, and no figure of those moved."""
IN_PLACE = re.compile(
    r"(?:[于在][^，。；、\d]{1,8}|[^，。；、\d]{1,5}[里内上中])的(?:(?:司乘(?:人员)?|游客|乘客|旅客|工人|矿工|群众|村民|学生|师生|人员|人)?(?:一?共|总共|有|达){0,2})"
)
"""Between "受困" and its figure: where they are, "受困于井下的9名工人"."""
MISTAKEN = re.compile(r"[^，。；\d]{0,6}(?:有误|错误|不准确|不对)，(?:实际|确切|准确)?(?:人数|数字)?")
"""Between a figure and the one that puts it right: "死亡5人有误，应为4人"."""
THEN = re.compile(
    r"，(?:[今昨当次][天日晚早晨夜](?:上午|下午|晚上|早上)?|上午|下午|凌晨|傍晚|现在?|目前|随后|后来|很快|截至[^，。；]{0,6}|到[^，。；]{0,6}){0,2}"
)
"""Between a figure and the one that it has risen to since: "死亡6人，今天又升至8人"."""
LAMENT = re.compile(rf"(?:{PERSON})?[啊呀哪](?![\u4e00-\u9fff])")
"""Behind a figure that ends a lament: "没抢救过来，俩孩子啊"."""
PRONOUN = re.compile(r"[了啦哦啊呢吧]{0,2}(?![\u4e00-\u9fff0-9])")
"""Behind a figure that stands for people named before: "已经有七八个了"."""
NEITHER = re.compile(r"(?:病例|病人|患者|人员|群众|者)?(?:和|及|或|与|、|以及|和人员|或者|及人员)(?:人员|群众|被|受)?")
NOT_BUT = re.compile(r"(?:而非|而不是|并非|不是|非)$")
EXCEPTED = re.compile(r"[^，。；、\d]{0,6}(?<![车门窗室场海])外")
BECAUSE = re.compile(r"(?:[^，。；、\d]{0,6}?(?:因|由于)|被|遭)")
"""Behind a figure: what follows, with "、" or without, is what befell all of them: "8人因玻璃破碎、树木倒伏受轻伤"."""
ONE_MORE = re.compile(r"[、和及][^，。；、\d]{1,8}")
NEXT_PART = re.compile(r"[，、和及](?![^，。；、\d]{0,4}(?:投入|组织|动用|警力|接收|收治|[死伤亡]))[^，。；、\d]{2,10}")
TOGETHER = re.compile(r"[^，。；：、\d]{0,10}(?:和|与|及|以及|、|跟)(?:另外?)?[^，。；：、\d]{0,6}")
"""Between two figures of one subject: "3名学生和1名老师"."""
OF_ITS_OWN = re.compile(r"受灾|受影响|受损|需[^，。；、\d]{0,4}(?:救助|安置)|参[与加]|投入|出动|在岗|务工")
"""Between two such figures: the first one is told all of its own, "66.2万人受灾、15人死亡"."""
OR_MISSING = re.compile(r"(?:[或（(]?(?:失踪|失联)[）)]?|[、和及与](?:失踪|失联)(?=[，。；！）)]|$))(?!者|人员|的)")
"""Behind a word for the dead: they are counted in one with the missing, "15人死亡失踪"."""
LOST = re.compile(
    r"夺[走去]|带走|葬送|丧失|失去|逝去|消逝|陨落|没了|换来|出了|闹出|搭[进上]|赔[上进]|吞噬|付出|消失|凋零|断送|丢[了掉]|害[死了]"
)
CARRIED = re.compile(r"找到|发现|抬|捞|挖|刨|扒|搜")
SAVED = re.compile(r"救|保住|挽回|换|抢回")

CREATURES = re.compile(
    r"(?:了|过|的)?\s?[\d一二两三四五六七八九十百千万几多余数]{1,6}(?:只|头|匹|尾|棵|株|群|窝|羽|条(?!.{0,4}(?:人命|生命|性命)|命))"
)
"""What a word of harm may be followed by when it tells of animals and plants: "咬死5只鸡"."""
BEASTS = re.compile(r"、[^，。；、\d]{0,4}[\d.]{1,8}[余多万千百]{0,3}[头只匹羽尾户]")
"""One more figure of a list that counts no people: "牧民56人、牲畜4000余头转移", "1940名群众、610户撤离"."""
NUMBER_OF = re.compile(r"的?总?人数，(?:已|现)?由")
"""Behind a word: the clause to come tells how many they were and are: "就诊的人数，已由52人增至88人"."""
SOME_DIED = re.compile(
    r"后，?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[人名位][^，。；、\d]{0,4}(?:抢救无效|不治|死|身亡|去世)"
)
"""Behind "送医": some of those taken there die, and the others are told of apart."""
ENDS = re.compile(rf"(?:的?(?:{PERSON}))?(?P<end>[^\u4e00-\u9fff0-9]|$)")
LONGEST_GAP = 40
NEAR = 6
ANOTHER = re.compile(r"\d[余多]?[人名位例户]")
A_PIECE = re.compile(rf"[^\u4e00-\u9fffa-z]|[的了在还也就都被没已呢啊吧呀是]|$|[^，。]{{0,2}}(?:{PERSON})")
"""What follows "个" where it counts people."""
CORRECTING = re.compile(r"更正|更新|修正|变更|调整|改为|下调|下修|下降|核减|减少|降|实为|应为|核定|修订|订正|改口|系")
FEWER = re.compile(r"下降|下修|减少|降|减")
_AT_LEAST = re.compile(r"至少|起码|超过|突破")
_ABOUT = re.compile(r"约|近|大概|可能|恐|好像")


def qualified(filler: str, qualifier: Qualifier) -> Qualifier:
    """A qualifier that stands apart from its figure: "至少有67人"."""
    if qualifier is not Qualifier.EXACTLY:
        return qualifier
    if _AT_LEAST.search(filler):
        return Qualifier.AT_LEAST
    return Qualifier.ABOUT if _ABOUT.search(filler) else qualifier


def filler(meaning: Meaning) -> re.Pattern[str]:
    """What may stand between a word and the figure behind it."""
    return MOVED if meaning is FactKind.EVACUATED else TO_FIGURE
