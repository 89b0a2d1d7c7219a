import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind, Qualifier
from analyzer.nature import judge
from tests.analyzer.labelled import TOLD_AT, lines

DOCUMENTS = lines("documents.jsonl")
IN_ORDER = lines("documents_in_order.jsonl")
KINDS = ("deaths", "injured", "ill")


def value(text, kind=FactKind.DEATHS, title=""):
    whole = f"{title}\n{text}"
    fact = document_value(find_facts(whole, title_end=len(title)), kind)
    return None if fact is None else fact.value


def read_values(line, *, with_title):
    """Kind -> value of a labelled document; what it does not tell of, or none of, is zero."""
    title = line["title"] if with_title else ""
    whole = f"{title}\n{line['text']}"
    told = find_facts(whole, nature=judge(whole, TOLD_AT).nature, title_end=len(title), told_at=TOLD_AT)
    found = {kind: document_value(told, FactKind(kind)) for kind in KINDS}
    return {kind: fact.value if fact else 0 for kind, fact in found.items()}


@pytest.mark.parametrize("with_title", [True, False])
@pytest.mark.parametrize(("kind", "wanted"), [("deaths", 0.97), ("injured", 0.95), ("ill", 0.85)])
def test_documents_give_the_figure_they_are_about(kind, wanted, with_title):
    told = [line for line in DOCUMENTS if line.get(kind)]
    right = sum(read_values(line, with_title=with_title)[kind] == line[kind] for line in told)

    assert len(told) >= 10
    assert right >= wanted * len(told)


@pytest.mark.parametrize("with_title", [True, False])
@pytest.mark.parametrize(("kind", "wanted"), [("deaths", 0.84), ("injured", 0.74)])
def test_documents_that_tell_one_thing_after_another_give_what_it_comes_to(kind, wanted, with_title):
    """Most of these were written to be put together by who reads them in order; what is reached is not to be lost."""
    told = [line for line in IN_ORDER if line.get(kind)]
    right = sum(read_values(line, with_title=with_title)[kind] == line[kind] for line in told)

    assert len(told) >= 300
    assert right >= wanted * len(told)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("事故造成2人死亡、7人受伤。次日，又一名伤者因伤势过重死亡。", 3),
        ("已有5人遇难，仍有2人失联。今晨2名失联人员找到，均已遇难。", 7),
        ("第一起事故1人死亡；第二起事故2人死亡。", 3),
        ("第一起事故1人死亡；第二起事故2人死亡。两起事故共造成3人死亡。", 3),
        ("司机当场死亡，另有2名乘客经抢救无效死亡。", 3),
        ("店主夫妇和孙子当场身亡，另有1名顾客送医后死亡。", 4),
        ("司机当场死亡，事故共造成3人死亡。", 3),
        ("两人被倒下的墙压死，一名渔民溺亡。", 3),
        ("已有5人遇难。又发现1具遗体，遇难人数升至6人。", 6),
    ],
)
def test_deaths_told_one_after_the_other_are_summed(text, wanted):
    assert value(text) == wanted
    assert value(text, title="已致4人死亡") == 4 or wanted == 6


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("队员张某、吴某在救援中牺牲，另有1名队员受伤。", 2),
        ("驾驶人李某、乘客王某当场死亡，2人受伤。", 2),
        ("经送医抢救，司机李某于9时20分不幸离世。", 1),
        ("大火烧了半宿，死的是楼上的租客小两口。", 2),
        ("厂里闷倒了三个，死的是老蒋，还有两年就退休了。", 1),
        ("火灾现场死的是谁还不知道。", None),
        ("化粪池里，消防把四人救出，但经医院抢救均不幸离世。", 4),
        ("消防把四人救出，送医抢救后均无生命危险。", None),
        ("接诊中暑患者17人，其中1名工人因多脏器衰竭于当晚不治。", 1),
        ("相撞致2人死亡。据介绍，2007年以来该道口已发生同类事故3起，共造成4人死亡。", 2),
        ("2人死亡、5人受伤。今天，一名烧伤的伤者于今晨5时40分不治身亡。", 3),
        ("又有1名重伤员抢救无效死亡，死亡人数上升为9人。原31名伤员中，除死亡1人外，19人出院。", 9),
        ("因灾死亡16人。民政部门统计，1998年的洪灾中全县死亡41人。", 16),
        ("火灾遇难人数没有变化，仍为7人。", 7),
        ("事故造成2人死亡。此前有媒体报道4人遇难，与事实不符。", 2),
        ("据此前报道，事故造成4人遇难。今晨，一名重伤者不治身亡。", 4),
        ("此前通报死亡9人。经核实，死亡8人。", 8),
        ("最后2名失联矿工确认遇难，6人全部遇难，搜救结束。", 6),
        ("已有2人遇难，又找到5人，全部遇难。", 7),
        ("最后3名失联人员遗体今晨找到，遇难人数定格为31人。", 31),
        ("此前公布的9名遇难者中，有两份遗骸属于同一人，遇难人数由9人更正为8人。", 8),
        ("遇难人数为22人，原失联3人均在遇难者之列。", 22),
        ("有“水库垮坝死了一百多人”的短视频在网上流传。经核查，该视频系拼接而成，水库运行正常。", None),
    ],
)
def test_the_dead_whom_nobody_counts_are_counted(text, wanted):
    assert value(text) == wanted


