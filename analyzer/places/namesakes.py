"""What is called after a place and is none: roads, dishes, wares, firms, papers, teams, wars and people's origins."""

from collections.abc import Mapping

from analyzer.patterns.expressions import guarded

_ORIGIN = """
    佬 师傅 厨师 厨子 客商 亲戚 大汉 汉子 妹子 大嫂 媳妇 女婿 老乡 老表 籍 户籍 口音 方言 话(?![剧筒费题务]) 腔 牌 号牌
    车牌 口味 风味 料理 麻将 扑克 时间 精神(?![病卫科])
"""
_EATEN = """
    鸭蛋 咸鸭蛋 小吃 火锅 炒饭 特产 板栗 苹果 红富士 荔枝 芒果 凉皮 臭豆腐 米线 汤圆 饺子 包子 馄饨 卤肉饭
    五粮液 老窖 豆瓣 小笼 生煎 麻花 火腿 毛尖 面食 串串 麻辣烫 滩羊 牛排 铁观音 碧螺春 毛峰 瓜片 龙井 红肠 排骨 香猪
    血旺 砂锅 卤味 酸奶 狮子头 本帮 枸杞 过桥 大米 木耳 虫草 皮蛋 牛奶 矿泉水 狗不理 茅台 白药 阿胶 大红袍 杨梅 枇杷
    花椒 辣椒 腐乳 酱油 黄酒 早茶 泡菜 煎饼 肉片 鱼片 肉燕 锅盔 抄手 面皮 米皮 糖葫芦 驴打滚 豆汁 火烧 地三鲜 烧鹅 叉烧
    汤包 糍粑 螺蛳粉 粘豆包 云吞 饵丝 饵块 腊肠 香肠 面线 肉松 丝娃娃 醪糟 酸汤 生蚝 羊杂 羊蝎子 老白干 花雕 果脯
    粽子 点心 糕点 老火锅 老酸奶
"""
_WARES = """
    瓷 铲(?!车) 棉(?!纺) 丝绸 刺绣 陶瓷? 紫砂 木雕 云锦 宣纸 小商品(?!市场|城|批发) 工艺品
    刀具 剪刀 卷烟 羽绒服 皮草 家纺
"""
_MADE = "家具|小?家电|[服童男女]装|面料|箱包|铁锅|菜刀|玉镯|玉器|茶具|灯具|眼镜|毛巾|首饰|板蓝根"
"""Wares that are made and sold where they come from as well: 东莞家具厂."""
_NAMED = """
    日报 晚报 晨报 早报 商报 都市报 青年报 卫视 时报 消息报 银行 保险 证券 置业 现代 大众 本田 三菱 奔驰 五菱 重汽
    一汽 双星 家化 老凤祥 社区 公交站 小区 公寓 花园 家园 大厦 商会 同乡会 老乡会 会馆 流域 干流 支流 沿岸 两岸 会战
    条约 战役 保卫战 起义 事变 大屠杀 惨案 女篮 男篮 女排 男排 女足 队(?![伍长]) 国安 申花 泰山队 泰达 富力 津门虎
    宏远 鲁能 亚泰 主帅 华夏幸福 嵩山龙门 永昌 权健 力帆 斯威 卓尔 毅腾 英博 玉昆 首钢 同曦 龙狮
"""
_BRANDS = (
    "海尔|海信|澳柯玛|格力|方太|娃哈哈|杨森|同仁堂|稻香村|冠生园|美菱"
    "|宇通|马自达|依维柯|铃木|五十铃|江铃|福特|日产(?!量)|丰田|标致|夏利|吉普|金杯"
)
"""Firms that are told with their city, and whose things are everywhere."""
_DEALS = "科技|网络|商务|信息|软件|传媒|文化|商?贸易?|投资|咨询|品牌"
"""What firms deal in whose customers are everywhere: 济南云谷信息科技有限公司."""
_GOODS = (
    r"[拉小炒板烩冷凉干挂削捞拌泼]面(?![积前包板议])",
    r"(?:热干|臊子|刀削|担担)面",
    r"饭(?![店馆堂局])",
    r"酒(?![驾吧后精店馆楼厂坊窖席会庄])",
    r"茶(?![馆楼厂园山场室农])",
    r"菜(?![场市地园农价鸟摊店棚籽])",
    r"鸭(?![场棚农厂])",
    r"味(?!精)",
    r"蜜(?!蜂)",
    r"烟(?![花雾草尘囱民台叶酒霾道火农])",
    r"烟花(?!爆竹|厂|仓|店|秀|公司)",
    r"海鲜(?!市场)",
    r"烧烤(?!店)",
    r"小?龙虾",
    r"鸭[脖血]",
    r"豆[腐干]",
    r"茶叶(?!公司|店|厂)",
    r"葡萄干?(?!园)",
    r"西瓜(?!地)",
    r"椰子(?!林)",
    r"轮胎(?!厂)",
)
_PATTERNS = (
    r"(?!一(?:[路街]段|胡同|弄堂))[东西南北中]?[一二三四五六七八九十]?(?:路(?![况政网人面灯基障费])|街(?![头上边区])|巷|大道|大街|胡同|弄|道(?!路|德|歉|具|士|长|县|孚|里|外))",
    r"(?![一修堵断塌封走让问铁公马道网线电水气出有这那各条全几段的之])[\u4e00-\u9fff]路",
    r"[东西南北]?(?:里\d|桥(?![梁面墩]))",
    r"(?![一某两三多有几各省市区县镇村上读考念])[\u4e00-\u9fff]{0,4}?(?:大学(?!城|生)|学院|集团|股份|俱乐部|药业|酒业|乳业|控股)",
    r"[\u4e00-\u9fff]{0,2}(?:球[员迷队]|主场|客场)",
    r"[\u4e00-\u9fff]{2,3}(?:[今昨明][晚天]|本轮|上轮)[^，。]{0,2}(?:主场|客场|[迎对][战阵])",
    r"[\u4e00-\u9fff]{2,3}?(?:换帅|外援|主帅|点球|降级|保级|战平|[两三四五六]?连[胜败])",
    r"[\u4e00-\u9fff]{2,3}(?:股价|股票|质量差|售后|财报|涨停|跌停)",
    r"(?:特?大)?(?:地震|泥石流|洪水)[^，。]{0,2}(?:纪念|遗址|周年)",
    r"湖(?![北南东西州口滨区里])",
    r"[上下中]{1,2}游(?!客)",
    r"新?村(?![民干庄医镇级])",
    r"之[道本星战恋]",
    r"旅行[社团]",
    r"苑(?!区)",
    r"(?:生?产|[制酿打]?造)的(?!企业|工厂|厂)",
    r"房产(?![局证税]|市场|交易|中介)",
    r"地产(?!市场|业)",
    r"黄金(?!海岸|周|时段|地段)",
    r"航空(?!港|口岸|基地|产业|城)",
    r"舰(?!艇|队)",
    r"轮(?![胎椅流番渡船班休换到子])",
    r"河[边畔岸里]",
    r"号(?![召称码牌])",
    r"汽车(?!站|北站|南站|东站|西站)",
    r"(?:海港|三镇|蓉城|绿城|西海岸)(?=主场|客场|球|队|[\d一二三四五]比)",
    r"恒大(?=欠|的?[老小铁]{0,2}球|主场|客场|队|俱乐部|足球)",
    r"建业(?!路)",
    r"万达(?![广影酒茂商])",
    r"医药(?=股份|集团)",
    r"们|文档|词霸|毒霸|主题|风情(?!街|园)|同款|老字号|炒房团|合作组织",
    rf"(?:{_BRANDS})(?![\u4e00-\u9fff]{{0,4}}[厂园区厦库间])",
    r"长安汽车(?!站)",
    r"(?:建工|森工)(?!地|程|作|业|[\u4e00-\u9fff]{0,2}[大]?[厦院楼])",
    r"的?(?:总公司|客服|厂家|卖家)(?![着起爆停中附门])",
    r"货(?=质|便宜|就是|不行|不好)",
    r"城(?=小区|花园)",
    r"修脚|搓澡",
    r"(?:经验|模式|做法)(?=值得|可以|能不能|可供|很好)",
    r"总部(?=的[回答客意说通]|[让说回答派没不给客])",
    r"森林(?=上映|重映|里的|这部|》)",
    (
        r"(?:评弹|昆曲|豫剧|梆子|坠子|花鼓戏|采茶戏|木偶戏|弹词|鼓词|快书|快板|相声|腰鼓|秧歌|皮影戏?|年画|剪纸|师爷)"
        r"(?![\u4e00-\u9fff]{0,3}(?:团|院|校|馆|剧场|中心|基地|社|节|班))"
    ),
    rf"[\u4e00-\u9fff]{{2,6}}(?:{_DEALS})[\u4e00-\u9fff]{{0,4}}公司(?![^，。]{{0,4}}(?:爆|火|燃|塌|炸|漏|中毒|厂|车间|仓))",
    r"的(?:性格|脾气|外号|绰号|同桌|个子|乳名|小名)",
    r"银山",
    r"时代(?=的|电池|[股新])",
)
_HOME = "|".join((*_ORIGIN.split(), r"人(?![民社大流才口行工员群防力身命体])"))
_WARE = guarded(
    "|".join(
        (*_EATEN.split(), *_WARES.split(), *_GOODS, rf"(?:{_MADE})(?![\u4e00-\u9fff]{{0,3}}[厂店城园市区街公协户])")
    )
)
_FROM_THERE = guarded(_HOME)
_OTHER = guarded("|".join((_HOME, *_NAMED.split(), *_PATTERNS)))
_SHORT = 2
_HEADS = frozenset("煲丸鸡鸭虾蟹鱼肉螺饼糕粽饺粥粉汤馍菜瓜参酒茶醋酱糖枣桃梨橙柚橘莓葱姜蒜薯菇鞋袜裤裙帽伞炮")
"""What the word behind a place ends with when it is a dish, a fruit or a thing to wear that has the place's name."""
_HELD = frozenset("店馆铺摊瓶罐面串")
"""What a word may end with behind a dish: where it is sold, what it is in."""
_LEFT = frozenset("鸭鱼肉粉汤菜酒茶")
"""What alone is a piece of another word: 酒驾."""
_SITES = frozenset("巷路湾湖山河塘桥村镇园")
"""What is called after a dish no less than after anything else: 金鱼巷."""
_NO_DISH = frozenset(
    "吃喝买卖送做煮煎点杀抓捞死钓喂养种的和与及有是都打捕电加酿酗醉饮泡品涨割切洗偷抢查放鳄鲨糟傻地蔬猪"
)
"""Before such a character: what is done to it, or who has it."""
_GROWN_THERE = guarded(
    r"滞销|丰收|绝收|减产|受灾|遭|冻[坏死伤]|种植|养殖|批发|市场|[大市]集|集市|产区|基地|仓库|作坊|[瓜果茶]农|熟了|开摘|采摘|挂果|节(?![目奏约气能])|大棚|博览会"
)
"""What is told of a dish or a fruit where it grows or is sold, and so of the place."""


