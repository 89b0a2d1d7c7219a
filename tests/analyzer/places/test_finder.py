import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer
from tests.analyzer.labelled import lines

SET = lines("places.jsonl")
UNSEEN = lines("places_unseen.jsonl")
"""Written before the code they measure was read: codes of a place, and of what may or may not count as one (`open`)."""
OWN = lines("places_gazetteer.jsonl")
FINDER = PlaceFinder(Gazetteer.load(OWN))


def names(text, region=None):
    return [place.name for place in FINDER.find(text, region)]


def test_labelled_places_are_found_and_none_is_invented():
    hit = missed = invented = 0
    for line in SET:
        wanted = set(line["places"])
        got = {p.code or p.name for p in FINDER.find(line["text"], line.get("region"))}
        hit, missed, invented = hit + len(wanted & got), missed + len(wanted - got), invented + len(got - wanted)
    assert len(SET) >= 500
    assert hit / (hit + invented) >= 0.97
    assert hit / (hit + missed) >= 0.90


def test_places_of_sentences_written_blind_are_found_and_none_is_invented():
    hit = missed = invented = 0
    finder = PlaceFinder(Gazetteer.load())
    for line in UNSEEN:
        got = {
            p.code if p.code in line["places"] else p.code[:6] for p in finder.find(line["text"], line.get("region"))
        }
        wanted, open_ = set(line["places"]), set(line.get("open", ()))
        hit, missed, invented = (
            hit + len(wanted & got),
            missed + len(wanted - got),
            invented + len(got - wanted - open_),
        )
    assert hit / (hit + invented) >= 0.98
    assert hit / (hit + missed) >= 0.97


def test_many_texts_have_the_places_that_each_has_alone():
    texts = [*(line["text"] for line in SET), "今天真好", "", "x" * 30_000 + OWN[0]["name"], OWN[0]["name"]]
    regions = [*(line.get("region") for line in SET), None, None, None, None]
    alone = [FINDER.find(text, region) for text, region in zip(texts, regions, strict=True)]
    assert FINDER.find_many(texts, regions) == alone
    assert any(alone)
    assert not all(alone)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("浙江省台州市温岭市发生爆燃", ["温岭市"]),
        ("浙江温岭段翻车", ["温岭市"]),
        ("沙县高砂镇山火", ["高砂镇"]),
        ("凉山州停电", ["凉山彝族自治州"]),
        ("湖北襄樊一学校腹泻", ["襄阳市"]),
        ("横县茉莉花田被淹", ["横州市"]),
        ("芜湖市芜湖县停水", ["湾沚区"]),
        ("库车县停电", ["库车市"]),
        ("青海玉树地震", ["玉树藏族自治州"]),
        ("临洮下冰雹了，鸡蛋那么大", ["临洮县"]),
        ("密云段多车追尾", ["密云区"]),
        ("金华兰溪停水", ["兰溪市"]),
        ("陕西乾县停水", ["乾县"]),
        ("唐山路北停水", ["路北区"]),
        ("星沙街道停水", ["星沙街道"]),
        ("科左中旗暴雪", ["科尔沁左翼中旗"]),
        ("上海南京东路起火", ["上海市"]),
        ("通州宋庄一画室漏气", ["宋庄镇"]),
        ("山西运城地区芮城县停水", ["芮城县"]),
        ("内蒙古锡盟西乌旗暴雪", ["西乌珠穆沁旗"]),
    ],
)
def test_a_chain_of_names_is_its_last_place(text, wanted):
    assert names(text) == wanted


