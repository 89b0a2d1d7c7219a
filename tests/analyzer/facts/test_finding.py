import random
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.facts import document_value, find_facts, finding, quantities
from analyzer.model import FactKind, Nature, Qualifier
from analyzer.nature import judge
from tests.analyzer.labelled import RESOURCES, TOLD_AT, f1, lines

SET = lines("facts.jsonl")


def read(text, **more):
    return find_facts(text, nature=judge(text, TOLD_AT).nature, told_at=TOLD_AT, **more)


def told(text, **more):
    """Kind and value of every figure, in order."""
    return [(f.kind.value, f.value) for f in read(text, **more)]


def only(text):
    (fact,) = read(text)
    return fact


def labels(line):
    return [(f["kind"], round(f["value"], 3), f.get("status", "current")) for f in line["facts"]]


def figures(text):
    return [(f.kind.value, round(f.value, 3), f.status.value) for f in read(text)]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("deaths", 0.97), ("injured", 0.95), ("ill", 0.95), ("hours", 0.95), ("households", 0.95), ("evacuated", 0.95)],
)
def test_labelled_figures_of_a_kind_are_read(kind, wanted):
    pairs = [
        ([x for x in labels(line) if x[0] == kind], [x for x in figures(line["text"]) if x[0] == kind]) for line in SET
    ]
    assert f1(pairs) >= wanted


def test_labelled_figures_of_all_kinds_are_read_and_none_is_invented():
    assert f1([(labels(line), figures(line["text"])) for line in SET]) >= 0.97


def test_sentences_without_figures_give_none():
    fired = [line["text"] for line in SET if not line["facts"] and read(line["text"])]
    assert len(fired) <= 0.03 * sum(not line["facts"] for line in SET)


def test_no_gate_keeps_a_figure_back(monkeypatch):
    texts = [line.get("title", "") + line["text"] for name in ("facts.jsonl", "nature.jsonl") for line in lines(name)]
    texts += [row["text"] for path in sorted((RESOURCES / "corpus").glob("*.jsonl")) for row in lines(path)]
    texts += [
        "家里网络恢复了，昨晚整整断了八个小时",
        "停水整整两天",
        "货车司机卸货时被压",
        "丢了一条命",
        "十年前爷爷没醒过来",
    ]
    gated = [find_facts(text) for text in texts]
    for module, gate in ((finding, "may_count"), (quantities, "may_measure"), (quantities, "measured")):
        monkeypatch.setattr(module, gate, lambda _: True)

    assert [text for text, facts in zip(texts, gated, strict=True) if find_facts(text) != facts] == []
    assert all(gated[-5:])


