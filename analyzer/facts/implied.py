"""What is told of people without a figure of its own: deaths, and that the missing are found."""

import re
from collections.abc import Iterator

from analyzer.facts.between import ANAPHORA
from analyzer.facts.lexicon import COUPLES, DEADLY, DISASTER, OBITUARY, ONE_PERSON, SINGLE
from analyzer.facts.numerals import NUMERAL, parse
from analyzer.facts.talk import FORCE, POISON
from analyzer.model import Span
from analyzer.patterns import bounds
from analyzer.patterns.scan import guarded

_AGE = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:多|来)?岁")
_DEATH_OF_ONE = guarded(
    r"死亡|身亡|遇难|丧生|罹难|殒命|丧命|毙命|溺亡|坠亡|遇害|殉职|惨死|猝死|当场(?:就|人)?死了|抢救无效|没(?:有|能){0,2}抢?救(?:得?[回过上]来|活)|没(?:有|能){0,2}抢(?:得)?[回过下]来|没(?:有|能){0,2}抢?救[过来](?=[，。！；]|$)|当场就?不行(?=[，。！；]|$)|没救(?:得?回|下)来|没(?:有|能){0,2}[挺撑熬扛]过[来去]|没(?:有|能){0,2}醒[过来]|没(?:有|能)?(?:撑|挺|熬)到(?:医院|天亮|今天|救护车)|[断咽]了?气|没了?(?:心跳|脉搏|气(?=了|[^\u4e00-\u9fff0-9]|$))|人?(?:当场|就){1,2}(?:没|不行)了|(?:看着|眼看|怕|估计|恐怕)(?:是|就)?不行了(?![\u4e00-\u9fff])|(?P<perhaps>不幸[离去逝]世|(?:中毒|触电|溺水|车祸|重伤|抢救)(?:后|就|人)?走了(?![\u4e00-\u9fff])|(?<=，)没了(?![\u4e00-\u9fff])|人(?:已经?|都|也|就)?没了(?![\u4e00-\u9fff])|(?<=老[王李张刘陈杨赵周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕])没了(?![\u4e00-\u9fff])|(?<=[头太爷奶爸妈公婆子儿女生哥弟姐妹伴的姨叔婶舅友桌蜜乡夫])(?:也|都|就|当场)?[没走]了(?![\u4e00-\u9fff]))|(?:先后|相继|双双|均|都)(?:去世|离世)|(?:壮烈|光荣|英勇|不幸|(?<=[中时]))牺牲(?!的|精神|自[己我])|衰竭[^。；\d]{0,6}?(?:去世|离世|病逝)|(?:的|(?<=[，日天晨午晚后]))遗体[^，。；\d]{0,8}[捞找打搜寻发](?:到|起|上|现|获)|(?:送医|抢救|医院)[^，。；]{0,10}(?:离世|去世|病逝)|葬身|命丧|丧身|捐躯|殉难|溺死|伤重不治|献出了?[^，。；\d]{0,6}生命|被夺[去走]了?[^，。；\d]{0,4}生命|(?:未|没有?)能?挽回(?!损失|面子)[^，。；\d]{0,6}生命|没(?:有|能){1,2}生还|救[回过]来也没气"
    r"|(?P<struck>[去过离]世|病[逝亡]|死了(?![一二两三四五六七八九十几\d心])|死在(?!沙滩)|没命了|没保住|把命(?:都|也)?(?:丢|搭|送|赔)(?:了|在|进去)|没缓过来|殁了|不在了(?![\u4e00-\u9fff])|[丢送]了性?命|就这[么样]没了|(?<=[机员主工民师娘])没了(?![\u4e00-\u9fff])|再也回不来|没(?:有|能)活着|没(?:有|能)?[跑逃]得?(?:出来|出去|掉)|没[挺撑]住(?![\u4e00-\u9fff]))"
    r"|[烧淹砸压撞炸电摔毒熏呛轧闷冻碾]死|(?:无|没有?|没了|失去|丧失)了?(?:生命|呼吸|心跳)(?!危险|之忧|困难|[道机])"
)
_INJURY_OF_ONE = guarded(
    r"受(?:了?[轻重]?)伤|(?<!微)[轻重]伤|[烧烫灼砸撞摔刺砍炸咬压擦磕扭]伤(?!害|人|了?\d)|骨[折裂]|[摔砸压撞](?:裂|折)了|被[^，。；\d]{0,12}[砸撞咬烫轧碾捅砍](?:到|中)?(?:[头脸手腿脚腰肩背]|胳膊|脑袋)?了(?![\u4e00-\u9fff])|[摔砸撞压]断了?|轻微伤|皮外伤|(?:[腿手脚]|胳膊|手臂)断(?:了|(?=[，。！；]|$))|[擦磕碰蹭]破了?(?:额头|头|脸|下巴|膝盖|胳膊|手|腿)|(?:[肋锁盆]骨|骨头)(?:都|给|被)?断了|(?:机器)?把(?:手|胳膊|腿|脚|手指头?)(?:给|都)?[绞轧夹卷切锯压砸](?:断|掉|烂|碎)了"
    r"|(?:手|胳膊|手臂|腿|脚|头|脸|额头|膝盖|手指|后背|眼角)(?:上|都|也|被|给|直接){0,2}[^，。；\d]{0,4}[划割剐拉磕摔碰砸扎炸崩](?:了|出|破)(?:了|一|个|道|条|好?大|老大|很深的|好长){0,4}(?:口子|伤口|窟窿)"
)
_HARM_OF_ONE = guarded(
    r"(?P<taken>被?(?:紧急|及时|连夜|立即)?送(?:往|到|至|进)了?[^，。；\d]{0,8}医院|送医(?![^，。；！]{0,6}[无没]有?什?么?(?:大碍|大事|恙))|(?:正|还|仍)?在[^，。；\d]{0,6}医院[^，。；\d]{0,6}(?:治疗|抢救|救治|躺着)|(?:还|仍|正)?躺在[^，。；\d]{0,4}医院|被(?:120|救护车)[^，。；\d]{0,3}[拉接送抬]走|进了医院|(?:还|正|仍)在(?:全力)?(?:抢救|手术)(?!的)|留院观察|住院(?:治疗|了))"
    r"|(?P<harmed>受伤(?!的)|伤了(?![心神脑\d一二两三四五六七八九十])|挂了?彩|头破血流|伤[势情](?:很|较|比较)?(?:严重|危重|稳定|重|轻)|伤得(?:很|挺|特别|比较)?(?:严?重|厉害)|伤得不轻|昏迷不醒|生命垂危|命悬一线|[住进在]了?icu|下了?病危|还没脱离危险|缝了[^，。；]{1,4}针)"
)
"""The same where a disaster is told of: words that are said of the sick as well."""
_HURT_SOMEBODY = re.compile(
    rf"(?:致|造成|导致)(?:其|对方|另一人|他|她|后者)[^，。；\d没无未]{{0,8}}(?:骨[折裂]|受(?:了?[轻重]?)伤|[轻重]伤|[烧烫砸撞摔刺砍咬划割]伤|脑震荡|脱臼|断裂|缝了?[一二三四五六七八九十\d]{{1,2}}针)|(?:[烫砸撞烧咬炸划压夹轧]伤|[夹压砸轧切绞]断)了?(?:我|你|他)?家?的?(?:{SINGLE.pattern})(?![，。]?(?:的|被抓))"
)
# Names up to the end of a bracket are a credit: "（记者 【姓名】）遇难者名单核对完毕".
_SOMEBODY = re.compile(
    r"该(?:名|位)?[\u4e00-\u9fff]{1,4}?(?=[经因被后已]|送|抢救|当场|不治|最终)|【姓名】(?![^（(，。；\n]{0,30}[）)])|(?:(?<![\u4e00-\u9fff])|(?<=个))(?:[男女]的|[大小老]的(?:那个|这个)?(?=当场|人|也|都|就|没|还|被|死|伤|已|重|走))|(?<![古长小大])[老小][王李张刘陈杨赵周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕](?![\u4e00-\u9fff]{0,2}[家村店乡庄街路])|[\u4e00-\u9fff]某(?:某|(?![些个种人家天日处地]))"
    r"|[开骑杀卖送修看坐捡扫钓放][^，。；\d的]{1,4}的(?=当场|人|也|就|没|被|让|走)"
)
_TRAPPED_ONE = guarded(
    r"被[^，。；、\d]{0,6}掩埋|[被让][^，。；、\d没]{1,8}(?<!活)埋(?:住|在|了)(?!半)|(?P<struck>[压埋]在(?:了)?(?:里[面头]|底下|下面|土里|废墟)|出不来(?:了|[，。！]))|被困(?!群众|人员|者|的(?=[\u4e00-\u9fff\d](?<!时))|居民|学生|乘客|游客|村民)|困(?=[电货客]梯)|困[一二三四五六七八九十顶]楼|被[关锁困][在进]|被[压埋]在?(?!中间|人|死|伤)|被?卷进[^，。；\d]{1,6}[卡夹]住|(?<![价挂定])[困卡关锁]在[^，。；\d]{0,8}(?:[里内中]|电梯|轿厢|车|井|洞|房|屋|楼|山|半空)"
)
_MISSING_ONE = guarded(
    r"失踪|失联|下落不明|失去(?:了)?联[系络]|不知去向|生死不明|音讯全无|没了音[讯信]|(?P<struck>联系不上|不见(?:了|人影|踪影))|杳无(?:音[讯信]|踪[迹影])|[无没]有?下落|断了?音[讯信]|(?:进山|上山|下河|下海|出海|出门|钓鱼)[^，。；\d]{0,8}(?:到现在|至今|一夜|一晚|还)(?:都|也)?没有?(?:回来?|回家|下山)(?=，?[^，。；]{0,4}(?:电话|手机)[^，。；]{0,4}(?:打不通|关机|不通|没人接))|[被让][^，。；\d]{0,8}[冲卷]走|没(?:有|能)?找[到着]人?(?![\u4e00-\u9fff])|找不[到着]人?了?(?![\u4e00-\u9fff])"
)
_PAIR = re.compile("|".join(COUPLES))
_SAFE = re.compile(r"[获被得]?救|找[到着](?!人)|上岸|没事|平安|脱[险困]|出来了")
_LIFT = re.compile(
    r"(?:电梯|轿厢|缆车|吊厢)[^，。；！？\n]{0,6}(?:困(?:住)?(?:了)?人|[关困卡]了我)(?!救援|演|处置|应急|事件|险|率|超|的|属)"
    r"|(?:电梯|轿厢|缆车|吊厢|索道)[^，。；！？\n没未无]{0,6}困了(?:整整|足足|将近|快)?(?=(?:\d|[一二两三四五六七八九十半]){1,3}个?[多半]?(?:小时|钟头))"
    r"|(?:过山车|摩天轮|跳楼机|大摆锤|海盗船|飞椅|缆车|吊厢)[^，。！？\n]{0,6}(?:停|卡|悬|挂|吊)[在住][^，。！？\n]{0,4}(?:半空|空中|高空|天上|顶|最高)"
    r"|(?:电梯|轿厢|缆车|吊厢)[^。！？\n]{0,40}[才被给人我](?:放|救|接|弄|拉|扒)了?(?:出|下)来"
)
_US = re.compile(rf"(?:我们|咱们?|俺们)(?P<count>{NUMERAL})个?人")
_MYSELF = re.compile(
    r"(?<![\u4e00-\u9fff])我(?:[和跟与同][\u4e00-\u9fff]{1,4}?|一个人|自己|现在|就是|就|都|也|又|还|今[天早晚]|昨[天晚]|下班|上班){0,3}$"
)
_PASSIVE = re.compile(r"(?:头?(?:被|让|叫)|[^，。；\d]{0,18}?[时被]被)[^无没未]{0,16}$")
_WHO_DIED = guarded(
    rf"(?:死(?:掉|了|去)?|遇难|走了?|没(?:有|能)?(?:抢?救|挺|熬|撑|跑|逃|活|醒)(?:过来|过去|回来|出来|下来|活|住|掉))的(?:那个|这个|正|就|还|都){{0,2}}是(?P<who>[^，。；！？谁哪什不无没\d]{{0,8}}?(?:{SINGLE.pattern}|{_SOMEBODY.pattern}|老(?![鼠虎牛鹰母百])[\u4e00-\u9fff](?![\u4e00-\u9fff]))[^，。；！？\n]{{0,8}})"
)
"""Who the dead are, where nobody counts them: "死的是老蒋", "死的是租客小两口"."""
_WHO = (
    rf"(?:那个|这个|正|就|还|都){{0,2}}是(?P<who>[^，。；！？谁哪什不无没\d]{{0,8}}?(?:{SINGLE.pattern}|{_SOMEBODY.pattern}))"
    rf"(?![^，。；！？\n]{{0,3}}(?:[责法公医]|原因|情况))"
)
_WHO_WAS_HURT = guarded(rf"(?:受[轻重]?|[重轻烧砸撞摔烫])?伤(?:到|着)?了?的{_WHO}")
_WHO_IS_MISSING = guarded(rf"(?:失踪|失联|没找[到着]|联系不上|找不[到着]|被?[冲卷]走)了?的{_WHO}")
_KIN = "[爸妈爷奶公婆哥弟姐妹舅叔伯姑姨]|老公|老婆|丈夫|妻子|儿子|女儿|父亲|母亲|孩子|老人|对象|男友|女友"
_OUT_OF_REACH = re.compile(
    rf"(?:{_KIN})(?:[^，。；！？\n]{{0,14}}，[^，。；！？\n]{{0,6}}，?)?(?:电话|手机|人|一直|到现在|至今|现在|[都也还就]){{0,4}}"
    r"(?:联系不上|没有?联系上|没有?(?:一点)?(?:消息|音[讯信]))(?=[了啊呀，。！；]|$)"
)
_OUT_THERE = re.compile(
    r"走散|迷路|[上进爬]山|出海|下[河海]|井下|矿|洪|[冲卷]走|塌|埋|震|滑坡|泥石流|爆炸|[着起]火|大火|翻船|沉[没船了]"
)
"""Told of somebody whom nobody reaches: it is not that he does not answer."""
_SUPPOSES = re.compile("以为|误认|担心|生怕|唯恐|占")
"""In the clause before what befell somebody: it befell nobody ("路人误以为炸死了人", "老人占遇难者的一半")."""
_MANY = re.compile(
    r"部分|(?<![我咱他她你])们|多名|数名|几名|多人|数人|群众|家属|若干|一些|所有|每|谁|家[三四五]口|有的"
)
_NUMERAL = re.compile(
    r"\d(?![\d号时点分日月年栋幢楼路])|[一二两三四五六七八九十百](?:余|多|几)?[名个位人具口男女]|[俩仨]"
)
_OTHERWISE = re.compile(r"[的无没未“]|涉嫌|是否|如果|(?<![很赶尽飞])快$")
_DURING = re.compile(r"[在于][^，。；“”]{1,14}[中时](?:不幸|壮烈|光荣|英勇|当场){0,2}$")
_JOINED = re.compile(r"[和与及跟][^，]{0,6}")
_SENTENCE_MARKS = "。！？；\n"
_MARKS = "，。；！？\n：、, "
_PAUSES = ("，", " ")
_DONE_BY = ("被", "遭")
_SURVIVORS = re.compile(
    rf"(?P<whole>{NUMERAL})(?:名|个|位|口|人)[^，。；、\d]{{0,8}}?(?:中|里|当中)?，?(?:只有|仅有|仅|只)(?P<left>{NUMERAL})(?:名|个|位)?[^，。；、\d]{{0,6}}?"
    r"(?:生还|幸存|活下来|活了下来|活着)"
)
_ALL_BUT = re.compile(
    rf"(?P<whole>{NUMERAL})(?:名|个|位)?(?:乘客|船员|工人|游客|人)[^，。；\d]{{0,4}}，?除(?:了)?(?P<left>{NUMERAL})(?:名|个|位|人)[^，。；\d]{{0,16}}，?其余(?:的?人)?(?:全部|全都|均已?|都已?|全)?(?:不幸)?(?:死亡|遇难|身亡|丧生)"
)
_ALL_BUT_SOME = guarded(
    rf"(?P<whole>{NUMERAL})(?:名|个|位|口)?(?:乘客|船员|工人|游客|学生|员工|人)[^，。；\d]{{0,4}}，?除了?(?:(?P<left>{NUMERAL})(?:名|个|位)?(?:乘客|船员|工人|游客|学生|员工|人)|(?P<one>{ONE_PERSON}))(?:以|之)?外?，?"
    r"(?:其余|其他|其它|剩下)?的?人?(?:全部|全都|[全都均])已?(?:不幸|不同程度)?(?:(?P<dead>死亡|遇难|身亡|丧生)|受了?[轻重]?伤)"
)
_BUT_ONE = re.compile(
    rf"(?:一家|全家|祖孙|三代|老少|老小)[^，。；\d]{{0,3}}(?P<whole>{NUMERAL})口人?，{{0,2}}(?:只有|仅有|就|仅|只剩下?)[^，。；\d]{{0,6}}?(?:{ONE_PERSON})(?:一个?人)?(?:活|生还|幸存|逃[了出生]|跑[了出])"
)
_FEW_LIVE = re.compile(
    rf"(?P<whole>{NUMERAL})(?:名|个|位|口)人?[^，。；\d]{{0,6}}，{{0,2}}(?:(?:只|就|仅)活(?:了|下来?)|(?:只|就|仅)(?:有|剩)?(?:[他她我]|[老小][\u4e00-\u9fff])(?=[一1]个人?(?:活|生还))|(?:活(?:着|下来)?|能喘气|[还有]气|喘气)的(?:只有|只剩|就剩|就|只|仅))(?P<left>{NUMERAL})(?:名|个|位|人)"
)
_WOUNDED_DIED = re.compile(
    r"(?<!名)(?<!位)(?<!个)(?<![和与及、])(?:重?伤者|伤员)(?!们|中|之?一|家属)[^，。；\d一二两三四五六七八九十几数多]{0,14}?(?:离世|去世|死亡|不治|身亡)"
)
_ALIVE = re.compile(r"生还|幸存|活下来|活了下来|活着")
_FOUND_AGAIN = guarded(
    r"(?:失踪|失联|失去(?:了)?联[系络]|下落不明)(?:[^，。；！？]{0,14}?|[^，。；！？]{0,8}，(?:(?![遗尸]体)[^，。；！？\d其中]){0,8}?)"
    r"(?:均已?|都已?|全部|全都|悉数|也已?全部)(?:被|陆续|先后|平安|安全|顺利)*(?:找到|寻获|搜寻到|联系上|取得联系|获救|救出|脱险|脱困|返回|归来|有了?下落)"
    r"|(?:[目当]前|至此|现在?|如今|已经?|再)(?:已|再|也)?(?:没有|无)(?:任何)?(?:失联|失踪|下落不明)(?:人员|者|人口)?(?=[，。；！、]|$)"
    r"|(?:失联|失踪)(?:人员|人数|者)?(?:已|全部|目前)?(?:清零|归零|为零)"
)
_NEXT_CLAUSE = re.compile(r"[^，。；！？\n]{0,6}[，；](?![^，。；]{0,2}[其该])[^，。；！？\n]{0,8}")
_NONE_NOW = re.compile(r"(?:没有|无)(?:任何)?(?:失联|失踪|下落不明)")
_PART = r"(?:手腕|手臂|胳膊|手指|脚踝|脚腕|脚趾|膝盖|锁骨|肋骨|盆骨|尾椎|脊椎|鼻梁|小腿|大腿|髋骨|[腿手脚腰头脸])"
_OWN_INJURY = guarded(
    rf"(?:[摔跌绊滑砸撞咬烫夹轧碾刮蹭踩](?:了?[^，。；！？\d]{{0,8}}|空)|[^，。；！？\d]{{0,10}}的)[，、\s]?(?:导致|结果|造成)?(?:左|右|我|现在|直接|把|一只|小|大)*{_PART}(?:上|粉碎性|给|都|也|直接)*"
    r"(?:骨[折裂]|[摔砸撞]?断了?|脱臼|缝了(?:[\d一二两三四五六七八九十几好]{1,3})针)(?![\u4e00-\u9fff]{0,2}(?:怎么|咋|如何|风险|患者|病人|手术))"
)
_SOMEBODY_ELSE = re.compile(r"[你他她它]|[人员工民童]|谁|有个|哪|容易|会|怕|险些|差点|幸|没|别")
_POISONED = re.compile(r"毒|蘑菇|一氧化碳|煤气(?!爆|罐)|酒精|食物")
_TOO = re.compile(
    r"[，；][^，。；！？\n]{1,8}也[^，。；！？\n]{0,12}(?:死|亡|遇难|丧|世|不治|无效|没[救抢挺熬撑了能保]|命|气)"
)
_RIGHT_BEHIND = re.compile(r"(?:死亡|身亡|[离去逝]世|了)?[，；]其?")
_DIES_THERE = re.compile(r"[^。！？；\n]{0,16}?(?:[走没]了|[去离过]世|死|不治|身亡|没[抢救挺熬撑]|无效|停止)")
"""Behind somebody who is taken to hospital: it is no use."""
_GRAVELY = re.compile(r"(?<!轻)重伤|伤[势情得](?:很|较|比较|挺|特别)?(?:严?重|危|厉害)|icu|病危|生命垂危|命悬一线")
_GRAVE = re.compile(r"icu|重症|病危|生命垂危|没(?:有)?(?:脱离|度过)危险")
_SAFE_AGAIN = guarded(
    r"(?:失踪|失联|失去(?:了)?联[系络]|下落不明)的?(?:[\d一二两三四五六七八九十]{1,3}[名位个]?)?(?:人员|者|群众|游客|驴友|村民|工人|老人|学生|孩子|人)?[^，。；！？\d]{0,4}(?:已|均|都)(?:经)?(?:被)?(?:安全|平安|自行|成功)*(?:返家|回家|返回|找到|寻获|获救|救出|脱险|归队|下山|联系上|取得联系)(?!了?[\d一二两三四五六七八九十])"
)
_SORT = re.compile(
    r"[名位个](?P<sort>[^，。；、\d]{0,4}(?:学生|幼儿|儿童|孩子|乘客|旅客|工人|职工|员工|村民|居民|住户|游客|顾客|消防员|施工人员|业主|老人))"
)
_NOT_APART = re.compile(r"[。！？\n]|其中|包括|分别|含|即")
_BESIDE = re.compile(r"(?:另外?|此外|还有)[，、]?(?:有|一名|一位|一个)?$")
_LAID_OUT = re.compile(r"[遗尸]体|失[踪联]|[人名](?:全部|全都)(?:遇难|牺牲|死亡|罹难)")
HINTS: dict[str, str | re.Pattern[str]] = {
    "death of one": f"{_DEATH_OF_ONE.pattern}|{_WHO_DIED.pattern}",
    "injury of one": f"{_INJURY_OF_ONE.pattern}|{_HURT_SOMEBODY.pattern}|{_OWN_INJURY.pattern}|{_WHO_WAS_HURT.pattern}",
    "harm of one": _HARM_OF_ONE,
    "disaster": DISASTER,
    "one shut in": f"{_TRAPPED_ONE.pattern}|{_LIFT.pattern}",
    "one missing": f"{_WHO_IS_MISSING.pattern}|{_MISSING_ONE.pattern}|{_OUT_OF_REACH.pattern}",
    "found again": _FOUND_AGAIN,
    "survivors": r"生还|幸存|活|气的|其余",
    "all but some": r"除[了\d一二两三四五六七八九十]",
    "safe again": _SAFE_AGAIN,
}
"""Patterns without which nothing of this is told."""
OF_ONE = frozenset({"death of one", "injury of one", "one shut in", "one missing"})
"""Those by which single people are told of, who need not be counted."""
_LOOK_BACK = 30
_TOLD_WITHIN = 80
_TOLD_BEHIND = 20
_FAR = 12
_SHORT = 4
_CLAUSES_BACK = 2
_MOST = 8


