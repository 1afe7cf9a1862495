"""POST /live: the same conversation as over the WebSocket, for where a proxy blocks WebSockets.

    body: batch up  ->  batch down, at once or as soon as there is something to say (at most 20 s later, then empty)

A client has two requests in flight: one waits for the next picture, the other brings strokes (long_poll.py). An error
in the conversation closes it inside the batch, with a WebSocket close code. An error in the request is an HTTP status:
400 no batch, 404 unknown connection, 413 too large, 429 and 503 with Retry-After; the body is a JSON {"error":
English, "code", "params"}.
"""

from __future__ import annotations

import asyncio
import functools
import math

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from sprint_live.coded_text import CodedText, body_of, coded
from sprint_live.errors import BusyError, MessageTooLarge, ProtocolError, told_by
from sprint_live.live.security.access_control import AccessPolicy
from sprint_live.live.security.body_limits import read_body
from sprint_live.live.security.rate_limits import LimitReached, client_of
from sprint_live.live.transports.long_poll import (
    MAX_BATCH_BYTES,
    LongPollConnection,
    LongPollConnections,
    UnknownConnection,
)
from sprint_live.live.wire.batches import UpBatch, pack_down, unpack_up

__all__ = ["add_post_route"]

HOLD_S = 20.0
UPLOAD_WITHIN_S = 30.0
BUSY_RETRY_S = 5


def add_post_route(app: FastAPI, connections: LongPollConnections, policy: AccessPolicy) -> None:
    """The route. The access check has already looked at Host, Origin and token."""

    @app.post("/live")
    async def live(request: Request) -> Response:
        connection: LongPollConnection | None = None
        try:
            batch = unpack_up(await asyncio.wait_for(read_body(request, MAX_BATCH_BYTES), UPLOAD_WITHIN_S))
            admits = functools.partial(policy.admits, request.scope)
            connection = connections.find_or_open(batch.connection_id, client_of(request.scope), admits)
            with connection.attended():
                answer = await _answer(request, connection, batch)
        except UnknownConnection as error:
            return JSONResponse(body_of(told_by(error)), 404)
        except MessageTooLarge as error:
            return JSONResponse(body_of(told_by(error)), 413)
        except ProtocolError as error:
            return JSONResponse(body_of(told_by(error)), 400)
        except LimitReached as full:
            return _later(told_by(full), full.status, full.wait_s)
        except BusyError as error:
            if connection is not None:
                connection.leave()
            return _later(told_by(error), 503, BUSY_RETRY_S)
        except TimeoutError:
            return JSONResponse(body_of(coded("body.slow")), 408)
        return Response(answer, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def _answer(request: Request, connection: LongPollConnection, batch: UpBatch) -> bytes:
    """Deliver the batch, then wait for an answer. Stop waiting if the client hangs up."""
    try:
        await connection.bring(batch)
        return await _fetched(request, connection)
    except asyncio.CancelledError:  # how Ray Serve says that a client hung up; uvicorn sends http.disconnect
        connection.hang_up()
        raise


async def _fetched(request: Request, connection: LongPollConnection) -> bytes:
    fetching = asyncio.create_task(connection.fetch(HOLD_S))
    leaving = asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait({fetching, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if fetching.done():
            return pack_down(fetching.result())
        connection.hang_up()
        return b""
    finally:
        fetching.cancel()
        leaving.cancel()
        await asyncio.gather(fetching, leaving, return_exceptions=True)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _later(said: CodedText, status: int, wait_s: float) -> Response:
    return JSONResponse(body_of(said), status, {"Retry-After": str(math.ceil(wait_s))})
