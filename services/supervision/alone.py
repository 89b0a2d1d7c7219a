"""One process at a time in a service folder: two would each remember the open events by themselves."""

import fcntl
from pathlib import Path
from typing import IO

from services.errors import ConfigError


def hold(data: Path) -> IO[str]:
    """Take the folder's lock; it ends when the returned file is closed, or with the process, however that ends.

    Raises ConfigError where another process has it.
    """
    lock = (data / ".minqing.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise ConfigError(
            [f"{data} 正由另一个 minqing 进程使用（run、once 或 demo），请等它结束，或先将它停止。"]
        ) from error
    return lock
