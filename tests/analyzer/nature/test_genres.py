import pytest

from analyzer.nature.genres import advises, blasts, films, invents, tallies, threatens


@pytest.mark.parametrize(
    "text",
    [
        "火场逃生记住三句话\n小火快跑，浓烟关门；不要坐电梯，别往楼上跑。",
        "雷雨天请勿在树下避雨，切勿触摸金属物体",
        "闻到燃气味道怎么做\n先关总阀，再轻轻开窗，千万别开灯。",
    ],
)
def test_what_to_do_in_case_is_advice(text):
    assert advises(text)


@pytest.mark.parametrize(
    "text",
    [
        "因货车侧翻漏油，请绕行，不要靠近，切勿停车",
        "今天停水，请勿饮用管道水，不要恐慌",
        "我家煤气漏了，不要开灯，快来人",
    ],
)
def test_orders_beside_a_happening_are_none(text):
    assert not advises(text)


@pytest.mark.parametrize(
    "text",
    [
        "今年以来全市共发生火灾213起，同比下降12%",
        "第三季度处置燃气事故14起，同比减少9起",
        "2025年全年累计报告手足口病412例",
    ],
)
def test_figures_of_a_period_are_a_tally(text):
    assert tallies(text)


@pytest.mark.parametrize("text", ["截至今天18时，共转移群众1.2万人", "昨天全市共发生火灾3起，累计过火20亩", "停水3天"])
def test_figures_of_a_happening_are_none(text):
    assert not tallies(text)


@pytest.mark.parametrize(
    "text", ["旧电厂烟囱定向爆破圆满成功，无人员受伤", "水塔今日按计划爆破拆除，周边3000名居民提前疏散"]
)
def test_what_is_blown_up_as_planned_is_no_explosion(text):
    assert blasts(text)


@pytest.mark.parametrize(
    "text", ["爆破拆除作业按计划进行时4名工人被埋", "采石场爆破作业引发塌方事故", "仓库爆炸，消防成功处置"]
)
def test_a_blast_that_hurts_somebody_is_one(text):
    assert not blasts(text)


@pytest.mark.parametrize(
    "text",
    [
        "他扬言“炸掉商场，死一百个”，已被抓获",
        "网民发帖称“今晚炸了车站”，民警找到发帖人，其供认不讳",
        "酒鬼在楼道里吼“烧死你们七口人”，被邻居劝走",
    ],
)
def test_what_somebody_only_threatens_is_no_happening(text):
    assert threatens(text)


@pytest.mark.parametrize(
    "text",
    [
        "男子扬言杀人后砍伤3人，被当场控制",
        "他扬言要炸楼，没人管",
        "他吼“全炸了拉倒”，真把煤气罐点了，现在人被带走了",
        "他喊“一起死”，炸死4个人，已被控制",
        "他喊着“烧死你们”，随后点了楼道里的车，人被带走",
        "物业恐吓业主说要停水，请领导排查" + "，我们投诉多次" * 50,
    ],
)
def test_a_threat_that_came_true_or_a_complaint_is_something_else(text):
    assert not threatens(text)


@pytest.mark.parametrize(
    "text",
    [
        "影视基地今晚拍摄油罐爆炸戏，已报备，居民不必担心",
        "古城楼上的火光系剧组拍摄攻城戏，消防车现场值守",
        "老船厂在拍爆炸那场戏，群演躺了一地",
    ],
)
def test_what_burns_for_a_film_has_not_happened(text):
    assert films(text)


@pytest.mark.parametrize(
    "text",
    [
        "剧组拍摄爆破戏时发生爆炸，两名群众演员死亡",
        "剧组在小区拍夜戏天天放炮，噪音扰民",
        "剧组在小区拍戏，电线着火了",
        "影视城摄影棚起火，剧组正在拍戏，群众演员已撤出",
        "以为剧组在拍火场戏，走近才知道道具库着了",
    ],
)
def test_a_shooting_that_hurts_or_annoys_somebody_is_another_matter(text):
    assert not films(text)


@pytest.mark.parametrize(
    "text", ["影评：《井下》", "影片一开场矿井就塌了，31人死亡，今日上映", "观后感：大火烧死了28个工人"]
)
def test_a_film_tells_a_story(text):
    assert invents(text)
