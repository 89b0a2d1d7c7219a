"""The words of the grammar: hazards with their openings, those who come to harm, and what becomes of them.

A third of every list, chosen by a hash, is held out: what is mended is not looked for in it.
"""

from dataclasses import dataclass
from random import Random
from zlib import crc32


def held(word: str) -> bool:
    return crc32(word.encode()) % 3 == 0


@dataclass(frozen=True)
class Lexicon:
    """Picks words: none that is held out, or such wherever there are any."""

    rng: Random
    unseen: bool = False

    def one(self, words, text=str):
        own = [w for w in words if held(text(w)) is self.unseen]
        return self.rng.choice(own or list(words))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


@dataclass(frozen=True)
class Predicate:
    """What becomes of people, said behind them ("3人死亡"); `marks` say what may stand around it:

    B 不幸, D 当场, J 均/全部, X 先后, Y 已, c 造成…, d 当场就, t 都/全, r …的有3个, s of one person only.
    """

    text: str
    kind: str
    plain: bool
    hazards: frozenset[str]
    marks: str
    open: frozenset[str] = frozenset()
    either: str = ""
    """Another kind that it may as well be taken for ("没跑出来": dead, or shut in)."""


@dataclass(frozen=True)
class Before:
    """What becomes of people, said before them ("死亡3人"), with 了 in talk ("死了三个")."""

    text: str
    kind: str
    plain: bool
    hazards: frozenset[str]
    open: frozenset[str] = frozenset()


HAZARDS = {
    "fire": (
        "一居民楼起火 一家具厂发生火灾 一出租屋突发大火 一仓库失火 一自建房发生火情 一商铺起火",
        "有户人家着火了 老房子烧起来了 楼下饭店着火了 一栋楼着大火 厂房烧起来了",
    ),
    "blast": (
        "一化工厂发生爆炸 一小区发生燃气爆炸 一烟花作坊爆炸 一饭店发生液化气爆燃 一粮库发生粉尘爆炸",
        "煤气罐炸了 楼里煤气炸了 锅炉爆了 厂里炸了 饭店炸了",
    ),
    "crash": (
        "一辆货车与面包车相撞 发生一起交通事故 一辆大巴侧翻 发生多车追尾 一辆小轿车冲出路面 一渣土车追尾中巴",
        "两辆车撞了 大货车翻了 面包车冲沟里了 车撞护栏上了 出车祸了",
    ),
    "flood": (
        "突发山洪 遭遇特大暴雨 河水漫堤 发生内涝 一处堤坝决口",
        "发大水了 山洪下来了 河堤垮了 水漫进村了 涨大水了",
    ),
    "slide": (
        "发生山体滑坡 发生泥石流 一在建楼房坍塌 一煤矿发生顶板事故 一处边坡垮塌 一厂房坍塌 一隧道发生塌方",
        "山塌了 房子塌了 矿上塌方了 工地塌了 老楼垮了",
    ),
    "fall": (
        "一工地脚手架垮塌 一在建大桥吊篮坠落 一工地塔吊倒塌 一施工升降机坠落 一钢结构厂房施工时构件坠落",
        "工地出事了 塔吊倒了 吊篮掉下来了 脚手架倒了 升降机掉下来了",
    ),
    "water": (
        "一渔船倾覆 一游船侧翻 一砂石船沉没 一渡船翻沉 一橡皮艇侧翻",
        "船翻了 有人下河游泳出事了 小船沉了 捞鱼的船翻了",
    ),
    "quake": (
        "发生5.6级地震 发生地震 突发4.9级地震",
        "地震了 震得厉害",
    ),
    "poison": (
        "一食堂发生疑似食物中毒事件 一学校发生食物中毒 一婚宴后多人身体不适 一幼儿园发生群体性呕吐",
        "学校食堂出事了 吃席吃出事了 食堂的饭有问题",
    ),
    "gas": (
        "一出租屋发生一氧化碳中毒 一化工厂发生氯气泄漏 一冷库发生氨气泄漏 一污水井发生硫化氢中毒 一车间发生毒气泄漏",
        "煤炉子熏着人了 厂里跑氨了 化工厂漏气了 井里有毒气",
    ),
    "epidemic": (
        "发生一起聚集性疫情 出现诺如病毒感染疫情 发生登革热疫情 一学校发生流感聚集疫情",
        "学校里流感闹得厉害 村里起了传染病 孩子班上一个接一个发烧",
    ),
}
"""Of each hazard: as it is reported, and as it is talked about."""
HAZARDS = {name: tuple(way.split() for way in ways) for name, ways in HAZARDS.items()}

