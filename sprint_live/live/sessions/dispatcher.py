"""One call of the engine after the other: what goes in, what comes out and to whom, and what is done when it fails or hangs.

    draw(jobs): [wishes.may_be_drawn] -> worker.draw -> deliver, beside the next call

Knows: the worker, sessions, the way to people.  Must not know: messages of clients, whose turn it is.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sprint_live.errors import CheckRefused, DeviceLost, EngineError, EngineHung, SprintLiveError
from sprint_live.live.canvas.draw_request import DrawRequest
from sprint_live.live.observability.error_report import place_of
from sprint_live.live.observability.metrics import Metrics
from sprint_live.live.rendering.render import Picture, Wanted
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.admission import Wishes
from sprint_live.live.sessions.registry import People
from sprint_live.live.sessions.scheduler import Job, Scheduler
from sprint_live.live.sessions.session import Session
from sprint_live.live.sessions.status import Statuses
from sprint_live.live.wire.protocol import MAX_FRAME_BYTES, ErrorText, FrameReady, Variation, encode

__all__ = ["Calls", "frame_message"]

log = logging.getLogger("sprint_live")

HUNG_AFTER_S = 10.0
HUNG_AFTER_TIMES = 20


@dataclass(slots=True)
class _Started:
    """A job in the engine, and the number its frame will have."""

    session: Session
    job: Job
    frame_seq: int = 0


class Calls:
    """wake: set when the line may have changed."""

    def __init__(
        self,
        people: People,
        scheduler: Scheduler,
        worker: Worker,
        metrics: Metrics,
        wishes: Wishes,
        statuses: Statuses,
        wake: asyncio.Event,
    ) -> None:
        self._people, self._scheduler, self._worker, self._metrics = people, scheduler, worker, metrics
        self._wishes, self._statuses, self._wake = wishes, statuses, wake
        self._deliveries: set[asyncio.Task] = set()
        self._engine_s: deque[float] = deque(maxlen=100)
        self._lost: dict[bytes, DrawRequest] = {}
        """The request that was in the engine when it was lost, by session: it is tried once more, and only once."""
        self._encoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode")

    @property
    def at_rest(self) -> bool:
        """True when every picture that was drawn is with its person."""
        return not self._deliveries

    def close(self) -> None:
        """Nothing is drawn any more."""
        self._encoder.shutdown(wait=False, cancel_futures=True)

    def forget(self, session_id: bytes) -> None:
        """This session is gone."""
        self._lost.pop(session_id, None)

    async def draw(self, jobs: Sequence[Job]) -> None:
        """One call of the engine; every picture goes to its own session, and so does every failure."""
        started = list(self._allowed(jobs))
        held_back = {job.session_id for job in jobs} - {one.job.session_id for one in started}
        if not started:
            self._scheduler.finish(None)
            self._statuses.tell_those_who_wait(held_back)
            return
        taken_s = time.perf_counter()
        for one in started:
            if not one.job.aside:
                one.frame_seq = one.session.next_frame()
                self._scheduler.block(one.job.session_id, one.session.window_full)
        self._statuses.tell_those_who_wait(one.job.session_id for one in started)
        wanted = [Wanted(one.job.request, one.session.raster, one.job.session_id.hex()) for one in started]
        try:
            pictures = await self._worker.draw(wanted, timeout_s=self.hung_after_s())
        except (SprintLiveError, TimeoutError) as error:
            pictures = [self._given_up(error)] * len(started)
        engine_s = max((picture.engine_ms / 1e3 for picture in pictures if isinstance(picture, Picture)), default=None)
        self._scheduler.finish(engine_s)
        self._statuses.tell_those_who_wait(held_back)
        if engine_s is not None:
            self._engine_s.append(engine_s)
        for one, picture in zip(started, pictures, strict=True):
            if isinstance(picture, Picture):
                self._lost.pop(one.job.session_id, None)
                self._statuses.delivering[one.job.session_id] += 1
                task = asyncio.create_task(self._deliver(one.session, one.job, one.frame_seq, picture, taken_s))
                self._deliveries.add(task)
                task.add_done_callback(self._deliveries.discard)
            else:
                self._failed(one.session, one.job, one.frame_seq, picture)

    def hung_after_s(self) -> float:
        """A call is given up after 10 s, or 20 times the slowest of the last hundred and of the warm-up."""
        slowest_s = max(self._worker.warm_s, max(self._engine_s, default=0.0))
        return max(HUNG_AFTER_S, HUNG_AFTER_TIMES * slowest_s)

    def _allowed(self, jobs: Sequence[Job]) -> Iterator[_Started]:
        """The jobs whose sessions are still there and whose words may be drawn; a refusal goes to its person."""
        for job in jobs:
            session = self._people.sessions.get(job.session_id)
            try:
                if session is not None and self._wishes.may_be_drawn(job):
                    yield _Started(session, job)
            except CheckRefused as error:
                self._failed(session, job, 0, error)

    async def _deliver(self, session: Session, job: Job, frame_seq: int, picture: Picture, taken_s: float) -> None:
        """Encode and send one picture; one encoder thread keeps pictures in order."""
        connection = self._people.connections.get(job.session_id)
        delivering = self._statuses.delivering
        loop = asyncio.get_running_loop()
        try:
            data, timings_ms = await loop.run_in_executor(self._encoder, frame_message, job, frame_seq, picture)
            if refused := await self._worker.safety.picture(lambda: picture.frame.jpeg):
                raise CheckRefused(refused)
        except SprintLiveError as error:
            self._failed(session, job, frame_seq, error)
            return
        except Exception as error:  # noqa: BLE001  # a frame that cannot be encoded is the engine's failure
            log.error("encode_failed", extra={"where": place_of(error)})
            self._failed(session, job, frame_seq, EngineError(f"the picture could not be encoded: {error}"))
            return
        finally:
            delivering[job.session_id] -= 1
            if delivering[job.session_id] <= 0:
                del delivering[job.session_id]
        here = connection is not None and self._people.connections.get(job.session_id) is connection
        if here:
            connection.send(data)
            if not job.aside and picture.frame.latent_CYX is not None:
                session.pins.remember(frame_seq, picture.width, picture.height, picture.frame.latent_CYX)
            if picture.note:
                self._people.send(job.session_id, ErrorText(0, picture.note))
        self._metrics.picture(timings_ms, time.perf_counter() - taken_s - picture.engine_ms / 1e3, sent=here)
        self._statuses.tell_those_who_wait([job.session_id])

    def _given_up(self, error: Exception) -> SprintLiveError:
        """What the people of a call without an answer are told; an engine that hangs is started again."""
        if not isinstance(error, TimeoutError):
            return error
        hung = EngineHung("the engine did not answer; it is being started again, draw on in a moment")
        log.error("engine_hung", extra={"waited_s": round(self.hung_after_s(), 1)})
        self._worker.restart(str(hung))
        return hung

    def _failed(self, session: Session, job: Job, frame_seq: int, error: SprintLiveError) -> None:
        """Say it to the person whose picture it was; the next stroke is drawn as if nothing had been."""
        self._metrics.failure(error)
        if isinstance(error, EngineHung | DeviceLost) and self._lost.get(session.session_id) != job.request:
            self._lost[session.session_id] = job.request
            self._scheduler.renew(session.session_id, alone=True)
            self._wishes.offer(session)  # drawn by the next engine
        session.unacked.discard(frame_seq)
        self._scheduler.block(session.session_id, session.window_full)
        if isinstance(error, CheckRefused):
            self._statuses.warn(session.session_id, str(error))
        else:
            self._people.send(session.session_id, ErrorText(0, str(error)))
        self._statuses.tell_those_who_wait([session.session_id])
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
        raise EngineError(f"the picture takes {len(jpeg)} bytes, more than a frame may have ({MAX_FRAME_BYTES})")
    if job.aside:
        return encode(Variation(job.op_seq, job.request.settings.seed, picture.width, picture.height, jpeg)), timings_ms
    stages_ms = tuple(timings_ms.items())
    return encode(
        FrameReady(frame_seq, job.op_seq, picture.width, picture.height, stages_ms, jpeg, picture.frame.preview)
    ), timings_ms
