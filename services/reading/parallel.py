"""Work on chunks in several processes, results in order, memory bounded."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def ordered(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    processes: int,
    prepare: Callable[..., None],
    arguments: tuple[object, ...] = (),
) -> Iterator[R]:
    """`work(item)` for each item, in order; `prepare(*arguments)` runs once first.

    `processes` 0 means one per core; 1 works in this process. More are forked from it, so that they share what was
    prepared. At most three items per process are under way.
    """
    count = processes or len(os.sched_getaffinity(0))
    prepare(*arguments)
    if count == 1:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as pool:
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= 3 * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
