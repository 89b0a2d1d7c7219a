"""The key of the day, by which voices are told apart and after which nobody can tell whose they were."""

import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crawlers.beijing import BEIJING

KEY_FILE = "voice.key"
_KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class VoiceKey:
    """The secret of one Beijing calendar day; with it voices can be told apart on that day only.

    `day` is None for a key that no file ever holds: it serves any day, and each day's voices are apart.
    """

    day: date | None
    secret: bytes

    @classmethod
    def fleeting(cls) -> "VoiceKey":
        """Return a key that lives and dies with this process."""
        return cls(day=None, secret=secrets.token_bytes(_KEY_BYTES))

    def voice(self, source_id: str, author: str, now: datetime) -> str:
        """Return what stands for an author of a source on the day of `now`. Raises ValueError on another day."""
        day = now.astimezone(BEIJING).date()
        if self.day not in (None, day):
            raise ValueError("the voice key is another day's")
        spoken = f"{day.isoformat()}\n{source_id}\n{author}".encode(errors="surrogatepass")
        return f"{day:%Y%m%d}:{hmac.new(self.secret, spoken, hashlib.sha256).hexdigest()[:16]}"


def open_key(folder: Path, now: datetime) -> VoiceKey:
    """Return the key of the day of `now`, made when there is none yet; another day's key is destroyed.

    Processes that share the folder share the key.
    """
    day = now.astimezone(BEIJING).date()
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        key = _read(folder / KEY_FILE)
        if key and key.day == day:
            return key
        _destroy(folder / KEY_FILE)
        key = VoiceKey(day=day, secret=secrets.token_bytes(_KEY_BYTES))
        _write(folder / KEY_FILE, key)
    return key


def destroy_expired(folder: Path, now: datetime) -> bool:
    """Overwrite and delete the key if its day is over; say whether there was one to destroy."""
    if not (folder / KEY_FILE).exists():
        return False
    with _locked(folder):
        key = _read(folder / KEY_FILE)
        if key and key.day == now.astimezone(BEIJING).date():
            return False
        return _destroy(folder / KEY_FILE)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    # The lock is a file of its own, since the key's file is replaced.
    with (folder / f".{KEY_FILE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(path: Path) -> VoiceKey | None:
    try:
        day, secret = path.read_text(encoding="ascii").split()
        key = VoiceKey(day=date.fromisoformat(day), secret=bytes.fromhex(secret))
    except (OSError, ValueError):
        return None
    return key if len(key.secret) == _KEY_BYTES else None


def _write(path: Path, key: VoiceKey) -> None:
    part = path.with_name(f".{path.name}.part")
    _destroy(part)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key.day} {key.secret.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _destroy(path: Path) -> bool:
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    path.unlink()
    return True
