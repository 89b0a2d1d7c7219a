import pytest

from analyzer.model import Nature
from analyzer.nature.clauses import course
from tests.analyzer.labelled import TOLD_AT


def at(text, word):
    """What the text speaks of where `word` stands."""
    return course(text, TOLD_AT).at(text.index(word))


@pytest.mark.parametrize(
    ("text", "word", "nature"),
    [
        ("今天两人被撞，去年此地已死五人", "被撞", Nature.CURRENT),
        ("今天两人被撞，去年此地已死五人", "死", Nature.PAST),
        ("昨天氯气泄漏，1人送医。去年就有一座乐园氯气外泄，造成37人死亡", "死", Nature.PAST),
        ("去年就说要修，到现在还没修，昨天又伤了两人", "伤", Nature.CURRENT),
        ("担心再次爆炸，目前已有三人死亡", "爆炸", Nature.HYPOTHETICAL),
        ("担心再次爆炸，目前已有三人死亡", "死亡", Nature.CURRENT),
        ("如果不是及时疏散，后果不堪设想", "后果", Nature.HYPOTHETICAL),
        ("十年前这里爆炸。当时死了九人。", "死", Nature.PAST),
        ("十年前这里爆炸。昨天又着火了。", "着火", Nature.CURRENT),
        ("原定的演练取消，因为食堂真的着火了", "着火", Nature.CURRENT),
        ("出现十例以上发热时，学校应当停课", "发热", Nature.HYPOTHETICAL),
        ("计划转移危险区群众3200人，已转移900人", "3200", Nature.HYPOTHETICAL),
        ("计划转移危险区群众3200人，已转移900人", "900", Nature.CURRENT),
        ("按计划转移群众3200人", "3200", Nature.CURRENT),
        ("别等塌了、压死几个，你们才想起来查", "压死", Nature.HYPOTHETICAL),
        ("法院披露：爆炸案致19死，被告人当庭表示不上诉", "19", Nature.PAST),
        ("10月全县工伤事故死亡4人，应急局约谈5家企业", "4", Nature.STATISTIC),
        ("今年全县共发生火灾86起，死亡2人", "2", Nature.STATISTIC),
        ("今年这路口已发生三起车祸，昨晚撞死1人", "撞死", Nature.CURRENT),
        ("全县感染人数已达120人，其中2人死亡，死亡率约1.6%", "死亡", Nature.CURRENT),
        ("当地肺癌死亡率上升，十年死亡300人", "300", Nature.STATISTIC),
        ("14日全国共确诊60例，其中13人死亡", "13", Nature.CURRENT),
        ("死亡3人以上10人以下、重伤10人以上50人以下，都叫较大事故", "死亡", Nature.HYPOTHETICAL),
        ("死了6个人的火灾，那年我19岁", "死", Nature.PAST),
        ("昨天撞死一人。前几年这里翻过大巴，死了14个", "撞死", Nature.CURRENT),
        ("昨天撞死一人。前几年这里翻过大巴，死了14个", "14", Nature.PAST),
        ("坠崖案12名死者家属每户获赔136万元", "死者", Nature.PAST),
        ("《Tenement》好看，大火里死了三个人", "死", Nature.HYPOTHETICAL),
        ("《平安路爆燃事故情况》中，死亡人数为3人", "死", Nature.CURRENT),
        ("坍塌事故调查报告向社会公布。该起事故造成4人死亡", "4", Nature.PAST),
        ("11月28日，高二年级三名学生受伤", "受伤", Nature.CURRENT),
        ("我要炸了商场，让两百人陪葬", "炸", Nature.HYPOTHETICAL),
        ("前两起事故带走九条生命，今天这次一人擦伤", "带走", Nature.PAST),
        ("前两起事故带走九条生命，今天这次一人擦伤", "擦伤", Nature.CURRENT),
        ("致23人死亡的案子再审。高院昨天改判，矿主获刑。家属泣不成声，称遇难者走得冤", "遇难", Nature.PAST),
        ("法院今天宣判2023年的爆炸案。该事故造成22人死亡", "22", Nature.PAST),
        ("无预案拉动，设定情景为商场起火、12人死亡", "死亡", Nature.DRILL),
        ("商场起火、12人死亡，现场无真实火情", "死亡", Nature.DRILL),
        ("演练时罐车真的侧翻，队伍转入救援，3人死亡", "死亡", Nature.CURRENT),
        ("演练返程途中，一辆客车坠沟，5人死亡", "死亡", Nature.CURRENT),
        ("演练模拟20人中毒。这不是演练内容。看台坍塌，3人死亡", "中毒", Nature.DRILL),
        ("演练模拟20人中毒。这不是演练内容。看台坍塌，3人死亡", "死亡", Nature.CURRENT),
        ("仓库泄漏，疏散千人。导调组宣布科目完成", "疏散", Nature.DRILL),
        ("仓库泄漏，两人死亡，本次跨区联合演练历时两小时", "死亡", Nature.DRILL),
        ("他在群里扬言“明天去学校，至少带走五个”，被抓获", "带走", Nature.HYPOTHETICAL),
        ("溃坝风险评估报告显示，下游八万人要转移", "转移", Nature.HYPOTHETICAL),
        ("今天山体滑坡，两人遇难，专家正在做风险评估", "遇难", Nature.CURRENT),
        ("矿难夺走12条生命，我们永远铭记", "12", Nature.PAST),
        ("致敬英雄：山林大火里27名队员牺牲", "27", Nature.PAST),
        ("又到4月5日，祭扫矿难中遇难的32名工友", "32", Nature.PAST),
        ("从东区厂房火灾15人死亡，看出租屋之患", "15", Nature.PAST),
        ("今晨大火，2名队员牺牲，致敬英雄", "2", Nature.CURRENT),
        ("化工厂发生爆炸，3人死亡，教训惨痛", "3", Nature.CURRENT),
        ("从爆炸现场看，至少2人死亡", "2", Nature.CURRENT),
        ("今晨煤气泄漏，8人死亡。文后另载：1月31日锅炉检修11人中毒", "11人", Nature.PAST),
        ("今晨煤气泄漏，8人死亡。文后另载：1月31日锅炉检修11人中毒", "8人", Nature.CURRENT),
        ("今晨落石，1人死亡。案例：10月2日景区落石6人受伤；10月23日落石3人死亡", "3人", Nature.PAST),
        ("典型案例：昨日一工地坍塌，2人死亡。今年以来无同类事故", "2人", Nature.CURRENT),
        ("今晨起火，1人死亡。旧闻链接：厂房大火12人遇难", "12人", Nature.PAST),
    ],
)
def test_the_cue_that_governs_a_spot_says_what_it_speaks_of(text, word, nature):
    assert at(text, word) is nature


