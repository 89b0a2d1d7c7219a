import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


def grave(text):
    fact = document_value(find_facts(text), FactKind.SERIOUS_INJURED)
    return fact and fact.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("昨夜爆炸的40名伤者已全部入院，四分之一为重伤，其余为轻伤", 10),
        ("爆炸造成60人受伤，其中三分之一伤势严重", 20),
        ("受伤的100人中六成为重伤", 60),
        ("45名伤员里有两成属重伤", 9),
        ("20名伤者中，一半为重伤", 10),
        ("80名伤者已送医。医生说，百分之十五属于重伤", 12),
        ("100名伤者中重伤占一成五", 15),
        ("送医的30人里，伤势较重的占20%", 6),
    ],
)
def test_a_share_of_people_counted_before_is_so_many(text, value):
    assert grave(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "爆炸致20人受伤，八成伤者已出院",
        "全年重伤人数下降三成，事故共20人受伤",
        "重伤占一成",
        "40名伤者中四分之三为轻伤",
        "20人受伤，车道占了一半",
    ],
)
def test_a_share_of_nobody_or_of_what_changed_is_no_figure(text):
    assert grave(text) is None


def test_those_who_died_are_no_share_of_the_hurt():
    dead = document_value(find_facts("车上40名乘客受伤被困，其中一半不幸遇难"), FactKind.DEATHS)

    assert dead.value == 20
    assert dead.part_of is None