ALL = frozenset(HAZARDS)
SICK = frozenset({"poison", "gas", "epidemic"})
HURT = ALL - SICK
CAUGHT = frozenset({"fire", "blast", "slide", "flood", "quake", "fall"})
SWEPT = frozenset({"flood", "water"})
SOUGHT = frozenset({"flood", "water", "slide", "blast", "quake"})


def _hazards(names: str) -> frozenset[str]:
    known = {"*": ALL, "hurt": HURT, "sick": SICK, "caught": CAUGHT, "swept": SWEPT, "sought": SOUGHT}
    return frozenset().union(*(known.get(name, {name}) for name in names.split()))


def _after(kind, hazards, marks, words, *, plain=False, open="", either=""):  # noqa: A002
    return [Predicate(w, kind, plain, _hazards(hazards), marks, frozenset(open.split()), either) for w in words.split()]


def _before(kind, hazards, words, *, plain=False, open=""):  # noqa: A002
    return [Before(w, kind, plain, _hazards(hazards), frozenset(open.split())) for w in words.split()]


SERIOUS = "serious_injured"
AFTER = [
    # The dead, as they are reported.
    *_after("deaths", "*", "BDJXYcr", "死亡 身亡"),
    *_after("deaths", "hurt gas", "BDJXYcr", "遇难 丧生"),
    *_after("deaths", "hurt gas", "BJXYcr", "罹难 丧命 殒命"),
    *_after("deaths", "swept", "BJXYcr", "溺亡 溺水身亡 溺水死亡"),
    *_after("deaths", "fall", "BJXYc", "坠亡 高坠身亡"),
    *_after("deaths", "fire", "BJXYc", "窒息死亡 窒息身亡 葬身火海"),
    *_after("deaths", "gas", "BJXYc", "中毒身亡 中毒死亡"),
    *_after("deaths", "hurt gas poison", "J", "经抢救无效死亡 送医后不治身亡 因伤势过重死亡 送医途中死亡"),
    *_after("deaths", "*", "J", "经抢救无效死亡 抢救无效离世 医治无效去世 被宣告死亡 不治身亡 经全力抢救无效死亡"),
    *_after("deaths", "hurt gas", "J", "被确认死亡 失去生命体征 已无生命体征 没有了生命体征 确认遇难 被证实遇难"),
    *_after(
        "deaths", "hurt gas", "J", "失去了生命 被夺去生命 献出了生命 永远离开了人世 被发现时已死亡 送到医院时已死亡"
    ),
    *_after("deaths", "hurt", "J", "伤重不治 因伤重不治身亡 伤重离世"),
    *_after("deaths", "epidemic", "XJ", "病亡 病逝 因病死亡"),
    # The dead, as they are talked about.
    *_after("deaths", "*", "dtr", "死了 没了", plain=True),
    *_after("deaths", "*", "dt", "断气了 咽气了 没命了 断了气 咽了气 没气了", plain=True),
    *_after(
        "deaths", "*", "tr", "没救过来 没抢救过来 没救活 没抢救回来 没能救回来 没挺过来 没挺住 没醒过来", plain=True
    ),
    *_after(
        "deaths", "*", "t", "没能醒来 没熬过去 没能挺过来 没活下来 再也没醒过来 没保住命 没缓过来 没救回来", plain=True
    ),
    *_after(
        "deaths", "*", "t", "过世了 去世了 离世了 殁了 不在了 丢了命 丢了性命 送了命 把命丢了 把命搭进去了", plain=True
    ),
    *_after(
        "deaths", "*", "t", "就这么没了 就这样没了 说没就没了 救过来也没气了 永远闭上了眼睛 再也回不来了", plain=True
    ),
    *_after("deaths", "hurt", "t", "死在了里面 死在里头 没能活着出来 抬出来就没气了 送到医院就没了", plain=True),
    *_after("deaths", "fire", "tr", "烧死了 被烧死了 呛死了 被烟呛死了 被活活烧死", plain=True),
    *_after("deaths", "crash", "tr", "被撞死了 撞死了 被轧死了 死在车里了", plain=True),
    *_after("deaths", "flood water", "tr", "淹死了 被淹死了 溺死了", plain=True),
    *_after("deaths", "slide quake fall", "tr", "被砸死了 压死了 被压死了 砸死了", plain=True),
    *_after("deaths", "slide", "tr", "埋死了 被土埋死了", plain=True),
    *_after("deaths", "fall", "tr", "摔死了 掉下来摔死了", plain=True),
    *_after("deaths", "blast", "tr", "被炸死了 炸死了", plain=True),
    *_after("deaths", "gas", "tr", "被熏死了 闷死了 熏死了", plain=True),
    *_after("deaths", "poison", "tr", "被毒死了 毒死了", plain=True),
    *_after("deaths", "fire", "tr", "没跑出来 没能跑出来 没逃出来 没逃掉 没出得来", plain=True, either="trapped"),
    *_after("deaths", "water", "tr", "没上来 没能上来 没游上来 没浮上来", plain=True, either="missing"),
    # The injured.
    *_after("injured", "hurt", "DJXYcr", "受伤"),
    *_after("injured", "hurt", "Jcr", "受轻伤 轻伤 轻微伤 不同程度受伤 受皮外伤"),
    *_after("injured", "hurt", "J", "擦伤 受了轻微擦伤 伤势较轻 伤情稳定 受伤送医"),
    *_after("injured", "crash fall slide quake", "Jcr", "骨折 软组织挫伤 腿部骨折 头部受伤"),
    *_after("injured", "fire blast", "Jcr", "烧伤 被烧伤 灼伤 烫伤"),
    *_after("injured", "blast", "Jcr", "被炸伤 被碎玻璃划伤"),
    *_after("injured", "crash", "Jcr", "被撞伤 受伤昏迷", open=SERIOUS),
    *_after("injured", "slide quake fall", "Jcr", "被砸伤 砸伤 被压伤"),
    *_after("injured", "hurt", "JY", "被送往医院救治 送医治疗 送医救治 被送医 正在医院接受治疗 被紧急送医 留院观察"),
    *_after(
        "injured", "hurt", "tr", "受伤了 伤了 受了伤 挂了彩 受了点皮外伤 碰破了头 送医院了 被拉去医院了", plain=True
    ),
    *_after(
        "injured",
        "hurt",
        "t",
        "被120拉走了 被救护车拉走了 进了医院 还躺在医院里 头破血流 缝了好几针",
        plain=True,
        open=SERIOUS,
    ),
    *_after("injured", "crash fall slide quake", "t", "骨折了 腿断了 摔断了腿 胳膊断了", plain=True, open=SERIOUS),
    *_after("injured", "fire blast", "tr", "烧伤了 被烫伤了 烫伤了", plain=True),
    # The gravely injured.
    *_after(SERIOUS, "hurt", "DJcr", "重伤 受重伤 身受重伤"),
    *_after(SERIOUS, "hurt", "Jr", "伤势严重 伤势较重 伤情较重 伤情危重 伤势危重"),
    *_after(
        "injured",
        "hurt",
        "J",
        "生命垂危 命悬一线 未脱离生命危险 尚未脱离危险 仍在抢救 正在抢救 仍在重症监护室",
        open=SERIOUS,
    ),
    *_after(
        "injured",
        "hurt",
        "t",
        "还在抢救 还在ICU 进了ICU 住进了ICU 昏迷不醒 还没脱离危险 下了病危 伤得不轻",
        plain=True,
        open=SERIOUS,
    ),
    *_after(SERIOUS, "hurt", "t", "伤得很重 伤得厉害 受了重伤", plain=True),
    # The ill.
    *_after("ill", "poison gas", "JXYcr", "中毒"),
    *_after("ill", "poison", "JXYcr", "食物中毒 出现呕吐腹泻 出现腹痛呕吐 身体不适 出现不适症状"),
    *_after("ill", "gas", "JXYcr", "一氧化碳中毒 出现头晕恶心 昏迷送医 出现中毒症状", open="injured"),
    *_after("ill", "epidemic", "JXYcr", "感染 确诊 发病 患病 出现发热症状 检测呈阳性 被感染"),
    *_after("ill", "sick", "JXY", "被送医 住院治疗 送医救治 就医 入院观察 留院观察"),
    *_after("ill", "poison", "tr", "上吐下泻 拉肚子了 闹肚子 又吐又拉 吃吐了 中毒了 去医院洗胃了", plain=True),
    *_after("ill", "gas", "tr", "煤气中毒了 被熏倒了 中毒了 熏晕了 被熏晕了", plain=True),
    *_after("ill", "epidemic", "tr", "发烧了 病倒了 中招了 高烧不退 染上了 得了流感 都阳了 阳了", plain=True),
    *_after("ill", "sick", "t", "住院了 进了医院 在医院挂水 还在医院打点滴 送医院了", plain=True),
    *_after("ill", "sick", "J", "病情危重 病情较重 病危", open=SERIOUS),
    # The missing.
    *_after("missing", "hurt", "JXYcr", "失踪 失联 下落不明"),
    *_after("missing", "sought", "J", "失去联系 不知去向 生死不明 音讯全无 尚未找到 至今下落不明 仍未找到"),
    *_after(
        "missing", "sought", "tr", "联系不上了 还没找到 没找着 找不到了 不见了 不见人影 没了音信 至今没找到", plain=True
    ),
    *_after("missing", "swept", "JXYcr", "被冲走 被洪水冲走 被激流卷走"),
    *_after("missing", "swept", "tr", "被大水冲走了 被水冲走了 让水卷走了", plain=True),
    # Those shut in.
    *_after("trapped", "caught", "JYcr", "被困 受困"),
    *_after("trapped", "slide quake", "JYcr", "被埋 被掩埋 被压 被埋压"),
    *_after("trapped", "slide quake", "tr", "被埋了 埋在里面 压在底下 埋在下面 被压在下面 还埋在土里", plain=True),
    *_after("trapped", "fire flood", "tr", "困在楼上 被困在屋顶 困在里面 出不来了 困在屋里", plain=True),
    *_after("trapped", "crash", "tr", "被困车内 卡在驾驶室里 被卡在车里 困在车里", plain=True),
    # Those led away.
    *_after("evacuated", "flood slide fire gas quake", "JYcr", "撤离 转移 疏散"),
    *_after("evacuated", "flood slide fire gas quake", "J", "被紧急转移 被疏散 安全撤离 被转移安置 安全转移 紧急撤离"),
    *_after("evacuated", "flood slide quake", "t", "连夜撤走了 转移走了 撤出来了 被转移到学校了", plain=True),
]

