"""A loopback web site for tests: real HTTP, any page, every request counted."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass
class Reply:
    """What the site answers to one path."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    trickle: float = 0.0

    @property
    def raw(self) -> bytes:
        """The bytes behind the head: none where the status allows none, which would be taken for the next answer."""
        if self.status in (204, 304):
            return b""
        return self.body.encode() if isinstance(self.body, str) else self.body


class Site:
    """Serves `pages`: path (with query) to a Reply, or to a function of the request's headers."""

    def __init__(self, pages: dict | None = None, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = dict(pages or {})
        self.requests: list[tuple[str, dict[str, str], float]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.requests.append((self.path, headers, time.monotonic()))
                found = site.pages.get(self.path, site.pages.get(self.path.partition("?")[0]))
                reply = found(headers) if callable(found) else found
                site._answer(self, reply or Reply(status=404, body="没有这个页面"))

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Server((host, 0), Handler)
        self.host = host
        self.port = self.server.server_port
        self.url = f"http://{host}:{self.port}"

    @staticmethod
    def _answer(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        time.sleep(reply.delay)
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if "Content-Length" not in reply.headers:
            handler.send_header("Content-Length", str(len(reply.raw)))
        handler.end_headers()
        if not reply.trickle:
            handler.wfile.write(reply.raw)
            return
        for byte in reply.raw:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(reply.trickle)

    def asked(self, path: str | None = None) -> list[str]:
        """The paths that were asked for, in order; robots.txt apart unless named."""
        paths = [asked for asked, _, _ in self.requests]
        return [one for one in paths if one == path] if path else [one for one in paths if one != "/robots.txt"]

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Endless:
    """A server that answers with a status line and then the same bytes for ever."""

    def __init__(self, piece: bytes) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._piece = piece * (65_536 // len(piece))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._pour, args=(connection,), daemon=True).start()

    def _pour(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(self._piece)

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