def test_a_bare_name_in_a_row_of_places_of_one_province_or_city_is_one_of_them():
    assert names("茂名、阳江、中山将有大风") == ["茂名市", "阳江市", "中山市"]
    assert names("公园里中山、和平两位老人摔倒") == []
    assert names("奉节、巫山发布预警") == ["奉节县", "巫山县"]
    assert names("福建南平邵武、光泽山洪") == ["邵武市", "光泽县"]
    assert names("湖北武汉、黄冈、仙桃、枝江停电") == ["武汉市", "黄冈市", "仙桃市", "枝江市"]
    assert names("通渭、静宁两县停课") == ["通渭县", "静宁县"]
    assert names("潜江、仙桃、天门三市停电") == ["潜江市", "仙桃市", "天门市"]
    assert names("湘西永顺、龙山、保靖等县暴雨") == ["永顺县", "龙山县", "保靖县"]


@pytest.mark.parametrize(
    ("text", "span"), [("郑 州 市下 大 雨", (0, 5)), ("成 都地震了", (0, 3)), ("在 余姚 停水", (2, 4))]
)
def test_a_name_whose_characters_stand_apart_is_one(text, span):
    (place,) = FINDER.find(text)
    assert place.span == span


def test_names_all_over_a_long_text_take_no_more_time_than_their_number():
    for piece in ("《一》", "越南太原、", "茂名、阳江、中山、", "通州宋庄"):
        assert FINDER.find((piece * 25_000)[:100_000]) is not None


def test_a_place_carries_code_level_span_and_the_way_down():
    text = "昨天浙江温岭起火"
    (place,) = FINDER.find(text)
    assert (place.code, place.level, place.path) == ("331081", "county", ("浙江省", "台州市", "温岭市"))
    assert text[slice(*place.span)] == "温岭"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("浙江商人在贵阳开的酒店起火", ["贵阳市"]),
        ("河南货车在京港澳高速湖北咸宁段侧翻", ["咸宁市"]),
        ("上海建工承建的合肥某工地塌方", ["合肥市"]),
        ("在东莞打工的贵州大姐没领到钱", ["东莞市"]),
        ("从合肥开往南京的大巴在滁州侧翻", ["合肥市", "南京市", "滁州市"]),
        ("河南省医疗队在拉萨救治伤者", ["河南省", "拉萨市"]),
        ("郑州警方在商丘抓到司机", ["郑州市", "商丘市"]),
    ],
)
def test_whose_somebody_or_something_is_that_a_clause_puts_elsewhere_is_no_place(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("云南松毛虫成灾", []),
        ("云南梧澜县一辆客车坠沟", ["云南省"]),
        ("安徽黄梅戏演员摔伤", []),
        ("湖北医保系统瘫痪", ["湖北省"]),
        ("江苏化工起火", ["江苏省"]),
        ("在四川玩具卡住喉咙", ["四川省"]),
        ("湖南高考考点停电", ["湖南省"]),
        ("上海玩具卡住喉咙", ["上海市"]),
    ],
)
def test_a_province_before_a_thing_that_does_not_stand_there_tells_where_it_comes_from(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "重庆酒店着火",
        "长沙酒驾司机撞人",
        "郑州铲车撞人",
        "武汉路面塌陷",
        "南昌桥梁垮塌",
        "长沙棉纺厂火灾",
        "武汉协和医院停电",
        "合肥人员被困",
        "记者于北京报道",
        "武汉猪肉涨价",
        "南宁一路段积水",
    ],
)
def test_what_begins_like_a_ware_a_road_or_an_origin_leaves_the_place_be(text):
    assert len(names(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "大理石地面裂了",
        "上海路积水",
        "愿世界和平，祝大家平安",
        "朝阳真美",
        "兰州拉面吃坏肚子",
        "开封的罐头",
        "四川人爱吃辣",
        "创新县域治理",
        "请当阳光照进来",
        "李永平师傅的车",
        "如东西掉下来",
        "东方市场起火",
        "老城区噪音大",
        "尼玛，又停电",
        "人都走了，只留下街道一片狼藉",
        "西安大路路灯坏了",
        "宁夏枸杞发霉了",
        "死者李吉林已被认领",
        "看《上海滩》看到一半停电",
        "越南海阳、太原省受台风影响",
        "平安平安，都要平安",
        "我同桌王长春摔伤了",
        "环卫工何池州被刮倒",
        "我朋友叫欧阳南昌",
        "祖籍福建的老人捐了桥",
        "张保定、李永康两位师傅来修水管",
        "黑龙江五常大米有虫",
        "晋江运动鞋开裂",
        "市里和县里互相推",
        "还说什么延安精神",
        "轮船“东莞号”起火",
        "保定生产的面包长毛",
        "太原苑停电",
        "老陕西面馆着火",
        "福州鱼丸里有铁丝",
        "安阳台漏水",
        "长沙发垫坏了",
        "保定了航班又取消",
        "定了两米长沙发",
        "给果树投保定损太慢",
        "河南面有雾，对岸没有",
        "望城岗停电",
        "白水煮蛋没熟",
        "安康养老院起火",
    ],
)
def test_words_roads_dishes_people_and_firms_are_no_places(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("上周长春停电", ["长春市"]),
        ("救救寿光吧", ["寿光市"]),
        ("延吉大暴雪", ["延吉市"]),
        ("上海延安高架追尾", ["上海市"]),
        ("沈阳大连两地停电", ["沈阳市", "大连市"]),
        ("26日晚20时许武汉起火", ["武汉市"]),
        ("曾任广州某局局长", ["广州市"]),
        ("山东烟台苹果滞销", ["烟台市"]),
        ("湖北仙桃停水", ["仙桃市"]),
        ("女儿在长沙上大学", ["长沙市"]),
        ("村里在和县停水", ["和县"]),
        ("赣州、吉安两地停电", ["赣州市", "吉安市"]),
        ("敖汉自来水浑浊", ["敖汉旗"]),
        ("从秀洲回来堵死了", ["秀洲区"]),
        ("北京警方通报一起车祸", ["北京市"]),
        ("长沙发生火灾", ["长沙市"]),
        ("轮到保定了", ["保定市"]),
        ("宁夏固原因大雪封路", ["固原市"]),
        ("南宁青秀山封闭", ["南宁市"]),
        ("烟台苹果熟了", ["烟台市"]),
        ("醴陵陶瓷集市人挤人", ["醴陵市"]),
        ("大同煤改气装了一半", ["大同市"]),
        ("平潭看海的人堵了路", ["平潭县"]),
        ("稻城雪太大", ["稻城县"]),
        ("凤凰古城停水", ["凤凰县"]),
        ("邯郸魏县磁县停水", ["魏县", "磁县"]),
    ],
)
def test_what_only_resembles_a_person_or_a_ware_is_the_place(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("集美们看过来", "350200"),
        ("金山词霸打不开", "310000"),
        ("镇里大兴节约之风", "110000"),
        ("猎人围场打猎", "130800"),
    ],
)
def test_what_is_called_like_a_county_at_home_is_no_place(text, region):
    assert names(text, region) == []


