import pytest

from analyzer.places.finder import PlaceFinder
from analyzer.places.gazetteer import Gazetteer

FINDER = PlaceFinder(Gazetteer.load())


def names(text):
    return [place.name for place in FINDER.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "从云南昆明空运来的鲜花全烂了",
        "义乌仓库发货十天没到",
        "产自佛山的瓷砖开裂",
        "河南来的小伙从架子上摔下来",
        "来自四川的工人没领到钱",
        "是个徐州大哥救的人",
        "老家安徽的师傅被砸伤",
        "祖籍河南周口的老人走失",
        "王某，男，湖北省荆州市人，走失",
        "老板是福建泉州人，跑了",
        "厂家在佛山，修也没人修",
        "打广州总公司电话没人接",
        "司机是安徽阜阳的，赔不起",
        "空调寄回合肥检测，一等一个月",
        "号码归属地是郑州",
        "福州师傅做的菜吃坏肚子",
        "晨光社昆明3月5日电 救援仍在进行",
        "本报徐州讯（记者 小高）一处围墙倒塌",
        "家乡是徐州的同桌病了",
        "户口在衡水的护工走了",
        "曾在昆明学习工作过的她报了名",
        "小时候到徐州住过两年",
        "福州的舅妈寄来一箱橙子",
        "他在昆明念过大学",
        "表姐嫁到徐州以后很少回来",
        "徐州的战友在我这里住了三天",
    ],
)
def test_where_a_ware_was_sent_from_or_somebody_comes_from_is_no_place(text):
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    ["买了箱绍兴花雕，瓶盖是坏的", "吃了一包北京果脯，上吐下泻", "邯郸手套一洗就褪色", "衡水老白干里有虫"],
)
def test_a_ware_that_was_bought_or_is_spoilt_takes_its_place_along(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("从昆明开来的列车晚点", ["昆明市"]),
        ("昆明3月5日电力中断", ["昆明市"]),
        ("昆明5日凌晨起火", ["昆明市"]),
        ("我是昆明的，停水三天了", ["昆明市"]),
        ("昆明来的大巴侧翻", ["昆明市"]),
        ("昆明来的专家到了现场", ["昆明市"]),
        ("福山区发来的协查函", ["福山区"]),
        ("老家安徽宿州停电了", ["宿州市"]),
        ("来自荆州的报道：江堤出现管涌", ["荆州市"]),
        ("徐州男子吃出虫子", ["徐州市"]),
        ("徐州自来水里有虫", ["徐州市"]),
        ("徐州人大代表建议修路", ["徐州市"]),
        ("在徐州买的房子漏水", ["徐州市"]),
        ("老家在徐州的房子塌了", ["徐州市"]),
        ("以前在徐州发生过垮塌的那座桥", ["徐州市"]),
        ("徐州的舅舅说那边停水了", ["徐州市"]),
        ("飞往昆明的航班备降贵阳", ["昆明市", "贵阳市"]),
        ("飞往昆明的航班在贵阳备降", ["贵阳市"]),
        ("从福州飞往昆明的航班在贵阳备降", ["福州市", "昆明市", "贵阳市"]),
    ],
)
def test_what_happens_there_and_only_looks_like_it_is_told_of_the_place(text, wanted):
    assert names(text) == wanted
