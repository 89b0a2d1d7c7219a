from datetime import datetime

import pytest

from analyzer.model import Nature
from analyzer.nature import judge
from crawlers.beijing import BEIJING

TOLD_AT = datetime(2026, 11, 3, 10, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "text",
    [
        "2018年6月7日上午青河公司锅炉爆炸，2人重伤。6月8日2人抢救无效死亡",
        "2019年3月30日18时许，云岭县森林火灾，截至4月4日15时已确认遇难11人",
        "2013年9月10日一旅行团在浔州一酒店用餐，11日1时起陆续发病，至21时28人出现症状",
        "2021年12月24日下午，青溪镇一校车侧翻入塘，3名幼儿死亡",
        "2022年5月2日凌晨3时，河东区一民房起火，造成3人死亡",
        "省应急厅公布南浔化工“3·27”较大中毒事故调查报告，事故造成4人死亡",
    ],
)
def test_days_and_hours_behind_an_old_day_are_of_its_year(text):
    assert judge("\n" + text, TOLD_AT).nature is Nature.PAST


@pytest.mark.parametrize(
    "text",
    [
        "2018年6月7日上午青河公司锅炉爆炸，2人死亡。昨日下午，该公司又发生爆炸，3人死亡",
        "2024年10月20日厂区曾起火。11月2日同一厂区起火，2人死亡",
        "2019年3月2日该厂爆炸死3人。凌晨，该厂仓库起火2人死亡",
        "2026年11月2日上午锅炉爆炸，2人死亡，11月3日又有1人死亡",
        "2025年10月30日隧道曾塌方。8月20日再次塌方，困住3人",
        "公布初步调查报告：昨日爆炸造成4人死亡",
    ],
)
def test_another_time_of_now_is_none_of_the_old_days(text):
    assert judge("\n" + text, TOLD_AT).nature is Nature.CURRENT


def test_without_the_time_of_telling_no_day_is_old():
    assert judge("\n2018年6月7日上午锅炉爆炸，6月8日2人死亡").nature is Nature.CURRENT
