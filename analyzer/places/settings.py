"""The kind of place that something happened at, where the text says it without a name."""

import re
from collections.abc import Callable

from analyzer.patterns import bounds
from analyzer.patterns.scan import Hints, guarded, plain_of
from analyzer.places import intakes
from analyzer.scope.bystanders import in_remark

READ_TO = 5_000
"""Characters of a text that are read; where it happened stands first."""

_SHORT = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁"
"""Provinces by one character."""
_HIT = (
    r"(?=[^。！？；\n\d]{0,16}(?:[^。！？；\n]{0,24}?[^\d.])?[\d.]+(?:万|亿)?[余多]?[人间](?:次)?"
    r"(?:受灾|因灾|死亡|遇难|失踪|失联|被?紧急|转移|安置|倒塌|损坏|撤离)|[^。！？；\n\d]{0,30}(?:死亡|遇难|失踪|倒塌|转移|安置)[^，。；\n\d]{0,8}\d)"
)
"""What a disaster has done to so many there, in the same sentence."""
_WORDS = (
    ("kindergarten", r"幼儿园|幼教中心|托儿所|托育(?:园|中心|机构|点)|学前班|幼稚园"),
    (
        "school",
        r"(?:小学|中学|初中|高中|大学)(?!生)|职校|职高|中职|技校|校园|学校|学院|校舍|教学楼|宿舍楼|校内|学生食堂|教室|校门口|校车|校医[院室]|附小|附中|一中|二中|三中|四中|五中|[一二三四五六七八九十]小(?=(?:部分|多名|数十名|\d{1,3}名)?(?:学生|师生|食堂|同学|家长))",
    ),
    (
        "campus",
        r"校舍|教学楼|校园|校内|学生宿舍|实验楼|(?:小学|中学|学校|幼儿园|附[中小]|[一二三四五六七八九]小)(?!生[^，。]{0,6}在|附近|[^。！？\n]{0,24}(?:商场|超市|景区|演唱会|车站))[^。！？；\n]{0,24}?(?:踩踏|践踏|挤压|相互推挤)|(?:学生|学童)(?!在)[^，。；！？\n]{0,6}(?:踩踏|践踏)|(?:高校|大学|学院)[^，。；生\d对旁附外]{0,12}(?:实验室|教学楼|宿舍|食堂|教室|图书馆|体育馆)|(?:小学|中学|学校|幼儿园|大学|学院|高中|初中|职高|职校|[一二三四五六七八九]中|附[中小])[^，。；生\d]{0,4}(?:围墙|院墙|体育馆|宿舍|食堂|操场|实验室|教室|报告厅|礼堂|图书馆|看台|篮球架|足球门|单双杠|体育器[材械]|楼梯|[内里](?!的?老师))|(?:小学|中学|学校|幼儿园|大学|学院|高中|初中|职高|职校|[一二三四五六七八九]中|附[中小])(?:今[天日晨早]|昨[天日晚]|[上下中]午|课间|早上|晚上|放学时?){0,2}(?:发生|突发|出现)了?(?:一起|学生|严重|拥挤){0,3}(?:踩踏|坍塌|垮塌|起?火灾?|爆[炸燃]|触电|坠[楼落])",
    ),
    (
        "site",
        r"工地|建筑工地|施工现场|在建[^，。]{0,8}(?:楼|项目|工程|厂房|桥|地铁)|项目部|塔吊|脚手架|基坑|施工段|施工点",
    ),
    (
        "plant",
        r"工厂|厂房|化工厂|车间|厂区|钢厂|纸厂|药厂|电厂|作坊|化工园|工业园|产业园|加工厂|(?<![水出入建分进])[\u4e00-\u9fff](?<![水出入分进离])厂(?![长家商牌方址])|公司厂内|生产线|罐区|企业厂",
    ),
    ("hospital", r"(?<!校)医院|卫生院|诊所|门诊部?|病房|住院部|急诊室|卫生服务中心"),
    ("mine", r"煤矿|矿井|矿山|矿难|井下|铁矿|金矿"),
    ("nursing_home", r"养老院|敬老院|福利院|护理院|养老公寓"),
    ("station", r"火车站|高铁站|地铁站|汽车站|客运站|公交站|站台|候车"),
    ("compound", r"小区|居民楼|家属院|住宅楼|单元楼|公寓楼|业主群"),
    ("market", r"农贸市场|菜市场|批发市场|商场|超市|购物中心"),
    ("ropeway", r"索道|缆车|吊厢|空中吊椅"),
    (
        "ride",
        r"过山车|摩天轮|跳楼机|大摆锤|海盗船|飞椅|太空梭|急流勇进|高空飞翔|(?:大型)?游乐(?:设施|设备|项目)|空中飞人|飞天[^，。；！？\n]{0,4}(?=[”」』])|摆锤|(?:乐园|欢乐谷|游乐[园场])[^。！？\n]{0,10}(?:小火车|飞车|碰碰车|卡丁车|滑[道索]|秋千|转马|木马)|(?:乐园|欢乐谷|游乐[园场])[^。！？\n]{0,24}(?:悬在|卡在|停在|停住|停机|高空|半空)",
    ),
    (
        "metro_stopped",
        r"(?:地铁|轻轨|轨道交通|城轨|\d{1,2}号线|[一二三四五六七八九十]号线)[^。！？\n]{0,24}(?:停运|停驶|停服|停载|停开|中止(?:服务|运营|载客|行车)|停止(?:载客|服务|运行|行车)|中断(?:服务|载客)|中断运营|运营中断|暂停运营|停止运营|中断行车|无法运行|趴窝|停摆|瘫痪|全线停(?![车靠站])|停了(?:足足|整整|将?近)?[\d一二两三四五六七八九十]{1,3}(?:个?半?多?个?)(?:小时|钟头))",
    ),
    ("metro", r"地铁|轻轨|轨道交通|城轨"),
    (
        "line_stopped",
        r"行车(?:一度|已经?|全线|双向|全部|被迫|临时){0,2}(?:中断|中止|停止|暂停)|(?:中断|中止|停止|暂停|不能|无法)行车|(?:双向|全线|上下行)[^，。；！？\n未没不]{0,6}(?:停运|停驶|停摆|停了|停止(?:行|运|载)|中断|瘫痪)",
    ),
    (
        "intake_cut",
        r"取水口?(?:[^，。；！？\n未没不点证]{0,8}(?:中断|停止|暂停|停用|关停)|(?:[^，。；！？\n未没不点证]{0,6}关闭))|(?:停止|中断|暂停|停用|关闭|关了|停了?)[^，。；！？\n]{0,12}(?<!农业)(?<!灌溉)取水(?!点)",
    ),
    (
        "gas_cut",
        r"停供?气|(?:供气|用气|燃气|天然气|煤气)(?:供应)?[^，。；！？\n未没不]{0,4}(?:中断|停供|断供|停了)|没有?(?:天然气|燃气|煤气)|无法(?:开火|用气)",
    ),
    (
        "released",
        r"尾(?:矿库|砂|矿)[^，。；！？\n]{0,10}(?:泄漏|泄露|外泄|溃|垮|漏|流入|进入)|废[液水酸碱油渣][^，。；！？\n]{0,8}(?:泄漏|泄露|外泄|外溢|倾倒|直排|流入)|[流排漏泄渗]入[^，。；！？\n]{0,8}[河江湖溪渠海](?![南北])|(?:大气|水体|水质|土壤|水源|河[水道流]|江[段水]|海域|湖[水面])[^，。；！？\n]{0,6}(?:受到?)?污染|污染了?[^，。；！？\n]{0,4}(?:水体|河|江|湖|大气|空气|土壤|水源)|突发(?:生态)?环境(?:污染)?事件|环境污染事[件故]",
    ),
    (
        "toxic_leak",
        r"(?:液氨|氨气|液氯|氯气|氯化氢|硫化氢|苯乙烯|甲苯|二甲苯|苯系物|苯酚|苯胺|纯苯|粗苯|[装运载]苯|苯罐|光气|丙烯腈|盐酸|硝酸|发烟硫酸|溴素|氟化氢|环氧乙烷|氯乙烯|硫酸|酸雾|酸罐|氨味|氨阀|氨水|液体?二氧化硫|有[毒害]|剧毒|毒气|危化品|化学品|刺激性(?:气|物质|烟)|[酚醛酯腈胺酐肼苯氯溴氰氟磷砷](?:[^，。；！？\n]{0,2}[罐槽釜液桶])?)[^。！？\n]{0,30}(?:泄漏|泄露|外泄|外溢|逸散|逸出|漏出|漏了|在漏|[破爆]裂|破损|渗漏|飘散|弥漫|扩散)|(?:烟[气雾尘]?|气体|气味)[^，。；！？\n]{0,6}(?:含有?|带有?|有)[^，。；！？\n]{0,4}(?:刺激性|有[毒害])|(?:释放|散发|产生|冒出|飘)[^，。；！？\n]{0,6}有[毒害](?:有[毒害])?[烟气]|(?:农药|化工|化学品|化学原料|危化|危险品|电镀|硫磺|磷)[^。！？\n]{0,30}(?:烧|着火|起火|失火|火灾|爆炸|爆燃)[^。！？\n]{0,30}(?:呛|刺鼻|刺激|有毒|睁不开眼|熏)",
    ),
    (
        "two_counties",
        r"(?:两|二|三|四|五|多|[2-9])个?(?:区?县|县[区市])",
    ),
    ("two_cities", r"(?:两|二|三|四|五|多|[2-9])个?(?:地级|设区的)?市(?!民|场|值|面|内|级|区|政)"),
    ("capital", r"省会|自治区首府"),
    ("municipality", r"直辖市"),
    ("county_city", r"县级市"),
    (
        "province_wide",
        (
            r"(?:全省|我省|全自治区)[^。！？；\n]{0,30}[\d一二三四五六七八九十百千万余多](?:[人名间]|(?<=[万余多])(?![\u4e00-\u9fff]))|(?:省|自治区)内(?:各[地市])?(?:已|共|累计|合计|因灾|因[^，。；\n\d]{1,8}){0,3}(?:遇难|死亡|失踪|失联|转移|紧急转移)[^，。；\n\d]{0,8}[\d一二三四五六七八九十]|(?:省|自治区)[^。！？；\n]{0,16}?(?:\d{1,2}|[二三四五六七八九十]{1,3})个?(?:设区的?|地级)?市[（）州、，和]{0,4}(?:\d{1,3}|[一二三四五六七八九十]{1,4})个?[县区]|(?<![外邻])省(?:共有?|累计|已|合计|因灾){0,3}(?:倒塌|死亡|遇难|失踪|失联|紧急转移|转移安置)[^，。；\n\d]{0,14}\d|(?<![从由])[两二三四五六多]省(?:区|市)?(?:已|共|累计|合计|因灾|[^，。；\n\d]{0,4}){0,2}(?=[\d一二三四五六七八九十]{1,4}[人名]|转移|紧急)"
            rf"|(?:(?<![\d.])\d{{1,2}}|[两二三四五六七八九十]{{1,3}}|多)个?省(?:份|[区市]{{1,2}}|（[区市、]{{1,8}}）)?{_HIT}"
            rf"|(?<=[致使成响及])[{_SHORT}]{{2,6}}(?:[两二三四五六七八九\d]省{_HIT}|(?:等地)?(?=[\d.]+[万亿]?[余多]?人(?:次)?(?:受灾|因灾|死亡|遇难|失踪|被?紧急|转移)))"
            rf"|(?:长江中下游|淮河流域|(?<![东西\d])南方|(?<![东西])北方|中西部|中东部|华[东南北中]|(?<![新旧])大陆|全国)(?:地区|多地|多省|部分地区)?(?:[^，。；！？\n\d]{{0,8}}(?:洪涝|[暴降][雨水]|台风|灾害|受灾|因灾|洪水|风雹|雷击|已|累计|死亡人数)|(?=\d)){_HIT}"
        ),
    ),
    (
        "occupational",
        r"(?<!预防)(?<!防止)(?<!防范)(?<!排除)(?<!不属于)(?<!并非)(?<!不是)职业(?:性|病)?(?:急性)?[^，。；\n]{0,6}中毒|急性(?:工业|职业性?)中毒|职业病防治[^。\n]{0,12}(?:认定|诊断|确认|判定)",
    ),
    (
        "fumes",
        r"(?:一氧化碳|煤气|沼气|瓦斯|硫化氢|氯气|液氯|氨气?|氮氧化物|二氧化[硫氮]|光气|苯|毒气|气体|酸雾|尾气|烟气|废气)[^。！？\n]{0,16}(?:中毒|吸入|熏|呛)|吸入[^，。；\n]{0,12}[气烟雾]|(?:电镀|反应釜|喷淋塔|熔炼|冷库)[^。！？\n]{0,24}(?:外泄|泄漏|泄露|逸出)|(?:急性)?(?:工业|职业)(?:性)?中毒",
    ),
    (
        "pupils",
        r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4}|[多数])[余多]?名?(?:[小初高]?中?学生|幼儿|师生|学童)[^，。；！？\n]{0,10}(?:中毒|不适|呕吐|腹泻|腹痛|发病|就[医诊]|送医|住院)|(?:学生|幼儿|师生)[^，。；！？\n]{0,8}(?:[早午晚加]餐|[用就配供]餐|营养餐)[^，。；！？\n]{0,4}后[^。！？\n]{0,16}(?:中毒|不适|呕吐|腹泻|腹痛|就[医诊]|送医)",
    ),
    (
        "vessel",
        r"(?:船|[货客渡游油邮驳拖]轮|[快游摩皮]艇|冲锋舟|皮划艇|龙舟|竹筏|(?<=[”\"])轮)[^，。；！？\n]{0,16}(?:沉没|沉入|翻沉|倾覆|侧翻|翻覆|翻扣|相撞|碰撞|触礁|搁浅|断缆|起火|着火|爆炸)|沉船|翻船|(?<!冲)撞船|锚链[^，。；！？\n]{0,4}断|(?:生还|失联|获救|遇难)船员|船员[^，。；！？\n]{0,4}(?:失联|获救|遇难)|(?:船员|渔民)[^，。；！？\n]{0,6}落水",
    ),
    (
        "pileup",
        r"连环(?:相撞|追尾|碰撞|撞|车祸|交通|事故)|(?:[3-9]|\d{2,3}|[三四五六七八九十]{1,3}|多)(?:辆|台)?(?:汽|轿|货|客)?车(?:连环|连续|接连|先后)?(?:相撞|追尾|碰撞|撞)",
    ),
    (
        "attack",
        r"(?:持|挥舞?|拿[着出]?|手持|抽出)[^，。；！？\n]{0,4}(?:刀|匕首|斧|凶器)(?!鱼)|(?:刀|砍刀|匕首|菜刀)[^，。；！？\n]{0,6}(?:砍|捅|刺|伤人)|(?:故意|报复[^，。；！？\n]{0,6}|驾车|开车)[^，。；！？\n]{0,4}(?:冲撞|撞向)[^，。；！？\n]{0,8}(?:人群|行人|路人|群众|学生|村民)|[砍捅刺][伤死](?=[^，。；！？\n]{0,8}[\d一二两三四五六七八九十多数]{1,3}[名人])|行凶",
    ),
    ("foodborne", r"(?<!预防)(?<!防止)(?<!防范)(?<!排除)(?:食物中毒|食源性)"),
    (
        "school_violence",
        r"(?:学生|[中小]学|初中|高中|[一二三四五六七八九十附]中(?![午秋等国])|附小|职校|技校|职高|[初高][一二三]|年级|校园|校内|教室|班级|同学|幼儿园|学校|校门)[^。！？\n]{0,30}(?:[打砸刺砍捅踢踹推][伤倒中]|殴|打架|打斗|互殴|厮打|扭打|霸凌|欺凌|行凶|持[刀械]|捅|[刺砍]伤)|(?:殴打|欺凌|霸凌|行凶|持[刀械]|砍|捅)[^。！？\n]{0,20}(?:学生|同学|老师|幼儿|学校|校园)|持[刀斧械棍][^。！？\n]{0,12}(?:小学|[中大]学|[一二三四五六七八九附]中(?![午秋等国]))|(?:[小中大]学|学校|校园|幼儿园|[一二三四五六七八九附]中(?![午秋等国]))[^，。；！？\n]{0,16}(?<![受犬狗])伤人(?![数员])",
    ),
)
_PARTS = {"metro", "line_stopped"}
"""A metro and, anywhere else, that its trains stand still: together they are a metro that has stopped."""
_NARROWER = re.compile(
    r"[我本全该](?:县|区(?!域)|市|镇|乡|旗|村)|其中[^。！？\n]{0,10}(?:县|区(?!域)|镇|乡|旗|村|街道)"
)
"""Beside figures of a whole province it may give those of a place within it; cities are its parts."""
OVERALL = frozenset({"county_city", "province_wide"})
"""How large the place is that all figures of an event count in: of the posts that give one more than half must say."""
_UNDONE = re.compile(r"(?:未|没有?|无需|不必|(?<!不得)不(?:需要?|会|用)?|(?:一旦|若|如果?)[^。；！？\n]{0,14})$")
"""Before a stop that is none."""
_KEPT_IN = re.compile(
    r"(?:未(?!经|处理|达标|净化)|没有|不(?:会|属于|构成|存在)|[并均]?无(?!证|视|人)|避免|防止|严防|排除|[以谨]防)[^，。；！？\n]{0,10}$"
)
"""Before a leak into the air or the water that has not come to pass."""
_RULED_OUT = re.compile(r"(?:排除|不是|并非)[^，。；！？\n]{0,12}$")
_EATEN_OUT = re.compile(r"饭店|餐馆|火锅|烧烤|聚餐|婚宴|喜宴|酒[席楼]|大排档|夜市|面馆|小吃|农家乐|家宴|自家|家中|外卖")
"""Where pupils have not eaten at school."""
_CATCHING = re.compile(r"(?<!排除)(?<!非)(?:诺如|流感|传染|水痘|手足口|[甲乙]流|新冠|登革|疫情|麻疹|腺病毒)")
"""What is caught from others and not from food alone."""
_OTHERS = re.compile(r"公交|班车|客运|轮渡|渡轮|索道|缆车|商场|店|厂")
"""What stands still in a clause that names it is no metro."""
_PLANNED = re.compile(
    r"(?P<why>为(?:配合|确保|保障|满足|实施|做好|开展|进行)|因[^，。；！？\n]{0,16}(?:施工|调试|检修|改造|接入|维护|升级|联调)(?:需要|工作|作业)?，|开展[^，。；！？\n]{0,8}(?:测试|联调|检修))"
    r"|(?P<ahead>将[于在](?=[本下明]|\d{1,2}[月日号])|拟于|定于|计划|明[天日]|后天|下周|本周[六日末]|首班车至)"
    r"|(?P<care>请[^。；！？\n]{0,14}(?:安排|规划|选择)[^，。；！？\n]{0,6}(?:出行|行程|交通|公交)|谅解|不便|接驳)|(?P<notice>公告|通告|通知|预告|调整)"
)
_FAILED = re.compile(
    r"故障|抢修|突发|事故|脱轨|冒烟|起火|着火|火灾|进水|被困|滞留|受伤|瘫痪|断电|失电|台风|暴雨|积水|水害|雪|冰冻|地震|塌|挖|撞|污染|超标|泄漏"
)
_SET_OFF = re.compile(r"引爆|爆炸|爆燃|纵火|起火|燃烧|投毒")
"""What an attacker has set off is the hazard that it is."""
_AIMED = re.compile(
    r"(?:送(?:往|到|至|进|去)?|转(?:往|到|至|入|送)|前往|住进|抬到|救治|收治|治疗|抢救|就诊|到|去)[^，。；]{0,12}$"
)
"""The injured are brought to a hospital; it did not happen there."""
_AFTER_NO_SETTING = re.compile(
    r"老师(?:说|表示|认为|提醒|感叹)|教授|专家|毕业|招聘|招生|录取|同学会|校友|食堂阿姨|门口的?(?:路|超市|小吃|店)|附近|旁边?|对面|隔壁|周边|路口|方向|校长说|公安局|派出所"
)
_BEFORE_NO_SETTING = re.compile(
    r"(?:毕业于|就读于?|考[上入]|在读|曾在|以前的?|当年|经过|路过|靠近|紧邻|距离?|离)[^，。；]{0,8}$|(?:非|(?<!要)不是|不属于|排除)$"
)