def called_after(plain: str, end: int, inside: Mapping[int, tuple[int, int]], *, alone: bool) -> bool:
    """Whether what begins where a name ends makes the whole another thing's name (`ware`)."""
    return _OTHER.match(plain, end) is not None or ware(plain, end, inside, alone=alone) is not None


def whose_home(plain: str, end: int) -> bool:
    """Whether what begins where a name ends tells that somebody is from there: 人, 籍, 口音."""
    return _FROM_THERE.match(plain, end) is not None


def ware(plain: str, end: int, inside: Mapping[int, tuple[int, int]], *, alone: bool) -> int | None:
    """Where a dish, a fruit or another ware ends that begins where a name ends.

    `inside` has the dictionary's words (`names`), `alone` tells that no other name begins there.
    """
    found = _WARE.match(plain, end)
    over = found.end() if found is not None else _dish(plain, end, inside) if alone else None
    return over if over is not None and not _GROWN_THERE.match(plain, over) else None


def _dish(plain: str, start: int, inside: Mapping[int, tuple[int, int]]) -> int | None:
    """Where a word, or a short word and a single character, ends that only such things end with."""
    if start in inside:
        return None
    end = inside.get(start + 1, (start, start + 1))[1]
    if end - start <= _SHORT and plain[end - 1 : end] not in _HEADS and end not in inside and end + 1 not in inside:
        end += 1  # The dictionary has the dish in two: 老友|粉.
    elif end - start > _SHORT and plain[end - 1] in _HELD and plain[end - 2 : end] != "酒店":
        end -= 1
    lone = end - start == 1 and plain[start] in _LEFT
    dish = not lone and plain[end - 1 : end] in _HEADS and plain[end - 2] not in _NO_DISH and plain[end - 2].isalpha()
    return end if dish and plain[end : end + 1] not in _SITES else None
