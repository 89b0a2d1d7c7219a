import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.places.settings import settings_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("小学食堂午餐后26名学生呕吐", {"school", "campus", "pupils"}),
        ("实验小学围墙倒塌", {"school", "campus"}),
        ("一名大学生家中起火", set()),
        ("23名学生确认为食物中毒", {"pupils", "foodborne"}),
        ("三小部分学生午餐后不适", {"school", "pupils"}),
        ("12名大学生在饭店聚餐后呕吐，疑似食物中毒", {"foodborne"}),
        ("诺如病毒感染，已排除食物中毒", set()),
        ("11人腹泻，排除职业中毒和一氧化碳中毒", set()),
        ("学生聚集性疫情由诺如病毒引起，食源性传播", set()),
        ("9人吸入氯气送医", {"fumes"}),
        ("终报：急性工业中毒共58人", {"occupational", "fumes"}),
        ("幼儿园多名孩子发烧", {"kindergarten"}),
        ("工地塔吊倒了", {"site"}),
        ("化工厂半夜爆炸", {"plant"}),
        ("医院电梯困人", {"hospital"}),
        ("煤矿透水", {"mine"}),
        ("小区停水三天", {"compound"}),
        ("过山车停在半空，20名游客滞留", {"ride"}),
        ("景区索道故障，多人被困", {"ropeway"}),
        ("地铁2号线因信号故障停运3小时", {"metro_stopped"}),
        ("取水口受污染，水厂已停止取水", {"intake_cut"}),
        ("罐车侧翻，甲醇流入青溪河", {"released"}),
        ("尾矿库泄漏，下游村民撤离", {"released"}),
        ("载运液氯的槽罐车侧翻泄漏", {"toxic_leak"}),
        ("我市（设区的市）饮用水水源地停止取水", {"intake_cut", "intake_city"}),
        ("县城水源地水质异常，水厂自7时起停止该水源取水", {"intake_cut", "intake_county"}),
        ("全省紧急转移群众14.6万人", {"province_wide"}),
        ("两个县的19人吃了冰粉腹泻", {"two_counties"}),
        ("省会澜江市大面积停电", {"capital"}),
        ("地铁3号线全线中止服务，停止载客", {"metro_stopped"}),
        ("地铁1号线停了六个半小时，中午才通", {"metro_stopped"}),
        ("早高峰轻轨全线停摆", {"metro_stopped"}),
        ("地铁3号线列车停了，下车的人多", set()),
        ("校医室登记了十几个拉肚子的", {"school"}),
        ("硫酸罐破损，酸雾飘散", {"toxic_leak"}),
        ("粗酚储罐泄漏，村民撤离", {"toxic_leak"}),
        ("农药堆场烧起来，烟呛得人睁不开眼", {"toxic_leak"}),
        ("大火的烟气含有刺激性物质，下风向居民撤离", {"toxic_leak"}),
        ("大火已定性为突发环境事件", {"released"}),
        ("粮库失火，浓烟呛人，附近居民撤离", set()),
        ("全省已转移群众一百二十余万", {"province_wide"}),
        ("泥石流致省内遇难82人、失踪23人", {"province_wide"}),
        ("电池厂12人急性职业中毒", {"plant", "occupational", "fumes"}),
        ("两名初二学生在教室斗殴", {"school", "school_violence"}),
        ("一男子闯入荷塘三中伤人，已被控制", {"school", "school_violence"}),
        ("男子持刀进入小学", {"school", "school_violence", "attack"}),
    ],
)
def test_where_it_happened_is_told_without_a_name(text, kinds):
    assert settings_in(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "5人送往医院救治",
        "他毕业于某小学，现在开饭店",
        "学校附近的饭店着火",
        "路过工地附近，路灯不亮",
        "大学教授讲解用电常识",
        "今天停水了",
        "地铁2号线早高峰太挤了",
        "全省转移14.6万人，我县转移3200人",
        "设区的市人民政府负责",
        "已请省内烧伤专家12人会诊",
        "专家讲如何预防职业病和中毒",
        "火灾未造成大气污染",
        "未发现有毒有害气体泄漏",
        "筑坝严防消防废水流入青溪河",
    ],
)
def test_what_is_near_passed_or_carried_to_is_no_setting(text):
    assert settings_in(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("轻轨6号线因接触网断线，江北至火车北双向中断行车，11时20分恢复", "metro_stopped"),
        ("早高峰地铁趴窝。运营公司称，9时10分起上下行行车中断，12时恢复", "metro_stopped"),
        ("轨道交通2号线今晨供电故障。据车站广播，全线列车停止行车，乘客步行出隧道", "metro_stopped"),
        ("地铁4号线道岔故障，行车一度中断近三小时", "metro_stopped"),
        ("地铁11号线信号系统瘫痪，高新园至机场区段不能行车，已逾两小时", "metro_stopped"),
        ("我在地铁2号线上，从八点起全线停了，站务员让大家都出站", "metro_stopped"),
        ("暴雨致地铁1号线隧道进水，全线停运，恢复时间另行通知", "metro_stopped"),
        ("因信号故障，地铁3号线暂停运营服务，请乘客合理安排出行，不便之处敬请谅解", "metro_stopped"),
        ("地铁1号线列车起火，全线停止运营，抢修人员正在处置，请乘客改乘公交", "metro_stopped"),
        ("因上游泄漏，市自来水公司于3时暂停龙潭取水口取水", "intake_cut"),
        ("设区的市城区集中式水源地锑超标，主城区取水已全部停止", "intake_city"),
        ("青溪市（地级市）水源地受油污染，凌晨起停止从青溪水库取水", "intake_city"),
        ("受苯胺污染影响，中心城区两座水厂的水源地取水中断", "intake_city"),
        ("县级市禾城水源地遭污染，全市主城区水源地取水口已关闭", "county_city"),
        ("县城唯一的水源地被柴油污染，水厂关了取水闸，全县城区停止取水", "intake_county"),
        ("镇上的水源地被粪水污染，乡镇集中式饮用水水源地停止取水，县城区供水正常", "intake_cut"),
        ("江宁市区水源地取水口自23时起停止取水，这也是这座设区市主城区的唯一水源", "intake_city"),
        ("上游岚坞县一辆罐车侧翻，苯流入清江，主城区唯一的取水口于9时关闭", "intake_city"),
        ("县级栎台市集中式饮用水水源地锑超标，水厂关闭取水口，全市中断取水", "intake_county"),
        ("县级市泽浦市水源取水口关闭，全市取水中断。代管的地级市沂栎市已派出专家组", "intake_county"),
        ("地级市沂栎的两处城市饮用水取水口先后关停", "intake_city"),
        ("省会霜台市北江水源地因酚类污染，昨夜停止取水", "intake_city"),
        ("栎台市（县级）水源地油污，取水口已停用", "intake_county"),
        ("岚坞县集中式饮用水水源地检出苯，取水口关闭", "intake_county"),
        ("石门水库取水口因柴油污染关闭，县城五万人停水", "intake_county"),
        ("省会梧山市减供负荷41%", "capital"),
        ("受强降雨影响，岭东省9市46县受灾，死亡5人，紧急转移安置14.2万人", "province_wide"),
        ("截至18时，台风造成海岱省11个市、52个县（市、区）受灾，因灾死亡4人", "province_wide"),
        ("省防指通报：洪涝共影响6个设区市31个县区，紧急转移21.3万人", "province_wide"),
        ("全省倒塌和严重损坏房屋1.6万间，转移安置7万人", "province_wide"),
        ("砚北全省因洪涝紧急转移安置18.2万人，其中珉州市9.1万人、滢口市3.8万人", "province_wide"),
        ("应急管理部门统计：本轮暴雨已致浔州等7省份418万人受灾，56人死亡", "province_wide"),
        ("双台风致6省（区、市）276万人受灾", "province_wide"),
        ("台风“沙鸥”造成苏浙闽鲁4省54.9万人紧急转移", "province_wide"),
        ("台风“海棠”已致浙沪皖5人死亡", "province_wide"),
        ("截至4日9时，强降雨致长江中下游1646万人受灾，93人死亡", "province_wide"),
        ("截至9日，南方地区洪涝已致23人死亡、5人失踪", "province_wide"),
        ("渔船在外海沉没，3人失联", "vessel"),
        ("“海丰”在避风时锚链断裂沉没，救起第4名生还船员", "vessel"),
        ("“海丰8”轮与货轮在港外碰撞", "vessel"),
        ("渡口沉船事故已打捞起4人", "vessel"),
        ("团雾中9车连环相撞", "pileup"),
        ("高速多车追尾，2人死亡", "pileup"),
        ("一男子持菜刀砍伤3名路人", "attack"),
        ("男子驾车冲撞人群后被控制", "attack"),
        ("乐园小火车与旋转飞车相撞，4名游客擦伤", "ride"),
        ("青石小学17日课间楼梯扶手断裂，学生拥挤踩踏", "campus"),
        ("秋游途中小学生踩踏，3人受伤", "campus"),
        ("财经大学化学楼一间实验室发生爆燃，2名学生死亡", "campus"),
        ("高校实验室起火，三名研究生被烧伤", "campus"),
        ("理工大学材料实验楼三楼实验室爆炸", "campus"),
        ("青石中学今天上午发生踩踏事故", "campus"),
        ("镇中心小学课间突发拥挤踩踏", "campus"),
        ("燃气管道被挖断，片区9000户停气31小时", "gas_cut"),
        ("施工挖破中压管，天然气供应中断，1.2万户居民无法开火，已超26小时", "gas_cut"),
        ("挖机铲断气管，万余户停气一天一夜，无燃烧爆炸", "gas_cut"),
    ],
)
def test_what_has_stopped_and_how_large_the_place_is(text, kind):
    assert kind in settings_in(text)