def settings_in(text: str) -> frozenset[str]:
    """Kinds of place ("school", "site", "plant", "ride" …) where it happened, and what has stopped there.

    "released" is no place either: what leaks has got into water, air or soil; "toxic_leak" that it, or the smoke of
    what burns, is poisonous. Some tell how large the place is: "capital", "province_wide" …; "occupational" that people
    were poisoned at their work, "fumes" that it was by what they breathed, "foodborne" that it was by food, "pupils"
    that it was at school that they ate, "school_violence" that somebody hurt them there, "attack" that somebody did so
    anywhere; "vessel" and "pileup" what has come to grief.
    "metro_stopped" and "intake_cut" need the words of the stop: a crowded metro is none.

    Places that are only near, passed, spoken for or carried to are none.
    """
    plain = plain_of(text[:READ_TO])
    seen = _HINTS(plain)
    kinds = {
        kind
        for kind, pattern in _PATTERNS
        if kind in seen and any(_is_scene(plain, m, kind) for m in pattern.finditer(plain))
    }
    if kinds >= _PARTS:
        kinds.add("metro_stopped")
    if not kinds.isdisjoint(_STOPS) and _is_planned(plain):
        kinds -= _STOPS
    if "intake_cut" in kinds and (source := intakes.level(plain)):
        kinds.add(source)
    return frozenset(kinds - _PARTS)


