import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def value(text, kind):
    fact = document_value(find_facts(text), FactKind(kind))
    return fact.value if fact else 0


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("孩子接连呕吐，县人民医院收治了二十一名，县妇幼保健院收治了十七名，镇卫生院也收了九名。", "ill", 47),
        ("宴席散后客人上吐下泻：市二院收了34人，市中医院收了26人，都在输液。", "ill", 60),
        ("县医院昨天夜里来了二十六个拉肚子的，中医院来了十九个。", "ill", 45),
        ("氯气漏出来，一车间有十三名工人中毒，二车间有十一名。", "ill", 24),
        ("中毒的工人里，电镀班十五人，抛光班十人，另有仓库保管组八人，都在医院吸氧。", "ill", 33),
        ("先是喷漆班的九名女工头晕送医，到天亮烘干班又送来七名，医生说是苯中毒。", "ill", 16),
        ("两所学校都有学生发病，实验小学二十六名，城关小学十五名。", "ill", 41),
        ("男方亲戚里有二十个人拉肚子，女方亲戚里也有十六个人拉肚子。", "ill", 36),
        ("青石镇疏散三千二百名村民，柏塘镇疏散两千五百名，另有河坎村两千一百名村民投奔亲友。", "evacuated", 7800),
        ("沿海三个市紧急转移群众三十八万，山区两个市又转移了二十六万。", "evacuated", 640000),
        ("南岸社区转移群众一千五百人，北岸社区又有八百人被接走。", "evacuated", 2300),
        ("凌晨前，一号坝下游转移了540人，二号坝下游转移了390人。", "evacuated", 930),
        ("爆炸时早班在岗的六名工人当场死亡，抢修班也有五名工人没能救回来。", "deaths", 11),
        ("车上共27人，其中6人当场死亡，3人送医途中死亡，11人受伤。", "deaths", 9),
        ("共死亡9人，其中6人当场死亡，2人送医途中死亡。", "deaths", 9),
        ("北棚三名工友没了呼吸，南棚也有两名工友被挖出时已没了呼吸。", "deaths", 5),
        ("先在河滩找到四具遗体，傍晚在下游又捞起两具。", "deaths", 6),
        ("打捞结束，捞起的遗体中，乘客有十七具，船员有三具。", "deaths", 20),
        ("死者中，厂里的工人有六名，路过的村民有三名。", "deaths", 9),
        ("东村死亡3人，西村死亡2人。今早东村又有1人死亡。", "deaths", 6),
        ("沉船事故中，船员失踪七人，乘客失踪四人。", "missing", 11),
        ("市一院收治重伤员八名，武警医院收治重伤员五名。", "serious_injured", 13),
        ("大巴上受伤十一人，货车上受伤六人。", "injured", 17),
        ("塌方把两个作业面堵死，左洞困住六人，右洞困住五人。", "trapped", 11),
        ("缆车停摆，上行车厢里困着二十三名游客，下行车厢里困着二十一名游客。", "trapped", 44),
        ("河东片停水的有三万户，河西片又有两万三千户。", "households", 53000),
        ("东区停水约四万户，西区停水约两万一千户。", "households", 61000),
        ("全县停电，平安镇4500户，太平镇3000户，另有安乐乡2000户。", "households", 9500),
        ("厂房和机器烧毁，损失两千三百万元；仓库里的成品又是三千三百万元。", "loss_yuan", 56_000_000),
        ("茶叶店损失四百万元，隔壁药材行损失五百万元。", "loss_yuan", 9_000_000),
        ("幸福里一千九百户没电，光明里两千二百户没电。", "households", 4100),
        ("一期八百户、二期九百户、三期八百户，暖气全停了。", "households", 2500),
        ("泄漏点东面的经开区疏散1.2万人，西面的柳河街道疏散3500人。", "evacuated", 15500),
        ("早上校医说初中部有二十五人发烧，高中部有十九人发烧。", "ill", 44),
        ("全县农业损失1.8亿元，基础设施损失1.5亿元。", "loss_yuan", 330_000_000),
    ],
)
def test_parts_of_one_kind_count_together(text, kind, wanted):
    assert value(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("三家医院一共收了三十八名中毒的，市一院二十名，市二院十名，中医院八名。", "ill", 38),
        ("受伤12人，市一院7人，市二院5人。", "injured", 12),
        ("受伤的十二人里，送市医院七人，送县医院五人。", "injured", 12),
        ("三个村转移4300人：上河村1800人，中河村1500人，下河村1000人。", "evacuated", 4300),
        ("东村疏散1400人，西村疏散2200人，合计疏散3600人。", "evacuated", 3600),
        ("疏散群众3600人，一安置点接收1400人，二安置点接收2200人。", "evacuated", 3600),
        ("全市停电5万户，其中东区3万户，西区2万户。", "households", 50000),
        ("直接经济损失5600万元，农业损失2300万元，工业损失1900万元。", "loss_yuan", 56_000_000),
        ("8人受伤，轻伤6人，重伤2人。", "injured", 8),
        ("县医院接诊12名中毒学生，随后12人全部转到市医院。", "ill", 12),
        ("县医院说送来12名中毒工人，市医院说12名中毒工人已经转来。", "ill", 12),
        ("公安局称受伤13人，卫健局称受伤13人。", "injured", 13),
        ("供电公司通报停电2.8万户，应急局通报停电2.6万户。", "households", 28000),
        ("县医院说死亡4人，市医院说死亡4人，数字一致。", "deaths", 4),
        ("昨日6人死亡，今日又有消息说6人死亡属实。", "deaths", 6),
        ("昨天县医院收治中毒学生22名，今天县医院收治30名。", "ill", 30),
        ("截至昨晚死亡3人，截至今早死亡5人。", "deaths", 5),
        ("昨天东区停电2万户，今天东区停电3万户。", "households", 30000),
        ("东村死亡3人，西村死亡2人。救援结束后通报：东村死亡3人，西村死亡2人。", "deaths", 5),
        ("一中学23名学生呕吐。昨日午餐后，北辰中学23名学生出现呕吐。", "ill", 23),
        ("网上流传的死亡20人与事实不符，实际死亡2人。", "deaths", 2),
        ("市一院可收治200人，中医院可收治150人，床位已腾出。", "ill", 0),
        ("东村需疏散1400人，西村需疏散2200人，方案正在制定。", "evacuated", 0),
        ("如遇溃坝，东河镇要转移800人，西河镇要转移600人。", "evacuated", 0),
        ("东片停水1.1万户，西片计划明天停水7000户。", "households", 11000),
        ("东区7000户停气，西区5000户供气正常。", "households", 7000),
        ("东村疏散1400人，西村2200人暂不需要疏散。", "evacuated", 1400),
        ("东村疏散1400人，西村2200人留在家中。", "evacuated", 1400),
        ("东村疏散1400人，消防一中队出动60人，二中队出动40人。", "evacuated", 1400),
        ("东村5人失联，西村3人已取得联系。", "missing", 5),
        ("县医院收治腹泻学生14人，镇卫生院备好床位30张，市医院派专家5人。", "ill", 14),
        ("东寨失联3人，西寨此前失联的2人已平安归来。", "missing", 3),
        ("累计发病23例，今日又有4名患者治愈出院。", "ill", 23),
        ("车祸造成2人死亡，事故造成2人死亡。", "deaths", 2),
        ("东河镇车祸死亡3人，西河镇火灾死亡2人。", "deaths", 3),
        ("东县车祸死亡4人，西县矿难死亡3人。", "deaths", 4),
        ("去年东河镇淹死5人，今年西河镇淹死2人。", "deaths", 2),
    ],
)
def test_what_is_no_part_of_its_own_is_not_added(text, kind, wanted):
    assert value(text, kind) == wanted


def test_a_titles_figure_is_nothing_that_a_text_adds_to():
    title, text = "遇难者增至16人", "截至今天8时，又打捞出3具遗体，遇难人数增至16人。"
    fact = document_value(find_facts(f"{title}\n{text}", title_end=len(title)), FactKind.DEATHS)

    assert fact.value == 16


@pytest.mark.parametrize(
    ("title", "text", "kind", "wanted"),
    [
        ("转移近两万", "紧急转移安置1.94万人", FactKind.EVACUATED, 19400),
        ("停水第三天", "停水整整50个小时", FactKind.HOURS, 50),
        ("转移约两万", "紧急转移安置2.6万人", FactKind.EVACUATED, 20000),
    ],
)
def test_what_a_text_counts_exactly_stands_for_its_titles_round_figure(title, text, kind, wanted):
    whole = f"{title}\n{text}"

    assert document_value(find_facts(whole, title_end=len(title)), kind).value == wanted


def test_whom_a_total_includes_are_no_other_part():
    told = find_facts("云泽市此次事故共造成16人死亡，包括3名儿童")
    assert document_value(told, FactKind.DEATHS).value == 16