def implied_deaths(plain: str) -> Iterator[tuple[float, Span]]:
    """Number and place of deaths of single people: "司机当场死亡" is one, "母亲和女儿遇难" two."""
    yield from _of_one(plain, _DEATH_OF_ONE)
    yield from _who(plain, _WHO_DIED)


def _who(plain: str, told: re.Pattern[str]) -> Iterator[tuple[float, Span]]:
    """Number and place of those who are said to be the ones that harm befell: "死的是老蒋", "伤的是他媳妇"."""
    for match in told.finditer(plain) if "的" in plain and "是" in plain else ():
        clause, found = _subject(plain, *match.span("who"))
        if not (_MANY.search(clause) or _NUMERAL.search(_PAIR.sub("", clause))):
            yield float(_joined(clause, found)) if found else 1.0, match.span()


def implied_harm(plain: str) -> Iterator[tuple[float, Span]]:
    """Those who are hurt in a disaster, by words that are said of the sick as well: "司机被送往医院"."""
    yield from _of_one(plain, _HARM_OF_ONE)


def implied_injuries(plain: str) -> Iterator[tuple[float, Span]]:
    """The same of injuries: "女主人跟小女儿受伤"."""
    yield from _of_one(plain, _INJURY_OF_ONE)
    for match in _HURT_SOMEBODY.finditer(plain):
        yield 1.0, match.span()
    yield from _who(plain, _WHO_WAS_HURT)
    for match in _OWN_INJURY.finditer(plain):
        start = bounds.begin(plain, match.start(), _SENTENCE_MARKS, _LOOK_BACK)
        told = plain[start : match.end()]
        if not (SINGLE.search(told) or _SOMEBODY_ELSE.search(told) or _NUMERAL.search(told) or _MANY.search(told)):
            yield 1.0, match.span()


