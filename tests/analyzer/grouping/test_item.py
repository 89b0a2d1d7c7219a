"""How grouping sees a post."""

import pytest

from analyzer.grouping.item import UNTOLD, item, told_as
from analyzer.grouping.objects import buses
from analyzer.idf import Idf
from analyzer.model import Nature
from analyzer.pipeline import Reader
from analyzer.places.gazetteer import Gazetteer
from crawlers.model import Authority
from tests.builders import post, reading


def told(topic, nature, authority=Authority.PUBLIC):
    said = post("这条路没有路灯，万一摔了谁负责", authority=authority)
    return told_as(said, reading(said, topic, nature=nature))


@pytest.mark.parametrize("nature", [Nature.HYPOTHETICAL, Nature.STATISTIC, Nature.PAST])
def test_who_complains_of_a_service_may_suppose_and_count_and_say_since_when(nature):
    assert told("service.roads", nature) is Nature.CURRENT


def test_a_drill_and_an_old_fire_are_no_complaints():
    assert told("service.roads", Nature.DRILL) is Nature.DRILL
    assert told("hazard.fire", Nature.PAST) is Nature.PAST


@pytest.mark.parametrize(
    ("topic", "authority"),
    [("hazard.fire", Authority.PUBLIC), ("service.roads", Authority.MEDIA), ("service.wages", Authority.OFFICIAL)],
)
def test_a_feared_hazard_and_what_media_count_have_not_happened(topic, authority):
    assert told(topic, Nature.HYPOTHETICAL, authority) in UNTOLD


def test_who_fears_what_stays_until_somebody_mends_it_complains():
    said = post("三楼往下拉飞线给电动车充电，哪天着火了谁也跑不掉")
    assert told_as(said, reading(said, "hazard.fire", nature=Nature.HYPOTHETICAL)) is Nature.CURRENT


def test_figures_far_behind_the_lead_are_not_compared():
    """A report ends with what shook before it."""
    behind = "港口停航，学校停课。" * 20
    said = post(f"近海发生7.6级地震。{behind}周边海域记录到8.2级地震。", authority=Authority.MEDIA)
    (found,) = Reader(Gazetteer.load(())).read_many([said])
    view = item(said, found, Idf.load().weight)
    assert view.magnitudes == {7.6}


def test_people_that_a_report_of_a_hazard_counts_are_known_again():
    texts = ["抛光车间发生粉尘爆炸，67人受伤，其中6人伤势较重，出动消防车31辆", "小区67名业主反映电梯总坏"]
    readings = Reader(Gazetteer.load(())).read_many([post(text) for text in texts])
    blast, lift = (item(post(text), found, Idf.load().weight) for text, found in zip(texts, readings, strict=True))
    assert [one for one in blast.strange if one[0].isdigit()] == ["67人"]
    assert "67人" not in lift.strange


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("G1931停在半路，车厢里没有空调", ["G1931"]),
        ("渔船“闽顺渔60217”与货船相撞", ["60217"]),
        ("货船12人落水，渔船3艘搜救，气温38.5度", []),
    ],
)
def test_a_train_and_a_ship_go_by_their_numbers(text, codes):
    one = post(text)
    view = item(one, reading(one), Idf.load().weight)
    assert [strange for strange in view.strange if strange[-1].isdigit()] == codes


def test_a_drill_is_one_whatever_it_is_about():
    assert told("service.power", Nature.DRILL) is Nature.DRILL


@pytest.mark.parametrize(
    ("title", "text", "named"),
    [
        ("青石桥头货车侧翻", "今早一辆货车在青石桥头侧翻，两名伤者送往安和医院救治。", 0),
        ("安和医院门诊楼起火", "今早安和医院门诊楼起火，无人受伤。", 1),
    ],
)
def test_of_a_hazard_a_hospital_is_a_place_only_where_it_is_there(title, text, named):
    said = post(text, title=title, authority=Authority.MEDIA)
    (found,) = Reader(Gazetteer.load(())).read_many([said])
    view = item(said, found, Idf.load().weight)
    assert len([one for one in view.names if one.full.endswith("医院")]) >= named
    assert named or not any(key.endswith("医院") for key in view.called.keys)


def test_who_names_a_line_speaks_of_buses():
    of = post("谢谢，19路晚上真的有车了")
    (read,) = Reader(Gazetteer.load(())).read_many([of])
    assert item(of, read, Idf.load().weight).things == buses()


def test_a_view_with_other_names_is_otherwise_the_same():
    one = post("梧桐里小区又停水了", title="停水")
    view = item(one, reading(one), Idf.load().weight)
    other = view.replace(bare=True, rare=frozenset())
    assert (other.bare, other.rare, other.vector, other.called) == (True, frozenset(), view.vector, view.called)
    assert not view.bare


def test_views_share_the_words_of_their_texts():
    def words():
        said = post("梧桐里小区又停水了")
        made = reading(said, terms=tuple(map("".join, (["梧桐", "里"], ["停", "水"]))))
        return item(said, made, Idf.load().weight).vector

    first, second = words(), words()
    assert all(one is other for one, other in zip(first, second, strict=True))
