"""The measures of figures and places count what was told, what was found, and what was made up."""

import csv
import gzip
import json

import pytest

pytest.importorskip("sklearn")

from analyzer.training.evaluate_facts import evaluate_facts


@pytest.fixture
def folders(tmp_path):
    data, resources = tmp_path / "data", tmp_path / "resources"
    data.mkdir()
    resources.mkdir()
    return data, resources


def write_lines(path, *rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


def by_name(folders):
    return {measure.name: measure.value for measure in evaluate_facts(*folders)}


def test_without_data_there_are_no_measures(folders):
    assert by_name(folders) == {}


def test_a_mention_that_is_missed_lowers_f1(folders):
    told = {"text": "车祸造成3人死亡", "facts": [{"kind": "deaths", "value": 3}]}
    write_lines(folders[1] / "facts.jsonl", told)
    assert by_name(folders)["数字：逐处F1（自写例句，死亡）"] == 1
    write_lines(folders[1] / "facts.jsonl", told, {"text": "没有数字", "facts": [{"kind": "deaths", "value": 1}]})
    assert by_name(folders)["数字：逐处F1（自写例句，死亡）"] == pytest.approx(2 / 3)


def test_a_place_that_is_missed_lowers_recall_and_an_invented_one_precision(folders):
    write_lines(folders[1] / "places_gazetteer.jsonl", {"code": "990101", "name": "云河县", "level": "county"})
    write_lines(
        folders[1] / "places.jsonl",
        {"text": "云河县停水", "places": ["990101"]},
        {"text": "云河县停电", "places": []},
        {"text": "某地停气", "places": ["990199"]},
    )
    found = by_name(folders)
    assert found["地名：精确率（自写例句）"] == 0.5
    assert found["地名：召回率（自写例句）"] == 0.5


def test_a_document_is_right_when_its_greatest_figure_is(folders):
    columns = ["title", "text", "title_deaths", "title_injured", "title_ill", "title_states_no_casualties"]
    with gzip.open(folders[0] / "emergency_news_facts.csv.gz", "wt", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        rows.writerow(["车祸致4人死亡", "事故造成4人死亡，其中1人为司机。", "4", "", "", "0"])
        rows.writerow(["仓库起火", "火已扑灭，无人员伤亡。", "", "", "", "1"])
    found = by_name(folders)
    assert found["数字：全文死亡数正确（新闻，带标题）"] == 1
    assert found["数字：称无伤亡却读出伤亡"] == 0