def test_a_verdict_on_an_old_case_tells_of_no_dead_of_today():
    text = (
        "昨日，法院对制衣厂火灾案作出一审判决，被告人许某判处有期徒刑六年。"
        "2016年11月25日，许某安排赶工，导致火灾发生，造成8人死亡。"
    )
    told = find_facts(text, nature=judge(text, None).nature)

    assert document_value(told, FactKind.DEATHS) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("仍有5名伤者在院治疗，其余21名伤者已康复出院。", 26),
        ("26人受伤，其中5人重伤，其余21人已出院。", 26),
        ("车上五人中两人当场死亡，两人重伤，一人轻伤。", 3),
        ("五名伤者中两人重伤，三人轻伤。", 5),
        ("车上21人中，15人受轻伤，1人腰椎骨折，5人无恙。", 16),
        ("爆炸后住院治疗236人，其中危重伤11人、重伤33人。", 236),
    ],
)
def test_the_hurt_who_are_home_again_and_parts_of_those_aboard_are_summed(text, wanted):
    assert value(text, FactKind.INJURED) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("暴雨中我爸上山采菌子走散了，到现在没联系上。", 1),
        ("老板跑路了，到现在联系不上，欠我们三个月工资。", None),
        ("孩子发烧，医生一直联系不上。", None),
        ("楼塌了，楼内还有2人未联系上。", 2),
    ],
)
def test_kin_whom_nobody_reaches_in_danger_are_missing(text, wanted):
    assert value(text, FactKind.MISSING) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("山火逼近，三村1940名群众、610户撤到镇中学。", 1940),
        ("为防万一，共转移下风向群众1260人。", 1260),
        ("受威胁的两个村380人继续在镇中学安置。", 380),
        ("三村群众连夜撤离。", None),
        ("安置房小区380人入住。", None),
    ],
)
def test_people_moved_are_counted_and_villages_are_none(text, wanted):
    assert value(text, FactKind.EVACUATED) == wanted


def test_a_number_of_cases_that_was_first_told_lower_is_the_later_one():
    assert value("累计报告病例由首次通报的64例增加到82例，新增18例均在潜伏期内发病。", FactKind.ILL) == 82


def test_what_is_estimated_to_be_lost_is_a_loss():
    assert value("火灾未造成人员伤亡，估损38万元。", FactKind.LOSS_YUAN) == 380_000


def test_injured_named_apart_are_summed():
    assert value("车上13人受伤，另有2名行人受伤。", FactKind.INJURED) == 15
    assert value("13人受伤，其中2名行人受伤。", FactKind.INJURED) == 13


