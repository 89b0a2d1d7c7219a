"""Matters that share their words: a brawl and a poisoning at a school, a smell and a bang of gas, a cut and a burst."""

from analyzer.scope.gate import ScopeReader
from analyzer.text import normalise
from tests.analyzer.labelled import lines

ALIKE = lines("topics_alike.jsonl")
"""Written blind in three rounds: at once right were 54 of 58, 9 of 19 (brawls), and after the mending 21 of 24."""


def test_matters_that_share_words_are_told_apart():
    read = ScopeReader.load().read_many([normalise(line["text"]) for line in ALIKE])
    right = [
        bool(judged.topics) and judged.topics[0].code in line["topics"]
        for line, judged in zip(ALIKE, read, strict=True)
    ]
    assert sum(right) / len(right) >= 0.92


def test_who_comes_to_hospital_from_a_brawl_has_eaten_nothing_bad():
    reader = ScopeReader.load()
    brawl, sick = reader.read_many(["食堂里学生打架，三人被打伤送医院", "打架的学生说食堂饭后呕吐腹泻，多人中毒送医"])
    assert all(topic.code != "hazard.food_poisoning" for topic in brawl.topics)
    assert any(topic.code == "hazard.food_poisoning" for topic in sick.topics)
