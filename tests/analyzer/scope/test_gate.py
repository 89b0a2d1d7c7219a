"""The scope gate: what it takes in, what it drops, and what must not sway it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import FactKind, Nature, Scope, TopicScore
from analyzer.scope.gate import ScopeJudgement, ScopeReader, settled
from analyzer.scoring.calibration import bundled
from analyzer.text import normalise
from analyzer.topics import topic_list
from tests.builders import fact

READER = ScopeReader.load()

INSIDE = [
    ("hazard.fire", "青石巷三号楼着火了，黑烟直冒，有老人还没下来，快打119"),
    ("hazard.flood", "河水漫过堤坝，下坝村一楼全淹了，我们被困在屋顶"),
    ("hazard.earthquake", "刚刚地震了，震感明显，吊灯晃了好几秒，大家都跑下楼了"),
    ("hazard.explosion", "城西化工厂发生爆炸，一声巨响震碎玻璃，附近居民正在疏散"),
    ("hazard.traffic", "今晨六时许，绕城高速一辆大货车追尾客车，造成三人死亡、五人受伤"),
    ("hazard.equipment", "我家这栋电梯又困人了，老人和孩子在里面关了四十分钟"),
    ("hazard.food_poisoning", "某小学三十多名学生午餐后呕吐腹泻，疑似食物中毒，正在医院治疗"),
    ("service.water", "兰亭苑停水两天了，高层老人提水爬楼，什么时候能恢复供水"),
    ("service.power", "三十八度的天，全小区停电五个小时了，供电局电话打不通"),
    ("service.wages", "工地老板拖欠我们三十多人工资半年了，劳动监察也没给说法"),
    ("service.gas", "停气第三天，燃气公司只说在抢修，全楼没法做饭"),
    ("service.heating", "供暖都半个月了，暖气片冰凉，家里只有十二度，老人冻感冒了"),
]
OUTSIDE = [
    "这家火锅店火了，排队两小时才吃上，毛肚真香",
    "昨晚的比赛太精彩了，主队连进三球逆转夺冠",
    "新剧今晚开播，男主演技在线，期待",
    "大盘低开高走，新能源板块领涨，创业板指收涨",
    "周末在家撸猫看书，岁月静好",
    "红烧肉的做法：五花肉切块焯水，小火慢炖四十分钟",
    "新款手机发布会定档下月，芯片和影像全面升级",
    "某国总统与来访外长举行会谈，双方就双边关系交换意见",
]
ASIDES = ["顺便说一句，张主任这个人真不错。", "李局长这人说话真难听。", "给那位领导点个赞！", "那个人就知道摆架子。"]


def judge(text):
    return READER.read(normalise(text))


@pytest.mark.parametrize(
    "text", ["楼梯断了下不去，6楼，4口人，有一个瘫痪的", "被埋的两名民工挖出来时已经没有了生命迹象"]
)
def test_a_rescue_is_no_earthquake_without_a_word_of_shaking(text):
    assert "hazard.earthquake" not in [topic.code for topic in judge(text).topics[:1]]


def test_what_swings_and_shatters_is_one():
    assert judge("刚才教室里的吊扇来回甩，吊灯摆得厉害，老师喊大家钻桌子底下").topics[0].code == "hazard.earthquake"


@pytest.mark.parametrize(("code", "text"), INSIDE)
def test_a_matter_of_concern_is_taken_in_under_its_topic(code, text):
    judged = judge(text)
    assert judged.scope is Scope.IN
    assert judged.topics[0].code == code


@pytest.mark.parametrize("text", OUTSIDE)
def test_other_talk_is_dropped_without_a_topic(text):
    judged = judge(text)
    assert judged.scope is Scope.OUT
    assert judged.topics == ()


def test_the_examples_of_the_list_are_in_scope():
    texts = [(topic.code, example) for topic in topic_list().topics for example in topic.examples]
    judged = READER.read_many([normalise(text) for _, text in texts])
    lost = [text for (_, text), one in zip(texts, judged, strict=True) if one.scope is Scope.OUT]
    assert len(lost) <= 0.03 * len(texts), lost
    right = sum(code in {topic.code for topic in one.topics} for (code, _), one in zip(texts, judged, strict=True))
    assert right >= 0.8 * len(texts)


def test_the_counter_examples_of_the_list_are_not_in_scope():
    texts = [example for topic in topic_list().topics for example in topic.counter_examples]
    judged = READER.read_many([normalise(text) for text in texts])
    taken = [text for text, one in zip(texts, judged, strict=True) if one.scope is Scope.IN]
    assert len(taken) <= 0.1 * len(texts), taken


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize(("code", "text"), INSIDE)
def test_praise_and_criticism_of_anybody_change_neither_scope_nor_topic(code, text, aside):
    judged = judge(f"{text}。{aside}")
    assert (judged.scope, judged.topics[0].code) == (Scope.IN, code)


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("text", OUTSIDE)
def test_praise_and_criticism_bring_nothing_in(text, aside):
    assert judge(f"{text}。{aside}").scope is not Scope.IN


@pytest.mark.parametrize(("code", "text"), INSIDE)
@pytest.mark.parametrize("town", ["云河县", "南塘镇", "柳林市"])
def test_the_towns_name_changes_nothing(code, text, town):
    judged = judge(f"{town}{text}")
    assert (judged.scope, judged.topics[0].code) == (Scope.IN, code)


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("停水48小时了，3栋的老人没水用", "停水４８小时了，３栋的老人没水用"),
        ("对面楼着火了，浓烟滚滚", "對面樓著火了，濃煙滾滾"),
        ("全小区停电一整天了，供电所没人接电话", "全小区亭电一整天了，供电所没人接电话"),
    ],
)
def test_width_script_and_a_typo_do_not_change_the_topic(plain, other):
    first, second = judge(plain), judge(other)
    assert first.scope is second.scope is Scope.IN
    assert first.topics[0].code == second.topics[0].code


@pytest.mark.parametrize("cry", ["东街着火了", "三号矿冒烟了", "我们楼漏气了", "河西桥头翻车了", "永安巷停水"])
def test_a_cry_is_a_matter_whatever_marks_end_it(cry):
    calmly, *others = READER.read_many([normalise(cry + marks) for marks in ("", "！", "!!!", "……", "～")])
    assert calmly.scope is Scope.IN
    assert [other.scope for other in others] == [Scope.IN] * 4


def test_a_batch_is_judged_like_its_texts():
    texts = [normalise(text) for _, text in INSIDE] + OUTSIDE
    alone = [READER.read(text) for text in texts]
    for one, other in zip(READER.read_many(texts), alone, strict=True):
        assert one.scope is other.scope
        assert [topic.code for topic in one.topics] == [topic.code for topic in other.topics]


def test_no_texts_give_no_judgements():
    assert READER.read_many([]) == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\ud800", "😂😂😂", "\u202e\u202c", "1 " * 10_000, "哈" * 1_000_000, "着火了" * 100_000],
)
def test_where_there_is_nothing_to_judge_it_says_unsure(text):
    judged = judge(text)
    assert (judged.scope, judged.topics) == (Scope.UNSURE, ())


def test_a_megabyte_of_text_is_judged_by_its_ends():
    assert judge("小区停水两天了，没人管。" + "".join(chr(0x4E00 + n % 3000) for n in range(1_000_000))).topics


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_probabilities_are_probabilities_and_topics_are_listed(text):
    judged = judge(text)
    assert 0 <= judged.probability <= 1
    assert all(0 <= topic.probability <= 1 and topic.code in topic_list().codes for topic in judged.topics)
    assert judged.scope is not Scope.IN or judged.topics
    assert judged.scope is not Scope.OUT or not judged.topics


@pytest.mark.parametrize(
    "text",
    ["镇长每天走路上下班，路上见人就笑", "听说区里又要换届了，谁上谁下跟咱没关系", "部长出访三国，今天上午抵达机场"],
)
def test_what_names_an_office_and_no_matter_is_dropped(text):
    assert READER.read(normalise(text)).scope is Scope.OUT


def test_an_office_beside_a_matter_hides_nothing():
    assert READER.read(normalise("镇长都来了，河堤决口，下湾村被淹")).scope is Scope.IN


@pytest.mark.parametrize(
    ("code", "told", "scope"),
    [
        ("hazard.fire", fact(), Scope.IN),
        ("hazard.fire", fact(FactKind.MISSING, 1), Scope.IN),
        ("hazard.fire", fact(value=0), Scope.UNSURE),
        ("hazard.fire", fact(status=Nature.PAST), Scope.UNSURE),
        ("hazard.fire", fact(FactKind.EVACUATED), Scope.UNSURE),
        ("service.medical", fact(), Scope.UNSURE),
    ],
)
def test_a_hazard_told_with_its_dead_is_not_left_unsure(code, told, scope):
    judged = ScopeJudgement(scope=Scope.UNSURE, probability=0.4, topics=(TopicScore(code=code, probability=0.3),))
    assert settled(judged, [told]).scope is scope
    assert settled(ScopeJudgement(scope=Scope.OUT, probability=0.1), [told]).scope is Scope.OUT


@pytest.mark.parametrize(
    "text",
    ["她在河中间抱着木头，快撑不住了", "小孩扒着桥墩，大人拉不住他了", "姑娘挂在阳台外面，手快抓不住了"],
)
def test_who_hangs_on_and_cannot_much_longer_is_in_danger(text):
    assert ScopeReader.load().read(text).scope is Scope.IN


@pytest.mark.parametrize("text", ["攀岩馆里抓着岩点，快坚持不住了", "趴在桌上写作业，快撑不住了"])
def test_who_plays_or_works_so_is_not(text):
    assert ScopeReader.load().read(text).scope is not Scope.IN


CAUTIOUS = replace(bundled(), in_from=2, hazard_from=2, bare_from=2, unsure_from=2)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("屋后那面坡一直在往下掉土，墙根的缝能塞进拳头", Scope.UNSURE),
        ("一桌人吃完席全躺下了，脸都绿的", Scope.UNSURE),
        ("水龙头拧开只滴答几滴，做饭都得等后半夜", Scope.OUT),
        ("屋里冷得像冰窖，老人穿着棉袄睡", Scope.OUT),
    ],
)
def test_a_hazard_that_no_word_names_is_kept_on_less_than_a_service(text, scope):
    assert ScopeReader(CAUTIOUS).read(normalise(text)).scope is scope


@pytest.mark.parametrize("text", ["他牵我手的时候心里八级地震", "这对同框，糖分大爆炸"])
def test_a_hazards_name_that_is_not_believed_is_a_figure_of_speech(text):
    assert judge(text).scope is Scope.OUT


@pytest.mark.parametrize(
    "text",
    [
        "台上的人又要连任了，章程里写的那些限制说没就没",
        "边境那边打了半年，同学一家挤在车站里过冬",
        "天黑以后河岸上点起一片烛光，人们为入狱的诗人唱了一夜",
        "外公走得很安静，我们照他的话没有摆酒",
    ],
)
def test_what_is_likelier_public_life_or_mourning_than_a_matter_is_not_kept(text):
    assert judge(text).scope is Scope.OUT