BEFORE = [
    *_before("deaths", "*", "死亡"),
    *_before("deaths", "hurt gas", "遇难"),
    *_before("deaths", "swept", "溺亡 溺死"),
    *_before("deaths", "fire", "烧死 呛死"),
    *_before("deaths", "crash", "撞死"),
    *_before("deaths", "slide quake fall", "砸死 压死"),
    *_before("deaths", "flood water", "淹死"),
    *_before("deaths", "blast", "炸死"),
    *_before("deaths", "fall", "摔死"),
    *_before("deaths", "gas", "毒死 熏死"),
    *_before("deaths", "*", "死 没 折", plain=True),
    *_before("deaths", "fire", "烧死 呛死", plain=True),
    *_before("deaths", "crash", "撞死 轧死", plain=True),
    *_before("deaths", "slide quake fall", "砸死 压死", plain=True),
    *_before("deaths", "slide", "埋死", plain=True),
    *_before("deaths", "flood water", "淹死", plain=True),
    *_before("deaths", "blast", "炸死", plain=True),
    *_before("deaths", "fall", "摔死", plain=True),
    *_before("deaths", "gas", "熏死 闷死", plain=True),
    *_before("injured", "hurt", "受伤 轻伤"),
    *_before("injured", "fire blast", "烧伤 灼伤"),
    *_before("injured", "crash", "撞伤"),
    *_before("injured", "slide quake fall", "砸伤 压伤"),
    *_before("injured", "blast", "炸伤"),
    *_before("injured", "hurt", "伤", plain=True),
    *_before("injured", "fire blast", "烧伤 烫伤", plain=True),
    *_before("injured", "crash", "撞伤", plain=True),
    *_before("injured", "slide quake fall", "砸伤", plain=True),
    *_before(SERIOUS, "hurt", "重伤"),
    *_before("ill", "poison gas", "中毒"),
    *_before("ill", "epidemic", "确诊 感染 发病"),
    *_before("ill", "epidemic", "病倒 倒下", plain=True),
    *_before("ill", "poison", "吃坏 吃倒 放倒", plain=True),
    *_before("ill", "gas", "熏倒 熏晕", plain=True),
    *_before("missing", "hurt", "失踪 失联"),
    *_before("missing", "swept", "冲走 卷走", plain=True),
    *_before("trapped", "caught", "被困"),
    *_before("trapped", "slide quake", "被埋"),
    *_before("trapped", "caught", "困", plain=True),
    *_before("trapped", "slide quake", "埋 压", plain=True),
    *_before("evacuated", "flood slide fire gas quake", "转移 疏散 撤离 紧急转移 安全转移"),
    *_before("evacuated", "flood slide quake", "转移 撤走", plain=True),
]

