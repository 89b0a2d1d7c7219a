from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analyzer.model import Nature
from analyzer.nature import Judgement, genres, judge
from analyzer.patterns.scan import plain_of
from tests.analyzer.labelled import TOLD_AT, f1, lines

SET = lines("nature.jsonl")


def nature(text):
    return judge(text, TOLD_AT).nature


def test_the_labelled_natures_are_judged():
    right = sum(nature(line["text"]).value == line["nature"] for line in SET)
    assert len(SET) >= 200
    assert right >= 0.93 * len(SET)


@pytest.mark.parametrize("flag", ["refutes", "resolves", "answers"])
def test_labelled_denials_endings_and_answers_are_seen(flag):
    pairs = [([1] * line.get(flag, False), [1] * getattr(judge(line["text"], TOLD_AT), flag)) for line in SET]
    assert f1(pairs) >= 0.93


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("消防演练，模拟3人被困", Nature.DRILL),
        ("演练进行到一半，实验室真的起火了", Nature.CURRENT),
        ("平时常搞演练，今天起火时学生两分钟就撤完了", Nature.CURRENT),
        ("十年前的今天，这座矿爆炸了", Nature.PAST),
        ("去年塌过的那段路今天又塌了", Nature.CURRENT),
        ("从去年十一月停暖到现在", Nature.CURRENT),
        ("今年以来全市发生火灾213起，死亡6人", Nature.STATISTIC),
        ("如果水库垮了，我们村全淹了", Nature.HYPOTHETICAL),
        ("防汛预案修订：遇超警洪水，沿江6个村2600人须在2小时内转移", Nature.HYPOTHETICAL),
        ("昨夜遭遇洪水，2600人须连夜转移", Nature.CURRENT),
        ("墙都裂了，万一塌了怎么办", Nature.CURRENT),
        ("电影里那场大火太真实了", Nature.HYPOTHETICAL),
        ("大桥垮塌的桥段太假了", Nature.HYPOTHETICAL),
        ("昨晚攻城，我们帮炸死对面88人，自己只死了7个", Nature.HYPOTHETICAL),
        ("地铁6号线柳桥段突发故障，停运两小时", Nature.CURRENT),
        ("AI做出来的洪水淹了半个城，还有人转", Nature.HYPOTHETICAL),
        ("平台用AI生成的简报说昨天停水三小时", Nature.CURRENT),
        ("有人扬言要炸掉小区", Nature.HYPOTHETICAL),
        ("网传“校车坠河”视频为境外旧闻", Nature.CURRENT),
        ("今天天气真好", Nature.CURRENT),
        ("四十年前的石桥只容一人过，如今八车道通江", Nature.PAST),
        ("1978年的那场大水冲走了半条街。如今这里是公园。", Nature.PAST),
        ("被告人今日被判刑，那次坍塌压死了两个工人", Nature.PAST),
        ("1998年建的桥，前几天桥墩裂了", Nature.CURRENT),
        ("当年说好供暖到位，如今暖气片摸着冰凉", Nature.CURRENT),
        ("三年前就报修的变压器，请尽快更换", Nature.CURRENT),
        ("某煤矿瓦斯爆炸，死亡9人。该起事故等级为（  ）。", Nature.HYPOTHETICAL),
        ("第十七章 矿难\n“死了四十七个。”老队长说。（未完待续）", Nature.HYPOTHETICAL),
        ("山洪灾害风险提示\n目前尚无险情", Nature.HYPOTHETICAL),
        ("可能引发山洪，发布山洪灾害红色预警", Nature.CURRENT),
        ("镇里组织收看某地矿井透水19人死亡警示片，要求各矿自查", Nature.PAST),
        ("培训时放了那个粉尘爆炸26人遇难的案例", Nature.PAST),
        ("培训老师说那起爆炸损失两个亿", Nature.PAST),
        ("今天警示教育会进行时顶棚坍塌，3人死亡", Nature.CURRENT),
        ("昨天基坑坍塌致3人死亡，县里召开警示教育会", Nature.CURRENT),
        ("楼道漏水成了典型案例，三年没人管", Nature.CURRENT),
        ("专家解读火灾年报：住宅火灾死亡17人", Nature.STATISTIC),
        ("考场外出了车祸，今年报名的人多", Nature.CURRENT),
        ("消防演练，模拟3人中毒。观摩台塌了。这不是演练内容。事故造成2人死亡", Nature.CURRENT),
    ],
)
def test_a_post_is_current_as_soon_as_one_clause_tells_of_something_real(text, wanted):
    assert nature(text) is wanted