def test_those_brought_out_of_gas_and_to_hospital_are_ill():
    assert value("下池清淤中毒，四人被救出后送往医院", FactKind.ILL) == 4


def test_nothing_is_added_to_a_figure_that_is_only_about_right():
    assert value("近50名儿童和3名老师中毒", FactKind.ILL) == 50


def test_the_gravely_ill_are_not_injured():
    assert value("气体泄漏致4人中毒，其中2人在重症监护室", FactKind.INJURED) is None


@pytest.mark.parametrize("with_title", [True, False])
def test_documents_that_tell_of_no_victims_give_none(with_title):
    fired = {
        (line["title"], kind): value
        for line in DOCUMENTS
        for kind, value in read_values(line, with_title=with_title).items()
        if value and not line.get(kind)
    }

    assert fired == {}


def test_the_greatest_current_figure_counts():
    assert value("救援初期2人死亡。截至18时，共7人死亡。") == 7


def test_a_share_of_the_same_kind_does_not_count():
    assert value("死亡12人，其中死亡游客15人") == 12


def test_the_title_stands_for_the_text():
    assert value("此前一带山洪造成56人死亡", title="暴雨致7人死亡") == 7


def test_what_the_text_counts_to_stands_for_a_title_that_says_more_than():
    assert value("共有103名宾客腹泻", FactKind.ILL, title="婚宴后百余人腹泻") == 103
    assert value("曾有213人腹泻", FactKind.ILL, title="婚宴后百余人腹泻") == 100


@pytest.mark.parametrize(
    ("title", "text", "kind", "wanted"),
    [
        ("洪水来袭千人转移", "当晚共转移群众1846人。", FactKind.EVACUATED, 1846),
        ("山火过火百亩", "现场测量，过火面积为6.8公顷。", FactKind.AREA_HA, 6.8),
        ("万余户停气", "停气涉及约1.4万户。", FactKind.HOUSEHOLDS, 14000),
        ("粮库火灾损失500万元", "经统计，直接财产损失473.8万元。", FactKind.LOSS_YUAN, 4_738_000),
        ("一小时下了80毫米", "河口站一小时雨量76.4毫米，全天雨量最大为145.2毫米。", FactKind.RAINFALL_MM, 145.2),
        ("全镇停电一天", "目前停电已持续约27小时。", FactKind.HOURS, 27),
        ("检修通知：停水72小时", "因连夜作业，昨晚恢复供水，实际停水51小时。", FactKind.HOURS, 51),
        ("客车翻坠2死", "通报说，客车上3人死亡。", FactKind.DEATHS, 3),
        ("采食野菜中毒3人住院", "一家四口食用野菜后呕吐，其中1人死亡，3人住院。", FactKind.ILL, 3),
        ("更正：火灾遇难6人", "因同名登记，原公布的7名遇难者中1人实在医院。", FactKind.DEATHS, 6),
        ("网传商场起火8人被困", "店内3名员工一度被困。网传8人被困不属实。", FactKind.TRAPPED, 3),
        ("一家九口遇难之后", "设想一次旅途中一家九口同时遇难。车上实有2人死亡。", FactKind.DEATHS, 2),
        ("一声雷响，36条命没了", "树下的36只山羊当场死亡，羊倌1人死亡。", FactKind.DEATHS, 1),
        ("酒楼38人中毒？实为虚惊", "有网友称“酒楼38人中毒”。街道说，有4人腹泻就诊。", FactKind.ILL, 4),
    ],
)
def test_a_title_that_is_older_or_round_or_a_rumour_gives_way_to_the_text(title, text, kind, wanted):
    assert value(text, kind, title=title) == pytest.approx(wanted)


def test_those_moved_by_towns_are_summed_though_each_is_about_right():
    assert value("柳坝村转移了800来人，双溪村转移了500来人", FactKind.EVACUATED) == 1300