KINDS = {
    "kindergarten": "幼儿园",
    "school": "学校",
    "campus": "校园内",
    "site": "工地",
    "plant": "工厂",
    "hospital": "医院",
    "mine": "矿山",
    "nursing_home": "养老机构",
    "station": "车站",
    "compound": "小区",
    "market": "商场市场",
    "ropeway": "索道",
    "ride": "游乐设施",
    "metro_stopped": "轨道交通停运",
    "intake_cut": "水源地中断取水",
    "gas_cut": "供气中断",
    "released": "污染物进入环境",
    "toxic_leak": "有毒物质泄漏、燃烧",
    "intake_city": "设区的市的水源地",
    "intake_county": "县级城市的水源地",
    "two_counties": "涉及两县以上",
    "two_cities": "涉及两市以上",
    "capital": "省会",
    "municipality": "直辖市",
    "county_city": "县级市",
    "province_wide": "全省合计",
    "occupational": "职业中毒",
    "fumes": "吸入中毒",
    "pupils": "学生就餐后患病",
    "foodborne": "食物中毒",
    "school_violence": "校园内伤人",
    "vessel": "船舶出事",
    "pileup": "连环相撞",
    "attack": "持械伤人、驾车撞人",
}
"""What each kind is called."""
_PLACES = frozenset(kind for kind, _ in _WORDS[: [kind for kind, _ in _WORDS].index("ride")])
_STOPS = {"metro_stopped", "intake_cut", "gas_cut"}
_PATTERNS = tuple((kind, guarded(words)) for kind, words in _WORDS)
_HINTS = Hints(dict(_WORDS))


