"""The fault table: an engine that hangs, dies, is poisoned or runs out of memory,
and how soon the next stroke works.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import os
import signal
import threading
import time

import numpy as np
import pytest

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.errors import BusyError, DeviceLost, EngineError, OutOfMemory, SprintLiveError, WeightsError, told_by
from sprint_live.live.canvas.draw_request import DrawRequest, Settings
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.engine_process import EngineProcess, SentFrame
from sprint_live.live.rendering.render import PictureRequest
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions import dispatcher
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.wire import protocol as wire
from support.faulty import FaultyEngine, load_damaged, load_faulty

STROKE = Stroke(1, Tool.BRUSH, 96, pack_points([(500.0, 500.0, 1.0, 0.0, 0.0, 0.0)]))
LOADERS = {"thread": in_this_process(load_faulty), "process": functools.partial(EngineProcess, load_faulty)}


def until(condition, timeout_s: float = 20.0) -> None:
    end_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end_s
        time.sleep(0.01)


def picture(worker: Worker, prompt: str = "a cat", timeout_s: float = 20.0):
    wanted = PictureRequest(DrawRequest.of((STROKE,), Settings(prompt=prompt)), Raster())
    [picture] = asyncio.run(worker.draw([wanted], timeout_s=timeout_s))
    if isinstance(picture, SprintLiveError):
        raise picture
    return picture


@pytest.fixture(params=LOADERS)
def worker(request):
    started = Worker(LOADERS[request.param], retry_s=0.05)
    started.start()
    until(lambda: started.state == "ready")
    yield started
    started.stop(2)


@pytest.fixture(scope="module")
def _shared_process():
    started = Worker(LOADERS["process"], retry_s=0.05)
    started.start()
    until(lambda: started.state == "ready")
    yield started
    started.stop(2)


@pytest.fixture
def isolated(_shared_process):
    """A worker whose engine lives in a process; it is ready, whatever the test before did to it."""
    until(lambda: _shared_process.state == "ready")
    return _shared_process


def test_out_of_memory_is_tried_once_more_smaller_and_said(worker):
    smaller = picture(worker, "memory")
    assert (smaller.width, smaller.height) == (512, 512) and "memory ran out at 1024x1024 px" in smaller.note
    with pytest.raises(OutOfMemory, match=r"\(512, 512\) px"):
        picture(worker, "no memory at all")
    assert picture(worker).width == 1024 and picture(worker).note == ""


def test_an_error_of_the_engine_costs_one_picture(worker):
    with pytest.raises(EngineError, match="the engine failed: ValueError"):
        picture(worker, "value")
    assert picture(worker).frame.jpeg.startswith(b"\xff\xd8") and worker.starts == 1


def test_the_process_draws_what_the_thread_draws(isolated):
    engine = FaultyEngine()
    sketch, page = Raster().update((STROKE,)), np.full((1024, 1024, 3), 200, np.uint8)
    jobs = [
        DrawJob(sketch=sketch, prompt=prompt, settings=DrawSettings(seed=1), size=(1024, 1024), painting=painting)
        for prompt in ("a cat", "no memory at all", "a dog")
        for painting in (None, page)
    ]
    here, there = engine.draw_many(jobs), isolated._host.engine.draw_many(jobs)
    assert [type(frame) for frame in there] == [SentFrame] * 2 + [OutOfMemory] * 2 + [SentFrame] * 2
    here, there = here[1], there[1]
    assert there.jpeg == here.jpeg and set(there.timings_ms) == set(here.timings_ms)
    assert isolated.engine_pid != os.getpid() and isolated.model.name == "faulty"


def test_the_process_gets_the_colors_as_they_are(isolated):
    colors = np.random.default_rng(0).integers(0, 256, (1024, 1024, 4), np.uint8)
    job = DrawJob(sketch=Raster().update((STROKE,)), prompt="tell the colors", size=(1024, 1024), colors=colors)
    [told] = isolated._host.engine.draw_many([job])
    assert told_by(told).params == {"why": f"(1024, 1024, 4) {int(colors.sum())}"}


@pytest.mark.parametrize(("prompt", "words"), [("poison", "illegal memory access"), ("die", r"ended \(exit code -9\)")])
def test_a_lost_device_ends_the_process_and_a_new_one_draws(isolated, prompt, words):
    before, starts = isolated.engine_pid, isolated.starts
    states = []
    isolated.on_change = lambda: states.append((isolated.state, isolated.failure))
    with pytest.raises(DeviceLost, match=words):
        picture(isolated, prompt)
    until(lambda: isolated.state == "ready" and isolated.starts == starts + 1)
    assert [state for state, _ in states] == ["loading", "ready"] and states[0][1] and states[1][1] == ""
    assert isolated.engine_pid != before and picture(isolated)
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_a_process_that_ends_while_nobody_draws_is_noticed(isolated):
    starts = isolated.starts
    os.kill(isolated.engine_pid, signal.SIGKILL)
    until(lambda: isolated.state == "loading", 5)
    until(lambda: isolated.state == "ready" and isolated.starts == starts + 1)
    assert picture(isolated)


def test_a_hang_is_killed_and_a_new_process_draws(isolated):
    before = isolated.engine_pid
    with pytest.raises(TimeoutError):
        picture(isolated, "hang", timeout_s=0.3)
    isolated.restart("the engine did not answer")
    assert isolated.state == "loading" and isolated.failure == "the engine did not answer"
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    until(lambda: isolated.state == "ready")
    assert picture(isolated) and isolated.failure == ""


def test_jobs_behind_a_lost_device_get_its_error_too(isolated):
    async def both():
        request = DrawRequest.of((STROKE,), Settings(prompt="poison"))
        jobs = [isolated.draw([PictureRequest(request, Raster())], timeout_s=20) for _ in range(3)]
        return await asyncio.gather(*jobs, return_exceptions=True)

    starts = isolated.starts
    assert [type(error) for error in asyncio.run(both())] == [DeviceLost] * 3
    until(lambda: isolated.state == "ready")
    assert isolated.starts == starts + 1


def test_what_the_loader_raises_in_the_child_is_raised_here():
    with pytest.raises(WeightsError, match="vae/model.safetensors; fix"):
        EngineProcess(load_damaged)


def test_a_model_that_could_not_be_loaded_is_tried_again_until_it_can():
    tries, mended = [], threading.Event()

    def load():
        tries.append(time.monotonic())
        if not mended.is_set():
            raise WeightsError("got no model; fix: plug the disk in")
        return FaultyEngine()

    worker = Worker(in_this_process(load), retry_s=0.05)
    worker.start()
    until(lambda: len(tries) >= 4)
    assert worker.state == "failed" and "plug the disk in" in worker.failure
    waits = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert waits[0] >= 0.05 and waits[1] >= 0.1 and waits[2] >= 0.2
    with pytest.raises(BusyError):
        picture(worker)
    mended.set()
    until(lambda: worker.state == "ready")
    assert picture(worker)
    worker.stop(2)


class Person:
    """A connection that keeps what it is sent, and draws."""

    def __init__(self, hub: Hub) -> None:
        self.said: list[wire.Message] = []
        self._hub, self._seq = hub, 2
        self._session = hub.join(wire.NEW_SESSION, self)
        hub.receive(self._session, wire.Begin(1, Stroke(1, Tool.BRUSH, 96)))
        hub.receive(self._session, wire.Points(2, 1, STROKE.points))

    def send(self, data: bytes) -> None:
        self.said.append(wire.decode(data))

    def close(self, code: int, reason: str) -> None:
        raise AssertionError(reason)

    def wants(self, prompt: str) -> None:
        self._seq += 1
        self._hub.receive(self._session, wire.Change(self._seq, Settings(prompt=prompt)))

    def got(self, kind: type) -> list:
        return [message for message in self.said if isinstance(message, kind)]

    async def hears(self, kind: type, count: int, timeout_s: float = 30.0) -> None:
        end_s = time.monotonic() + timeout_s
        while len(self.got(kind)) < count:
            assert time.monotonic() < end_s, self.said
            await asyncio.sleep(0.01)


def in_a_hub(scenario) -> None:
    """Run `scenario(hub)` beside a hub whose engine is a process; all is ended afterwards."""

    async def both() -> None:
        worker = Worker(LOADERS["process"], retry_s=0.05)
        hub = Hub(worker)
        running = asyncio.create_task(hub.run())
        try:
            while worker.state != "ready":
                await asyncio.sleep(0.01)
            await scenario(hub)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            worker.stop(2)

    asyncio.run(both())


def test_a_picture_whose_engine_was_killed_comes_from_the_next_engine_by_itself():
    async def scenario(hub: Hub) -> None:
        person = Person(hub)
        await person.hears(wire.FrameReady, 1)
        person.wants("slow")
        while not hub._scheduler.running:
            await asyncio.sleep(0.01)
        os.kill(hub.worker.engine_pid, signal.SIGKILL)
        await person.hears(wire.FrameReady, 2)
        assert "being started again" in person.got(wire.ErrorText)[0].text and hub.worker.starts == 2
        loading = [status.text for status in person.got(wire.Status) if status.state is wire.State.LOADING]
        assert any("being started again" in text for text in loading)

    in_a_hub(scenario)


def test_a_hang_is_told_tried_once_more_and_not_a_third_time(monkeypatch):
    monkeypatch.setattr(dispatcher, "HUNG_AFTER_S", 0.3)

    async def scenario(hub: Hub) -> None:
        person = Person(hub)
        await person.hears(wire.FrameReady, 1)
        hub._dispatcher._engine_s.clear()
        hub.worker.warm_s = 0.0
        person.wants("hang")
        await person.hears(wire.ErrorText, 2)
        assert all("did not answer" in error.text for error in person.got(wire.ErrorText))
        while hub.worker.state != "ready":
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        assert len(person.got(wire.ErrorText)) == 2 and hub.worker.starts == 3
        person.wants("a dog")
        await person.hears(wire.FrameReady, 2)

    in_a_hub(scenario)


def test_the_watchdog_gives_a_slow_engine_twenty_times_its_slowest_picture():
    hub = Hub(Worker(in_this_process(FaultyEngine)))
    assert hub._dispatcher.hung_after_s() == 10.0
    hub.worker.warm_s = 1.0
    assert hub._dispatcher.hung_after_s() == 20.0
    hub._dispatcher._engine_s.extend([0.1, 3.0])
    assert hub._dispatcher.hung_after_s() == 60.0