def test_a_magnitude_measured_formally_stands_for_the_first_one():
    assert value("台网正式测定：3日2时当地发生4.9级地震，此前自动测定为5.2级", FactKind.MAGNITUDE) == 4.9
    assert value("此前自动测定当地5.0级地震，正式测定结果为4.8级", FactKind.MAGNITUDE) == 4.8


def test_what_is_settled_in_the_end_stands_for_what_was_said_first():
    assert value("过火面积初报200公顷，重新测绘后核定为163公顷", FactKind.AREA_HA) == 163
    assert value("直接经济损失经评估，最终核定为86万元。业主自报损失120万元", FactKind.LOSS_YUAN) == 860_000


def test_an_update_in_the_text_outdates_the_title():
    assert value("最新消息，死亡人数升至9人", title="爆炸致7人死亡") == 9


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("造成6人死亡，后来升至8人。", 8),
        ("死亡人数昨天是6人，今天又升至8人。", 8),
        ("造成2人死亡，今天救援力量又增至80人。", 2),
        ("造成6人死亡，气温升至35度，现场8人参与救援。", 6),
    ],
)
def test_what_the_next_clause_says_a_figure_rose_to_stands_for_it(text, wanted):
    assert value(text) == wanted


def test_those_taken_to_hospital_are_not_injured_where_nobody_is():
    assert value("校车追尾，12名学生送医检查，无人受伤。", FactKind.INJURED) == 0
    assert value("两车相撞，3人送医，所幸无人死亡。", FactKind.INJURED) == 3


def test_a_correction_stands_for_a_greater_figure():
    assert value("早前通报死亡8人。更正：死亡人数应为6人。") == 6


def test_those_who_die_by_turns_add_up():
    assert value("1人当场死亡，3人送医后死亡，2人受伤") == 4
    assert value("一名男童当场死亡，一名少年送医后不治身亡") == 2


def test_the_same_dead_told_twice_do_not_add_up():
    assert value("事故致1人死亡，死者为一名58岁男子") == 1
    assert value("造成3人死亡，3名遇难者身份已确认") == 3


def test_light_and_serious_injuries_add_up_to_the_injured():
    text = "造成17人死亡、1人重伤、4人轻伤"
    assert value(text, FactKind.INJURED) == 5
    assert value(text, FactKind.SERIOUS_INJURED) == 1


def test_the_seriously_injured_are_injured_where_no_others_are_counted():
    assert value("10人死亡2人重伤", FactKind.INJURED) == 2


@pytest.mark.parametrize("text", ["去年死了3人", "如果塌了会死3人", "演练中3人遇难", "风平浪静"])
def test_nothing_of_today_is_no_value(text):
    assert value(text) is None


def test_an_explicit_none_is_zero():
    whole = "\n火已扑灭，无人员伤亡"
    fact = document_value(find_facts(whole), FactKind.DEATHS)
    assert (fact.value, fact.qualifier) == (0, Qualifier.NONE)


def test_figures_of_people_taken_to_hospital_are_the_ill_of_a_poisoning_and_the_injured_of_a_crash():
    assert value("食堂餐后40名学生被送医", FactKind.ILL) == 40
    assert value("两车相撞，4人被送医", FactKind.INJURED) == 4


