import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def counts(text, title=""):
    """Dead, hurt and missing of a text, None where it tells of none."""
    body = f"{title}\n{text}" if title else text
    facts = find_facts(body, title_end=len(title))
    read = [document_value(facts, kind) for kind in (FactKind.DEATHS, FactKind.INJURED, FactKind.MISSING)]
    return tuple(fact and fact.value for fact in read)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("梨坪隧道塌方造成2人死亡、6人受伤。9日上午，一名全身多处骨折的伤者经抢救无效死亡。", (3, 5, None)),
        ("昨夜通报2人死亡、7人受伤。今天凌晨，伤者中2人因伤势过重死亡。", (4, 5, None)),
        ("事故造成3人死亡、5人受伤。次日，伤者秦某某因脑部受损死亡。", (4, 4, None)),
        ("当天上报死亡1人，烧伤6人。3日，烧伤者中有1人死亡；6日，再有2人死亡。", (4, 3, None)),
        ("山洪致1人死亡、3人失联。15日下午，搜救人员在下游找到2名失联者，均已遇难。", (3, None, 1)),
        ("最初统计为5死6失踪。经过两天搜救，6名失踪者中4人被确认遇难，仍有2人失踪。", (9, None, 2)),
        ("当日打捞出4名遇难者。昨天下午，又在下游6公里处找到1名失踪者遗体。", (5, None, None)),
        ("2日发现1具遗体，4日发现2具遗体，6日发现1具遗体。", (4, None, None)),
        ("首日搜救出2具遗体，次日3具，第三日1具。", (6, None, None)),
        ("前日报告的失联人员5人全部找到，其中4人遇难，1人获救。山洪此前已造成2人死亡。", (6, None, 0)),
        ("7日凌晨，一名在市医院抢救的重伤员去世。此前通报，事故造成4人死亡、16人受伤。", (5, 15, None)),
        ("1名厨师死亡，10人受伤。今天上午又报告2名服务员失联，中午在备餐间发现了她们的遗体。", (3, 10, None)),
        ("今晨，2名被困矿工在水仓附近遇难。事发当天发现的1名遇难者不在这2人之中。", (3, None, None)),
        ("坍塌已致2人死亡、7人轻伤，3人被困。随后指挥部称，被困3人中已发现2人遗体", (4, 7, None)),
        ("矿井透水，5人遇难、9人被困。4日，被困9人中已找到4人遗体，5人获救", (9, None, None)),
        ("报上来3死18伤，1人失踪。今天上午失踪的渔民黄某被发现，已遇难。", (4, 18, 0)),
    ],
)
def test_who_dies_or_is_found_later_is_added_and_hurt_or_missing_no_more(text, wanted):
    assert counts(text) == wanted


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("事故共造成7人死亡、14人受伤。一名送医的重伤员于15时许经抢救无效死亡，已计入上述死亡人数。", 7),
        ("截至18时，火灾造成9人遇难，其中2人经医院抢救无效死亡。", 9),
        ("事故造成3人死亡：司机当场死亡，2人送医后不治。", 3),
        ("今天早晨，一名重伤老人因多器官衰竭去世。至此，火灾已造成9人死亡。", 9),
        ("指挥部25日公布遇难人数为12人，经逐一核对，最终确认本次火灾遇难人数为11人。", 11),
        ("事故共造成10人遇难。今天，最后1名遇难者的遗体被找到。", 10),
        ("车祸造成2人死亡，1人重伤。三名伤者被紧急送往医院抢救。昨日下午，司机秦某因伤势过重死亡。", 2),
        ("踩踏已造成8人死亡：现场死亡5人，送医后死亡3人。", 8),
        ("9人中毒住院，1人抢救无效死亡。昨晚，9人中病情最重的秦某还在抢救。", 1),
        ("搜救队找到11具遗体，其中8具已确认身份。", 11),
        ("塌方致6人被困，已救出4人，其中2人死亡。被困6人中，2人死亡、2人仍被埋", 2),
        ("坍塌致2人死亡，5人被困。至此，被困人员中找到3人遗体，共5人遇难", 5),
        ("地震已造成38人死亡。凌水县死亡27人；梧山县死亡5人。", 38),
    ],
)
def test_who_is_counted_already_is_not_added(text, deaths):
    assert counts(text)[0] == deaths


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("火灾致镇上居民2人死亡、5人受伤；搜救中一名消防员牺牲，另有两名消防员负伤。", (3, 7, None)),
        ("大巴上死了3个，伤了11个；面包车上死了4个。", (7, 11, None)),
        ("7号楼内发现6名遇难者，10人受伤；8号楼内发现2名遇难者，3人受伤。", (8, 13, None)),
        ("摔倒的顾客中，2人骨折住院，7人软组织挫伤。", (None, 9, None)),
        ("7名学生受轻伤，随车老师手臂骨折。", (None, 8, None)),
        ("一名护林员和一名村干部在扑救中不幸遇难。", (2, None, None)),
        ("先下井的3名工人全部死亡。4名职工下井救人，其中2人死亡、2人受伤送医。", (3, 2, None)),
        ("东河镇车祸死亡3人，西河镇火灾死亡2人。", (3, None, None)),
        ("园区三天内两起火灾：制衣厂6人遇难，塑料厂5人遇难。", (6, None, None)),
        ("在一层发现6名遇难者，在二层走廊尽头发现3名遇难者。", (9, None, None)),
        ("7人骑车摔伤，最严重的一位锁骨骨折。", (None, 7, None)),
    ],
)
def test_units_and_sorts_of_people_count_together(text, wanted):
    assert counts(text) == wanted


@pytest.mark.parametrize(
    ("title", "text", "deaths"),
    [
        ("老街火灾扑灭 消防员一人牺牲", "火灾致居民2人死亡；搜救中一名消防员牺牲。", 3),
        ("两名伤者先后去世", "事故造成1人死亡、4人受伤。3日，1名伤者死亡；5日，又有1名伤者死亡。", 3),
        ("三人当场死亡 两人送医后不治", "3人当场死亡，另有2人送医后抢救无效死亡。", 5),
    ],
)
def test_a_title_may_count_no_more_than_some(title, text, deaths):
    assert counts(text, title)[0] == deaths


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7人失联。4日，救出3人；5日，又救出2人，找到最后2名失联者，均已遇难。", 0),
        ("前日滑坡致3人失联。今晨，一名失联者遗体被找到。目前失联人数为2人。", 2),
        ("两镇共有3人遇难、2人失联，其中清水镇2人遇难、1人失联，龙门镇1人遇难、1人失联。", 2),
    ],
)
def test_the_missing_are_those_who_are_missing_still(text, wanted):
    assert counts(text)[2] == wanted


def test_the_gravely_hurt_of_two_grades_count_together():
    facts = find_facts("医院收治伤员16名，其中危重2名、重症4名，其余10名平稳。")

    assert document_value(facts, FactKind.SERIOUS_INJURED).value == 6
