import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind

DEATHS, MISSING, INJURED = FactKind.DEATHS, FactKind.MISSING, FactKind.INJURED


def value(text, kind, title=""):
    fact = document_value(find_facts(f"{title}\n{text}", title_end=len(title)), kind)
    return None if fact is None else fact.value


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("起初11人失踪，后来找到8具遗体。至此，共8人死亡，3人失踪。", MISSING, 3),
        ("首次通报9人失联。第三次通报：6人遇难，3人失联。", MISSING, 3),
        ("昨日更正为5人失联。截至今晨，事故造成4人死亡、1人失联。", MISSING, 1),
        ("第二场更新为遇难9人。截至今日8时，遇难13人，失联7人。", DEATHS, 13),
        ("当天通报27人受伤。截至3日12时，事故已造成4人死亡、24人受伤。", INJURED, 24),
        ("事故造成40人受伤。截至今日，仍有12名伤员住院治疗。", INJURED, 40),
        ("已有5人死亡。截至16时，已找到3名遇难者遗体。", DEATHS, 5),
        ("失踪的3名学生已找到1名，仍有2名下落不明。", MISSING, 2),
        ("初步统计造成2人死亡，后核实死亡人数为1人。", DEATHS, 1),
        ("网上流传“死了30多人”，应急局表示实际死亡4人。", DEATHS, 4),
        ("失联的8人中已找到5人，均无生命体征，其余3人仍在搜寻。", MISSING, 3),
        ("已搜救出9名失联人员，均无生命体征；剩余2人仍在全力搜寻。", DEATHS, 9),
        ("截至14日6时，已造成7人遇难、2人失联。此前通报为5人遇难、4人失联。", MISSING, 2),
        ("早间称吊臂砸死4人。经复核，上述数字有误，现更正如下：吊臂倒下致3人死亡。", DEATHS, 3),
        ("《车间爆燃7人身亡》一稿人数有误，实为爆燃造成5人死亡、9人受伤。", DEATHS, 5),
        ("稿件有误已撤下。矿井冒顶致2人死亡。", DEATHS, 2),
        ("遇难人数由昨夜通报的12人上升至15人，新增的3人均在医院离世。", DEATHS, 15),
    ],
)
def test_figures_of_a_later_hour_stand_for_those_before(text, kind, wanted):
    assert value(text, kind) == wanted


@pytest.mark.parametrize(
    ("title", "text", "kind", "wanted"),
    [
        ("大风致1死10余伤", "截至11日12时，大风共造成2人死亡、26人受伤。", DEATHS, 2),
        ("大风致1死10余伤", "截至11日12时，大风共造成2人死亡、26人受伤。", INJURED, 26),
        ("山洪冲走4人", "县应急局通报，失踪人员核实为6人。", MISSING, 6),
        ("厂房坍塌5人被埋", "被埋人员共7人，已全部救出。", FactKind.TRAPPED, 7),
        ("大火致5人死亡", "截至今晚，已有3名遇难者身份确认。", DEATHS, 5),
    ],
)
def test_a_title_stands_no_longer_where_the_text_counts_to_more(title, text, kind, wanted):
    assert value(text, kind, title) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("1人当场死亡，6人送医。傍晚，2名重伤工人经抢救无效死亡。", DEATHS, 3),
        ("现场找到遗体14具；送医的人员中，有2人不治身亡。", DEATHS, 16),
        ("2人当场死亡。傍晚又有重伤者离世，累计3名伤者死亡。", DEATHS, 3),
        ("【渡口镇撞车 2死4伤】今晨两车相撞，2人当场死亡，另外4人受伤。", DEATHS, 2),
        ("【渡口镇撞车 2死4伤】今晨两车相撞，2人当场死亡，另外4人受伤。", INJURED, 4),
        ("累计报告病例31例，没有死亡病例。", DEATHS, 0),
        ("两村共有47人被诊断为中毒，住院观察。", FactKind.ILL, 47),
        ("连夜疏散沙头村、柳湾村村民640人。", FactKind.EVACUATED, 640),
        ("楼被封闭，156名居民被安置到附近旅馆。", FactKind.EVACUATED, 156),
    ],
)
def test_who_died_later_counts_with_those_before_and_nobody_counts_twice(text, kind, wanted):
    assert value(text, kind) == wanted
