"""How many requests a host may still get today, and from when on it wants to be asked again."""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.beijing import BEIJING

FILE = "crawl-budget.json"
# Requests are taken in lots, so that a killed process leaves a count that is too high and never too low.
_LOT = 20
# A turn farther away than this was written before the machine was started anew.
_FARTHEST = 700.0


@dataclass(kw_only=True)
class Budget:
    """The ledger of one data folder; processes that share the folder share the counts of the day."""

    folder: Path
    _held: dict[str, int] = field(default_factory=dict)

    def take(self, host: str, now: datetime, *, limit: int) -> bool:
        """Take one request; False where today's are spent."""
        if self._held.get(host, 0) == 0:
            self._held[host] = self._reserve(host, now, limit)
        if self._held[host] == 0:
            return False
        self._held[host] -= 1
        return True

    def turn(self, host: str, at: float, *, gap: float, patience: float) -> float | None:
        """Take the next turn at a host; how many seconds until then, None where that is longer than `patience`.

        `at` is the machine's monotonic clock, which all processes of the folder and the next run share; they keep `gap`
        seconds between two turns.
        """
        with self._file() as ledger:
            free = float(ledger["turns"].get(host, 0.0))
            wait = free - at if 0 < free - at <= _FARTHEST else 0.0
            if wait > patience:
                return None
            if gap:
                ledger["turns"] = {one: then for one, then in ledger["turns"].items() if then > at}
                ledger["turns"][host] = at + wait + gap
        return wait

    def pause(self, host: str, now: datetime, until: datetime) -> None:
        """Remember that a host asked not to be visited before `until`."""
        with self._ledger(now) as ledger:
            ledger["not_before"][host] = until.isoformat()

    def paused_until(self, host: str, now: datetime) -> datetime | None:
        """Return until when a host wants to be left alone, if that is still to come."""
        with self._ledger(now) as ledger:
            written = ledger["not_before"].get(host)
        until = datetime.fromisoformat(written) if written else None
        return until if until and until > now else None

    def close(self, now: datetime) -> None:
        """Give back what was taken and not used."""
        with self._ledger(now) as ledger:
            for host, held in self._held.items():
                ledger["hosts"][host] = max(0, ledger["hosts"].get(host, 0) - held)
        self._held.clear()

    def _reserve(self, host: str, now: datetime, limit: int) -> int:
        with self._ledger(now) as ledger:
            spent = int(ledger["hosts"].get(host, 0))
            lot = max(0, min(_LOT, limit - spent))
            ledger["hosts"][host] = spent + lot
        return lot

    @contextlib.contextmanager
    def _ledger(self, now: datetime) -> Iterator[dict[str, Any]]:
        """The ledger of this Beijing day: a new one starts at nought, and what has run out is forgotten."""
        day = now.astimezone(BEIJING).date().isoformat()
        with self._file() as ledger:
            if ledger["day"] != day:
                ledger |= {"day": day, "hosts": {}}
            waits = ledger["not_before"].items()
            ledger["not_before"] = {host: until for host, until in waits if datetime.fromisoformat(until) > now}
            yield ledger

    @contextlib.contextmanager
    def _file(self) -> Iterator[dict[str, Any]]:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / FILE
        with (self.folder / f".{FILE}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = _read(path)
            ledger = {name: dict(value) if isinstance(value, dict) else value for name, value in before.items()}
            yield ledger
            if ledger != before:
                part = path.with_suffix(".part")
                part.write_text(json.dumps(ledger), encoding="utf-8")
                part.replace(path)


def _read(path: Path) -> dict[str, Any]:
    """Return what is written; of what is spoilt an empty ledger."""
    empty: dict[str, Any] = {"day": "", "hosts": {}, "not_before": {}, "turns": {}}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        ledger = {name: type(nothing)(found.get(name, nothing)) for name, nothing in empty.items()}
        for until in ledger["not_before"].values():
            datetime.fromisoformat(until)
    except (OSError, ValueError, TypeError, AttributeError):
        return empty
    return ledger