ROLES = {
    "fire": "住户 居民 老人 租客 孩子 儿童 工人 店员 女子 男子 顾客",
    "blast": "工人 员工 居民 路人 食客 女工 操作工 职工",
    "crash": "乘客 村民 学生 务工人员 老人 司乘人员 游客 驾乘人员 女乘客",
    "flood": "村民 群众 老人 孩子 游客 驴友 居民 小学生 老乡",
    "slide": "村民 工人 矿工 群众 施工人员 老人 作业人员 民工",
    "fall": "工人 施工人员 作业人员 民工 架子工 师傅 安装工",
    "water": "渔民 船员 游客 学生 男孩 村民 青年 初中生",
    "quake": "村民 居民 群众 老人 孩子 学生",
    "poison": "学生 孩子 老师 村民 客人 宾客 幼儿 员工 小朋友",
    "gas": "工人 租客 居民 大学生 员工 村民 老人",
    "epidemic": "学生 居民 老人 幼儿 师生 职工 孩子",
}
ROLES = {name: words.split() for name, words in ROLES.items()}
GROUPS = frozenset(["群众", "师生", "司乘人员", "驾乘人员"])
"""Words of a group, which no single one is called by, nor counted with 个."""

ONE_PLAIN = [
    "我二叔",
    "我表哥",
    "我同事",
    "我邻居",
    "隔壁老李",
    "他媳妇",
    "我舅",
    "村东头的老赵",
    "我一个同学",
    "房东老太太",
]
ONE_FORMAL = {
    "fire": "一男子 一老人 一名女子 户主 一名七旬老人",
    "blast": "一工人 一名员工 老板娘 一名路过的男子",
    "crash": "司机 驾驶员 一名骑车男子 货车司机 电动车驾驶人 一名行人",
    "flood": "一男子 一村民 一名老人 一女孩",
    "slide": "一村民 一名矿工 一工人 一名作业人员",
    "fall": "一工人 一名架子工 塔吊司机 一男子",
    "water": "一男孩 一名船员 船主 一渔民",
    "quake": "一村民 一老人 一名学生",
    "poison": "一学生 一名老人 一名女童",
    "gas": "一租客 一女子 一名工人",
    "epidemic": "一名老人 一名儿童 一名患者",
}
ONE_FORMAL = {name: [*words.split()] for name, words in ONE_FORMAL.items()}
ONE_FORMAL["flood"] += ["一名司机"]

