"""A flood, as a process of its own: requests as fast as they are answered, sockets beyond the limit,
and messages without end.

python flooding.py PORT   ->   until stdin ends; then JSON on stdout: answers by status
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from sprint_live.live.wire import protocol as wire

FROM = {"X-Forwarded-For": "203.0.113.66"}  # a proxy on this machine says whom it speaks for: one client
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.66\r\n\r\n"


async def ask(port: int, over: asyncio.Event, seen: Counter) -> None:
    """One connection: ask, read the answer, ask again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not over.is_set():
        writer.write(REQUEST)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        seen[f"{status}{' with Retry-After' if b'retry-after' in head.lower() else ''}"] += 1
        length = next(
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        await reader.readexactly(length)
    writer.close()


async def open_sockets(port: int, over: asyncio.Event, seen: Counter) -> None:
    """Sockets of the same client, one after another and none closed."""
    held = []
    while not over.is_set():
        try:
            held.append(await connect(f"ws://127.0.0.1:{port}/live", proxy=None, additional_headers=FROM))
        except InvalidStatus as refused:
            again = " with Retry-After" if "Retry-After" in refused.response.headers else ""
            seen[f"socket {refused.response.status_code}{again}"] += 1
            await asyncio.sleep(0.01)
    for socket in held:
        await socket.close()


async def send_messages(port: int, over: asyncio.Event, seen: Counter) -> None:
    """Acknowledgments of pictures that never were, as fast as the socket takes them.

    The answer to the server's ping stands behind all of them. Where it comes too late the server closes the
    socket, and the flood comes back with another one.
    """
    while not over.is_set():
        with suppress(ConnectionClosed):
            async with connect(f"ws://127.0.0.1:{port}/live", proxy=None, compression=None) as socket:
                await socket.send(wire.encode(wire.Hello()))
                while not over.is_set():
                    await socket.send(wire.encode(wire.Ack(1)))
                    seen["messages"] += 1
                    await asyncio.sleep(0)  # a socket that takes everything would let nobody else of this flood run


async def flood(port: int) -> Counter:
    seen, over = Counter(), asyncio.Event()
    floods = [ask(port, over, seen) for _ in range(8)] + [
        open_sockets(port, over, seen),
        send_messages(port, over, seen),
    ]
    running = [asyncio.create_task(one) for one in floods]
    await asyncio.to_thread(sys.stdin.read)
    over.set()
    await asyncio.gather(*running)
    return seen


if __name__ == "__main__":
    print(json.dumps(asyncio.run(flood(int(sys.argv[1])))))
