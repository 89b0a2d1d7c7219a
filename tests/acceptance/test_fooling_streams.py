"""Streams that try to raise, hide or double a figure: templates, tails, tales retold, rumours, films, far countries."""

import random

import pytest

from analyzer.model import Basis, EventStatus, FactKind, Tier
from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from tests.acceptance.streams import asked, highest, kinds, line, official, replayed, stands

LUCK = random.Random(7)  # the same stream at every run
TAILS = ("", "！", "求扩散", "[蜡烛]", "@所有人", "转", "太惨了", "…", "#鼎盛化工#", "速转！")


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(None))


def media(number, text, minutes=0, **more):
    return line(number, text, minutes, authority="media", **{"source": "news", **more})


def deaths(event, basis=Basis.CLAIMED):
    figure = event.figures.get(FactKind.DEATHS)
    return figure and (figure.claimed if basis is Basis.CLAIMED else figure.verified)


@pytest.mark.parametrize(
    "said",
    [
        lambda n: f"鼎盛化工厂爆炸了，死了三十多个人，消息被压下来了{TAILS[n % 10]}{TAILS[n // 10 % 10]}",
        lambda n: f"【爆料】地点：金源大厦 事件：火灾 死亡：{1 + n % 50}人 扩散",
        lambda n: f"速转！鼎盛化工厂炸死{'一二三四五六七八九'[n % 9]}十个工人，没人敢报{TAILS[n % 10]}",
    ],
)
def test_one_text_with_other_tails_or_figures_is_one_witness(reader, said):
    replay = replayed(reader, [line(n, said(n), n % 300) for n in range(600)])

    assert highest(replay) is None
    assert asked(replay)


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("永安巷仓库起火，死了3个人", "，"),
        ("工地欠薪，金茂广场项目部拖欠我们3个月工资", "。"),
        ("永安巷着火", "！"),
        ("东街冒烟了", "！"),
    ],
)
def test_copies_with_praise_or_criticism_behind_them_are_one_witness_as_without(reader, said, mark):
    remarks = ("领导真不是东西，太黑了", "为区政府点赞，领导太负责了！", "市长下台！", "感谢消防员，你们是最可爱的人")
    plainly = replayed(reader, [line(n, said, 3 * n) for n in range(4)])
    remarked = replayed(reader, [line(n, f"{said}{mark}{remarks[n]}", 3 * n) for n in range(4)])

    assert highest(remarked) is highest(plainly)
    assert [event.voices for event, _ in stands(remarked)] == [event.voices for event, _ in stands(plainly)]


def test_a_film_seen_by_three_hundred_raises_nothing(reader):
    said = (
        "《深渊》看哭了，矿难死了30个人那段绝了",
        "昨晚看的电影，大火烧死30个人，全场哭",
        "这部剧第一集就死了30个人",
    )
    replay = replayed(reader, [line(n, f"{said[n % 3]}，推荐{n}", n) for n in range(300)])

    assert highest(replay) is None


def test_a_quake_in_another_country_opens_no_event(reader):
    said = ("土耳其发生7.8级地震，遇难人数升至{}人", "土耳其强震已致{}人死亡", "当地时间6日，土耳其南部地震死亡{}人")
    lines = [media(n, said[n % 3].format(1_000 + 37 * n), 5 * n, source=f"n{n % 8}") for n in range(40)]

    assert stands(replayed(reader, lines)) == []


def test_statistics_told_by_twenty_media_raise_nothing(reader):
    said = ("去年全市交通事故死亡{}人", "前三季度我市发生火灾1200起，死亡{}人", "省统计公报：全年安全事故死亡{}人")
    replay = replayed(reader, [media(n, said[n % 3].format(30 + n), 30 * n, source=f"n{n}") for n in range(20)])

    assert highest(replay) is None


def test_what_is_told_of_years_ago_with_ever_other_figures_raises_nothing(reader):
    said = ("还记得2019年老棉纺厂那场大火吗，死了{}个人", "2019年棉纺厂大火，{}条人命啊", "七年前棉纺厂大火遇难{}人")
    lines = [line(n, said[n % 3].format(LUCK.randint(11, 40)), 20 * n) for n in range(60)]

    assert highest(replayed(reader, lines)) is None


