import pytest

from analyzer.scope.bystanders import without_bystanders
from analyzer.scope.remarks import without_remarks


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("停电两天了，局长您出来走两步", "停电两天了"),
        ("这届政府，唉。小区停水三天了", "唉。小区停水三天了"),
        ("停水三天了书记辛苦。孩子没法洗澡", "停水三天了。孩子没法洗澡"),
        ("停电两天了供电公司的师傅是真男人", "停电两天了"),
        ("部长来了就踏实了//张三：河堤决口了", "河堤决口了"),
        ("赢麻了//@某某：停电两天了", "停电两天了"),
        ("心凉透了//@甲：呵呵//@【用户】：停电两天了", "停电两天了"),
        ("局长出来走两步 停电两天了", "停电两天了"),
    ],
)
def test_whoever_stands_beside_a_matter_is_left_out(text, told):
    assert without_bystanders([text]) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "局长您出来走两步",
        "医生把止血钳落在病人肚子里了",
        "谁能帮帮我们，家里停水三天了",
        "三个工人没出来，工地塌方了",
        "河堤决口了，哪位老师有船的好心过来一趟",
        "路塌了，司机在底下喊",
        "暖气停了，求师傅上门",
        "我家也停水了//@某某：停电两天了",
        "谁家有发电机//@某某：停电两天了",
    ],
)
def test_what_is_told_stays(text):
    assert without_bystanders([text]) == [text]


def test_a_batch_is_read_text_by_text():
    texts = ["停水了，书记在哪", "今天天气好", "着火了，感谢邻居"]
    assert without_bystanders(texts) == [one for text in texts for one in without_bystanders([text])]


@pytest.mark.parametrize(
    "remark",
    [
        "热力公司的经理就是个混子",
        "公交车司机脾气爆得很",
        "县医院的院长医德高尚",
        "社保大厅的志愿者服务贴心",
        "供电所所长是个老好人",
        "电力工人才是最可爱的人",
    ],
)
def test_where_somebody_works_who_is_judged_beside_a_matter_is_not_read(remark):
    matter = "大雪封山，国道上堵了几十辆车，没吃的没热水"
    for text in (f"{remark}！{matter}", f"{matter}。{remark}"):
        (kept,) = without_bystanders(without_remarks([text]))
        assert kept.strip("。") == matter


@pytest.mark.parametrize(
    "clause",
    ["公交司机不停站", "幼儿园老师扎了孩子", "窗口的人让我去别处问", "路过客运站", "增加窗口"],
)
def test_what_somebody_at_work_did_or_left_undone_is_read(clause):
    (kept,) = without_bystanders(without_remarks([f"{clause}，家里停水三天"]))
    assert kept == f"{clause}，家里停水三天"