STOPS = {
    "metro_stopped",
    "intake_cut",
    "gas_cut",
    "province_wide",
    "capital",
    "municipality",
    "vessel",
    "pileup",
    "attack",
    "campus",
}


@pytest.mark.parametrize(
    "text",
    [
        "关于地铁2号线临时停运的通告：为配合信号系统升级，11月15日首班车至12时暂停运营，12时起恢复，请乘客提前安排出行",
        "轻轨1号线下周六全天停运，开展列车联调测试，期间开通接驳公交，给您带来不便，敬请谅解",
        "因轨道检修，地铁5号线体育馆站至湖滨站将于本周日停止载客12小时，请乘客提前规划行程",
        "因换乘通道贯通施工，11月21日1号线地铁中心广场站停止运营，请市民选择地面公交",
        "国铁京南线因水害中断行车，多趟列车晚点",
        "公交12路停运了，去地铁站只能走路",
        "从三省调来1200名队员，已转移2户",
        "发生7.1级地震，邻近三省均有强烈震感",
        "云新村转移60人，甘宁村4人死亡",
        "全国劳模李某不幸遇难，事故致3人死亡",
        "华东师大附近起火，2人死亡",
        "中西部快递公司仓库塌了，2人死亡",
        "冲锋舟转移群众60人，渔船已回港避风",
        "山洪冲走2条小船，1人失踪",
        "一辆车撞上护栏，两车相撞",
        "货车冲撞护栏，司机受伤",
        "男子持刀引爆自制炸药，5人死亡",
        "酒后持刀纵火，2人死亡",
        "中学生在商场踩踏事故中受伤",
        "地铁3号线增开列车，运行平稳，行车未中断",
        "水源地水质正常，未停止取水，请市民放心",
        "各水厂严密监测，不需要中断取水",
        "市民到送水车前取水，停水已三天",
        "干旱严重，灌区暂停农业取水",
        "上游化工厂泄漏后，水厂取水口氨氮超标，一旦超过限值将停止取水",
        "丰山市是设区的市，非省会，停电用户占比52%",
        "铜陵坝市不是省会城市，减供负荷41%",
        "临海的江宁市（非直辖市，设区的市）大面积停电",
        "恩岭州2市6县受灾，转移群众3200人",
        "我县7乡镇31村受灾，转移2100人",
        "全省转移14.6万人，其中苕岭县转移3200人",
        "全省9市46县受灾，其中我县死亡2人，转移3100人",
        "爆炸后，相关部门关闭燃气阀门，疏散居民",
        "加气站停业",
    ],
)
def test_what_is_planned_denied_or_something_elses_is_no_stop(text):
    assert settings_in(text).isdisjoint(STOPS)


