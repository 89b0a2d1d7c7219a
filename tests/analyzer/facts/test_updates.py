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
        ("网上流传“吊塔砸死四人”。县应急局核实：1人死亡属实。", DEATHS, 1),
        ("山洪已致3人遇难，仍有2人失联。初期网传“失联30多人”系重复登记。", MISSING, 2),
        ("下落不明者从早间的11人减至4人。", MISSING, 4),
        ("六名驴友失联。次日，其中四人被找到，无大碍；另外两人仍杳无踪迹。", MISSING, 2),
        ("落水后2人失踪。上午打捞起其中一人，已经死亡；另一人还没有找到。", MISSING, 1),
        ("一号通报：2人死亡、9人失踪。第六号通报：全县因灾遇难8人，失踪3人。", MISSING, 3),
        ("房屋倒塌32人遇难；失联6人中4人遗体找到，2人平安返回，目前无失联人员。", MISSING, 0),
        ("失踪者7人。至此，失踪者全部有了下落。", MISSING, 0),
        ("“失联人员全部找到，均已遇难。”当班8人失联，第八名遇难矿工遗体被运送出井。", MISSING, 0),
        ("警方最初称3人死亡，随后更新为5人。", DEATHS, 5),
        ("网友爆料称死了十多人，官方回应：死亡3人。", DEATHS, 3),
        ("山洪冲走7人，已有4人遗体被找到，3人失踪。", MISSING, 3),
        ("渔船出海后失去联系，船上共有船员9人。", MISSING, 9),
        ("两人被冲走。下午找到一人，已经牺牲，还有一人没有找到。", MISSING, 1),
        ("3名工人坠江后没有了踪影。", MISSING, 3),
        ("渔船11人失联。3人获救，3人遇难，5人下落不明。", MISSING, 5),
        ("针对网上流传的“商场坍塌压死十几人”，经核查无人死亡。", DEATHS, 0),
        ("两镇共3人遇难、2人失联，其中清水镇2人遇难、1人失联，龙门镇1人遇难、1人失联。", MISSING, 2),
        ("目前没有失联人员。随后排查又发现2人失联。", MISSING, 2),
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
        ("9名失联渔民中6人获救", "商船救起6名船员，另发现1具遗体，其余2人继续搜寻。", MISSING, 2),
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
        ("#突发#【班车坠江 7人遇难】19日晚班车被打捞出水，先后找到7名遇难者遗体，另有2人失联。", DEATHS, 7),
        ("1人死亡，3人受伤。一名伤者昨夜抢救无效，事故致2人死亡、2人重伤。", DEATHS, 2),
        ("1人死亡，3人受伤。一名伤者昨夜抢救无效，事故致2人死亡、2人重伤。", INJURED, 2),
        ("废墟中发现遇难者4人，送县人民医院后死亡2人，送县中医院后死亡1人。", DEATHS, 7),
        ("现场5人受伤。次日凌晨，一名学徒抢救无效去世。其余4人生命体征平稳。", INJURED, 4),
        ("火灾发现2名遇难者，伤者8人。第四报：一名伤者送医后不治，遇难人数升至3人，在院伤者7人。", INJURED, 7),
        ("甲车5人当场死亡，9人受伤。三年前同一路段翻车致9死5伤。", INJURED, 9),
        ("车翻进沟里，司机压断三根肋骨，副驾上的妻子擦破额头。", INJURED, 2),
        ("货车司机受伤，该司机腿部骨折。", INJURED, 1),
        ("面包车翻下桥，母亲当场死亡，女儿送医后不治身亡。", DEATHS, 2),
        ("两起事故分别造成4人死亡、8人受伤和6人死亡、12人受伤。", DEATHS, 10),
        ("三所学校报告诺如感染，分别为18例、14例和9例。", FactKind.ILL, 41),
        ("两名驴友坠崖，救援人员找到时已无生命体征。", DEATHS, 2),
        ("村民老周被山洪卷走，次日遗体在三公里外找到。", DEATHS, 1),
        ("6日挖出8人，5人生还、3人死亡；7日又挖出4人，均已遇难；8日，最后3人的遗体被找到。", DEATHS, 10),
        ("事故共造成10人遇难。今天，最后1名遇难者的遗体被找到。", DEATHS, 10),
        ("21人受伤。最后1名受伤的乘客被抬上公路。", INJURED, 21),
        ("此前受伤的5人中，1人今晨去世，另外4人病情平稳。", INJURED, 4),
        ("12名群众因吸入浓烟受伤送医，其中4人抢救无效离世，8人生命体征平稳。", INJURED, 8),
        ("2人身亡，4人跳楼受伤，另外2人在屋内获救。", INJURED, 4),
        ("失踪的5名工人，已于今日傍晚全部找到，均无生还。", DEATHS, 5),
        ("座椅断裂，两名游客被甩出，经抢救无效双双死亡。", DEATHS, 2),
        ("一场大火夺走了养老院19位老人的生命。", DEATHS, 19),
        ("消防员救出19位老人，保住了他们的生命。", DEATHS, None),
        ("食堂中毒事件共涉及学生86人，其中54人返校。", FactKind.ILL, 86),
        ("3日打捞出大巴，车内5人遇难；4日打捞出货车，车内2人遇难。", DEATHS, 7),
        ("3日找到遗体5具；4日，共找到遗体7具。", DEATHS, 7),
        ("1名82岁危重患者抢救无效死亡，其余36人中已有20人出院。", FactKind.ILL, 36),
        ("诺如聚集发病，密接21人均无症状。城东幼儿园报告病例12例，城西幼儿园报告8例。", FactKind.ILL, 20),
        ("坝下两村群众避险，分别转移326人和154人。", FactKind.EVACUATED, 480),
        ("累计报告病例31例，没有死亡病例。", DEATHS, 0),
        ("两村共有47人被诊断为中毒，住院观察。", FactKind.ILL, 47),
        ("连夜疏散沙头村、柳湾村村民640人。", FactKind.EVACUATED, 640),
        ("楼被封闭，156名居民被安置到附近旅馆。", FactKind.EVACUATED, 156),
    ],
)
def test_who_died_later_counts_with_those_before_and_nobody_counts_twice(text, kind, wanted):
    assert value(text, kind) == wanted


@pytest.mark.parametrize("title", ["最后两名失联者遗体找到", "客船倾覆：又有两人遇难"])
def test_a_title_that_counts_the_last_ones_gives_way_to_what_the_text_counts(title):
    text = "客船倾覆事故中最后2名失联人员的遗体今晨打捞出水。至此，船上51人全部找到，其中34人遇难，17人获救。"
    assert value(text, DEATHS, title) == 34
