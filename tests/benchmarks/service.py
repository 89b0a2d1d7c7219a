"""`minqing run` on the town for a minute: memory of the whole service, and delay from fetch to accepted mail."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from services.demo.play import configure_folder
from services.demo.script import OPENS
from services.demo.sink import MailSink
from services.demo.site import Site
from services.demo.story import tell
from services.storage.database import open_database
from tests.benchmarks._process import resident_mb

SECONDS = 60
DAY_SHOWN = 4


def measure(out: Path) -> dict[str, object]:
    del out
    shown = OPENS.replace(day=DAY_SHOWN)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with MailSink(folder / "mail") as sink, Site(tell(), lambda: shown) as site:
            configure_folder(folder, site.url, sink.port, 0)
            command = [sys.executable, "-m", "services.cli", "run", str(folder), "--now", shown.isoformat()]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            memory = _watch(process)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        delays = _delays(folder / "minqing.db")
    return {
        "peak resident MB, all processes": round(max(memory)),
        "resident MB at the end": round(memory[-1]),
        "mails sent": len(delays),
        "fetch to mail, seconds": [round(d, 1) for d in sorted(delays)],
    }


def _watch(process: "subprocess.Popen[bytes]") -> list[float]:
    memory = []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        memory.append(resident_mb(process.pid))
        time.sleep(0.2)
    return memory


def _delays(database: Path) -> list[float]:
    """For each sent report: from when the event was known to when the mail server took the mail."""
    record = open_database(f"sqlite:///{database}")
    with record.view() as uow:
        found = []
        for note in uow.outbox.all(limit=10_000):
            event = uow.events.get(note.event_id) if note.event_id else None
            if note.sent_at is not None and note.purpose.value == "report" and event is not None and event.known_at:
                found.append((note.sent_at - event.known_at).total_seconds())
    record.dispose()
    return found