@pytest.mark.parametrize(
    "text", ["县级市禾城水源地遭污染，全市主城区水源地取水口已关闭", "镇水源地停止取水，县城区供水正常"]
)
def test_the_kind_that_a_source_is_named_wins_over_words_for_the_whole_town(text):
    assert "intake_city" not in settings_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "白沙镇集中式饮用水水源地停止取水，县城水源地不受影响",
        "横梁乡水源地取水中断，设区的市生态环境局派员到场",
        "柳林镇水厂取水口关闭，县级应急响应启动，从县城送水",
        "白沙镇水源地取水口关闭，距县城取水口还有43公里，主城区供水正常",
    ],
)
def test_a_townships_source_is_no_citys_whoever_else_is_named(text):
    assert settings_in(text) == {"intake_cut"}


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    assert isinstance(settings_in(text), frozenset)


@pytest.mark.parametrize("remark", ["学校领导只会做表面文章", "中学校长真是个好人", "医院的院长就是个混蛋"])
def test_a_place_whose_people_are_only_judged_is_none(remark):
    assert settings_in(f"{remark}。我婆婆采了野蘑菇，一家五口都吐了") == frozenset()


def test_a_place_named_by_itself_beside_a_remark_stays():
    assert "school" in settings_in("在学校，三十多个孩子上吐下泻，校长真差劲")