def test_a_quality_is_no_place_at_home_either():
    assert names("店员态度还算平和", "350600") == []
    assert names("平和停水", "350600") == ["平和县"]


@pytest.mark.parametrize("text", ["朝阳区停水", "鼓楼区着火", "城关镇发烧", "中山街道路灯坏了"])
def test_a_name_of_several_places_is_none_where_nothing_settles_it(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "region", "code"),
    [
        ("朝阳区停水", "110000", "110105"),
        ("朝阳区停水", "220100", "220104"),
        ("朝阳区停水", "长春市", "220104"),
        ("朝阳区停水", "2201", "220104"),
        ("鼓楼区停水", "350100", "350102"),
        ("南京的鼓楼区停水了", None, "320106"),
        ("通州的路灯坏了", "320600", "320612"),
        ("宝山公交改了线", "310000", "310113"),
        ("围场今早停电", "130800", "130828"),
    ],
)
def test_the_source_region_or_a_parent_named_beside_settles_a_name(text, region, code):
    assert code in [place.code for place in FINDER.find(text, region)]


def test_an_everyday_word_is_the_city_where_the_words_around_it_say_so():
    assert names("大同的老乡们，暖气热了吗") == ["大同市"]
    assert names("孩子在大同读书") == ["大同市"]
    assert names("世界大同") == names("愿天下大同的人") == []


