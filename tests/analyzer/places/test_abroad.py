import pytest

from analyzer.places.abroad import abroad, recalled
from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


def is_abroad(text):
    return abroad(text, FINDER.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "智利北部山区发生6.4级地震，已有21人遇难。",
        "今日13时02分境外某国海域发生7.2级地震，我县部分高层住户有轻微震感。",
        "今日凌晨境外海域发生6.8级地震，对我县无影响。",
        "看新闻是境外7.2级地震",
        "当地时间8日，摩洛哥中部一辆大巴坠入山谷，致14人死亡。",
        "意大利热那亚市一座桥梁垮塌，35人遇难",
        "\n外媒：孟加拉国渡轮沉没，40人失踪",
        "新华社北京11月3日电 据日本媒体报道，日本大阪一家医院发生火灾，4人死亡",
        "韩国首尔地铁追尾，百余人受伤",
        "肯尼亚校车翻入河中致16名学生死亡",
        "伦敦一公寓楼火灾致9人死亡",
        "刚果（金）东部山体滑坡，200名矿工遇难",
        "我朋友在土耳其，说那边地震塌了楼，死了两百多人",
        "我在迪拜上班，昨天隔壁楼火灾死了4个",
        "外省朋友发来视频，他们那儿化工厂着火死了九个",
        "邻省化工厂爆炸遇难人数升至16人",
        "智利铜矿塌方，6人被困",
        "南美国家首都一家夜总会当地时间今天凌晨失火，45人死亡",
        "东南亚一座矿山垮塌，外媒称41名矿工被埋",
        "一艘渡轮在某岛国外海沉没，我使馆正在核实有无中国公民",
        "省外某地近日发生燃气爆炸，7人死亡",
        "科莱纳共和国东部一座矿山塌方，37人遇难",
        "昨日沃特兰王国首都发生踩踏，26人死亡",
        "萨维尔联邦内政部通报，沉船死者增至51人",
        "国际简讯：奥恩河上一艘渡船倾覆，43人死亡",
        "科莱纳大巴坠崖29人遇难，遇难者中没有中国公民",
        "矿难已致18人死亡，该国总统下令彻查",
        "南洋岛国卡洛维亚发生7.3级地震，1200人死亡",
    ],
)
def test_what_happened_in_another_country_is_no_happening_of_the_district(text):
    assert is_abroad(text)


@pytest.mark.parametrize(
    "text",
    [
        "楼下的日本料理店起火，3人受伤",
        "韩国烤肉店煤气罐爆炸，5人受伤",
        "首都机场今晨因雷雨关闭两小时，数千旅客滞留",
        "工地上一名越南籍工人坠亡",
        "美国红枫小区3号楼起火",
        "我们是加州小区业主，停水三天",
        "巴黎都市小区起火，两人死亡",
        "意大利风情街火灾",
        "日本车追尾大货车，两人当场死亡",
        "缅甸发生7.9级地震，云南省瑞丽市有人受伤",
        "尼泊尔西部发生7.1级地震，40人遇难。我国西藏吉隆县震感强烈，已有3人死亡",
        "德国产的锅炉爆炸，两人烫伤",
        "一辆从老挝开来的货车在国道上侧翻",
        "外省一辆大货车在国道上侧翻，两人死亡",
        "外省货车侧翻",
        "化工厂缓冲罐破裂，1人死亡，网传图片是三年前外省事故的旧照",
        "我在日本留学，老家昨天火灾死了4个",
        "居民楼起火，4人死亡",
        "东南亚风味餐厅起火，两人死亡",
        "请按当地时间报到，今天停水",
        "联邦大厦东侧起火，3人死亡",
        "动物王国南区的过山车停在半空，挂着8个人",
        "我们小区成了噪音王国，楼上天天装修",
        "中华人民共和国应急管理部通报：矿井透水，3人死亡",
        "县政府：大桥坍塌死亡3人，无外籍人员",
        "该国道昨晚塌方，两人被埋",
        "",
        "境外发生6.9级地震，我县两处民房倒塌，3人受伤。",
        "境外某公司在我市的工厂爆炸，死2人",
        "今日境外输入病例2例，均为境外回国人员。",
    ],
)
def test_what_only_bears_the_name_of_another_country_happened_here(text):
    assert not is_abroad(text)


@pytest.mark.parametrize(
    "text",
    [
        "上月，海外某国一座大厦起火，58人遇难。昨天下午，鹭砂市一处工地上1名安装工坠落死亡",
        "外省某铁矿日前透水，8人遇难。昨天，平津县石膏矿冒顶，1名工人身亡",
        "救援队半个月前飞赴海外某岛国，参加地震的搜救。今早返程的客车在栖坪县侧翻，2人受伤",
    ],
)
def test_what_happens_here_beside_the_disaster_of_another_country_that_is_recalled_is_ours(text):
    assert not is_abroad(text)
    assert recalled(text, [text.index("人"), len(text) - 3])[-1] is False


def test_who_is_home_from_another_country_may_tell_of_the_dead_here():
    text = "上月刚从海外地震灾区归来的救援队，昨夜赶到青石县滑坡现场，3人遇难"
    assert recalled(text, [text.index("3")]) == [False]


def test_the_dead_of_another_country_that_rescuers_recall_are_recalled():
    text = "救援队半个月前飞赴海外某岛国，参加地震的搜救，1200人没能醒来。昨晚26人回到县里"
    assert recalled(text, [text.index("1200"), text.index("26")]) == [True, False]
