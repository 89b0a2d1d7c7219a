"""Runs the `minqing` command as people do: in a child process."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MINQING = Path(sys.executable).with_name("minqing")


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


def minqing(*arguments, cwd=None, timeout=120, **variables):
    """Run one command to its end."""
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