def test_a_town_behind_a_county_without_such_a_town_is_not_one_of_elsewhere():
    assert names("永定区温塘镇滑坡", "430000") == ["永定区"]
    assert names("香港大埔起火") == ["香港特别行政区"]


def test_the_districts_own_places_come_first():
    assert names("太平镇停电", "990200") == ["太平镇"]
    assert [p.code for p in FINDER.find("太平镇停电", "990200")] == ["990202101"]
    assert names("云泽市青岚区槐荫街道锦绣花园停水") == ["锦绣花园"]
    assert names("区实小门口堵车") == ["青岚区实验小学"]


def test_an_own_name_shared_by_two_places_needs_its_parent_or_region():
    assert names("幸福里小区停水") == []
    assert FINDER.find("临港街道幸福里小区停水")[0].path[-2:] == ("临港街道", "幸福里小区")
    assert FINDER.find("幸福里小区停水", "990201002")[0].path[-2:] == ("望岭街道", "幸福里小区")


def test_what_another_city_has_by_an_own_name_is_not_the_own_place():
    assert names("杭州有个锦绣花园停电") == names("杭州的锦绣花园停电") == ["杭州市"]
    assert names("青岚区的锦绣花园停电") == ["青岚区", "锦绣花园"]


@pytest.mark.parametrize("text", ["滨河路小学门口有人摔倒", "北京市人民医院专家来会诊", "龙潭虎穴也得闯"])
def test_a_longer_name_is_not_the_own_place_it_begins_with(text):
    assert not [p for p in FINDER.find(text) if p.code is None or p.code.startswith("99")]


@given(st.sampled_from(SET), st.sampled_from(["领导真好。", "一点用都没有！"]))
def test_praise_and_blame_change_no_place(line, opinion):
    region = line.get("region")
    assert names(f"{line['text']}。{opinion}", region) == names(f"{line['text']}。", region)


@given(
    st.lists(
        st.sampled_from([*"省市区县镇街道路的在，。\n", "北京", "朝阳", "青岚区", "幸福里", "\ud800"]), max_size=60
    ).map("".join)
)
@settings(max_examples=200)
def test_no_text_breaks_the_finder_and_every_span_lies_in_it(text):
    for place in FINDER.find(text, "990200"):
        assert 0 <= place.span[0] < place.span[1] <= len(text)
        assert place.path[-1] == place.name


@pytest.mark.parametrize("piece", ["北京朝阳", "镇", "街道", "青岚", "朝阳区", "上海市"])
def test_hundred_thousand_characters_of_one_piece_are_searched_in_bounded_time(piece):
    FINDER.find(piece * (100_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("中牟、尉氏、扶沟三县转移", ["中牟县", "尉氏县", "扶沟县"]),
        ("琼海和万宁刮大风", ["琼海市", "万宁市"]),
        ("沈阳的和平、皇姑、铁西停水", ["和平区", "皇姑区", "铁西区"]),
        ("车在仁怀街头抛锚", ["仁怀市"]),
        ("我住在思明的老楼里", ["思明区"]),
        ("伊宁那边停电", ["伊宁市"]),
        ("神农架的路封了", ["神农架林区"]),
        ("大同一居民楼起火", ["大同市"]),
        ("江苏的盱眙停电", ["盱眙县"]),
        ("帐篷已送达安康，正在发放", ["安康市"]),
    ],
)
def test_a_word_of_which_its_company_or_what_only_counties_have_tells_is_the_place(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["这张长沙发坏了", "他在长沙发上看书", "姓长春的老师摔倒", "家住河西的人", "住在龙湖的人", "沿河三个乡镇停电"],
)
def test_a_seat_somebody_and_a_side_of_the_river_are_no_places(text):
    assert names(text) == []
