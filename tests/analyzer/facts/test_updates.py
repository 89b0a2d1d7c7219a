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
