"""Runs the `minqing` command as people do: in a child process."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MINQING = Path(sys.executable).with_name("minqing")
PATIENCE = 60
"""Seconds after which a test that waits has waited in vain."""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def sentences(self):
        """Lines of standard error that are no progress bar."""
        return [line for line in self.err.replace("\r", "\n").splitlines() if "。" in line]


def environment(**more):
    """The machine's variables without any of the service's: nothing may leak from who runs the tests."""
    inherited = os.environ  # noqa: TID251  # a child needs the path and the home of whoever runs the tests
    kept = {name: value for name, value in inherited.items() if not name.startswith("MINQING_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **more}


def minqing(*arguments, cwd=None, timeout=600, **variables):
    """Run one command to its end; `timeout` is for one that hangs, not for a machine that is busy."""
    done = subprocess.run(
        [MINQING, *map(str, arguments)],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def started(*arguments, cwd=None, **variables):
    """Start a command that goes on; it leads a process group of its own."""
    return subprocess.Popen(
        [MINQING, *map(str, arguments)],
        cwd=cwd,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(condition):
    """What `condition` comes to once that is something."""
    for _ in range(PATIENCE * 50):
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


@contextmanager
def running(folder, *options, command="run"):
    """A command that goes on, until the block ends; the address of its console, if any. No process is left."""
    process = started(command, folder, *options)
    try:
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", first)
        assert address or "已开始工作" in first, (first, process.communicate(timeout=PATIENCE))
        yield address[0] if address else "", process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
