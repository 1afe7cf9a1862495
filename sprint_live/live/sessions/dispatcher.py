"""The dispatcher runs one engine call after another, delivers the pictures, and handles calls that fail or hang.

    draw(jobs): [admission.may_be_drawn] -> worker.draw -> deliver, while the next call runs

Knows: the worker, client records, admission, status.  Must not know: messages from clients, whose turn it is.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sprint_live.coded_text import coded
from sprint_live.errors import CheckRefused, DeviceLost, EngineError, EngineHung, SprintLiveError, told_by
from sprint_live.live.observability.error_report import place_of
from sprint_live.live.observability.metrics import Metrics
from sprint_live.live.rendering.render import Picture, PictureRequest
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.admission import Admission
from sprint_live.live.sessions.registry import Client, ClientRegistry
from sprint_live.live.sessions.scheduler import Job, Scheduler
from sprint_live.live.sessions.status import StatusReporter
from sprint_live.live.wire.protocol import MAX_FRAME_BYTES, ErrorText, FrameReady, Variation, encode

__all__ = ["Dispatcher", "frame_message"]

log = logging.getLogger("sprint_live")

HUNG_AFTER_S = 10.0
HUNG_AFTER_TIMES = 20


@dataclass(slots=True)
class _Started:
    """A job in the engine, and the number its frame will have."""

    client: Client
    job: Job
    frame_seq: int = 0


class Dispatcher:
    """Sends jobs to the worker and pictures to clients. wake: set when the queue may have changed."""

    def __init__(
        self,
        clients: ClientRegistry,
        scheduler: Scheduler,
        worker: Worker,
        metrics: Metrics,
        admission: Admission,
        status: StatusReporter,
        wake: asyncio.Event,
    ) -> None:
        self._clients, self._scheduler, self._worker, self._metrics = clients, scheduler, worker, metrics
        self._admission, self._status, self._wake = admission, status, wake
        self._deliveries: set[asyncio.Task] = set()
        self._engine_s: deque[float] = deque(maxlen=100)
        self._encoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode")

    @property
    def at_rest(self) -> bool:
        """True when every picture that was drawn has been delivered."""
        return not self._deliveries

    def close(self) -> None:
        """Stop drawing."""
        self._encoder.shutdown(wait=False, cancel_futures=True)

    async def draw(self, jobs: Sequence[Job]) -> None:
        """Make one call of the engine. Each session gets its own picture or its own failure."""
        started = list(self._allowed(jobs))
        held_back = {job.session_id for job in jobs} - {one.job.session_id for one in started}
        if not started:
            self._scheduler.finish(None)
            self._status.tell_those_who_wait(held_back)
            return
        taken_s = time.perf_counter()
        for one in started:
            if not one.job.aside:
                one.frame_seq = one.client.session.next_frame()
                self._scheduler.block(one.client.slot, one.client.session.window_full)
        self._status.tell_those_who_wait(one.job.session_id for one in started)
        wanted = [
            PictureRequest(one.job.request, one.client.session.raster, one.job.session_id.hex()) for one in started
        ]
        try:
            pictures = await self._worker.draw(wanted, timeout_s=self.hung_after_s())
        except (SprintLiveError, TimeoutError) as error:
            pictures = [self._given_up(error)] * len(started)
        engine_s = max((picture.engine_ms / 1e3 for picture in pictures if isinstance(picture, Picture)), default=None)
        self._scheduler.finish(engine_s)
        self._status.tell_those_who_wait(held_back)
        if engine_s is not None:
            self._engine_s.append(engine_s)
        for one, picture in zip(started, pictures, strict=True):
            if isinstance(picture, Picture):
                one.client.lost_request = None
                one.client.num_delivering += 1
                task = asyncio.create_task(self._deliver(one.client, one.job, one.frame_seq, picture, taken_s))
                self._deliveries.add(task)
                task.add_done_callback(self._deliveries.discard)
            else:
                self._failed(one.client, one.job, one.frame_seq, picture)

    def hung_after_s(self) -> float:
        """Seconds after which a call counts as hung: 10, or 20 times the slowest of the last 100 and the warm-up."""
        slowest_s = max(self._worker.warm_s, max(self._engine_s, default=0.0))
        return max(HUNG_AFTER_S, HUNG_AFTER_TIMES * slowest_s)

    def _allowed(self, jobs: Sequence[Job]) -> Iterator[_Started]:
        """The jobs whose session still exists and whose prompt is allowed. A refusal is sent to its client."""
        for job in jobs:
            client = self._clients.get(job.session_id)
            if client is None:
                continue
            try:
                if self._admission.may_be_drawn(client, job):
                    yield _Started(client, job)
            except CheckRefused as error:
                self._failed(client, job, 0, error)

    async def _deliver(self, client: Client, job: Job, frame_seq: int, picture: Picture, taken_s: float) -> None:
        """Encode and send one picture; one encoder thread keeps pictures in order."""
        connection = client.connection
        loop = asyncio.get_running_loop()
        try:
            data, timings_ms = await loop.run_in_executor(self._encoder, frame_message, job, frame_seq, picture)
            if refused := await self._worker.moderator.picture(lambda: picture.frame.jpeg):
                raise CheckRefused(refused)
        except SprintLiveError as error:
            self._failed(client, job, frame_seq, error)
            return
        except Exception as error:  # noqa: BLE001  # a frame that cannot be encoded is the engine's failure
            log.error("encode_failed", extra={"where": place_of(error)})
            self._failed(client, job, frame_seq, EngineError(coded("frame.encoding_failed", {"why": error})))
            return
        finally:
            client.num_delivering -= 1
        here = connection is not None and client.connection is connection
        if connection is not None and here:
            connection.send(data)
            if not job.aside and picture.frame.latent_CYX is not None:
                client.session.pins.remember(frame_seq, picture.width, picture.height, picture.frame.latent_CYX)
            if picture.note:
                client.send(ErrorText(0, picture.note))
        self._metrics.picture(timings_ms, time.perf_counter() - taken_s - picture.engine_ms / 1e3, sent=here)
        self._status.tell_those_who_wait([job.session_id])

    def _given_up(self, error: Exception) -> Exception:
        """The error for people whose call failed as a whole. An engine that hangs is restarted."""
        if not isinstance(error, TimeoutError):
            return error
        hung = EngineHung(coded("engine.hung"))
        log.error("engine_hung", extra={"waited_s": round(self.hung_after_s(), 1)})
        self._worker.restart(told_by(hung))
        return hung

    def _failed(self, client: Client, job: Job, frame_seq: int, error: Exception) -> None:
        """Tell the client that its picture failed. Its next stroke is drawn as usual."""
        self._metrics.failure(error)
        if isinstance(error, EngineHung | DeviceLost) and client.lost_request != job.request:
            client.lost_request = job.request
            self._scheduler.renew(client.slot, alone=True)
            self._admission.offer(client)  # drawn by the next engine
        client.session.unacked.discard(frame_seq)
        self._scheduler.block(client.slot, client.session.window_full)
        if isinstance(error, CheckRefused):
            self._status.warn(client, told_by(error))
        else:
            client.send(ErrorText(0, told_by(error)))
        self._status.tell_those_who_wait([client.session_id])
        self._wake.set()


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
        raise EngineError(coded("frame.too_large", {"bytes": len(jpeg), "most": MAX_FRAME_BYTES}))
    if job.aside:
        return encode(
            Variation(job.op_seq, job.request.settings.draw.seed, picture.width, picture.height, jpeg)
        ), timings_ms
    stages_ms = tuple(timings_ms.items())
    return encode(
        FrameReady(frame_seq, job.op_seq, picture.width, picture.height, stages_ms, jpeg, picture.frame.preview)
    ), timings_ms
