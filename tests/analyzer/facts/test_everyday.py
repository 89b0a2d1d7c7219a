import pytest

from analyzer.facts import find_facts
from analyzer.model import FactKind
from analyzer.nature import judge
from tests.analyzer.labelled import TOLD_AT


def told(text):
    """Kind and value of every figure of today that is not zero, in order."""
    facts = find_facts(text, nature=judge(text, TOLD_AT).nature, told_at=TOLD_AT)
    return [(f.kind.value, f.value) for f in facts if f.value and f.status.value == "current"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("货车冲进集市，撞飞了三个，碾断一个人的腿", [("injured", 3), ("injured", 1)]),
        ("油锅翻了，烫着两个帮厨的", [("injured", 2)]),
        ("氯气漏了，呛倒了五个", [("ill", 5)]),
        ("河水一涨，卷走了俩钓鱼的", [("missing", 2)]),
        ("屋顶塌了，底下还压着四个", [("trapped", 4)]),
    ],
)
def test_a_verb_of_force_with_its_result_before_a_figure_says_what_was_done(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("水塘里捞上来两个娃，都硬了", [("deaths", 2)]),
        ("瓦斯爆炸，送上来三个，全没救了", [("deaths", 3)]),
        ("翻车了，一个大姐头磕在路牙上，手都断了", [("injured", 1)]),
        ("楼着火了，六楼有九个人下不来", [("trapped", 9)]),
        ("吃完酒席，我们那桌七个都在拉", [("ill", 7)]),
        ("渡船沉了，还有六个没捞着", [("missing", 6)]),
    ],
)
def test_what_became_of_people_stands_behind_their_figure_or_in_the_next_clause(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("出车祸了，盖白布的有两个", [("deaths", 2)]),
        ("煤气爆炸，抬上救护车的至少有五个", [("injured", 5)]),
        ("酒席吃坏了，倒了一大片，三十来个", [("ill", 30)]),
    ],
)
def test_those_of_whom_something_is_true_are_counted(text, wanted):
    assert told(text) == wanted


def test_those_struck_are_no_figure_of_their_own_where_the_fate_of_each_is_told():
    assert told("塔吊砸到三个，一个没了两个重伤") == [("deaths", 1), ("serious_injured", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "公司今年走了六个",
        "冰箱里的两个蛋糕没了",
        "这局排位我方没了四个",
        "养鱼的缸漏了，鱼死了俩",
        "着火那天楼里有十二个人，都出来了",
        "大巴坏在路上，车上有四十个人",
        "出了事故，带着3个徒弟去看现场",
        "火锅吃完，一个个都走了",
        "摔了两个碗，烧坏三个插座",
        "洪水退了，我们撞见三个老同学",
    ],
)
def test_the_same_words_of_what_is_no_harm_to_people_give_nothing(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("吃席吃坏了，躺医院的都四十多了", [("ill", 40)]),
        ("地盘冧棚，压住咗两个，仲有三个未救出嚟", [("trapped", 2), ("trapped", 3)]),
        ("几个人中招？——全车间，九个", [("ill", 9)]),
        ("翻车了，背上来八个，能喘气的就三个", [("deaths", 5)]),
    ],
)
def test_figures_without_measure_word_in_answers_and_in_cantonese_are_read(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize("piece", ["砸了3个人，", "3个没了", "2个都硬了，", "底下还有4个", "抬走5个，一个没了，"])
def test_hundred_thousand_characters_of_talk_are_read_in_bounded_time(piece):
    find_facts((piece * (100_000 // len(piece)))[:100_000])


@pytest.mark.parametrize(
    "remark", ["市长应该引咎辞职", "电影都不敢这么拍", "记者写的跟小说一样", "整天开会演练，就是不干实事"]
)
def test_what_is_said_of_anybody_beside_it_takes_no_figure_away(remark):
    assert told(f"{remark}。货车冲进放学的人群，撞倒七八个学生") == [("injured", 7)]
    assert told(f"货车冲进放学的人群，撞倒七八个学生，{remark}") == [("injured", 7)]


def test_a_remark_makes_no_danger_of_which_figures_would_tell():
    assert told("医院领导只会做表面文章。这场比赛我们拿下了七八个") == []


@pytest.mark.parametrize(
    "words",
    ["溺毙", "捐躯", "献出了生命", "未能幸免", "回天乏术", "停止了心跳", "窒息而亡", "遭遇不幸", "被掐死", "丢了性命"],
)
def test_many_words_say_that_people_died(words):
    facts = find_facts(f"昨天下午工地坍塌，3名工人{words}。")
    assert [f.value for f in facts if f.kind is FactKind.DEATHS] == [3]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("车祸中3人手指被轧断。", FactKind.INJURED),
        ("爆炸致3人双目失明。", FactKind.INJURED),
        ("山洪暴发，3人尚未取得联系。", FactKind.MISSING),
        ("山洪暴发，3人不知去向。", FactKind.MISSING),
        ("午饭后3名学生四肢麻木。", FactKind.ILL),
        ("登革热疫情中共报告3例。", FactKind.ILL),
        ("霍乱疫情中，患者3名。", FactKind.ILL),
        ("昨天3农妇触电身亡。", FactKind.DEATHS),
    ],
)
def test_many_words_say_what_befell_people(text, kind):
    assert [f.value for f in find_facts(text) if f.kind is kind] == [3]
