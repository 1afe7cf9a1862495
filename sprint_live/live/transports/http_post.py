"""POST /live: the same conversation as over the WebSocket, for where a proxy blocks WebSockets.

    body: parcel up  ->  parcel down, at once or as soon as there is something to say (at most 20 s later, then empty)

A client has two requests in flight: one waits for the next picture, the other brings strokes (long_poll.py). An error
in the conversation closes it inside the parcel, with a WebSocket close code. An error in the request is an HTTP status:
400 no parcel, 404 unknown connection, 413 too large, 429 and 503 with Retry-After; the body is a JSON {"error":
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
from sprint_live.live.security.access_gate import AccessPolicy
from sprint_live.live.security.body_limits import read_body
from sprint_live.live.security.rate_limits import NoPlace, client_of
from sprint_live.live.transports.long_poll import MAX_PARCEL_BYTES, Mailbox, Mailboxes, MailboxUnknown
from sprint_live.live.wire.batches import UpParcel, pack_down, unpack_up

__all__ = ["add_post_door"]

HOLD_S = 20.0
UPLOAD_WITHIN_S = 30.0
BUSY_RETRY_S = 5


def add_post_door(app: FastAPI, mailboxes: Mailboxes, policy: AccessPolicy) -> None:
    """The route. The access gate has already checked Host, Origin and token."""

    @app.post("/live")
    async def live(request: Request) -> Response:
        mailbox: Mailbox | None = None
        try:
            parcel = unpack_up(await asyncio.wait_for(read_body(request, MAX_PARCEL_BYTES), UPLOAD_WITHIN_S))
            admits = functools.partial(policy.admits, request.scope)
            mailbox = mailboxes.find_or_open(parcel.connection_id, client_of(request.scope), admits)
            with mailbox.attended():
                answer = await _answer(request, mailbox, parcel)
        except MailboxUnknown as error:
            return JSONResponse(body_of(told_by(error)), 404)
        except MessageTooLarge as error:
            return JSONResponse(body_of(told_by(error)), 413)
        except ProtocolError as error:
            return JSONResponse(body_of(told_by(error)), 400)
        except NoPlace as full:
            return _later(told_by(full), full.status, full.wait_s)
        except BusyError as error:
            if mailbox is not None:
                mailbox.leave()
            return _later(told_by(error), 503, BUSY_RETRY_S)
        except TimeoutError:
            return JSONResponse(body_of(coded("body.slow")), 408)
        return Response(answer, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def _answer(request: Request, mailbox: Mailbox, parcel: UpParcel) -> bytes:
    """Deliver the parcel, then wait for an answer. Stop waiting if the client hangs up."""
    try:
        await mailbox.bring(parcel)
        return await _fetched(request, mailbox)
    except asyncio.CancelledError:  # how Ray Serve says that a client hung up; uvicorn sends http.disconnect
        mailbox.hang_up()
        raise


async def _fetched(request: Request, mailbox: Mailbox) -> bytes:
    fetching = asyncio.create_task(mailbox.fetch(HOLD_S))
    leaving = asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait({fetching, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if fetching.done():
            return pack_down(fetching.result())
        mailbox.hang_up()
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
