"""Cities and counties that are called like people."""

import pytest

from crawlers.masking import mask
from crawlers.masking.cities import CITIES
from crawlers.masking.counties import AROUND

TOLD = ("驶往{}的货车侧翻", "{}发生爆炸", "在{}打工被欠薪", "{}一小区停电", "从{}开往北京的列车晚点")


@pytest.mark.parametrize("told", TOLD)
def test_a_city_is_nobody(told):
    masked = [
        city for city in sorted(CITIES) for name in (city, f"{city}市") if mask(told.format(name)) != told.format(name)
    ]
    assert masked == []


@pytest.mark.parametrize("told", TOLD)
def test_a_county_behind_its_city_or_called_one_is_nobody(told):
    behind = [told.format(f"{city}{county}") for county, cities in AROUND.items() for city in cities]
    called = [told.format(f"{county}县") for county in AROUND if not county.endswith("旗")]
    masked = [text for text in (*behind, *called) if mask(text) != text]
    assert len(masked) <= 0.005 * (len(behind) + len(called)), masked


@pytest.mark.parametrize(
    "text", ["北京石景山停电", "隆宝镇发生火灾", "海阳市小纪镇停电了", "在闵行上班", "沈阳于洪区停水", "萧山停水"]
)
def test_a_county_that_nobody_is_called_like_is_nobody(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "患者吴忠已转院",
        "联系人：武威",
        "我叫安顺",
        "业主李沧说",
        "黄梓潼来了",
        "闵行舟来了",
        "联系人：闵行",
    ],
)
def test_but_somebody_who_is_called_like_one_is(text):
    assert "【姓名】" in mask(text)
