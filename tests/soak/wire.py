"""A wire between a process and its PostgreSQL server that can fall silent or break."""

import socket
import threading
from contextlib import suppress


class Wire:
    """Listens on loopback and passes everything on to the server's Unix socket, until it is told otherwise."""

    def __init__(self, server):
        self._server, self._pairs, self._broken = str(server), [], False
        self._flows = threading.Event()
        self._flows.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def falls_silent(self):
        """Nothing comes through, and nobody is told."""
        self._flows.clear()

    def breaks(self):
        """All connections end, and new ones too."""
        self._broken = True
        for one in self._pairs:
            _end(one)
        self._pairs.clear()

    def mends(self):
        """As before."""
        self._broken = False
        self._flows.set()

    def close(self):
        self._listening.close()
        self.breaks()
        self._flows.set()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self._broken:
                    near.close()
                    continue
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._server)
                self._pairs += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
        _end(target)


def _end(one):
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
