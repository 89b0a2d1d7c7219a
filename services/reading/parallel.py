"""Work on chunks in several processes, results in order, memory bounded."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from math import ceil
from typing import Any, TypeVar

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

    `processes` 0 means one per core; 1 works in this process. More are forked from it, so that they share what was
    prepared and what `work` holds. At most three items per process are under way.
    """
    count = processes or cores()
    prepare(*arguments)
    if count == 1:
        yield from map(work, items)
        return
    yield from forked(work, items, count)


def forked(work: Callable[[T], R], items: Iterable[T], count: int) -> Iterator[R]:
    """`work(item)` for each item, in order, in `count` processes beside this one."""
    with ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("fork"), initializer=_forked.__setitem__, initargs=("work", work)
    ) as pool:
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(pool.submit(_do, item))
            if len(waiting) >= 3 * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


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