def test_who_is_all_but_crushed_is_not_shut_in():
    assert told("一打雷狗就往我爸怀里钻，我爸快被压塌了") == []
    assert told("山石滚落，我爸很快被压在车里") == [("trapped", 1)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("造成3死5伤", [("deaths", 3), ("injured", 5)]),
        ("死3伤5", [("deaths", 3), ("injured", 5)]),
        ("死亡：3人；重伤：2人", [("deaths", 3), ("serious_injured", 2)]),
        ("3名学生和1名老师中毒", [("ill", 3), ("ill", 1)]),
        ("一男一女被困", [("trapped", 2)]),
        ("车祸致2男1女死亡", [("deaths", 3)]),
        ("1死1女重伤", [("deaths", 1), ("serious_injured", 1)]),
        ("雪崩中1名向导死亡", [("deaths", 1)]),
        ("村里喝不上水，已持续36小时", [("hours", 36)]),
        ("一家三口遇难", [("deaths", 3)]),
        ("夺走3条生命", [("deaths", 3)]),
        ("停气两天两夜，1.2万户居民受影响", [("hours", 48), ("households", 12000)]),
        ("过火面积450亩", [("area_ha", 30)]),
        ("地铁停运1个半小时", [("hours", 1.5)]),
        ("里氏6.1级地震", [("magnitude", 6.1)]),
        ("云岭县连发4.7、5.1、4.3级地震", [("magnitude", 4.7), ("magnitude", 5.1), ("magnitude", 4.3)]),
        ("昨晚的地震你感觉到没？说是4.6级", [("magnitude", 4.6)]),
        ("全村停电一整天", [("hours", 24)]),
        ("城西两万户持续停水，截至今天上午9时已达30小时", [("households", 20000), ("hours", 30)]),
        ("小区停气，到今早已经二十六个小时", [("hours", 26)]),
        ("6000户停气，燃气公司称26小时后才全部点火成功", [("households", 6000), ("hours", 26)]),
        ("小区停气，直到26小时后才通上气", [("hours", 26)]),
        ("3万户停水，28小时后水才来", [("households", 30000), ("hours", 28)]),
        ("停水第三天了，整个城东五万五千户", [("hours", 24), ("households", 55000)]),
        ("停水第二天，我们院里80户", [("households", 80)]),
        ("电梯困人，卡住俩小时多了", [("trapped", 1), ("hours", 2)]),
        ("我和邻居被困在12号楼电梯里快3个小时了", [("trapped", 1), ("hours", 3)]),
        ("老板说一共损失一千二百来万", [("loss_yuan", 12_000_000)]),
        ("仓库失火，报损1.1亿元", [("loss_yuan", 110_000_000)]),
        ("疏散两岸群众1.1万人", [("evacuated", 11000)]),
        ("滞留吊厢的42名游客于4小时20分后全部接回", [("trapped", 42), ("hours", 4.333333)]),
        ("摩天轮停摆70分钟，座舱内16名游客", [("hours", 1.166667), ("trapped", 16)]),
        ("宴席食物中毒，卫生院登记已达112人", [("ill", 112)]),
        ("震感强烈！速报：松岭5.4级", [("magnitude", 5.4)]),
        ("停电用户约18万户，占全市供电用户的36%", [("power_users_percent", 36), ("households", 180000)]),
        ("全市停电用户占比一度达71%", [("power_users_percent", 71)]),
        ("停电用户占全市用户总数的52%", [("power_users_percent", 52)]),
        ("全市停电用户占总用户数的百分之七十二", [("power_users_percent", 72)]),
        ("全市供电用户停电比例一度达到61%", [("power_users_percent", 61)]),
        ("此次停电波及全市52%的用户", [("power_users_percent", 52)]),
        ("造成减供负荷占全市负荷的63%", [("power_load_percent", 63)]),
        ("全区七成半用户停电", [("power_users_percent", 75)]),
        ("全市35%的用户受影响停电", [("power_users_percent", 35)]),
        ("变电站失压，瞬间甩掉全市44%的负荷", [("power_load_percent", 44)]),
        ("故障损失全市负荷的六成二", [("power_load_percent", 62)]),
        ("全市电网负荷约90万千瓦，一下子少了47%", [("power_load_percent", 47)]),
        ("我们小区停电用户占九成", []),
        ("火灾造成的直接经济损失：八千三百余万元", [("loss_yuan", 83_000_000)]),
        ("全省因洪水转移群众二百一十余万", [("evacuated", 2_100_000)]),
        ("周边居民转移到三所学校，初步统计在9000至9800人之间", [("evacuated", 9000)]),
        ("顶管机撞坏燃气干管，六千三百户居民只能用电磁炉", [("households", 6300)]),
        ("地铁中止服务，18时恢复。历时五小时三十分钟", [("hours", 5.5)]),
        ("摩天轮停转，14名乘客悬在半空，2小时后全部放下", [("trapped", 14), ("hours", 2)]),
        ("从昨晚八点停到现在已经14个小时，电还没来", [("hours", 14)]),
        ("自来水主管爆裂致300户停水，预计明天恢复", [("households", 300)]),
        ("疏散被困游客61人", [("evacuated", 61), ("trapped", 61)]),
        ("营救被困司乘23人", [("trapped", 23)]),
        ("被压的6名工人全部救出", [("trapped", 6)]),
        ("村民31人、羊只600余只连夜转移", [("evacuated", 31)]),
        ("120余口人昨晚搬进了村小学", [("evacuated", 120)]),
        ("共安置灾民1,320人", [("evacuated", 1320)]),
        ("影院内约两百名观众在工作人员引导下离场", [("evacuated", 200)]),
        ("商场顾客400余人被组织疏散到广场", [("evacuated", 400)]),
        ("两栋楼的78名住户暂住宾馆", [("evacuated", 78)]),
        ("另有5人避险时扭伤", [("injured", 5)]),
        ("新郎新娘和一名司机受轻伤", [("injured", 2), ("injured", 1)]),
        ("送医后2人不治身亡，其余5人受伤", [("deaths", 2), ("injured", 5)]),
        ("新增本土确诊5例、无症状感染者22例", [("ill", 5)]),
        ("31名学生送医检查，其中12人有恶心症状", [("ill", 12)]),
        ("腹泻并就诊的人数，现由前日的11人增至29人", [("ill", 29)]),
        ("供水管爆裂全镇停水，抢修6个半小时后恢复供水", [("hours", 6.5)]),
        ("当地发生4.8级地震，专家称近期发生5级以上地震的可能性不大", [("magnitude", 4.8)]),
        ("被水围困的师生410人已全部安全转移", [("trapped", 410), ("evacuated", 410)]),
        ("村民全部撤离，共167户503人", [("evacuated", 503)]),
        ("消防员用冲锋舟救出被困老人和孩子共34人", [("trapped", 34)]),
        ("一辆车上11名学生受伤，另一辆车上6名学生受伤", [("injured", 11), ("injured", 6)]),
        ("公园占地200公顷，起火面积约3公顷", [("area_ha", 3)]),
        ("洪水已淹没耕地9.3万亩", [("area_ha", 6200)]),
        ("受台风影响列车停运，末班车晚点最长6小时", []),
        ("受影响的900户已有700户恢复供水，剩余200户正在抢修", [("households", 900), ("households", 200)]),
    ],
)
def test_figures_are_read_in_their_base_unit(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("至少12人死亡", Qualifier.AT_LEAST),
        ("死亡人数至少有12人", Qualifier.AT_LEAST),
        ("12余人死亡", Qualifier.AT_LEAST),
        ("约12人死亡", Qualifier.ABOUT),
        ("12人左右死亡", Qualifier.ABOUT),
        ("12人死亡", Qualifier.EXACTLY),
    ],
)
def test_a_figure_keeps_how_exactly_it_is_meant(text, qualifier):
    assert only(text).qualifier is qualifier


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("听说桥那边死人了。三个。", [("deaths", 3)]),
        ("火里死了几个？——两个", [("deaths", 2)]),
        ("塔吊砸下来，两个没了", [("deaths", 2)]),
        ("大桥下捞起四个，都已经没气了", [("deaths", 4)]),
        ("那对落水的母女都没能救回来", [("deaths", 2)]),
        ("重伤的一名工人抢救了两天，今早还是走了", [("deaths", 1)]),
        ("车翻下坡，三条人命啊", [("deaths", 3)]),
        ("井口塌了，还有七个人没上来", [("trapped", 7)]),
        ("两名船员仍在搜寻中", [("missing", 2)]),
        ("两名矿工被埋，经7小时抢挖找到时均已死亡", [("trapped", 2), ("deaths", 2)]),
        ("被困于井下的9名工人，6名升井，剩余3名正在全力营救", [("trapped", 9), ("trapped", 3)]),
        ("疏散居民76名，疏散途中一名居民扭伤脚踝", [("evacuated", 76), ("injured", 1)]),
        ("无人员死亡失踪", [("deaths", 0), ("missing", 0)]),
        ("塌方埋了六个，挖出来四个都没气了", [("trapped", 6), ("deaths", 4)]),
        ("咱县又死了个骑电动车的", [("deaths", 1)]),
        ("烧得只剩架子，门口抬出来五具", [("deaths", 5)]),
        ("塌的时候里面有11个工人，跑出来七个，四个压底下了", [("trapped", 4)]),
        ("船翻了，三十二个人就活了五个", [("deaths", 27)]),
        ("围挡倒了砸到我妈，颅骨骨折", [("injured", 1)]),
        ("这回死了人，听说是俩租客", [("deaths", 2)]),
        ("水管漏水烫伤了孩子", [("injured", 1)]),
        ("昨天晚上那场火，三个孩子都没能救活", [("deaths", 3)]),
        ("医院说没抢救过来，俩孩子啊", [("deaths", 2)]),
        ("屋里起火，一位老人没能逃出来", [("deaths", 1)]),
        ("翻了一辆车，车里三个人都伤了", [("injured", 3)]),
        ("没有死人，就两个受了点轻伤", [("deaths", 0), ("injured", 2)]),
        ("此前通报死亡5人有误，应为4人", [("deaths", 5), ("deaths", 4)]),
        ("3名参与抢险的民兵被冲走遇难", [("deaths", 3)]),
        ("5名赶来救人的邻居也中毒身亡", [("deaths", 5)]),
    ],
)
def test_everyday_words_for_it_are_read_too(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "撞了人，三个店都没了生意",
        "二中招40名新生",
        "消防检查要求每层备灭火器两具",
        "起火时三个人没撑住门",
        "着火后有三个人看了一眼走了",
        "洪水过后两个月的菜都没了",
        "累死人了。两个班。",
        "大火里救下四条人命",
        "资助了5名患病学生",
    ],
)
def test_the_same_words_of_something_else_are_no_deaths(text):
    assert not [fact for fact in read(text) if fact.value and fact.kind.value in {"deaths", "ill"}]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("遭遇山洪，3人失，正在搜寻", [("missing", 3)]),
        ("柴油泄漏，沿岸90人转。", [("evacuated", 90)]),
        ("地震造成6人遇难，紧急转2300人", [("deaths", 6), ("evacuated", 2300)]),
        ("婚宴后多人腹泻，32人住", [("ill", 32)]),
        ("发生4.3级震，震源深度9千米", [("magnitude", 4.3)]),
        ("大雨内涝，直接经济失860万元", [("loss_yuan", 8_600_000)]),
        ("扶梯倒转，7人摔，2人骨折", [("injured", 7), ("injured", 2)]),
    ],
)
def test_a_word_that_lost_a_character_beside_its_figure_still_counts(text, wanted):
    assert told(text) == wanted


