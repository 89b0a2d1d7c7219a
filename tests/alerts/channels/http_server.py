"""A real HTTP server on loopback that answers as a test says and misbehaves on demand."""

import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import orjson

OK = 200


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    query: dict
    headers: dict
    body: bytes

    @property
    def json(self):
        return orjson.loads(self.body)

    @property
    def key(self):
        return self.headers["x-minqing-key"]


class HttpServer:
    """Listens on a free port until `stop`. `answer` maps a request to a status and a body.

    `fault` takes the place of an answer: a pair of status and body, "break" (closes in mid-answer), "stall" (says
    nothing until `behave`) or "trickle" (a byte at a time, for ever). What it took is in `requests`.
    """

    def __init__(self, answer, context=None):
        self.answer, self.fault, self.requests = answer, None, []
        self._free = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._server.handle_error = lambda *_: None
        self.port = self._server.server_address[1]
        scheme = "http" if context is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def behave(self):
        self.fault = None
        self._free.set()

    def stop(self):
        self._free.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def _handler(outer):  # noqa: N805  # two selves in one place
        class Handler(BaseHTTPRequestHandler):
            def handle_one(self):
                parts = urlsplit(self.path)
                request = Request(
                    method=self.command,
                    path=parts.path,
                    query={k: v[0] for k, v in parse_qs(parts.query).items()},
                    headers={k.lower(): v for k, v in self.headers.items()},
                    body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
                )
                outer._respond(self, request)

            do_GET = do_POST = handle_one  # noqa: N815  # http.server calls them so

            def log_message(self, *_):
                pass

        return Handler

    def _respond(self, handler, request):
        match self.fault:
            case "break":
                handler.connection.shutdown(socket.SHUT_RDWR)
                return
            case "stall":
                self._free.wait(20)
                return
            case "trickle":
                handler.send_response(OK)
                handler.end_headers()
                while not self._free.wait(0.05):
                    handler.wfile.write(b" ")
                return
            case None:
                status, body = self.answer(request)
                if status == OK and _taken(body):
                    self.requests.append(request)
            case status, body:
                pass
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


def _taken(body):
    """Makers say no inside HTTP 200."""
    return not isinstance(body, dict) or not (body.get("errcode") or body.get("code"))


class HttpFarSide:
    """The server as the contract asks for it; a vendor says how it refuses."""

    def __init__(self, server, *, for_now, for_good):
        self.server, self.for_now, self.for_good = server, for_now, for_good

    def received(self):
        return [request.key for request in self.server.requests]

    def refuse_for_now(self):
        self.server.fault = self.for_now

    def refuse_for_good(self):
        self.server.fault = self.for_good

    def break_off(self):
        self.server.fault = "break"

    def stall(self):
        self.server.fault = "stall"

    def behave(self):
        self.server.behave()

    def stop(self):
        self.server.stop()
