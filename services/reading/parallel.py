"""Work on chunks in several processes, results in order, memory bounded."""

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from math import ceil
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_forked: dict[str, Callable[[Any], Any]] = {}
"""What this process was forked to do."""


def ordered(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    processes: int,
    prepare: Callable[..., None] = lambda: None,
    arguments: tuple[object, ...] = (),
) -> Iterator[R]:
    """`work(item)` for each item, in order; `prepare(*arguments)` runs once first.

    `processes` 0 means one per core, this process being one of them; the others are forked from it, so that they share
    what was prepared and what `work` holds. At most three items per process are under way.
    """
    count = processes or cores()
    prepare(*arguments)
    return _worked(work, items, beside=count - 1, here=True)


def forked(work: Callable[[T], R], items: Iterable[T], count: int) -> Iterator[R]:
    """`work(item)` for each item, in order, in `count` processes beside this one, which has other things to do."""
    return _worked(work, items, beside=count, here=False)


class _Place(NamedTuple):
    """Where work is done, by how many at once, and what they are asked to do."""

    pool: Executor
    workers: int
    task: Callable[[Any], Any]


def _worked(work: Callable[[T], R], items: Iterable[T], *, beside: int, here: bool) -> Iterator[R]:
    """Each item goes to who has the least to do: the processes forked from this one, or a thread of it."""
    with ExitStack() as stack:
        places = []
        if beside:  # First of all: the first item forks them, before there is a thread.
            places.append(_Place(_forked_pool(work, beside), beside, _do))
        if here:
            places.append(_Place(ThreadPoolExecutor(1), 1, work))
        for place in places:
            stack.callback(place.pool.shutdown, cancel_futures=True)
        waiting: deque[tuple[_Place, Future[R]]] = deque()
        for item in items:
            busy = Counter([place for place, future in waiting if not future.done()])
            place = min(places, key=lambda one: busy[one] / one.workers)
            waiting.append((place, place.pool.submit(place.task, item)))
            if len(waiting) >= 3 * (beside + here):
                yield waiting.popleft()[1].result()
        while waiting:
            yield waiting.popleft()[1].result()


def _forked_pool(work: Callable[[Any], Any], count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("fork"), initializer=_forked.__setitem__, initargs=("work", work)
    )


def evenly(items: int, *, most: int, least: int, processes: int) -> int:
    """How large chunks must be for each process to have as many, none with more than `most`.

    Otherwise some wait at the end while others still work: of 30 full chunks for 8 processes two have one each.
    Only where fewer than `least` were left for each are there fewer chunks than processes.
    """
    rounds = ceil(items / (most * processes))
    return max(least, ceil(items / (rounds * processes)))


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0))


def _do(item: Any) -> Any:  # whatever `forked` was given
    return _forked["work"](item)
