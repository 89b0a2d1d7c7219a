"""The town a text begins with is left out; whatever tells of a matter stays."""

import pytest

from analyzer.scope.openings import without_towns


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("清溪县停水两天了", "停水两天了"),
        ("云河市南塘镇三号楼着火", "三号楼着火"),
        ("#柳林市# 路灯坏了", "路灯坏了"),
        ("【白石省云河市】，桥塌了", "桥塌了"),
    ],
)
def test_towns_before_a_text_are_left_out(text, kept):
    assert without_towns([text]) == [kept]


@pytest.mark.parametrize(
    "text",
    [
        "停水市民提桶排队",
        "超市停电了",
        "城市内涝严重",
        "新来的镇长说话实在",
        "股市大跌",
        "昨晚清溪县停水了",
        "清溪县",
        "",
        "二手市集周六开摊",
    ],
)
def test_what_is_no_town_or_stands_elsewhere_stays(text):
    assert without_towns([text]) == [text]