def test_a_share_of_a_greater_count_says_of_which():
    whole, part = read("24人受伤，其中3人受重伤")
    assert (whole.part_of, part.kind, part.part_of) == (None, FactKind.SERIOUS_INJURED, FactKind.INJURED)


def test_the_dead_among_the_ill_are_a_count_of_their_own():
    _, dead = read("63名员工中毒，其中2人经抢救无效死亡")
    assert (dead.kind, dead.value, dead.part_of) == (FactKind.DEATHS, 2, None)


def test_nobody_hurt_is_an_explicit_zero():
    assert [(f.kind.value, f.value, f.qualifier) for f in read("所幸没有造成人员伤亡")] == [
        ("deaths", 0, Qualifier.NONE),
        ("injured", 0, Qualifier.NONE),
    ]


@pytest.mark.parametrize(
    "text", ["有没有人受伤", "是否造成人员伤亡尚不清楚", "未造成更多人员伤亡", "避免了人员伤亡", "伤亡情况不明"]
)
def test_what_says_nothing_either_way_is_no_zero(text):
    assert read(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "3名民警将受伤司机送往医院",
        "120急救人员赶到，现场有伤者",
        "他是第3名遇难者",
        "30名医护人员救治伤者",
        "累死3个设计师才画完",
        "这条死胡同走了3次",
        "挽救了3条生命",
        "一些伤者被抬走",
        "300人送别牺牲的消防员",
        "3名参与调查的专家认为死亡原因尚不清楚",
    ],
)
def test_rescuers_ordinals_and_idioms_are_no_victims(text):
    assert not [f for f in read(text) if f.value]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("去年这里烧死过2人", Nature.PAST),
        ("2015年仓库爆炸造成16人受伤", Nature.PAST),
        ("今年以来全市火灾死亡9人", Nature.STATISTIC),
        ("如果爆炸，会有3人死亡", Nature.HYPOTHETICAL),
        ("电影里死了3个人", Nature.HYPOTHETICAL),
        ("演练模拟3人受伤", Nature.DRILL),
        ("网传死了20人系谣言", Nature.HYPOTHETICAL),
        ("今天死了3个人", Nature.CURRENT),
    ],
)
def test_a_figure_that_is_not_of_today_says_so(text, status):
    assert only(text).status is status


