"""The service's log: JSON lines in a file, never a post's text, never an identity, never a secret."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterable
from logging.handlers import WatchedFileHandler
from pathlib import Path
from time import monotonic
from typing import Any

import structlog

from services.storage.errors import Unavailable

LARGEST = 50_000_000
"""Bytes from which on a new log is begun: some months of a district's service."""
AGAIN_AFTER = 60.0
"""Seconds after which what is still out of reach is said once more."""


def configure(path: Path | None, hidden: Iterable[str] = ()) -> None:
    """Write everything from INFO on to `path` as JSON lines; None switches logging off. `hidden` is never written."""
    handler: logging.Handler = logging.NullHandler()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(path, encoding="utf-8")
    handler.addFilter(_worth_a_line)
    handler.addFilter(_Sparing())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _fault,
                structlog.processors.JSONRenderer(ensure_ascii=False),
                _without(hidden),
            ],
            foreign_pre_chain=_STAMPS,
        )
    )
    root = logging.getLogger()
    for old in root.handlers:
        if isinstance(old, _LogFile):
            old.close()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    structlog.configure(
        processors=[*_STAMPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def to_standard_error() -> None:
    """Where no log is kept, what is noted goes to standard error: standard output may be a command's data."""
    if not structlog.is_configured():
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def turn_over(path: Path) -> None:
    """Begin a new file where the log has grown large; of the old ones the last is kept. Whoever writes it follows."""
    if path.is_file() and path.stat().st_size > LARGEST:
        path.replace(path.with_name(f"{path.stem}.old{path.suffix}"))


class _LogFile(WatchedFileHandler):
    """The service's own, told from those of others. It follows when the file is moved away."""

    def emit(self, record: logging.LogRecord) -> None:
        """What cannot be written stops no work."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """A full disk is told by the auditor; the usual way prints the line as it came, with its secrets."""


_NOISY = frozenset(("scrapy", "twisted", "asyncio", "httpx", "httpcore", "uvicorn", "aiosmtpd", "mail", "alembic"))
"""Their everyday lines say nothing to a duty desk. A filter, because Scrapy sets its loggers' levels in each run."""


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Our own lines from INFO on, other people's from WARNING on; that a tick waits for the one before is usual."""
    whose = record.name.partition(".")[0]
    least = logging.ERROR if whose == "apscheduler" else logging.WARNING if whose in _NOISY else logging.INFO
    return record.levelno >= least


class _Sparing(logging.Filter):
    """A record out of reach fails everything many times a second: each kind of it is a line a minute, not a trace."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[object, object], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it has not been said within the last minute."""
        told = record.msg
        if not isinstance(told, dict) or not isinstance(_error(told.get("exc_info")), Unavailable):
            return True
        kind = told.get("event"), told.get("job")
        said, now = self._said.get(kind), monotonic()
        if said is not None and now - said < AGAIN_AFTER:
            return False
        self._said[kind] = now
        return True


def _error(given: object) -> BaseException | None:
    """What is meant by `exc_info`."""
    error = sys.exception() if given is True else given[1] if isinstance(given, tuple) else given
    return error if isinstance(error, BaseException) else None


def _fault(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An exception as its kind and the lines it came through; its message may hold what a post says.

    The record's own complaint holds none, and says more than the lines.
    """
    error = _error(event.pop("exc_info", None))
    if isinstance(error, Unavailable):
        event["problem"] = str(error)
    elif error is not None:
        event["fault"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        event["through"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _without(hidden: Iterable[str]) -> Callable[[object, str, Any], str]:
    """Blots out secrets in the finished line, whoever wrote it: also a library's, also an address with a key in it."""
    written = {form for secret in hidden for form in (secret, json.dumps(secret, ensure_ascii=False)[1:-1])}
    found = re.compile("|".join(re.escape(form) for form in sorted(written, key=len, reverse=True)))

    def blot(_: object, __: str, line: Any) -> str:
        return found.sub("***", str(line)) if written else str(line)

    return blot


_STAMPS: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