def grave(plain: str, span: Span) -> bool:
    """Whether what befell a single person is told to be grave, there or right behind: "被撞了，现在ICU躺着"."""
    end = bounds.end(plain, span[1], _SENTENCE_MARKS, _LOOK_BACK)
    return _GRAVELY.search(plain, *span) is not None or _GRAVE.search(plain, span[1], end) is not None


def another(plain: str, span: Span) -> bool:
    """Whether what befell a single person is told beside a count of others: "另外司机骨折"."""
    return _BESIDE.search(plain, max(0, span[0] - _SHORT), span[0]) is not None


def of_another_sort(plain: str, counted: Span, one: Span) -> bool:
    """Whether a single person is of another sort than those counted right before: "7名学生受轻伤，随车老师骨折"."""
    gap = plain[counted[1] : one[0]]
    sort, person = _SORT.search(plain, *counted), SINGLE.search(plain, *one)
    if sort is None or person is None or len(gap) > _LOOK_BACK or _NOT_APART.search(gap):
        return False
    return person.group() not in sort.group() and sort["sort"] not in person.group()


def in_turn(plain: str, one: Span, other: Span) -> bool:
    """Whether two clauses right behind each other name two people."""
    gap = plain[one[1] : other[0]]
    if len(gap) > _FAR or not _NEXT_CLAUSE.fullmatch(gap):
        return False
    first, second = (SINGLE.search(plain, *span) or _SOMEBODY.search(plain, *span) for span in (one, other))
    return first is not None and second is not None and first.group() != second.group()


