"""The robots.txt of each host as it was last read, kept between runs beside the pace and the budget."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from crawlers import robots
from crawlers.model import conditions
from crawlers.robots import Robots

FOLDER = "robots"
# RFC 9309 lets rules be used for a day; a site may ask for less, but not to be asked at every visit.
_LONGEST, _SHORTEST = timedelta(days=1), timedelta(hours=1)
_FORGOTTEN = timedelta(days=30)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*(\d{1,9})", re.IGNORECASE)
# Comments are for people and may name one.
_RULE = re.compile(r"(?:user|d[ia]+s|allow|crawl|request)[a-z -]{0,9}:[^#]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What a host answered to /robots.txt at `at` (aware UTC); `text` has its rules alone."""

    status: int
    text: str
    at: datetime
    life: timedelta = _LONGEST
    etag: str | None = None
    last_modified: str | None = None

    def serves(self, now: datetime) -> bool:
        """Whether the site need not be asked again; a clock set far back makes that doubtful."""
        return abs(now - self.at) < self.life

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask only for a change."""
        return conditions(self.etag, self.last_modified)

    def robots(self) -> Robots:
        """Return what it means."""
        return robots.read(self.status, self.text.encode())

    def renewed(self, headers: Mapping[str, str], now: datetime) -> "Kept":
        """Return it as still so."""
        return replace(self, at=now, life=_life(headers))


def kept(status: int, body: bytes, headers: Mapping[str, str], now: datetime) -> Kept | None:
    """Return what is to be kept of an answer; None of one that leaves the rules unknown."""
    if not (200 <= status < 300 or 400 <= status < 500) or robots.withheld(status):
        return None
    lines = body.decode("utf-8-sig", errors="replace").splitlines() if status < 300 else ()
    return Kept(
        status=status,
        text="\n".join(rule[0].rstrip() for line in lines if (rule := _RULE.match(line.lstrip()))),
        at=now,
        life=_life(headers),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def _life(headers: Mapping[str, str]) -> timedelta:
    asked = _MAX_AGE.search(headers.get("cache-control", ""))
    return min(max(timedelta(seconds=int(asked[1])), _SHORTEST), _LONGEST) if asked else _LONGEST


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The rules of one data folder, a file a site; `root` is its scheme and host."""

    folder: Path

    def get(self, root: str) -> Kept | None:
        """Return what is kept of a site; None of what is not there or is spoilt."""
        try:
            found = json.loads(self._path(root).read_text(encoding="utf-8"))
            at, life = datetime.fromisoformat(found.pop("at")), timedelta(seconds=found.pop("life"))
            return Kept(**found, at=at, life=life) if at.tzinfo else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def put(self, root: str, kept: Kept) -> None:
        """Keep it."""
        path = self._path(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        document = {**asdict(kept), "at": kept.at.isoformat(), "life": kept.life.total_seconds()}
        part.write_text(json.dumps(document), encoding="utf-8")
        os.utime(part, (kept.at.timestamp(),) * 2)
        part.replace(path)

    def tidy(self, now: datetime) -> None:
        """Let go of sites that were not asked for long."""
        with os.scandir(self.folder / FOLDER) as files:
            for old in files:
                if old.stat().st_mtime < (now - _FORGOTTEN).timestamp():
                    Path(old).unlink(missing_ok=True)

    def _path(self, root: str) -> Path:
        return self.folder / FOLDER / f"{quote(root, safe='')}.json"
