"""Threads that send what is due, some for each channel: a far side that lets one wait does not hold up the others."""

import threading
import time

import structlog

from alerts.ports import Over
from services.bootstrap import Service
from services.sending.delivery import deliver_all

log = structlog.get_logger("delivery")

LOOKS_EVERY = 0.25
"""Seconds between two looks at an empty outbox; looking takes no lock."""


class Senders:
    """As many for each channel as the settings say, from `start` until the service stops.

    One is enough for dozens of mails a second, and then a crash can make no more than one mail come twice.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._threads = [
            threading.Thread(target=self._run, args=(over,), name="sender", daemon=True)
            for over in _shares(list(service.channels))
            for _ in range(service.settings.senders)
        ]

    def start(self) -> None:
        """Begin to look."""
        for thread in self._threads:
            thread.start()

    def join(self, timeout: float) -> None:
        """Let each that has begun finish the mail in its hand, all together no longer than `timeout` seconds."""
        until = time.monotonic() + timeout
        for thread in filter(threading.Thread.is_alive, self._threads):
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self, over: Over) -> None:
        while not self._service.stopping.is_set():
            try:
                if self._is_due(over):
                    deliver_all(self._service, over)
            except Exception:
                # The record may be locked or full for a while; sending goes on when it is back.
                log.exception("sender failed")
            self._service.stopping.wait(LOOKS_EVERY)

    def _is_due(self, over: Over) -> bool:
        with self._service.view() as uow:
            return uow.outbox.is_due(self._service.clock.now(), over)


def _shares(channels: list[str]) -> list[Over]:
    """Each channel apart; the first also looks after what names a channel that there is not."""
    return [Over(tuple(channels[1:]), but=True), *(Over((name,), but=False) for name in channels[1:])]
