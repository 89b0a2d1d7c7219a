"""1,300 people told of one thing over SMTP on loopback, as `minqing run` sends; and stored event to accepted mail."""

import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from crawlers.model import Authority
from services import bootstrap, worker
from services.clock import RunningClock
from services.run import TICKS
from services.sending.senders import Senders
from tests.benchmarks._mailbox import mailbox
from tests.builders import post
from tests.services.desk import a_folder
from tests.soak.nursery import TellingReader
from tests.soak.storm import telling

PEOPLE = 1300
ALONE = 40
TOLD = 3
"""Of an event with one in the crowd: he, the operator of the shift, and the leader."""
PATIENCE = 300


def measure(out: Path) -> dict[str, object]:
    del out
    figures: dict[str, object] = {}
    for name, papers in (("with DOCX and PDF", "[docx, pdf]"), ("without files", "[]")):
        with tempfile.TemporaryDirectory() as folder, _desk(Path(folder), papers, PEOPLE) as (service, box):
            figures |= {f"{key}, {name}": value for key, value in _everybody(service, box).items()}
    with tempfile.TemporaryDirectory() as folder, _desk(Path(folder), "[docx, pdf]", 1) as (service, box):
        figures |= _one_by_one(service, box)
    return figures


@contextmanager
def _desk(folder, papers, people):
    """A service whose loops run, with so many people in the operator's role, and its mailbox."""
    with mailbox(folder / "mail") as port:
        desk = a_folder(folder / "desk", mail=port, papers=f"{{attach: {papers}}}")
        _crowd(desk / "roster.yaml", people)
        bootstrap.build_reader = lambda gazetteer, settings: TellingReader()
        service = bootstrap.open_service(desk, RunningClock())
        Senders(service).start()
        for job in (worker.read, worker.tick):
            threading.Thread(target=_forever, args=(job, service), daemon=True).start()
        try:
            yield service, folder / "mail"
        finally:
            service.stopping.set()
            time.sleep(1)
            service.close()


def _forever(job, service):
    while not service.stopping.wait(TICKS[job.__name__][1]):  # as often as in earnest
        job(service)


def _crowd(roster, people):
    text = roster.read_text(encoding="utf-8")
    names = [f"crowd_{number}" for number in range(people)]
    entries = "".join(f"  - {{id: {n}, name: {n}, channels: {{email: {n}@duty.example}}}}\n" for n in names)
    text = text.replace("people:\n", f"people:\n{entries}", 1)
    text = text.replace(
        "- {id: duty_operator, name: 值班员}", f"- {{id: duty_operator, name: 值班员, holders: {names}}}", 1
    )
    roster.write_text(text.replace("'", ""), encoding="utf-8")


def _tell(service, number):
    store = service.database.crawl_store()
    store.put(post(telling(number), id=f"{number:064x}", authority=Authority.MEDIA, told=RunningClock().now()))
    store.close()


def _wait(box, count):
    """Seconds until the server has filed so many."""
    began = time.monotonic()
    while len(list(box.glob("*.eml"))) < count and time.monotonic() - began < PATIENCE:
        time.sleep(0.02)
    return time.monotonic() - began


def _everybody(service, box):
    cpu = time.process_time()
    _tell(service, 0)
    seconds = _wait(box, PEOPLE)
    return {
        f"{PEOPLE} recipients, seconds": round(seconds, 1),
        "sender's cpu seconds": round(time.process_time() - cpu, 1),
        "arrived": len(list(box.glob("*.eml"))),
    }


def _one_by_one(service, box):
    """From the post's arrival in the record to the last of its three mails accepted, each event by itself."""
    delays = []
    for number in range(ALONE):
        before = len(list(box.glob("*.eml")))
        time.sleep(0.13 * (number % 8))  # at any moment between two looks
        _tell(service, number)
        delays.append(_wait(box, before + TOLD))  # the last of those who are told, so that the next begins afresh
    delays.sort()
    return {
        "event to mail, median s": round(delays[len(delays) // 2], 2),
        "event to mail, p95 s": round(delays[int(len(delays) * 0.95)], 2),
    }
