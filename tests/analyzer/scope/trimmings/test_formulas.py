"""What letters, offices and channels always say goes; what they say besides stays."""

import pytest

from analyzer.scope.trimmings import without_trimmings

MATTER = "三号楼的水管爆了，楼道里全是水"


@pytest.mark.parametrize(
    "said",
    [
        "尊敬的领导：您好！{}",
        "县长您好：{}",
        "{}\n此致\n敬礼！\n一位市民",
        "{}，特此反映。",
        "{}\n回复：网友您好，您的留言已收悉，我们已转相关单位办理，感谢您的关注与支持。",
        "{}。请耐心等待后续处理结果。",
        "{}。请大家互相转告，转给家人群、朋友群，多一个人看到就多一份平安！",
        "{}（转存备用）",
        "{}\n点击上方蓝字关注我们，设为星标不迷路",
        "{}\n版权声明：本文转载自网络，版权归原作者所有，如有侵权请联系删除。",
        "{}\n免责声明：以上内容仅代表个人观点，不代表本平台立场，图文无关。",
        "{}（内容由网友提供，转载请注明出处）",
        "这件事刷屏了！看到最后我沉默了……{}",
        "{}（未完，见下条）",
    ],
)
def test_a_formula_is_left_out(said):
    assert without_trimmings([said.format(MATTER)])[0].strip("，。 ") == MATTER


@pytest.mark.parametrize(
    "text",
    [
        "尊敬的自来水公司领导，我家停水三天",
        "您反映的石榴坡路面塌边问题已核实，系渗水所致",
        "感谢消防员的支持，火已经灭了",
        "请大家转告青石街的住户，明早八点停水",
        "请大家马上转移",
        "点击缴费就报错，交不了水费",
        "关注青石河水位",
        "图片里的裂缝一天比一天宽",
        "内容由物业提供，水箱三年没洗",
    ],
)
def test_what_tells_of_a_matter_stays(text):
    assert without_trimmings([text]) == [text]