def test_an_update_leaves_the_old_figure_behind():
    old, new = read("死亡人数由初报的3人升至5人")
    assert (old.value, old.status, new.value, new.status) == (3, Nature.PAST, 5, Nature.CURRENT)


def test_a_correction_is_marked_and_replaces_what_was_said_before():
    old, new = read("此前说死亡7人，更正为5人死亡")
    assert (old.status, new.value, new.correction) == (Nature.PAST, 5, True)


def test_a_span_holds_the_figure_and_its_word():
    text = "昨晚车祸造成３人死亡"
    (fact,) = read(text)
    assert text[slice(*fact.span)] == "３人死亡"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("三十二人除两人外全部遇难", [("deaths", 30)]),
        ("12名船员中仅1人生还", [("deaths", 11)]),
        ("确有员工腹痛呕吐，总共有20余人", [("ill", 20)]),
        ("孩子开始吐，同班已经有七八个了", [("ill", 7)]),
        ("矿难已确认卅一人遇难", [("deaths", 31)]),
        ("无重症和死亡病例", [("serious_injured", 0), ("deaths", 0)]),
        ("父子三人掉进化粪池，全没了", [("deaths", 3)]),
        ("车上四人均未能生还", [("deaths", 4)]),
        ("飞椅停了，17名游客悬空一个半小时", [("trapped", 17), ("hours", 1.5)]),
        ("一场大火吞噬了祖孙三代五口人", [("deaths", 5)]),
        ("31位老人呕吐，一位未能救回", [("ill", 31), ("deaths", 1)]),
        ("歹徒将一名教师刺伤。该教师经抢救无效死亡", [("injured", 1), ("deaths", 1)]),
        ("一人抡凳子砸中同学，致其锁骨骨折", [("injured", 1)]),
        ("转移群众5.6万人，安置于41个临时安置点", [("evacuated", 56000)]),
    ],
)
def test_figures_are_worked_out_and_counted_out(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize("text", ["死亡人数由初步通报的5人上升到7人", "关于死亡人数的更正：原发布的5人更正为7人"])
def test_who_told_the_old_figure_does_not_matter(text):
    assert [(f.value, f.status) for f in read(text)] == [(5, Nature.PAST), (7, Nature.CURRENT)]


@pytest.mark.parametrize(
    "credit", ["（记者 【姓名】 通讯员 【姓名】）", "(记者【姓名】)", "（编辑：【姓名】，审核：【姓名】）"]
)
def test_a_name_in_a_byline_is_nobody_to_whom_something_happened(credit):
    assert told(f"{credit}遇难者名单核对完毕") == told("遇难者名单核对完毕") == []


def test_a_single_death_needs_no_numeral():
    assert told("环卫工清晨扫街被撞身亡") == [("deaths", 1)]
    assert told("女主人和两岁孩子遇难") == [("deaths", 2)]


def test_forecast_rain_has_not_fallen():
    assert only("预计未来6小时降雨量将达50毫米以上").status is Nature.HYPOTHETICAL
    foretold, fallen = read("预计未来24小时降雨量100毫米，昨日已降雨74毫米")
    assert (foretold.status, fallen.status) == (Nature.HYPOTHETICAL, Nature.CURRENT)


FULL_WIDTH = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}
TRADITIONAL = str.maketrans("伤转移户烧损级灾热", "傷轉移戶燒損級災熱")