@pytest.mark.parametrize(
    ("text", "rumour", "told"),
    [
        ("近日有网帖称铸造厂炸死十二人。经核实：一名工人死亡，不存在“十二人死亡”", "十二", "一名"),
        ("一段视频流传，称渡船翻沉，淹死20人。经查，当天没有任何此类险情，另一条船上2人落水", "20", "2人"),
        ("语音在业主群转发，说商场压死15人。区里回应：当天闭店，不存在语音所说的情况", "15", "闭店"),
        ("有人发帖说大火烧死六人。经核实，店主1人烫伤，六人遇难的说法没有根据", "六人", "1人"),
        ("【公交坠江死二十二人？官方辟谣】昨晚全部车辆均已归场，江面1艘渔船未见异常", "二十二", "1艘"),
        ("网民所述“冷库氨漏毒死九人”与实情不符，一名维修工死亡", "九", "一名"),
        ("四十名孩子中毒？教育局：并无此事，该园当天93名幼儿均正常离园", "四十", "93"),
        ("“矿上埋了9个”？应急局：没有此事，只有1人扭伤", "9", "1人"),
        ("一份“警情通报”流传，称车棚纵火烧死4人。警方称未发此通报。现场1人烫伤", "4", "1人"),
    ],
)
def test_what_others_claim_is_denied_and_what_the_office_itself_tells_is_not(text, rumour, told):
    course_ = course(text)
    assert course_.denied(text.index(rumour))
    assert not course_.denied(text.index(told))


def test_a_rumour_called_one_is_denied_and_what_follows_is_not():
    text = "网传死了二十人系谣言，实际三人轻伤"
    told = course(text)
    assert told.denied(text.index("二十"))
    assert not told.denied(text.index("三人"))


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("昨日发布的“疏散18000人”有误，实际疏散1800人", "18000", "1800人"),
        ("通稿中“损失3000万元”系多写一个零，应为300万元", "3000", "300万"),
        ("误将“死亡2人”写成“死亡12人”", "12人", "亡2人"),
        ("把“死亡4人”误写为“死亡34人”", "34", "4人”误"),
        ("辟谣！“水库溃坝，下游一百人失踪”的内容不实，实际无人转移", "一百", "无人"),
        ("帖文说的十二死，纯属编造。实情为五人轻伤", "十二", "五人"),
        ("帖子里说的十五人死亡没有依据，真实情况是3人轻伤", "十五", "3人"),
        ("网传桥塌死了9人。经核查：今日7时护栏被撞，1人轻伤。网传内容严重失实", "9人", "1人"),
    ],
)
def test_a_figure_that_is_called_wrong_is_denied_and_the_right_one_is_not(text, wrong, right):
    told = course(text)
    assert told.denied(text.index(wrong))
    assert not told.denied(text.rindex(right))


def test_what_a_denial_says_did_not_happen_is_denied():
    text = "辟谣！食堂没有吃倒30个学生，两个孩子积食。"
    told = course(text, TOLD_AT)
    assert told.denied(text.index("30"))
    assert not told.denied(text.index("两个"))


def test_a_quoted_rumour_is_denied_where_the_text_denies_one():
    text = "关于“大巴翻车死了二十人”网传信息的核查。货车司机一人死亡。请勿信谣传谣。"
    told = course(text)
    assert told.denied(text.index("二十"))
    assert not told.denied(text.index("一人"))


def test_a_text_without_cues_speaks_of_now_everywhere():
    assert course("楼下着火了").plain
    assert course("").plain
