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
    preload: tuple[str, ...] = (),
) -> Iterator[R]:
    """`work(item)` for each item, in order; `prepare(*arguments)` runs once in each process first.

    `processes` 0 means one per core; 1 works in this process. At most three items per process are under way.
    Modules of `preload` are imported once, and shared by all processes.
    """
    count = processes or len(os.sched_getaffinity(0))
    if count == 1:
        prepare(*arguments)
        yield from map(work, items)
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    with ProcessPoolExecutor(count, mp_context=context, initializer=prepare, initargs=arguments) as pool:
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= 3 * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
