"""The words that say what happened to people, by kind of figure."""

import re
from enum import StrEnum

from analyzer.model import FactKind


class Role(StrEnum):
    """Word groups that take a figure without being a kind of figure."""

    HOSPITAL = "hospital"
    CASUALTY = "casualty"
    RELIEF = "relief"


Meaning = FactKind | Role

_DEATHS = (
    r"死亡|身亡|遇难|丧生|罹难|殒命|丧命|毙命|溺亡|坠亡|遇害|殉职|牺牲|去世|离世|不治|送命|没命|惨死|猝死|死于|失去生命"
    r"|生命消逝|抢救无效|(?:无|没有|没了|失去)(?:生命(?:体征|迹象)|呼吸)|[烧淹砸压撞炸电摔毒熏呛轧闷冻打杀埋碾刺砍憋饿]死"
    r"|热死(?!个人|我|人了)|死者|死难者|遗体|尸体|[男女浮]尸|人没了"
    r"|(?<![累笑气急烦困美爱恨馋忙疼酸想愁羞臭丑坑乐])死[了掉]|无人生还|无一生还"
)
_SERIOUS = (
    r"重伤|严重受伤|伤势(?:严重|较重|危重|很重)|伤情(?:严重|较重|危重)"
    r"|危重|病危|重症|生命垂危|重度[烧烫]伤|命悬一线|垂危"
)
_INJURED = (
    r"受伤|受了伤|轻微?伤|受[轻微]伤"
    r"|[烧烫灼砸撞摔划刺砍炸擦压刮割扭冻电咬踩挤捅打震弄碰夹熏绊跌扎蜇蛰叮呛抓踢削崩溅轧顶剐蹭扯弹绞切拽揍殴拍铲扑击冲推拖勒射蒸爆踏甩颠误]伤"
    r"|骨折|负伤|挂彩|中度伤|皮外伤|挫伤|脑震荡|伤者|伤员|伤势|致伤|带伤"
)
_MISSING = r"失踪|失联|下落不明|失去(?:了)?联[系络]|联系不上|音讯全无|生死不明|杳无音[讯信]"
_TRAPPED = (
    r"被困|受困|被埋|埋压|[压掩活]埋|被掩埋|困了(?!难)|困着|困住|被锁|锁在|被围困|困在|困于|被卡|卡在|关在|遇险|悬在半空"
    r"|悬在空中|吊在半空|滞留(?=[^，。]{0,8}(?:空|缆车|索道|电梯|轿厢|孤岛))"
)
_EVACUATED = r"转移|疏散|撤离|撤出|避险|(?:集中|临时|紧急|妥善|受灾)安置|撤至|撤到|搬离"
_ILL = (
    r"中毒|发病|患病|染病|感染|确诊|阳性|呕吐|腹泻|拉肚子|上吐下泻|恶心|不适|发热|发烧|发高烧|肚子[疼痛]|腹痛|头晕"
    r"|(?:出现|感到|感觉|伴有|、)头[痛疼]|过敏|病倒|病例|毒倒|吐了|拉稀|皮疹|起疹子|呼吸困难|咳嗽|晕倒|昏倒|昏迷|高烧"
    r"|跑厕所|症状|病了|得了[^，。；]{0,6}[病痘疹炎感]|患上|患了|染上|[冻吓喘胃]病|胃疼|拉稀"
    r"|(?:病|流感|出血热|登革热|结核|霍乱|麻疹|水痘|肺炎|痢疾)(?=(?:病例)?\d{1,6}例)"
)
_HOSPITAL = (
    r"送医|入院|住院|就医|就诊|送院|送[往到至进](?:了)?[^，。；]{0,8}医院|住进[^，。；]{0,8}医院|留院|医院观察"
    r"|救治|接受治疗|留观|抢救|急救|进了医院|打点滴|输液|挂水|急诊|收治|接诊|接治|伤病员"
)
_RELIEF = (
    r"获救|救出|营救|解救|脱险|生还|出院|痊愈|康复|脱困|救起|平安无事|无碍|无恙|找到|获释|归队|控制|刑拘|拘留|抓获|处分|问责"
    r"|落网|被捕|归案|起诉|解除|缓解|好转|消退|已?退烧"
)
_CASUALTY = r"伤亡|死伤"
_GROUPS: tuple[tuple[str, Meaning, str], ...] = (
    ("relief", Role.RELIEF, _RELIEF),
    ("casualty", Role.CASUALTY, _CASUALTY),
    ("deaths", FactKind.DEATHS, _DEATHS),
    ("serious", FactKind.SERIOUS_INJURED, _SERIOUS),
    ("injured", FactKind.INJURED, _INJURED),
    ("missing", FactKind.MISSING, _MISSING),
    ("trapped", FactKind.TRAPPED, _TRAPPED),
    ("evacuated", FactKind.EVACUATED, _EVACUATED),
    ("ill", FactKind.ILL, _ILL),
    ("hospital", Role.HOSPITAL, _HOSPITAL),
)
MEANING: dict[str, Meaning] = {name: meaning for name, meaning, _ in _GROUPS}
EVENT = "|".join(f"(?P<{name}>{words})" for name, _, words in _GROUPS)
"""One named group a meaning. "抢救无效" stands before "抢救", "死伤" before "死"."""

PERSON = (
    "男子|女子|男童|女童|男孩|女孩|男婴|女婴|男生|女生|男性|女性|老人|老太|老汉|老妇|大爷|大妈|大娘|小孩|孩子|儿童|幼儿|婴儿|少年|少女|青年|工人|员工|职工"
    "|民工|农民工|工友|矿工|司机|驾驶员|驾驶人|乘客|旅客|游客|学生|小学生|中学生|大学生|师生|老师|教师|村民|居民|市民|群众|住户|业主|行人|路人|租客|租户"
    "|女工|男工|环卫工|保洁|保安|厨师|外卖员|快递员|骑手|消防员|民警|辅警|交警|医生|护士|病人|患者|留学生|考生|妇女|孕妇|船员|渔民|学员|家长|顾客"
    "|食客|客人|店员|人员|驴友|登山者|观众|伤者|死者|遇难者|伤员|女童|顾客|娃娃|小朋友|同学|小伙|姑娘|队员|职员|住院病人|老年人|华人|嘉宾|弟兄|战友|乡亲|亲人|师傅|工程师|研究生|教练|球迷|香客|信众|男|女"
)
"""Nouns that a numeral may stand before without a measure word ("一男子", "129员工")."""
ONE_PERSON = (
    "男子|女子|男童|女童|男孩|女孩|男婴|女婴|男生|女生|老人|老太太?|老汉|老妇|大爷|大妈|少年|少女|工人|工友|矿工|司机|驾驶员|驾驶人|骑手|骑车人|行人|乘客"
    "|环卫工|环卫工人|清洁工|保洁员|保安|厨师|外卖员|快递员|消防员|民警|辅警|交警|医生|护士|孕妇|女主人|男主人|户主|店主|老板|孩子|小孩|婴儿|学生"
    "|村民|女司机|男司机|女工|船员|车主|租客|母亲|父亲|妻子|丈夫|女儿|儿子|奶奶|爷爷|电工|焊工|塔吊工|驾车人"
)
"""Nouns that mean one person where nothing says otherwise."""
SINGLE = re.compile(rf"(?:{ONE_PERSON})(?!们)")
