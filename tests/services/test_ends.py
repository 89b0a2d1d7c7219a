"""Whoever connects while a server ends is hung up on too, instead of waiting for an answer that never comes."""

import socket
import threading
from contextlib import suppress

import pytest

from services.demo.sink import MailSink
from services.run import web
from tests.services.desk import a_folder, opened

PATIENCE = 5.0


class Callers:
    """Connect again and again until nobody listens; every line stays open on their side."""

    def __init__(self):
        self.lines = []
        self._threads = [threading.Thread(target=self._call) for _ in range(3)]

    def start(self, port):
        self.port = port
        for thread in self._threads:
            thread.start()
        while len(self.lines) < 10:
            threading.Event().wait(0.01)

    def _call(self):
        with suppress(OSError):
            while True:
                self.lines.append(socket.create_connection(("127.0.0.1", self.port), PATIENCE))

    def left_waiting(self):
        """How many lines nobody ended."""
        for thread in self._threads:
            thread.join()
        return sum(not _ended(line) for line in self.lines)


def _ended(line):
    with line:
        try:
            while line.recv(4096):
                pass
        except TimeoutError:
            return False
        except ConnectionError:
            pass
        return True


@pytest.fixture
def callers():
    return Callers()


@pytest.mark.parametrize("_", range(3))
def test_the_console_hangs_up_on_everybody(tmp_path, callers, _):
    with opened(a_folder(tmp_path)) as service, web(service) as address:
        callers.start(int(address.rstrip("/").rpartition(":")[2]))
    assert callers.lines
    assert callers.left_waiting() == 0


@pytest.mark.parametrize("_", range(3))
def test_the_letter_box_hangs_up_on_everybody(tmp_path, callers, _):
    with MailSink(tmp_path) as sink:
        callers.start(sink.port)
    assert callers.left_waiting() == 0