@pytest.mark.parametrize(
    ("text", "deaths", "injured"),
    [
        (
            "尼泊尔西部3日凌晨发生7.1级地震，目前尼泊尔、印度共有48人死亡、300多人受伤。我国西藏吉隆县房屋倒塌，3人死亡，11人受伤。",
            3,
            11,
        ),
        ("吉尔吉斯斯坦发生7级地震。我国新疆乌恰县1人遇难。吉尔吉斯斯坦方面称48名遇难者中有20名儿童。", 1, 0),
        ("缅甸东部发生6.8级地震，已致90人遇难，我国云南边境县2人受伤。", 0, 2),
        ("我国四川江油县发生泥石流，3人遇难，11人受伤。", 3, 11),
        ("当地时间4日，越南一客船倾覆，24人遇难，其中有我国公民2人。", 24, 0),
    ],
)
def test_where_a_disaster_crosses_the_border_this_side_is_counted(text, deaths, injured):
    found = find_facts(text)
    values = {kind: document_value(found, kind) for kind in (FactKind.DEATHS, FactKind.INJURED)}
    assert {kind: fact.value if fact else 0 for kind, fact in values.items()} == {
        FactKind.DEATHS: deaths,
        FactKind.INJURED: injured,
    }


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("本县洪灾死亡3人，全省共转移12万人。", FactKind.EVACUATED, None),
        ("全省死亡21人，我县死亡2人。", FactKind.DEATHS, 2),
        ("全省死亡21人，灾情仍在统计。", FactKind.DEATHS, 21),
        ("更正：昨日通报“死亡30人”系“死亡3人”之误。", FactKind.DEATHS, 3),
        ("更正：此前所报“转移1200人”系“转移120人”之误。", FactKind.EVACUATED, 120),
        ("市人民医院收治重伤8人，邻市职业病医院收治重伤5人。", FactKind.SERIOUS_INJURED, 13),
    ],
)
def test_the_place_and_the_correction_say_which_figure_counts(text, kind, value):
    found = document_value(find_facts(text), kind)
    assert (found and found.value) == value


@pytest.mark.parametrize(
    ("title", "text", "kind", "wanted"),
    [
        ("", "洪水来前转移低洼院落群众61户、214人。", "evacuated", 214),
        ("", "洪水来前转移低洼院落群众61户，共214人。", "evacuated", 214),
        ("", "洪水来前转移低洼院落群众61户，3人受伤。", "evacuated", 0),
        ("", "台风前撤离鱼排、工棚、危房人员3.1万人。", "evacuated", 31000),
        ("", "组织疏散、出动救援人员120人。", "evacuated", 0),
        ("", "堤坝渗漏，两个屯连夜转移，其中上屯转移210人，下屯转移95人。", "evacuated", 305),
        ("", "储罐泄漏，疏散三家厂的职工，其中宏远640人，永丰210人，投入警力50人。", "evacuated", 850),
        ("", "凌晨转移沟口387人。傍晚完成转移，其中11人起初不肯走。", "evacuated", 387),
        ("", "台风逼近，岛上游客980人、店员75人全部接回陆地。", "evacuated", 1055),
        ("", "都说有毒，希望下回学校管管，家里备一个。", "evacuated", 0),
        ("车上31名乘客安全转移", "大巴冒烟，车上31名乘客和2名司机全部安全转移。", "evacuated", 33),
        ("溪口三万人撤离", "截至今早，溪口撤离群众3.26万人。", "evacuated", 32600),
        ("", "找到的2名遇难者遗体已转移到殡仪馆。", "evacuated", 0),
        ("", "河水涨上来了，支书把三十六口人叫上了后山。", "evacuated", 36),
        ("", "周末天气好，三十六个人爬上了后山。", "evacuated", 0),
        ("", "水漫到胸口，家里三个小孩爬到阁楼上等救援。", "evacuated", 0),
        ("", "玉米受灾5000亩、绝收800亩，大豆受灾2500亩。", "area_ha", 500),
        ("", "农作物受灾3000亩，小麦1800亩，玉米1200亩。", "area_ha", 200),
        ("", "小麦、玉米受灾3000亩，小麦绝收600亩。", "area_ha", 200),
        ("", "两个院停暖，榆树院420户、机修厂宿舍180户。", "households", 600),
        ("", "水泵坏了，望山里、机修院停水，分别为512户和188户。", "households", 700),
        ("", "因爆管停水的榆树院、新村320户居民全部恢复用水。", "households", 320),
        ("", "新建的体育馆可供2000人临时避险。", "evacuated", 0),
        ("", "洪水漫进院子，工棚里两百来号工人全部转到镇中学操场。", "evacuated", 200),
        ("", "山洪冲了营地。气象台数据显示，事发前3小时累计雨量96.5毫米。", "rainfall_mm", 96.5),
        ("", "疏散住院病人38名、家属25名。", "evacuated", 63),
        ("", "转移群众3200人、安置群众1100人。", "evacuated", 3200),
        ("", "转移12个村、6处工地3600人。", "evacuated", 3600),
        ("", "火场边的村民连夜离家，两村分别撤离412人和297人。", "evacuated", 709),
        ("", "台风致全市渔业损失2.3亿元，农业损失1.1亿元。", "loss_yuan", 340_000_000),
        ("", "停暖影响420户，目前180户没有恢复。", "households", 420),
    ],
)
def test_people_moved_and_things_are_counted_in_all(title, text, kind, wanted):
    whole = f"{title}\n{text}" if title else text
    fact = document_value(find_facts(whole, title_end=len(title)), FactKind(kind))
    assert (fact.value if fact else 0) == wanted


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("两台水泵烧坏，全村停水。乡里说实际历时31小时，今早恢复。", 31),
        ("线路被砸断停电，抢修用了9个小时，今早全部恢复供电。", 9),
        ("昨晚停电，我用了3个小时才写完作业。", 0),
        ("屯里已经黑了三天两夜了，六十个钟头，手机都没电。", 72),
        ("网断了两天，客服说光缆被挖断。", 48),
        ("飞椅停住，游客悬在空中30分钟后被降下。", 0.5),
    ],
)
def test_the_length_of_an_outage_is_told_in_many_words(text, hours):
    fact = document_value(find_facts(text), FactKind.HOURS)
    assert (fact.value if fact else 0) == hours


