"""POST /timelapse: the frames of a timelapse in, a GIF out, for browsers and programs that want one.
Behind the access check.

    body: n x (uint32 length, JPEG)   ?frame_ms=20..1000&hold_ms=0..5000   ->   image/gif

Errors are JSON {"error": English, "code", "params"} with 413, 415, 422, 429 or 503.
"""

from __future__ import annotations

import asyncio

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from sprint_live.coded_text import body_of, coded
from sprint_live.errors import (
    ArgumentError,
    BusyError,
    MessageTooLarge,
    SketchError,
    SketchTooLarge,
    SprintLiveError,
    told_by,
)
from sprint_live.live.security.body_limits import read_body
from sprint_live.live.server.gif import MAX_BYTES, gif_of, split_frames

__all__ = ["add_timelapse_route"]

UPLOAD_WITHIN_S = 120.0
STATUS_OF = ((SketchTooLarge, 413), (MessageTooLarge, 413), (SketchError, 415), (ArgumentError, 422), (BusyError, 429))


def add_timelapse_route(app: FastAPI) -> None:
    """Add the route. It makes one GIF at a time, because one takes seconds of a core and tens of megabytes."""
    busy = asyncio.Lock()

    @app.post("/timelapse")
    async def timelapse(request: Request, frame_ms: int = 100, hold_ms: int = 1500) -> Response:
        try:
            if busy.locked():
                raise BusyError(coded("timelapse.busy"))
            async with busy:
                frames = split_frames(await asyncio.wait_for(read_body(request, MAX_BYTES), UPLOAD_WITHIN_S))
                gif = await asyncio.to_thread(gif_of, frames, frame_ms=frame_ms, hold_ms=hold_ms)
        except SprintLiveError as error:
            status = next((status for kind, status in STATUS_OF if isinstance(error, kind)), 500)
            return JSONResponse(body_of(told_by(error)), status, {"Retry-After": "5"} if status == 429 else None)
        except TimeoutError:
            return JSONResponse(body_of(coded("timelapse.slow")), 503)
        return Response(gif, media_type="image/gif")
