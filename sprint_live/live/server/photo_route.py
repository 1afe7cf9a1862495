"""POST /photo-lines: a photo in, the points of one stroke out. Behind the access check.

    ?detector=NAME&polarity=auto|dark|light&width=W&height=H
    body: PNG, JPEG or WebP   ->   n x wire point (strokes.POINT)

The photo is fitted to the paper of a picture of W x H; without them to the whole canvas.

Errors are JSON {"error": English, "code", "params"} with 413, 415, 422, 429, 500 or 503.
"""

from __future__ import annotations

import asyncio

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from sprint_live.coded_text import CodedText, body_of, coded
from sprint_live.errors import (
    ArgumentError,
    BusyError,
    EngineError,
    MessageTooLarge,
    SketchError,
    SketchTooLarge,
    SprintLiveError,
    told_by,
)
from sprint_live.live.canvas.image_decoding import MAX_PHOTO_BYTES, read_photo, with_dark_lines
from sprint_live.live.canvas.page_box import paper_box
from sprint_live.live.canvas.strokes import CANVAS_PX
from sprint_live.live.canvas.vectorize import trace
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.security.body_limits import read_body

__all__ = ["add_photo_route"]

UPLOAD_WITHIN_S = 30.0
DETECT_WITHIN_S = 60.0
STATUS_OF = (
    (SketchTooLarge, 413),
    (MessageTooLarge, 413),
    (SketchError, 415),
    (ArgumentError, 422),
    (BusyError, 429),
    (EngineError, 500),
)


def add_photo_route(app: FastAPI, worker: Worker) -> None:
    """Add the route. It traces one photo at a time; a second one gets 429, so photos never queue up before strokes."""
    busy = asyncio.Lock()

    @app.post("/photo-lines")
    async def photo_lines(
        request: Request, detector: str = "", polarity: str = "auto", width: int = CANVAS_PX, height: int = CANVAS_PX
    ) -> Response:
        try:
            if busy.locked():
                raise BusyError(coded("photo.busy"))
            async with busy:
                points = await _lines_of(request, worker, detector, polarity, (width, height))
        except SprintLiveError as error:
            status = next((status for kind, status in STATUS_OF if isinstance(error, kind)), 500)
            return _explained(told_by(error), status)
        except TimeoutError:
            return _explained(coded("photo.slow"), 503)
        if not points:
            return _explained(coded("photo.no_lines"), 422)
        return Response(points, media_type="application/octet-stream")


async def _lines_of(request: Request, worker: Worker, detector: str, polarity: str, page_wh: tuple[int, int]) -> bytes:
    if worker.state != WorkerState.READY or worker.model is None:
        raise BusyError(coded("model.not_ready"))
    names = [name for name, _ in worker.model.detectors]
    if detector not in names:
        given = {"detector": repr(detector), "detectors": ", ".join(names) or "-"}
        raise ArgumentError(coded("detector.unknown", given))
    if page_wh != (CANVAS_PX, CANVAS_PX) and page_wh not in worker.model.sizes:
        sizes = ", ".join("{}x{}".format(*size) for size in worker.model.sizes)
        raise ArgumentError(coded("settings.size", {"size": "{}x{}".format(*page_wh), "sizes": sizes}))
    data = await asyncio.wait_for(read_body(request, MAX_PHOTO_BYTES), UPLOAD_WITHIN_S)
    photo_u8 = with_dark_lines(await asyncio.to_thread(read_photo, data, paper="auto"), polarity)
    map_u8 = await worker.detect(photo_u8, detector, timeout_s=DETECT_WITHIN_S)
    return await asyncio.to_thread(trace, map_u8, page_px=paper_box(*page_wh))


def _explained(said: CodedText, status: int) -> JSONResponse:
    return JSONResponse(body_of(said), status, {"Retry-After": "2"} if status in (429, 503) else None)
