"""Threads that send what is due, side by side: a far side that lets one wait does not hold up the others."""

import threading
import time

import structlog

from services.bootstrap import Service
from services.delivery import deliver_all

log = structlog.get_logger("delivery")

LOOKS_EVERY = 0.25
"""Seconds between two looks at an empty outbox; looking takes no lock."""


class Senders:
    """As many as the settings say, from `start` until the service stops."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._threads = [
            threading.Thread(target=self._run, name=f"sender-{number}", daemon=True)
            for number in range(service.settings.senders)
        ]

    def start(self) -> None:
        """Begin to look."""
        for thread in self._threads:
            thread.start()

    def join(self, timeout: float) -> None:
        """Let each finish the mail that it has in hand, all together no longer than `timeout` seconds."""
        until = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        while not self._service.stopping.is_set():
            try:
                if self._is_due():
                    deliver_all(self._service)
            except Exception:
                # The record may be locked or full for a while; sending goes on when it is back.
                log.exception("sender failed")
            self._service.stopping.wait(LOOKS_EVERY)

    def _is_due(self) -> bool:
        with self._service.view() as uow:
            return uow.outbox.oldest_due(self._service.clock.now()) is not None