def dies_too(plain: str) -> bool:
    """Whether anybody may be told to die as another did: "其孙女也丧生"."""
    return "也" in plain and _TOO.search(plain) is not None


def one_more_died(plain: str, counted: Span, one: Span) -> bool:
    """Whether somebody dies "也", right behind another of whom it was told: "一名老人身亡，其孙女也丧生"."""
    return _RIGHT_BEHIND.fullmatch(plain, counted[1], one[0]) is not None and "也" in plain[slice(*one)]


def implied_trapped(plain: str) -> Iterator[tuple[float, Span]]:
    """The same of those shut in: "我妈被困在电梯里", "我被困"."""
    yield from _of_one(plain, _TRAPPED_ONE)
    for match in _TRAPPED_ONE.finditer(plain):
        start = max(0, match.start() - _FAR)
        if _MYSELF.search(plain[start : match.start()]):
            yield 1.0, match.span()
    for match in _LIFT.finditer(plain):
        us = _US.search(match.group())
        number = parse(us["count"]) if us else None
        yield number.value if number else 1.0, match.span()


def implied_missing(plain: str) -> Iterator[tuple[float, Span]]:
    """The same of the missing; who is found again is none."""
    for value, span in _of_one(plain, _MISSING_ONE):
        if not _SAFE.search(plain, span[1], span[1] + _LOOK_BACK):
            yield value, span
    yield from _who(plain, _WHO_IS_MISSING)
    for match in _OUT_OF_REACH.finditer(plain):
        if _OUT_THERE.search(plain, max(0, match.start() - _TOLD_WITHIN), match.end()):
            yield 1.0, match.span()


