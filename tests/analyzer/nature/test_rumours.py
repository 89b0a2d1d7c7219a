import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def dead(text, kind=FactKind.DEATHS):
    fact = document_value(find_facts(text), kind)
    return fact.value if fact else 0


@pytest.mark.parametrize(
    "text",
    [
        "有人造谣水库冲走20人、淹死9人，被行拘五日。",
        "男子谎称“商场爆炸炸死12人”被行政拘留。",
        "钱某为涨粉，发视频称“火灾致23人遇难”，被罚款500元。",
        "何某在群里散布厂区爆炸死了30多人，被警方依法行政拘留。",
        "何某在某平台发布“厂区爆炸炸死30人”。11月18日，何某被行政拘留5日。",
        "网民发帖称火灾死了9人。发帖者已被处罚。",
        "有网民散布“仓库起火，7人死亡”的谣言，已批评教育。",
        "所谓“死亡7人”纯属捏造。",
        "“矿上死了六个”是瞎编的，我就在矿上上班",
        "死亡7人纯属瞎编。",
        "谣言：北门桥塌了，死了8个人。真相：桥好好的。",
        "医院死了3个孩子？假的！",
        "网上说车祸死了9个，全是胡说八道。",
        "不要再传幼儿园死了三个孩子了，根本没有的事",
        "博主摆拍“车祸死亡2人”视频，账号被封禁。",
        "男子用AI生成“大火烧死9人”的文章，被刑拘。",
        "矿方谎报死亡2人，已被查处。",
    ],
)
def test_what_is_called_invented_or_punished_as_a_rumour_counts_nobody(text):
    assert dead(text) == 0


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("火灾致1人死亡。孙某造谣死亡20人，被行拘", 1),
        ("火灾造成1人死亡，孙某造谣称死亡20人，被行政拘留五日。", 1),
        ("孙某编造事故死亡20人的谣言，被行政拘留；目前事故已造成2人死亡。", 2),
        ("官方辟谣“死亡30人”，通报称事故造成4人死亡。", 4),
        ("矿方谎报死亡2人，经查实际死亡5人。", 5),
        ("死了5个人，这不是谣言！", 5),
        ("“死亡5人”不是谣言", 5),
        ("不是造谣，真的死了3个人！", 3),
        ("我没有造谣，厂里炸死2个工人。", 2),
        ("仓库垮塌，3人死亡，请大家不信谣不传谣。", 3),
        ("工厂爆炸致2人死亡，厂长被刑拘。", 2),
        ("网民发帖称火灾死了9人。厂长已被刑拘。", 9),
        ("邻居在群里说火灾死了2个人，被罚款的那家店就是起火点。", 2),
        ("别再传照片了，3个人遇难，让他们安息。", 3),
    ],
)
def test_what_is_true_beside_a_rumour_keeps_its_figures(text, deaths):
    assert dead(text) == deaths
