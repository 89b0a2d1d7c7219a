"""What teaches natures, and what only measures them."""

import json

import pytest

pytest.importorskip("sklearn")

from analyzer.text import normalise
from analyzer.training import nature
from analyzer.training.data import held_out

FIRES = [f"第{number}号仓库昨晚起火，死亡{number}人" for number in range(1, 21)]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


def test_texts_written_to_teach_are_all_read_and_of_reports_the_half_that_is_not_held_out(tmp_path):
    corpus = tmp_path / "corpus"
    write(corpus / "told" / "books.jsonl", [{"title": "新书", "text": "井下十七人没有上来", "nature": "hypothetical"}])
    write(tmp_path / "documents.jsonl", [{"title": "", "text": text, "deaths": 1, "injured": None} for text in FIRES])
    write(tmp_path / "tiers.jsonl", [{"title": "", "text": "旧闻一则", "tier": None}])
    found = [(one.text, one.nature) for one in nature.natured(tmp_path, corpus)]
    assert found == [
        ("新书\n井下十七人没有上来", "hypothetical"),
        *[(normalise(text), "current") for text in FIRES if not held_out(text)],
    ]
    assert 0 < len(found) - 1 < len(FIRES)


def test_heads_tell_what_they_were_taught_from_what_is_current():
    told = [f"剧本第{number}场：大坝决口，死亡{number}人" for number in range(20)]
    kinds = ["drill", "past", "statistic", "hypothetical"]
    examples = [nature.Natured(text=text, nature="current") for text in FIRES]
    examples += [nature.Natured(text=text, nature=kinds[at % 4]) for at, text in enumerate(told)]
    heads = nature.fit(examples)
    assert len(heads) == len(nature.HEADS)
    column, bias = heads[0]
    odds = nature.Inputs.of([told[0], FIRES[0]]).triples @ column + bias
    assert odds[0] > 0 > odds[1]