def test_an_official_figure_beside_a_denied_rumour_is_verified(reader):
    said = ("听说玫瑰园小区火灾死了30个", "玫瑰园那场火至少死了30个人", "我同学住玫瑰园，火灾死了三十个人")
    lines = [line(n, said[n % 3], 2 * n) for n in range(9)]
    lines.append(official("o", "玫瑰园小区今晨火灾造成2人死亡、3人受伤，网传“死亡30人”系谣言。", 60))
    replay = replayed(reader, lines)

    verified = [(event, rating) for event, rating in stands(replay) if deaths(event, Basis.VERIFIED)]
    ((event, rating),) = verified
    assert event.status is not EventStatus.REFUTED
    assert (deaths(event, Basis.VERIFIED), rating.verified) == (2, Tier.IV)


def test_a_mere_denial_still_ends_the_rating(reader):
    lines = [
        line(n, said, n) for n, said in enumerate(("西湾码头爆炸死了12个", "西湾码头炸了，12人死亡", "码头爆炸12死"))
    ]
    lines.append(official("o", "网传西湾码头爆炸死亡12人系谣言，请勿传播。", 60))

    assert all(
        rating.tier is None for event, rating in stands(replayed(reader, lines)) if event.by_authority.get("official")
    )


def test_figures_that_grow_from_mouth_to_mouth_leave_the_verified_tier_alone(reader):
    said = ("人民路饭店爆炸听说死了{}个", "饭店那个爆炸，{}人死亡，太吓人", "朋友在现场，说人民路饭店爆炸死了{}人")
    lines = [official("o", "今晨6时，人民路一饭店液化气罐爆炸，造成4人死亡、9人受伤。")]
    lines += [line(n, said[n % 3].format(5 + n), 30 + 3 * n) for n in range(30)]

    assert {rating.verified for event, rating in stands(replayed(reader, lines)) if deaths(event, Basis.VERIFIED)} == {
        Tier.III
    }


def test_a_share_told_by_itself_is_not_added(reader):
    lines = [
        media(1, "校车侧翻事故造成13人死亡，其中8名儿童。"),
        media(2, "校车事故：8名儿童死亡，司机和4名老师也未能幸免。", 10, source="n2"),
        media(3, "校车侧翻，死亡13人中有8名儿童，另有20人受伤", 20, source="n3"),
    ]

    assert {deaths(event) for event, _ in stands(replayed(reader, lines))} == {13}


def test_a_figure_that_falls_and_rises_again_is_corrected_and_raised(reader):
    said = ("造成10人死亡", "死亡人数由10人更正为9人", "死亡人数升至10人")
    replay = replayed(reader, [official(n, f"石门坎煤矿透水事故{one}。", 120 * n) for n, one in enumerate(said)])

    ((event, rating),) = stands(replay)
    assert (deaths(event, Basis.VERIFIED), rating.verified) == (10, Tier.II)
    assert "correction" in kinds(replay)


def test_fires_in_one_road_of_two_towns_are_not_added(reader):
    lines = [
        media(1, "青禾县人民路一民房起火，2人死亡。"),
        media(2, "白石县人民路一民房起火，2人死亡。", 10, region="990201"),
    ]

    assert {deaths(event) for event, _ in stands(replayed(reader, lines))} == {2}


def test_an_office_that_calls_the_pictures_another_province_s_denies_what_is_told_of_here(reader):
    said = ["刚刚，青硖三桥塌了，死了9个人", "青硖三桥垮了，9人死亡，我家就在桥头", "三桥塌了，9个人没了，大家绕行"]
    denial = "青硖市公安局辟谣：网传三桥垮塌视频为五年前外省旧桥事故画面，今日三桥通行正常，没有任何伤亡。"

    event, rating = only(
        replayed(reader, [*[line(n, text, 5 * n) for n, text in enumerate(said)], official(9, denial, 60)])
    )

    assert event.status is EventStatus.REFUTED
    assert event.posts == 4
    assert rating is None or rating.tier is None


def only(replay):
    """The one event there is, with its rating."""
    ((event, rating),) = stands(replay)
    return event, rating
