"""The marks that stand around a candidate, and the short way to what they weigh."""

import numpy as np

from crawlers.masking.candidates import Kind, candidates
from crawlers.masking.evidence import Most, is_word, outer, weighed
from crawlers.masking.look import Batch
from crawlers.masking.recogniser import bundled
from tests.crawlers.planted import negatives, positives


def test_the_short_way_gives_what_all_marks_weigh_together():
    model = bundled()
    batch = Batch.fold([case.text for case in (*positives(), *negatives())])
    found = [
        (owner, candidate)
        for owner, (shadow, spots) in enumerate(zip(batch.shadows, batch.look.spots, strict=True))
        for candidate in candidates(shadow, spots)
        if candidate[0] == Kind.FULL and not is_word(shadow[candidate[1] : candidate[3]])
    ]
    assert len(found) > 2_000
    owners, starts, ends = (np.array(column) for column in zip(*((o, c[1], c[3]) for o, c in found), strict=True))
    near = model._neighbours.sums(batch, owners, starts, ends).tolist()
    weigh, most = model.weights.get, Most.of(model.weights)
    for (owner, candidate), beside in zip(found, near, strict=True):
        shadow, (_, start, _, end) = batch.shadows[owner], candidate
        all_marks = sum(weigh(mark, 0) for mark in outer(shadow, candidate))
        assert weighed(weigh, shadow, start, end, beside, -10_000, most) == all_marks
        assert all_marks <= weighed(weigh, shadow, start, end, beside, 10_000, most)