def _of_one(plain: str, happened: re.Pattern[str]) -> Iterator[tuple[float, Span]]:
    for match in happened.finditer(plain):
        if match.lastgroup and not _is_so(plain, match):
            continue
        start = bounds.begin(plain, match.start(), _MARKS, _LOOK_BACK)
        clause, found = _subject(plain, start, match.start())
        if _SUPPOSES.search(clause):
            continue
        if found:
            if _told_of_few(clause, found[-1]):
                first, heads = _listed(plain, start)
                begins = first if heads else start + found[0].start()
                yield float(heads + _joined(clause, found)), (begins, match.end())
            continue
        if ANAPHORA.fullmatch(plain, start, match.start()) and (
            told := _told_before(plain, start, far="醒" not in match.group())
        ):
            at, heads = told
            yield float(heads), (at, match.end())


def _is_so(plain: str, match: re.Match[str]) -> bool:
    """Whether a word that may mean something else means harm here: beside what is deadly, or in a disaster."""
    around = max(0, match.start() - _TOLD_WITHIN), match.end() + _TOLD_BEHIND
    if match.lastgroup == "taken" and (
        POISON.search(plain, *around) or not FORCE.search(plain, *around) or _DIES_THERE.match(plain, match.end())
    ):
        return False
    if match.lastgroup == "harmed" and _POISONED.search(plain, *around):
        return False
    if match.lastgroup in {"struck", "harmed", "taken"}:
        return DISASTER.search(plain, around[0], match.start()) is not None and not OBITUARY.search(plain, *around)
    return DEADLY.search(plain, *around) is not None


