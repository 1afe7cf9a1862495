"""The thread that owns the engine: what it says when the engine fails, and that it goes on."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from sprint_live.errors import EngineError, OutOfMemory, WeightsError
from sprint_live.live.canvas.draw_request import DrawRequest
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.render import PictureRequest
from sprint_live.live.rendering.worker import Worker
from support.settings import settings_of
from support.standin import StandInEngine

REQUEST = DrawRequest.of(
    (Stroke(1, Tool.BRUSH, 96, pack_points([(500.0, 500.0, 1.0, 0.0, 0.0, 0.0)])),),
    settings_of(prompt=" a {cat}\0 ", style="3d", seed=7),
)


def started(loader) -> Worker:
    worker = Worker(in_this_process(loader))
    settled = threading.Event()
    worker.on_change = settled.set
    worker.start()
    assert settled.wait(5)
    return worker


def draw(worker: Worker, timeout_s: float = 5.0):
    [picture] = asyncio.run(worker.draw([PictureRequest(REQUEST, Raster())], timeout_s=timeout_s))
    return picture


def test_the_engine_gets_the_sketch_and_the_settings_in_one_thread():
    engine = StandInEngine(0)
    threads = []
    engine.warm = lambda: threads.append(threading.current_thread())
    worker = started(lambda: engine)
    picture = draw(worker)
    assert worker.state == "ready" and worker.model.styles == ("plain", "3d")
    called = {
        "seed": 7,
        "steps": 1,
        "strength": 1.0,
        "size": (1024, 1024),
        "guidance": 4.5,
        "control": (0.0, 1.0),
        "preview": False,
        "pinned": False,
    }
    assert engine.calls == [{"prompt": "a {cat}, 3d", **called}]
    assert engine.sketches[0].shape == (1024, 1024) and engine.sketches[0].min() == 0
    assert picture.engine_ms > 0 and threads == [worker._thread]
    worker.stop()
    assert not worker._thread.is_alive()


@pytest.mark.parametrize(
    ("raised", "seen", "words"),
    [
        (OutOfMemory("no memory left"), OutOfMemory, "no memory left"),
        (ValueError("<b>bad</b>"), EngineError, "the engine failed: ValueError: <b>bad</b>"),
        (RuntimeError("x" * 9999), EngineError, "RuntimeError"),
    ],
)
def test_an_error_is_typed_and_the_next_picture_works(raised, seen, words):
    engine = StandInEngine(0)
    engine.fail = raised
    worker = started(lambda: engine)
    failure = draw(worker)
    assert type(failure) is seen and words in str(failure) and len(str(failure)) <= 500
    assert draw(worker).frame.jpeg.startswith(b"\xff\xd8")
    worker.stop()


def test_a_model_that_cannot_be_loaded_is_explained():
    def damaged():
        raise WeightsError("got a damaged transformer.safetensors; fix: fetch it again")

    worker = started(damaged)
    assert worker.state == "failed" and "transformer.safetensors" in worker.failure


def test_an_engine_that_hangs_is_given_up_and_a_new_one_loaded():
    engines = [StandInEngine(0), StandInEngine(0)]
    engines[0].gate = threading.Event()
    left = iter(engines)
    worker = started(lambda: next(left))
    with pytest.raises(TimeoutError):
        draw(worker, timeout_s=0.1)
    worker.restart("it hangs")
    end_s = time.monotonic() + 5
    while worker.state != "ready" and time.monotonic() < end_s:
        time.sleep(0.01)
    assert draw(worker) and engines[1].codes and not engines[0].codes
    engines[0].gate.set()
    worker.stop()
