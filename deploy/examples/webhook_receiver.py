#!/usr/bin/env python3
"""An example of the other end of the `webhook` channel: checks the signature, drops repeats, keeps the rest as files.

Python's standard library alone. Start it, and put its address and the secret under `channels.webhook.receivers` in
settings.yaml:

    python3 webhook_receiver.py --port 9000 --secret-file secret.txt --folder taken

docs/channels.md says what a receiver of your own has to do.
"""

import argparse
import hashlib
import hmac
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LARGEST = 1024 * 1024


def refusal(secret: bytes, stamp: str, signature: str, body: bytes, *, now: float, tolerance: float) -> str:
    """Why a call is not to be believed; empty when it is. The time is part of what is signed."""
    if not stamp.isdigit() or abs(now - int(stamp)) > tolerance:
        return "时间不在允许的范围内，请核对双方的时钟"
    expected = "sha256=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    # In constant time: a comparison that stops at the first difference gives the signature away bit by bit.
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        return "签名不符，请核对密钥"
    return ""


def keep(folder: Path, body: bytes) -> bool:
    """Store a message under its key; False when it was there already. A file has its name only when it is whole."""
    key = json.loads(body)["key"]
    path = folder / (hashlib.sha256(key.encode()).hexdigest() + ".json")
    if path.exists():
        return False
    part = path.with_suffix(".part")
    part.write_bytes(body)
    part.replace(path)
    return True


class Handler(BaseHTTPRequestHandler):
    """Takes POST; answers 2xx only for what is safely stored, also for a repeat."""

    secret: bytes
    folder: Path
    tolerance: float

    def do_POST(self) -> None:
        """One message."""
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LARGEST:
            self._say(413, "消息为空或过大")
            return
        body = self.rfile.read(length)
        stamp = self.headers.get("X-Minqing-Timestamp", "")
        signature = self.headers.get("X-Minqing-Signature", "")
        why = refusal(self.secret, stamp, signature, body, now=time.time(), tolerance=self.tolerance)  # noqa: TID251  # the receiver's own clock
        if why:
            self._say(403, why)
            return
        try:
            new = keep(self.folder, body)
        except (ValueError, KeyError, TypeError):
            self._say(400, "消息格式不对")
            return
        self._say(200, "已收到" if new else "重复，已忽略")

    def _say(self, status: int, words: str) -> None:
        content = json.dumps({"message": words}, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what arrives is no business of a log."""


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="民情消息接收示例")
    parser.add_argument("--port", type=int, default=9000, help="监听端口；0 为任意空闲端口")
    parser.add_argument("--secret-file", type=Path, required=True, help="签名密钥所在的文件")
    parser.add_argument("--folder", type=Path, default=Path("taken"), help="消息存放的文件夹")
    parser.add_argument("--tolerance", type=float, default=300, help="双方时钟最多相差多少秒")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    Handler.secret = options.secret_file.read_bytes().strip()
    Handler.folder = options.folder
    Handler.tolerance = options.tolerance
    with ThreadingHTTPServer(("127.0.0.1", options.port), Handler) as server:
        print(f"等待消息： http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201  # a script speaks
        server.serve_forever()


if __name__ == "__main__":
    main()
