"""Pair F1 of streams that were written before the code that groups them was looked at."""

import pytest

from analyzer.gazetteer import Gazetteer
from analyzer.pipeline import Reader
from tests.measure.grouping import complaints, grouped, pair_scores, read

READER = Reader(Gazetteer.load(()))


@pytest.mark.parametrize(
    ("stream", "precision", "recall"),
    [
        ("complaints_two_towns", 0.80, 0.88),
        ("hazards_microblog", 0.90, 0.58),
        ("complaints_and_hazards", 0.82, 0.83),
    ],
)
def test_posts_of_one_matter_are_found_together(stream, precision, recall):
    posts = complaints(stream)
    found = grouped(posts, read(posts, READER), dropping=False)

    scores = pair_scores(found, [label for _, label in posts])

    assert scores[0] >= precision
    assert scores[1] >= recall