@given(st.sampled_from(SET))
def test_full_width_digits_change_nothing(line):
    assert told(line["text"].translate(FULL_WIDTH)) == told(line["text"])


@given(st.sampled_from(SET))
def test_traditional_characters_change_nothing(line):
    assert told(line["text"].translate(TRADITIONAL)) == told(line["text"])


OPINIONS = ["区长真是好样的！", "当官的都该下台！", "为一线工人点赞！", "物业什么都不做，垃圾！"]
TOWNS = [
    "九江市",
    "三亚",
    "六安",
    "四平市",
    "百色市",
    "万宁市",
    "十堰",
    "七台河",
    "一面坡",
    "双鸭山",
    "和平区",
    "太平镇",
]


@given(st.sampled_from(SET), st.sampled_from(OPINIONS))
def test_praise_and_blame_before_or_behind_change_no_figure(line, opinion):
    assert told(f"{line['text']}。{opinion}") == told(f"{opinion}{line['text']}") == told(line["text"] + "。")


@given(st.sampled_from(SET), st.sampled_from(TOWNS), st.sampled_from(["{}讯：{}", "{}{}", "{}一小区 {}", "{}，{}"]))
def test_another_town_changes_no_figure(line, town, said):
    """But for shares of users: those of a 镇 are none of its city's."""
    shares = {"power_users_percent", "power_load_percent"} if town.endswith("镇") else set()
    figures, others = told(said.format(town, line["text"])), told(said.format("云泽市", line["text"]))
    assert [one for one in figures if one[0] not in shares] == [one for one in others if one[0] not in shares]