def _told_before(plain: str, start: int, *, far: bool) -> tuple[int, int] | None:
    """The one person, or pair, whom the clause before the one that starts here (or two) speaks of: where, how many."""
    for _ in range(_CLAUSES_BACK if far else 1):
        if plain[start - 1 : start] not in _PAUSES:
            return None
        near = max(0, start - _LOOK_BACK)
        end = near + len(plain[near:start].rstrip("， "))
        before = bounds.begin(plain, end, _MARKS, end - near)
        clause, found = _subject(plain, before, end)
        if found or _MANY.search(clause) or _NUMERAL.search(clause):
            heads = _joined(clause, found) if found else 0
            alone = heads == sum(map(_heads, found)) and not _MANY.search(clause) and not _NUMERAL.search(clause)
            return (before + found[0].start(), heads) if found and alone else None
        start = before
    return None


def _subject(plain: str, start: int, end: int) -> tuple[str, list[re.Match[str]]]:
    """A clause without its ages, and the single people it names."""
    clause = _AGE.sub(lambda age: "・" * len(age.group()), plain[start:end])
    named = sorted((*SINGLE.finditer(clause), *_SOMEBODY.finditer(clause)), key=re.Match.start)
    called = {one.start() for one in named}  # "村民老周" is one.
    if len(named) > 1 and clause.endswith(_DONE_BY, 0, named[-1].start()):
        named.pop()  # "老人被护工打成骨折"
    return clause, [
        one for one in named if one.end() not in called and (not clause.startswith("的", one.end()) or one is named[-1])
    ]


