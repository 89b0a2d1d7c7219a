"""A mail server in a process of its own, so that its work is not counted as the sender's; files tell what came."""

import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

from services.demo.sink import MailSink


@contextmanager
def mailbox(folder: Path):
    """Its port."""
    command = [sys.executable, "-m", "tests.benchmarks._mailbox", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    with MailSink(Path(sys.argv[1])) as sink:
        print(sink.port, flush=True)
        threading.Event().wait()