@given(
    st.sampled_from(SET),
    st.sampled_from(
        [
            "#身边事# {}",
            "转发：{}",
            "😭{}",
            "{}😭😭",
            "“{}”",
            "{} @某某",
            "{} http://t.cn/ab12",
            "据本报消息，{}",
            "{}！！",
        ]
    ),
)
def test_what_stands_around_a_post_changes_no_figure(line, frame):
    assert told(frame.format(line["text"])) == told(line["text"])


def test_emoji_at_the_end_end_a_sentence():
    assert told("仓库里的货全烧了，损失八十多万😭😭") == told("仓库里的货全烧了，损失八十多万。") != []


@given(st.sampled_from(SET), st.sampled_from([("，", ","), ("，", "， "), ("。", ". "), ("：", ":"), ("；", "; ")]))
def test_marks_of_half_width_and_spaces_beside_them_change_no_figure(line, marks):
    assert told(line["text"].replace(*marks)) == told(line["text"])


PIECES = [
    *"死亡伤人名个3十百万，。、：（）()由至升的有没无其中约余 ",
    "受伤",
    "死亡人数",
    "被困",
    "停水",
    "3人",
    "其中",
    "共",
    "\x00",
    "\ud800",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200))
@example("3人、" * 40 + "死亡")
@settings(max_examples=300)
def test_no_text_breaks_the_reader_and_every_span_lies_in_it(text):
    for fact in find_facts(text):
        start, end = fact.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "3死",
        "死3",
        "3人、",
        "死亡",
        "死亡人数达到",
        "全都",
        "停了",
        "3人死亡，",
        "3人死亡失踪，",
        "没有",
        "3户影响",
        "其中3人",
        "(",
        "3到",
        "一百",
        "1,111",
        "一个一个",
        "由3人升至",
    ],
)
def test_hundred_thousand_characters_of_one_piece_are_read_in_bounded_time(piece):
    find_facts((piece * (100_000 // len(piece)))[:100_000] + "死亡")


def test_ten_thousand_numbers_and_a_million_characters_are_read():
    numbers = random.Random(7)
    find_facts(" ".join(str(numbers.randrange(10**6)) for _ in range(10_000)) + "人死亡")
    assert find_facts("风平浪静。" * 200_000) == ()


@pytest.mark.parametrize(
    "text",
    [
        "三日后零点起停水24小时，涉及1.5万户",
        "又要停水24小时，记得接水",
        "定于明日停水24小时，涉及1.5万户",
        "停水通知：因检修，定于明日8时起停水24小时",
        "河西片区将停气36小时",
    ],
)
def test_an_outage_announced_has_not_begun(text):
    hours = next(f for f in read(text) if f.kind is FactKind.HOURS)
    assert hours.status is Nature.HYPOTHETICAL
    assert only("停水24小时了，说明天再停").status is Nature.CURRENT
    assert only("地震三天后，县城仍停水24小时").status is Nature.CURRENT


def test_the_labelled_set_is_large_and_holds_every_kind():
    kinds = Counter(f["kind"] for line in SET for f in line["facts"])
    assert len(SET) >= 300
    assert set(kinds) == {kind.value for kind in FactKind}


@pytest.mark.parametrize(
    "text",
    [
        "曾报9人失联，今晨全部找到，无人伤亡。",
        "9名驴友失联，目前均已获救。",
        "山洪过后9人失去联系，昨晚都已取得联系",
    ],
)
def test_nobody_is_missing_when_the_next_clause_tells_that_all_are_found(text):
    assert [value for kind, value, status in figures(text) if (kind, status) == ("missing", "current")] == [0]


def test_some_of_the_missing_who_are_found_leave_the_others_missing():
    assert ("missing", 9, "current") in figures("9人失联，其中3人已找到。")
    assert ("missing", 4, "current") in figures("失联的4名工人已找到3名，另1人仍在搜寻")
    assert ("missing", 2, "past") in figures("此前失联的2人已取得联系。")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("高空转盘突然停住，26名乘客滞留。", [26]),
        ("今晨6时，23名滞留游客全部下索。", [23]),
        ("真的卡住了！电梯停在五楼半空，里头连我六个人。", [6]),
        ("31名滞留游客全部下车，从停机算起共4小时。", [31]),
        ("抱索器卡死，38名游客被悬在离谷底90米的吊篮里。", [38]),
        ("商场观光电梯停在四楼，七名顾客滞留半小时。", [7]),
        ("大雪封路，18名村民滞留山上。", [18]),
        ("摆锤突然停机，9名游客悬停半空。", [9]),
        ("缆车停运，被困在车厢里的游客共51人。", [51]),
        ("索道断轴停车，吊厢里共有31名游客。", [31]),
        ("28名游客在索道吊厢里等了9个小时", [28]),
        ("索道停机，26名游客被留在吊厢里。", [26]),
        ("摩天轮停转，19名游客在座舱内等待。", [19]),
        ("索道16时32分停机，轿厢内共有55人。", [55]),
        ("吊厢里共有31个座位，索道今天开放。", []),
        ("终于下来了，索道上整整困了5个小时", [1]),
        ("索道关了5个小时，大家改走步道", []),
        ("机场因大雪取消航班，300名旅客滞留候机楼。", []),
        ("停机坪上滞留旅客300人。", []),
        ("铁路塌方，车站滞留旅客2000人。", []),
    ],
)
def test_passengers_of_a_ride_are_shut_in_where_they_are_stranded_and_those_of_an_airport_are_not(text, wanted):
    assert [fact.value for fact in find_facts(text) if fact.kind is FactKind.TRAPPED] == wanted


@pytest.mark.parametrize(
    ("text", "dead", "ill"),
    [
        ("十二名村民吃了野菜中毒，其余十一名今早都缓过来了，只有户主的老父亲因肾衰竭，昨夜去世。", 1, 12),
        ("误食毒菌中毒的一家三口中，65岁的老人因肝衰竭去世，另外两人仍在治疗。", 1, 3),
        ("7名工人采了野菜，在宿舍煮食后食物中毒，均脱离危险。", 0, 7),
        ("小船翻了，老父亲的遗体傍晚在湖心捞起。", 1, 0),
    ],
)
def test_the_one_who_died_is_not_those_who_got_better(text, dead, ill):
    found = find_facts(text)
    values = [document_value(found, kind) for kind in (FactKind.DEATHS, FactKind.ILL)]

    assert [fact.value if fact else 0 for fact in values] == [dead, ill]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("转盘突然停住，9名游客被悬在高处。1小时15分钟后9人全部安全落地。", 1.25),
        ("索道停运 40名游客空中等待三个半小时", 3.5),
        ("索道停运，40名游客滞留吊厢。从停运到最后一人落地，共用了三个小时。", 3.0),
        ("经过11小时，滞留的42名游客已全部安全返回。", 11.0),
        ("今天14时10分，一台大型游乐设施停机，8名游客悬停半空。15时40分，8人全部安全返回地面。", 1.5),
        ("摩天轮停转，游客在座舱内等待，经过90分钟全部接下。", 1.5),
        ("里面四个人还没出来，快三个小时了", 3.0),
        ("缆车故障，经过4个半小时救援，游客全部安全下撤。", 4.5),
        ("索道16时30分停机，轿厢内共有55人，21时最后一人落地。", 4.5),
        ("电梯维保员说，检查一台客梯历时两个小时。", None),
        ("索道停运，消防队员奋战6小时加固塔架，42名游客陆续下来。", None),
        ("索道停运，经过6小时抢修塔架，42名游客早已安全返回。", None),
    ],
)
def test_how_long_people_hang_in_a_ride_is_how_long_it_is_out(text, wanted):
    hours = [value for kind, value, _ in figures(text) if kind == "hours"]
    assert hours == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("暴雨致三县66.2万人受灾、15人死亡失踪", [("missing", 15)]),
        ("死亡失踪人数升至12人", [("missing", 12)]),
        ("台风致44人死亡失踪，其中29人死亡，15人失踪", [("deaths", 29), ("missing", 15)]),
        ("1人死亡、失踪2人", [("deaths", 1), ("missing", 2)]),
        ("2人死亡、失踪人员仍在搜寻", [("deaths", 2)]),
    ],
)
def test_the_dead_and_the_missing_in_one_figure_are_missing_unless_they_are_told_apart(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("18名消防员和1名村民遇难", [("deaths", 18), ("deaths", 1)]),
        ("通报棋牌室火灾伤亡：9人死亡，2人受伤", [("deaths", 9), ("injured", 2)]),
        ("罹难人数25日升至310人", [("deaths", 310)]),
        ("失联由47人下修为25人", [("missing", 47), ("missing", 25)]),
        ("未接到房屋倒塌和人员伤亡报告", [("deaths", 0), ("injured", 0)]),
        ("一对母子在家烤火取暖，一氧化碳中毒身亡", [("deaths", 2)]),
        ("一名约60岁的外地男子拆广告牌时被电线击倒，120赶到时已无生命体征", [("deaths", 1)]),
        ("溺水学生小洋失踪。次日13时打捞出小洋遗体", [("missing", 1), ("deaths", 1)]),
    ],
)
def test_what_reports_tell_in_passing_is_read(text, wanted):
    assert sorted(told(text)) == sorted(wanted)


def test_shares_of_places_are_of_all_that_the_sentence_before_has_counted():
    facts = find_facts("因灾死亡63人，失踪5人，受伤50人。其中地铁站12人遇难、隧道4人遇难。")
    assert [fact.value for fact in facts if fact.kind is FactKind.DEATHS and fact.part_of is None] == [63.0]