@pytest.mark.parametrize(
    ("text", "dead", "missing"),
    [
        ("青石矿透水事故失联4人中1人遇难，3人获救。", 1, 0),
        ("4名失联人员中，3人获救、1人遇难。", 1, 0),
        ("7名失踪者中，5人已确认遇难，2人生还。", 5, 0),
        ("4名失联人员中已有1人遇难，搜救仍在进行。", 1, 3),
        ("当地时间中午，4人失联，1人遇难。", 1, 4),
    ],
)
def test_of_those_missing_who_is_found_in_the_same_sentence_is_missing_no_more(text, dead, missing):
    assert (value(text), value(text, FactKind.MISSING)) == (dead, missing)


@pytest.mark.parametrize(
    ("title", "text", "kind", "value"),
    [
        ("中巴坠沟 6人当场死亡", "车上6人当场死亡，另有2人在送往医院途中死亡，13人受伤。", FactKind.DEATHS, 8),
        ("两车相撞 三人当场死亡 两人不治", "3人当场死亡，另有2人送医后不治。", FactKind.DEATHS, 5),
        ("伤者1人不治 死亡人数升至4人", "今晨一名女伤者抢救无效离世，目前还有9名伤者在院治疗。", FactKind.INJURED, 9),
        ("", "伤者有2人因大面积烧伤抢救无效死亡，另有11人仍在治疗。", FactKind.INJURED, 11),
        ("", "全县31人遇难。此前公布的25人是已核实身份的人数，此后又发现6名遇难者。", FactKind.DEATHS, 31),
        ("", "2人当场死亡。今天上午，重伤的店主因抢救无效也离开了人世，尚有4名伤者在院治疗。", FactKind.DEATHS, 3),
        ("", "两名作业人员坠落死亡，另一人悬在半空，后被救下，受轻伤。", FactKind.INJURED, 1),
        ("", "当场走了4个，医院又走了2个，剩下的27个都有伤，大巴翻得四脚朝天。", FactKind.INJURED, 27),
        ("", "我们一行8人迷路，有个队友滑坠到崖下去了，早上找到的时候已经没了。", FactKind.DEATHS, 1),
        ("", "造成5人死亡、1人受伤。当时两名工人下池清淤，不久晕倒。", FactKind.ILL, 0),
    ],
)
def test_what_is_told_in_turn_comes_to_one_figure(title, text, kind, value):
    told = document_value(find_facts(f"{title}\n{text}", title_end=len(title)), kind)
    assert (told.value if told else 0) == value
