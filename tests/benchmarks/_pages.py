"""A site for benchmarks in a process of its own: any number of loopback hosts, fast and plain."""

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

Pages = Callable[[str, str], bytes | None]
"""From "host:port" and path to the page; None where there is none."""


@contextmanager
def serving(pages: Pages, hosts: Sequence[str]) -> Iterator[list[str]]:
    """Serve until the end of the block; "host:port" of each host."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(pages, hosts, sender), daemon=True)
    process.start()
    try:
        yield receiver.recv()
    finally:
        process.kill()
        process.join()


def _serve(pages: Pages, hosts: Sequence[str], sender: Connection) -> None:
    async def listen() -> None:
        servers = [await asyncio.start_server(_answering(pages), host, 0, backlog=256) for host in hosts]
        sender.send(["{}:{}".format(*server.sockets[0].getsockname()[:2]) for server in servers])
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(listen())


def _answering(pages: Pages) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = "{}:{}".format(*writer.get_extra_info("sockname")[:2])
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = pages(host, head.split(b" ", 2)[1].decode())
                status = b"404 Not Found" if body is None else b"200 OK"
                length = str(len(body or b"")).encode()
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: " + length + b"\r\n\r\n" + (body or b""))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    return answer
