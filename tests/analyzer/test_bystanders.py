import pytest

from analyzer.bystanders import without_bystanders


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