def deaths_by_survivors(plain: str) -> Iterator[tuple[float, Span]]:
    """What "12名船员中仅1人生还" comes to: eleven dead."""
    found = [*_SURVIVORS.finditer(plain)] if _ALIVE.search(plain) else []
    if "其余" in plain:
        found += _ALL_BUT.finditer(plain)
    if "活" in plain or "气的" in plain:
        found += _FEW_LIVE.finditer(plain)
    for match in _BUT_ONE.finditer(plain):
        if (whole := parse(match["whole"])) and whole.value > 1:
            yield whole.value - 1, match.span()
    for match in found:
        whole, left = parse(match["whole"]), parse(match["left"])
        if whole and left and whole.value > left.value:
            yield whole.value - left.value, match.span()


def all_but_some(plain: str) -> Iterator[tuple[bool, float, Span]]:
    """What "21名乘客，除3人外全部受伤" comes to, and whether they are dead."""
    for match in _ALL_BUT_SOME.finditer(plain):
        whole, left = parse(match["whole"]), parse(match["left"]) if match["left"] else None
        rest = whole.value - (left.value if left else 1) if whole else 0
        if rest > 0:
            yield match["dead"] is not None, rest, match.span()


def wounded_died(plain: str) -> Iterator[Span]:
    """Where the only one who was hurt dies in the end: "伤者因伤情恶化离世"."""
    for match in _WOUNDED_DIED.finditer(plain):
        yield match.span()