KIN = {
    2: "夫妻俩 夫妻二人 母子俩 母女俩 父子俩 爷孙俩 祖孙俩 兄弟俩 姐妹俩 一对夫妻 一对母子 一对老夫妻 老两口 小两口 "
    "两口子 婆媳俩 母子二人 父女二人 三婶和她儿媳妇 二叔和他儿子 他和他媳妇 我妈和我弟 房东和他老婆 老张两口子 "
    "奶奶和孙子 师徒俩 小姐妹俩 一对姐弟 舅舅和舅妈",
    3: "一家三口 爷孙三人 兄弟三人 姐弟三人 母子三人 祖孙三人 一家三口人 娘仨 爷仨 哥仨 母女三人 姐妹三个 夫妻俩和孩子",
    4: "一家四口 一家四口人 母子四人 祖孙四人 夫妻俩和两个孩子",
    5: "一家五口 一家五口人 祖孙五人 祖孙三代五口人",
    6: "一家六口",
}
KIN = {count: words.split() for count, words in KIN.items()}
PLAIN_KIN = frozenset(
    [
        "三婶和她儿媳妇",
        "二叔和他儿子",
        "他和他媳妇",
        "我妈和我弟",
        "房东和他老婆",
        "老张两口子",
        "奶奶和孙子",
        "舅舅和舅妈",
        "娘仨",
        "爷仨",
        "哥仨",
    ]
)
MIXED = {
    "crash": ["司机和2名乘客|3", "司机和副驾驶|2", "驾驶员及3名乘客|4", "两名驾驶员和一名乘客|3", "司机和一名行人|2"],
    "fire": ["2名老人和1名儿童|3", "一名老人和两名儿童|3", "3男2女|5", "1男1女|2", "一个大人两个孩子|3", "两大一小|3"],
    "flood": ["2名村民和1名游客|3", "一个大人两个孩子|3", "两大一小|3", "1名老人和2名小学生|3"],
    "slide": ["3名工人和1名村民|4", "两名工人和一名路人|3", "4男1女|5"],
    "blast": ["2名工人和1名路人|3", "老板和一名员工|2", "一名厨师和两名服务员|3"],
    "fall": ["2名工人和1名安全员|3", "塔吊司机和两名工人|3"],
    "water": ["船主和2名船员|3", "两大一小|3", "3男1女|4"],
}
PAIRS = [
    "男的/女的",
    "大的/小的那个",
    "司机/副驾驶",
    "丈夫/妻子",
    "爷爷/孙子",
    "哥哥/弟弟",
    "当爹的/儿子",
    "老头/老太太",
    "一个/另一个",
    "驾驶员/一名乘客",
    "一名男子/一名女子",
    "户主/其妻子",
    "一名工人/另一名工人",
    "一名老人/其孙女",
]
NAMES = ["张某", "李某", "王某", "赵某", "刘某", "陈某某", "周某某", "吴某", "黄某", "孙某某"]

FORMAL_TIMES = ["11月2日15时许，", "今天上午，", "昨晚，", "今晨6时许，", "2日凌晨，", "昨日下午，", "", "11月3日，"]
PLAIN_TIMES = ["刚刚", "昨晚", "今早", "下午三点多", "昨儿夜里", "", "今天一大早", "半夜"]
FORMAL_PLACES = ["青石镇", "柳河村", "石门沟", "城西", "望江路附近", "开发区", "永安街道", "大坪乡"]
PLAIN_PLACES = ["我们村", "城西", "老街那边", "望江路上", "我们这儿", "隔壁镇", "村口", "开发区"]
ENDS_FORMAL = ["", "", "目前，事故原因正在调查中。", "善后工作正在进行。", "相关工作正在有序开展。", "救援仍在继续。"]
ENDS_PLAIN = ["", "", "太惨了。", "心里堵得慌。", "作孽啊。", "到处都是哭声。", "真让人难受。", "😭"]
