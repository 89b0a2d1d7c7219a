"""Cities that are called like people."""

import pytest

from crawlers.masking import mask
from crawlers.masking.cities import CITIES

TOLD = ("驶往{}的货车侧翻", "{}发生爆炸", "在{}打工被欠薪", "{}一小区停电", "从{}开往北京的列车晚点")


@pytest.mark.parametrize("told", TOLD)
def test_a_city_is_nobody(told):
    masked = [
        city for city in sorted(CITIES) for name in (city, f"{city}市") if mask(told.format(name)) != told.format(name)
    ]
    assert masked == []


@pytest.mark.parametrize("text", ["患者吴忠已转院", "联系人：武威", "我叫安顺"])
def test_but_somebody_who_is_called_like_one_is(text):
    assert "【姓名】" in mask(text)
