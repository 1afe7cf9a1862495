"""A drawn picture as the bytes of a FRAME message, with the ms of every stage.

Knows: pictures and the wire.  Must not know: sessions, sockets.
"""

from __future__ import annotations

import time

from sprint_live.errors import EngineError
from sprint_live.live.drawing import Picture
from sprint_live.live.protocol import MAX_FRAME_BYTES, FrameReady, Variation, encode
from sprint_live.live.scheduler import Job

__all__ = ["frame_message"]

ROOM_FOR_TIMINGS = 4096


def frame_message(job: Job, frame_seq: int, picture: Picture) -> tuple[bytes, dict[str, float]]:
    """The bytes of the message, a VARIED if the job is a variation, and the ms by stage.

    Raises: EngineError if the JPEG is larger than a message may be.
    """
    start_s = time.perf_counter()
    jpeg = picture.frame.jpeg
    encode_ms = (time.perf_counter() - start_s) * 1e3
    stages = dict(picture.frame.timings_ms)
    stages.pop("total", None)  # "engine" is the total as the worker saw it
    timings_ms = {"engine": picture.engine_ms, **stages, "strokes": picture.raster_ms, "queue": job.waited_s * 1e3}
    timings_ms.setdefault("jpeg", encode_ms)  # an engine that encodes by itself has counted it
    if len(jpeg) > MAX_FRAME_BYTES - ROOM_FOR_TIMINGS:
        raise EngineError(f"the picture takes {len(jpeg)} bytes, more than a frame may have ({MAX_FRAME_BYTES})")
    if job.aside:
        return encode(Variation(job.op_seq, job.request.settings.seed, picture.width, picture.height, jpeg)), timings_ms
    stages_ms = tuple(timings_ms.items())
    return encode(
        FrameReady(frame_seq, job.op_seq, picture.width, picture.height, stages_ms, jpeg, picture.frame.preview)
    ), timings_ms
