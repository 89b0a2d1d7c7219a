"""How a server stops listening without forgetting whoever calls in that moment."""

import asyncio

TURNS = 4
"""Turns of the loop in which an accepted socket becomes a task, a transport and a protocol's connection."""


async def hear_out(server: asyncio.Server) -> None:
    """Take no more calls and let those finish arriving; then `server.close()` leaves no accepted socket open.

    `close()` alone forgets a socket that was accepted in the same turn of the loop: nobody answers or ends it.
    """
    loop = asyncio.get_running_loop()
    for listening in server.sockets:
        loop.remove_reader(listening.fileno())
    for _ in range(TURNS):
        await asyncio.sleep(0)
