import pytest

from analyzer.model import Scope
from analyzer.scope.gate import ScopeReader
from analyzer.scope.slogans import RULERS, UNREST, WAR, without_public, without_slogans
from analyzer.text import language, normalise_many

SLOGANS = [
    "在市委市政府的坚强领导下，我们一定能渡过难关。",
    "党旗在一线高高飘扬。",
    "厉害了我的国！",
    "请纪委监委介入调查。",
    "总书记说过要以人民为中心。",
    "这种制度下换谁上都一样。",
    "纳税人的钱养了一群蛀虫。",
    "再不解决我们就上街游行！",
]
MATTERS = ["快打119，三楼窗口往外冒火，有人在喊", "小区停水三天了，孩子没法洗澡", "锅炉房吱吱冒汽，压力表打到头了"]


def scopes(texts):
    return [one.scope for one in ScopeReader.load().read_many(normalise_many(texts))]


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("slogan", SLOGANS)
def test_no_slogan_beside_a_matter_moves_what_it_is_read_as(matter, slogan):
    reader = ScopeReader.load()
    plain, before, behind = reader.read_many(normalise_many([matter, f"{slogan}{matter}", f"{matter}。{slogan}"]))
    assert plain.scope is Scope.IN
    assert (before, behind) == (plain, plain)


def test_what_a_sentence_of_slogans_goes_on_about_is_no_matter_yet():
    assert Scope.IN not in scopes(["这届班子就会念稿，群众的事一件不办", "官老爷们高高在上，百姓的事没人办"])


def test_texts_of_slogans_alone_are_out():
    assert set(scopes(SLOGANS)) == {Scope.OUT}


def test_what_a_remark_behind_a_slogan_goes_on_about_is_no_matter():
    said = ("这届班子开会就知道念稿，群众的事一件不办", "这届班子只会喊口号，百姓的困难一样不管")
    assert set(scopes(said)) == {Scope.OUT}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("停水三天了。众志成城，共克时艰。", "停水三天了。"),
        ("停水三天了，厉害了我的国", "停水三天了，"),
        ("停水三天了。市委大院也没水", "停水三天了。市委大院也没水"),
        ("停水三天了，再不来就上访", "停水三天了，"),
        ("游行的人真多，路都封了", "游行的人真多，路都封了"),
        ("党员先锋队在河堤上抢险", "党员先锋队在河堤上抢险"),
        ("管涌了。信访局门口的路塌了三米", "管涌了。信访局门口的路塌了三米"),
    ],
)
def test_clauses_of_slogans_alone_are_left_out(text, told):
    assert without_slogans([text])[0] == [told]


def test_what_a_text_names_is_told_but_not_of_sentences_left_out():
    texts = [
        "村民上访",
        "停水三天了。我们要上访",
        "总统承诺供水",
        "总统在哪",
        "导弹击中大楼",
        "响声像导弹一样，厂房炸了",
    ]
    _, named = without_slogans(texts)
    assert named.tolist() == [UNREST, 0, RULERS, 0, WAR, 0]


def test_sentences_that_name_no_office_or_power_are_what_stands_beside():
    assert without_public("市长亲自带队。小船翻在江心。") == ("小船翻在江心。", True)
    assert without_public("市长亲自带队，小船翻在江心") == ("小船翻在江心", False)
    assert without_public("小船翻在江心") == without_public("市长召开会议。会议强调防汛。") == ("", True)


def test_a_hazard_in_the_same_sentence_as_an_office_is_one_and_a_service_is_what_offices_speak_of():
    assert scopes(["小船翻在江心，看见几个头在水面上，上级部门高瞻远瞩"]) == [Scope.IN]
    assert Scope.IN not in scopes(["市委常委会召开会议。会议强调，要抓好防汛工作", "俄军空袭城市。8人死亡，大楼起火"])


@pytest.mark.parametrize(
    "text",
    [
        "教师们在教育局门口喊口号",
        "出租车司机罢运，停运抗议份子钱",
        "示威者扔出燃烧瓶，两辆车被烧毁",
        "总统在国情咨文中承诺，让家家用上自来水",
        "导弹落在居民区，造成9人死亡",
        "言论自由何在",
        "又有厅官落马",
    ],
)
def test_protest_rulers_and_war_are_out_though_they_borrow_words_of_a_matter(text):
    assert scopes([text]) == [Scope.OUT]


@pytest.mark.parametrize(
    "text",
    [
        "小区停水三天了，大家去街道办上访也没用",
        "几十个工人堵门讨薪，老板跑了",
        "电梯又罢工了，把人困在七楼",
    ],
)
def test_a_matter_that_borrows_their_words_stays(text):
    assert scopes([text]) == [Scope.IN]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("工場で爆発が起き、5人が負傷した。", "other"),
        ("台風で停電、復旧は夕方", "other"),
        ("本日のニュース：断水", "other"),
        ("鲜の屋门口着火了", "zh"),
        ("ラーメン店着火了，快来人", "zh"),
        ("停电第三天，ありがとう供电局，真谢谢您", "zh"),
    ],
)
def test_kana_that_join_what_is_said_are_another_language(text, code):
    assert language(text) == code


def test_what_only_looks_like_war_is_not_dropped():
    assert Scope.OUT not in scopes(["像被轰炸过一样，化工厂爆炸，三人死亡", "声音跟空袭似的，化工厂爆炸，三人死亡"])


@pytest.mark.parametrize(
    "text",
    ["谢谢昨天替我找到猫的热心邻居", "感谢昨晚帮我找回钱包的出租车司机", "谢谢帮我找到孩子的民警！"],
)
def test_thanks_for_what_is_over_are_out(text):
    assert scopes([text]) == [Scope.OUT]


def test_thanks_beside_a_matter_are_not():
    assert Scope.OUT not in scopes(["谢谢在火场里帮我们把老人背出来的消防员", "感谢来帮忙的师傅，可是三楼还是没电"])


@pytest.mark.parametrize("remark", ["县委书记是人民的好儿子", "市里的干部都是吃白饭的", "城管局局长简直是土皇帝"])
def test_a_matter_joined_by_a_comma_to_a_remark_on_a_power_is_one(remark):
    told = "他们说面馆灶上没关火，连着烧了三个门面"
    assert scopes([told, f"{remark}，{told}", f"{told}，{remark}"]) == [Scope.IN] * 3


def test_what_goes_on_about_who_is_judged_is_no_matter():
    assert set(
        scopes(["王局长就是个土皇帝，谁也不敢惹他", "镇长收黑钱，卖官鬻爵", "李书记真是好官，当年带头修水库"])
    ) == {Scope.OUT}