@pytest.mark.parametrize(
    "text",
    ["这到底是不是谣言？", "我发誓不是谣言", "求辟谣", "凭什么说我造谣", "请大家不信谣不传谣", "地震谣言请勿传播"],
)
def test_asking_and_contradicting_are_no_denials(text):
    assert not judge(text).refutes


@pytest.mark.parametrize("text", ["公司宣称的优惠子虚乌有", "社区的回复与事实不符", "现场未发生爆炸，也无人员伤亡"])
def test_a_denial_needs_a_rumour(text):
    assert not judge(text).refutes


@pytest.mark.parametrize(
    "text",
    [
        "什么时候恢复供电",
        "预计今晚恢复供水",
        "来了十分钟又停了",
        "部分区域已恢复供电",
        "承诺月底恢复运行",
        "必须讨回工资",
    ],
)
def test_what_is_hoped_for_or_promised_is_not_over(text):
    assert not judge(text).resolves


@pytest.mark.parametrize(
    "text", ["物业一直没有回应", "求相关部门派人来看看", "尊敬的领导您好，向您反映停水", "回复说已派人，结果没人来"]
)
def test_complaints_about_silence_are_no_answers(text):
    assert not judge(text).answers


def test_a_date_long_before_the_post_tells_of_the_past():
    text = "2015年8月仓库爆炸造成16人受伤"
    assert nature(text) is Nature.PAST
    assert judge(text, datetime(2015, 8, 20, tzinfo=UTC)).nature is Nature.CURRENT
    assert judge(text).nature is Nature.CURRENT


OPINIONS = [
    "领导真不作为！",
    "给政府点赞。",
    "说一套做一套，没意思。",
    "垃圾政府！",
    "医生护士都很负责，感谢！",
    "局长滚蛋！",
]


@given(st.sampled_from([line["text"] for line in SET]), st.sampled_from(OPINIONS))
def test_praise_and_blame_before_or_behind_do_not_change_what_a_post_tells_of(text, opinion):
    assume(not genres.advises(plain_of(text)))  # whose make is that of its first words
    assert nature(f"{text.rstrip('。')}。{opinion}") is nature(text)
    assert nature(f"{opinion}{text}") is nature(text)


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_no_text_breaks_the_judge(text):
    assert isinstance(judge(text, TOLD_AT), Judgement)


@pytest.mark.parametrize(
    "piece",
    [
        "如果",
        "去年",
        "演练",
        "不",
        "已",
        "恢复",
        "经核实",
        "网传",
        "应急局",
        "为",
        "，",
        "\n",
        "同比",
        "请勿",
        "2020年",
    ],
)
def test_hundred_thousand_characters_of_one_piece_are_judged_in_bounded_time(piece):
    judge((piece * (100_000 // len(piece))), TOLD_AT)


@pytest.mark.parametrize(
    "remark",
    [
        "整天就知道搞演练",
        "演练演给谁看",
        "光会演练有什么用",
        "十年前的政府可不是这样",
        "二十年前的警察才叫警察",
    ],
)
def test_a_remark_on_what_offices_always_do_or_once_were_makes_no_drill_and_no_old_story(remark):
    assert nature(f"{remark}。河东新村燃气泄漏，已经有人头晕") is Nature.CURRENT


def test_a_drill_of_now_stays_one_whoever_is_praised():
    assert nature("消防支队举行演练，模拟仓库起火，3人被困。消防员真棒") is Nature.DRILL
