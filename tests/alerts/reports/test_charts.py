import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from alerts.reports.charts import WIDTH, Bar, bars, columns, curve

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(min_size=1, max_size=20)
NUMBERS = st.integers(0, 10**6)


def drawn(chart):
    return ET.fromstring(chart.svg)


@given(st.lists(st.builds(Bar, name=NAMES, value=NUMBERS, before=st.none() | NUMBERS), max_size=12))
def test_bars_are_well_formed_and_stay_on_the_sheet(rows):
    chart = bars("话题", rows, unit="条", before="昨日")
    for rect in drawn(chart).iter(f"{SVG}rect"):
        box = {key: float(rect.get(key)) for key in ("x", "y", "width", "height")}
        assert 0 <= box["x"] <= box["x"] + box["width"] <= WIDTH
        assert 0 <= box["y"] <= box["y"] + box["height"] <= chart.height


def test_a_bar_is_as_long_as_its_number():
    wide = [
        float(r.get("width"))
        for r in drawn(bars("话题", [Bar(name="甲", value=50), Bar(name="乙", value=25)], unit="条")).iter(f"{SVG}rect")
    ]
    assert wide[0] == 2 * wide[1]


def test_every_bar_tells_its_name_and_number_in_words_too():
    chart = bars("话题", [Bar(name="火灾", value=5, before=2)], unit="条", before="昨日")
    assert chart.words == "话题：火灾5条（昨日2条）"
    assert [t.text for t in drawn(chart).iter(f"{SVG}text")] == ["话题", "火灾", "5条", "灰色细条为昨日"]
    assert drawn(chart).get("aria-label") == chart.words


def test_no_data_says_so():
    assert "本期无数据" in bars("话题", [], unit="条").svg


def test_nothing_that_somebody_wrote_becomes_markup():
    chart = bars('<b>"x"&', [Bar(name="<script>", value=1)], unit="条")
    assert "<script>" not in chart.svg
    assert drawn(chart).get("aria-label").startswith('<b>"x"&')


def test_columns_are_stacked_and_named():
    chart = columns("新增", ["11/2", "11/3"], [("Ⅱ级", "#e06a00", [1, 0]), ("Ⅳ级", "#1550a8", [1, 4])], unit="件")
    rects = [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("fill") == "#1550a8"]
    first, second = (float(r.get("height")) for r in rects[:2])
    assert second == 4 * first
    assert chart.words == "新增：11/2：2件，11/3：4件"
    said = [t.text for t in drawn(chart).iter(f"{SVG}text")]
    assert {"Ⅱ级", "Ⅳ级", "11/2", "2", "4"} <= set(said)


def test_columns_without_anything_do_not_divide_by_zero():
    assert drawn(columns("新增", ["11/2"], [("Ⅱ级", "#e06a00", [0])], unit="件")) is not None
    assert drawn(columns("新增", [], [], unit="件")) is not None


@given(st.lists(st.tuples(NAMES, NUMBERS, st.none() | NUMBERS), max_size=80))
def test_a_curve_is_well_formed_and_stays_on_the_sheet(hours):
    chart = curve("每小时", hours, unit="条")
    for rect in drawn(chart).iter(f"{SVG}rect"):
        box = {key: float(rect.get(key)) for key in ("x", "y", "width", "height")}
        assert -0.1 <= box["x"] <= box["x"] + box["width"] <= WIDTH + 0.1
        assert -0.1 <= box["y"] <= box["y"] + box["height"] <= chart.height


def test_a_curve_marks_the_usual_only_where_there_is_one():
    assert "同时段常态" not in curve("每小时", [("03日12时", 5, None)], unit="条").svg
    assert "同时段常态" in curve("每小时", [("03日12时", 5, 2.5)], unit="条").svg
