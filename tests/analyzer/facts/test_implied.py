"""Deaths and injuries of single people whom nobody counts."""

import pytest

from analyzer.facts import document_value, find_facts
from analyzer.model import FactKind


@pytest.mark.parametrize(
    "text",
    [
        "路人误以为炸死了人，赶紧报警。",
        "村民以为淹死了人，原来是只塑料模特。",
        "邻居担心老人摔死，破门而入。",
        "独居老人占遇难者的一半以上。",
    ],
)
def test_what_somebody_only_supposes_befell_nobody(text):
    told = document_value(find_facts(text), FactKind.DEATHS)
    assert told is None or told.value == 0


def test_what_befell_somebody_counts_whoever_supposed_otherwise():
    told = document_value(find_facts("家属以为老人睡着了，老人其实已经身亡。"), FactKind.DEATHS)
    assert told is not None
    assert told.value == 1
