import pytest

from analyzer.model import Nature
from analyzer.nature import judge
from tests.analyzer.labelled import TOLD_AT

VERDICT = "区法院昨日一审宣判，以失火罪判处摊主有期徒刑三年。法院查明，这场火灾造成2人死亡、5人受伤。"
MEMORIAL = "大火十周年，幸存者来到纪念碑前献花。一位老人说起火灾，说到楼道里被困的邻居。"
INQUIRY = "市政府公布冷库坍塌事故调查报告，认定这是一起责任事故，建议对9名责任人追责。坍塌造成4人死亡。"
QUIZ = "安全知识竞答：一座桥垮塌，死亡3人、重伤12人，应定为哪一级事故？"
FORECAST = "预计今晚到明天北部有大雨，滑坡、泥石流的风险较高，请注意防范。"

POCKET_BOOK = "口袋书提醒：死了三十个人以上的是特别重大，十个以上不到三十个的是重大，不足三个的是一般。"
ADVERT = "【推广】一家九口车祸遇难，房贷谁来还？一家人的意外险，每天不到一元，点击下方按钮测算保费。"

RULE = "县里今天印发《突发事故分级办法》，明确桥梁垮塌造成死亡3人以上的，为较大事故，报市里。"


def nature(text):
    return judge(text, TOLD_AT).nature


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (VERDICT, Nature.PAST),
        (MEMORIAL, Nature.PAST),
        (INQUIRY, Nature.PAST),
        (QUIZ, Nature.HYPOTHETICAL),
        (FORECAST, Nature.HYPOTHETICAL),
        (RULE, Nature.HYPOTHETICAL),
        (POCKET_BOOK, Nature.HYPOTHETICAL),
        ("新预案有哪些变化？供水中断5万户48小时以上将列入最高等级，燃气停供则分四级", Nature.HYPOTHETICAL),
        ("简单记：死亡三十人往上，特别重大；三人以上十人以下，较大。", Nature.HYPOTHETICAL),
        ("值班卡：死3人要报市里，死10人要报省里，死30人直报国务院", Nature.HYPOTHETICAL),
        (ADVERT, Nature.HYPOTHETICAL),
        ("调查报告认定，事故直接原因为违规电焊，建议追究11人刑事责任。", Nature.PAST),
        ("报告认定，这是一起生产安全责任事故，31人被追责。", Nature.PAST),
    ],
)
def test_a_text_written_on_an_occasion_tells_of_no_present_emergency(text, wanted):
    assert nature(text) is wanted


@pytest.mark.parametrize("text", [VERDICT, MEMORIAL, INQUIRY, QUIZ, FORECAST, RULE, POCKET_BOOK, ADVERT])
@pytest.mark.parametrize(
    "fresh",
    [
        "昨夜，同一座楼再次起火，1人死亡。",
        "今天上午，现场看台垮塌，3人受伤。",
        "今晨5时许，北山村发生滑坡，掩埋房屋2间。",
        "我家楼下刚才着火了，快来人。",
    ],
)
def test_what_has_just_happened_beside_it_makes_it_news(text, fresh):
    assert nature(text + fresh) is Nature.CURRENT
    assert nature(fresh + text) is Nature.CURRENT


@pytest.mark.parametrize(
    "text",
    [
        "今晨区法院审判楼起火，2名法警受伤，一起案件的宣判推迟",
        "昨天公开审理失火案时，法庭吊顶突然掉落，砸伤4人，被告人席空着，法院称将择期判处",
        "昨日傍晚货车在烈士纪念碑前失控，撞死祭扫回来的4人",
        "今日8时仓库坍塌，3人死亡，责任人已控制，将查明原因并公布调查报告",
        "昨天厂里炸死了4个人，这算哪一级事故？",
        "中学食堂午餐后56名学生呕吐腹泻。按分级标准，学校5人以上即按较大事件报告",
        "矿上透水已造成7人死亡。按规定3人以上10人以下为较大事故，10人以上为重大事故",
        "昨日送选手去安全知识竞赛的大巴起火，11人遇难",
        "矿难五周年追思活动结束后，载着家属的中巴翻下边坡，3人死亡",
        "今晨押解车在前往庭审途中与货车相撞，一名被告人死亡",
        "判决当天，矿工的妻子坠河失踪，搜救正在进行。法院一审宣判，矿主获刑六年",
        "目前北河漫堤，预计今夜水位还要涨，溃堤风险很高，请注意防范",
        "预计明天仍有滑坡风险较大，请注意防范。北山村已发生滑坡3处，2人失联",
    ],
)
def test_signs_beside_an_emergency_are_no_occasion(text):
    assert nature(text) is Nature.CURRENT


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("矿难纪念碑落成，遇难矿工的名字刻在上面", Nature.PAST),
        ("地震纪念馆电缆井着火，馆内有浓烟", Nature.CURRENT),
        ("周年店庆活动中玻璃坠落，砸死一名顾客", Nature.CURRENT),
        ("大火三周年，同一条街又烧起来了", Nature.CURRENT),
        ("原震区发生更大地震的可能性不大", Nature.CURRENT),
        ("北部乡镇发生滑坡的可能性较大", Nature.HYPOTHETICAL),
        ("省里刚印发风险提示，村里就塌方了", Nature.CURRENT),
    ],
)
def test_a_name_of_old_matters_dates_nothing_but_itself(text, wanted):
    assert nature(text) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "我区招聘专职消防员20名，主要从事火灾扑救、交通事故救援等，待遇面议。",
        "新品发布：智能烟感可在火灾初起3秒报警，避免人员伤亡。",
        "城东消防站已建成投用，可5分钟到达周边火灾现场。",
    ],
)
def test_what_is_offered_against_fires_tells_of_none(text):
    assert judge(text).nature is Nature.HYPOTHETICAL


@pytest.mark.parametrize(
    "text",
    [
        "招聘会现场起火，2人受伤，可到达的通道一度被堵。",
        "刚建成投用的大桥垮塌，造成3人死亡，辐射三个乡镇的交通中断。",
        "新消防站正式启用当天即出警：城东一仓库起火，1人受伤，5分钟到达现场。",
    ],
)
def test_a_fire_beside_an_offer_is_of_now(text):
    assert judge(text).nature is Nature.CURRENT