def found_again(plain: str) -> Iterator[Span]:
    """Where it is told that nobody is missing any more: "失联的6名人员均已找到"."""
    for match in _FOUND_AGAIN.finditer(plain):
        yield match.span()


def none_now(plain: str, span: Span) -> bool:
    """Whether it is only told that nobody is missing at this hour: "目前无失联人员"."""
    return _NONE_NOW.search(plain, *span) is not None


def safe_again(plain: str) -> Iterator[Span]:
    """Where some of the missing are back: "此前报道的1名失联人员已安全返家"."""
    for match in _SAFE_AGAIN.finditer(plain):
        yield match.span()


def laid_out(plain: str, span: Span) -> bool:
    """Whether a figure of deaths counts bodies, or those who were missing: "两人遗体被打捞上岸"."""
    return _LAID_OUT.search(plain, max(0, span[0] - _SHORT), span[1] + _SHORT) is not None


def _told_of_few(clause: str, subject: re.Match[str]) -> bool:
    """Whether the clause speaks of single people who died, not of many, of who did it or of what did not happen."""
    if _MANY.search(clause) or _NUMERAL.search(clause):
        return False
    if clause[: subject.start()].endswith(("被", "被这些", "被那些")):
        return False
    if _PASSIVE.match(clause, subject.end()):
        return True
    where = _DURING.search(clause, subject.end())
    end = where.start() if where else len(clause)
    return end - subject.end() <= _FAR and not _OTHERWISE.search(clause, subject.end(), end)


def _joined(clause: str, found: list[re.Match[str]]) -> int:
    """How many of the people named before the word are its subject: those joined by "和"."""
    count = _heads(found[-1])
    for before, after in zip(found[-2::-1], found[:0:-1], strict=False):
        if not _JOINED.fullmatch(clause, before.end(), after.start()):
            break
        count += _heads(before)
    return count


def _listed(plain: str, start: int) -> tuple[int, int]:
    """Where a list of single people begins that ends before the spot, and how many they are: "张某、吴某牺牲"."""
    heads = 0
    while plain.startswith("、", start - 1) and heads < _MOST:
        before = bounds.begin(plain, start - 1, _MARKS, _LOOK_BACK)
        clause, found = _subject(plain, before, start - 1)
        if not found or found[-1].end() != len(clause) or _MANY.search(clause) or _NUMERAL.search(clause):
            break
        start, heads = before, heads + _joined(clause, found)
    return start, heads


def _heads(named: re.Match[str]) -> int:
    """A pair is two."""
    return 2 if named.group() in COUPLES else 1
