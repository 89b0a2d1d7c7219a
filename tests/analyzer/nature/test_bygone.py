from datetime import datetime

import pytest

from analyzer.model import Nature
from analyzer.nature.clauses import course
from crawlers.beijing import BEIJING
from tests.analyzer.labelled import TOLD_AT


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("克拉玛依那场大火烧死288个孩子，心痛", "288"),
        ("汶川“5·12”特大地震遇难69227人", "69227"),
        ("汶川地震夺去近七万人的生命", "七万"),
        ("东方之星沉船442人遇难，江水无声", "442"),
        ("木里森林火灾31名扑火队员牺牲", "31"),
        ("切尔诺贝利爆炸直接死亡31人", "31"),
    ],
)
def test_a_well_known_disaster_beside_its_figures_is_past(text, figure):
    assert course(text, TOLD_AT).at(text.index(figure)) is Nature.PAST


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("汶川发生4.2级地震，3人受伤", "3人"),
        ("汶川地震灾区发生滑坡，3人死亡", "3人"),
        ("昨夜唐山地震，3人受伤", "3人"),
        ("唐山地震2人受伤，大家当心", "2人"),
        ("木里森林火灾，2名队员受伤", "2名"),
        ("大兴安岭山火，疏散300人", "300"),
        ("响水一家化工厂爆炸，5人死亡", "5人"),
        ("2026年玉树地震，3人受伤", "3人"),
    ],
)
def test_what_happens_at_the_same_place_is_of_today(text, figure):
    assert course(text, TOLD_AT).at(text.index(figure)) is Nature.CURRENT


def test_a_disaster_is_news_while_it_is_fresh():
    text = "积石山地震已造成149人遇难"

    assert course(text, datetime(2023, 12, 24, tzinfo=BEIJING)).at(text.index("149")) is Nature.CURRENT
    assert course(text, TOLD_AT).at(text.index("149")) is Nature.PAST
