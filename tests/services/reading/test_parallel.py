import os
import random
import time
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.batches import batches
from services.reading import parallel

_prepared = []


def prepare(word):
    _prepared.append(word)


def tripled(number):
    return 3 * number


def slow_at_first(number):
    """The first ones take longest, so that results would come in another order."""
    time.sleep(0.05 if number < 2 else 0)
    return number


def told(_):
    return _prepared[:], os.getpid()


def slowly(_):
    time.sleep(0.02)
    return os.getpid()


def wrong(number):
    if number == 3:
        raise ValueError("number three")
    return number


@given(st.lists(st.integers()), st.integers(1, 7))
def test_chunks_hold_everything_in_order_and_no_more_than_their_size(items, size):
    found = list(batches(items, size))

    assert [item for chunk in found for item in chunk] == items
    assert all(0 < len(chunk) <= size for chunk in found)
    assert all(len(chunk) == size for chunk in found[:-1])


def test_chunks_take_from_an_endless_stream_only_what_is_asked_for():
    stream = count()

    assert list(islice(batches(stream, 3), 2)) == [[0, 1, 2], [3, 4, 5]]
    assert next(stream) == 6


@given(st.integers(1, 10**6), st.integers(1, 64))
def test_each_process_has_as_many_chunks_and_next_to_the_same_lines(lines, processes):
    size = parallel.evenly(lines, most=2048, least=128, processes=processes)
    chunks = -(-lines // size)

    assert 128 <= size <= 2048
    if size > 128:
        rounds = -(-chunks // processes)
        assert rounds == -(-lines // (2048 * processes))
        assert rounds * size <= lines / processes + rounds


def test_few_lines_are_not_parted_among_many_processes():
    assert parallel.evenly(200, most=2048, least=128, processes=64) == 128


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_items(processes):
    found = parallel.ordered(slow_at_first, range(12), processes=processes, prepare=prepare, arguments=("x",))

    assert list(found) == list(range(12))


def test_what_is_prepared_once_serves_every_process():
    _prepared.clear()

    found = list(parallel.ordered(told, range(8), processes=2, prepare=prepare, arguments=("ready",)))

    assert all(words == ["ready"] for words, _ in found)
    assert len({process for _, process in found} | {os.getpid()}) == 2


def test_this_process_is_one_of_those_that_work():
    found = list(parallel.ordered(slowly, range(8), processes=2))

    assert os.getpid() in found
    assert len(set(found)) == 2


def test_who_has_other_things_to_do_leaves_all_to_those_beside():
    assert os.getpid() not in set(parallel.forked(slowly, range(8), 2))


def test_one_process_works_right_here():
    found = list(parallel.ordered(told, range(2), processes=1, prepare=prepare, arguments=("here",)))

    assert [process for _, process in found] == [os.getpid()] * 2


@pytest.mark.parametrize("processes", [1, 2])
def test_no_more_than_three_items_a_process_are_taken_ahead_of_the_results(processes):
    taken = []

    def items():
        for number in range(40):
            taken.append(number)
            yield number

    results = parallel.ordered(tripled, items(), processes=processes, prepare=prepare, arguments=("x",))
    for done, result in enumerate(results, start=1):
        assert result == 3 * (done - 1)
        assert len(taken) <= done + 3 * processes


def test_an_item_that_fails_is_told_after_the_results_before_it():
    results = parallel.ordered(wrong, range(8), processes=2, prepare=prepare, arguments=("x",))

    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="number three"):
        next(results)


def test_no_items_are_no_results():
    assert list(parallel.ordered(tripled, [], processes=2, prepare=prepare, arguments=("x",))) == []


def test_any_number_of_processes_gives_the_same_results():
    numbers = [random.Random(7).randrange(1000) for _ in range(50)]
    by_processes = [
        list(parallel.ordered(tripled, numbers, processes=n, prepare=prepare, arguments=("x",))) for n in (1, 2, 3)
    ]

    assert by_processes == [[3 * n for n in numbers]] * 3