def _is_planned(plain: str) -> bool:
    """Whether a stop is one that an operator has set for a day, and nothing has failed."""
    kinds = {match.lastgroup for match in _PLANNED.finditer(plain)}
    return len(kinds) > 1 and not kinds.isdisjoint({"why", "ahead"}) and not _FAILED.search(plain)


def _is_scene(plain: str, match: re.Match[str], kind: str) -> bool:
    before = plain[max(0, match.start() - 16) : match.start()]
    if (none := _NO_SCENE.get(kind)) is not None and none(plain, match, before):
        return False
    if _BEFORE_NO_SETTING.search(before) or _AFTER_NO_SETTING.match(plain, match.end()):
        return False
    # "学校领导只会做表面文章" names a kind of place only to judge somebody of there.
    return kind not in _PLACES or not in_remark(plain, *match.span())


def _of_others(plain: str, match: re.Match[str], before: str) -> bool:
    clause = plain[bounds.begin(plain, match.start(), "，。；！？\n", 30) : match.end()]
    return _UNDONE.search(before) is not None or _OTHERS.search(clause) is not None


_NO_SCENE: dict[str, Callable[[str, re.Match[str], str], bool]] = {
    "attack": lambda plain, _match, _before: _SET_OFF.search(plain) is not None,
    "hospital": lambda _plain, _match, before: _AIMED.search(before) is not None,
    "province_wide": lambda plain, _match, _before: _NARROWER.search(plain) is not None,
    "intake_cut": lambda _plain, _match, before: _UNDONE.search(before) is not None,
    "line_stopped": _of_others,
    "released": lambda _plain, _match, before: _KEPT_IN.search(before) is not None,
    "toxic_leak": lambda _plain, _match, before: _KEPT_IN.search(before) is not None,
    "fumes": lambda _plain, _match, before: _RULED_OUT.search(before) is not None,
    "pupils": lambda plain, _match, _before: _EATEN_OUT.search(plain) is not None,
    "foodborne": lambda plain, _match, _before: _CATCHING.search(plain) is not None,
}
"""Where words of a kind mean something else."""
