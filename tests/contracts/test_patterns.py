import time

import pytest

from tests.contracts.patterns import every_pattern, pieces

PATTERNS = every_pattern()
SMALL, LARGE, WHOLE = 1_500, 12_000, 100_000
TRIES = 10


def spent(pattern, piece, length):
    """Processor time for all matches in so many characters of one piece: other work on the machine counts little."""
    text = (piece * (length // len(piece) + 1))[:length]
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


def grows(pattern, piece, small, large):
    """Whether time grows faster than the text: eight times the text may cost 24 times the time, squares cost 64."""
    return min(spent(pattern, piece, large) for _ in range(3)) > 24 * (spent(pattern, piece, small) + 0.0005)


def test_the_packages_hold_many_patterns():
    assert len(PATTERNS) > 150


@pytest.mark.parametrize("name", PATTERNS)
def test_eight_times_the_text_costs_no_square_of_the_time(name):
    pattern = PATTERNS[name]
    costs = {piece: spent(pattern, piece, LARGE) for piece in pieces(pattern, TRIES)}
    worst = max(costs, key=costs.get)

    assert not grows(pattern, worst, SMALL, LARGE), worst
    assert not grows(pattern, worst, WHOLE // 8, WHOLE), worst
