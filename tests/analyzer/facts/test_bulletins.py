"""Document values of news, bulletins, hotline records, posts and chats, written before the rules were looked at."""

from collections import Counter

import pytest

from analyzer.pipeline import Reader
from services.folder.gazetteer import load_gazetteer
from tests.measure import bulletins

LIFE = {"deaths", "missing", "trapped", "evacuated"}


@pytest.mark.parametrize("with_title", [True, False])
def test_document_values_are_those_told(with_title):
    told, right = Counter(), Counter()
    for _, both in bulletins.read(bulletins.told(), Reader(load_gazetteer(None)), with_title=with_title):
        for kind, (wanted, got) in both.items():
            told[kind in LIFE] += 1
            right[kind in LIFE] += wanted == got
    assert right[True] / told[True] >= 0.95
    assert right[False] / told[False] >= 0.9
