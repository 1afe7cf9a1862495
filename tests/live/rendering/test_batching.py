"""Several people in one call of the engine: one call for all, to everybody his own picture, and his own failure."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from sprint_live.api.draw_settings import DrawSettings
from sprint_live.errors import DeviceLost, EngineError, OutOfMemory
from sprint_live.live.canvas.draw_request import DrawRequest, Settings
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.render import Picture, PictureRequest, draw_pictures
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.wire import protocol as wire
from support.drawn import LINE, wire_points
from support.faulty import FaultyEngine
from support.settings import settings_of
from support.standin import StandInEngine, code_of, read_code

STROKE = Stroke(1, Tool.BRUSH, 96, pack_points([(500.0, 500.0, 1.0, 0.0, 0.0, 0.0)]))


def wanted(prompt: str, **changes) -> PictureRequest:
    return PictureRequest(DrawRequest.of((STROKE,), settings_of(prompt=prompt, **changes)), Raster(), client=prompt)


def codes(messages) -> list[int]:
    return [read_code(message.jpeg) for message in messages if isinstance(message, wire.FrameReady)]


class Inbox:
    def __init__(self):
        self.messages = []

    def send(self, data):
        self.messages.append(wire.decode(data))

    def close(self, code, reason):
        raise AssertionError(reason)


def served(engine, prompts, *, seconds: float = 10.0):
    """People with these prompts draw the same line at once; what each of them was sent."""

    async def serve():
        hub = Hub(Worker(in_this_process(lambda: engine)))
        running = asyncio.create_task(hub.run())
        people = []
        while hub.worker.state != "ready":
            await asyncio.sleep(0.01)
        for prompt in prompts:
            inbox = Inbox()
            session = hub.join(wire.NEW_SESSION, inbox)
            session.settings = dataclasses.replace(session.settings, prompt=prompt)
            hub.receive(session, wire.Begin(1, Stroke(1, Tool.BRUSH, 96)))
            hub.receive(session, wire.Points(2, 1, wire_points(LINE)))
            people.append(inbox)
        kinds = wire.FrameReady | wire.ErrorText
        async with asyncio.timeout(seconds):
            while not all(any(isinstance(message, kinds) for message in inbox.messages) for inbox in people):
                await asyncio.sleep(0.01)
        running.cancel()
        hub.worker.stop(2)
        return [inbox.messages for inbox in people]

    return asyncio.run(serve())


def test_one_call_draws_for_everybody_who_waits_and_each_gets_his_own():
    engine = StandInEngine(0)
    engine.best_batch = 4
    prompts = [f"person {n}" for n in range(6)]
    sent = served(engine, prompts)
    assert engine.batches == [4, 2]
    page = engine.sketches[0]
    assert [codes(messages) for messages in sent] == [[code_of(page, prompt, 0, 1)] for prompt in prompts]


def test_an_engine_that_gains_nothing_by_batches_draws_one_at_a_time():
    engine = StandInEngine(0)
    served(engine, ["a", "b", "c"])
    assert engine.batches == [1, 1, 1]


def test_whose_picture_fails_fails_alone():
    engine = FaultyEngine()
    engine.best_batch = 4
    ok, memory, value, other = draw_pictures(
        engine, [wanted("a cat"), wanted("no memory at all"), wanted("value"), wanted("a dog")]
    )
    assert isinstance(ok, Picture) and isinstance(other, Picture)
    assert isinstance(memory, OutOfMemory) and type(value) is EngineError and "ValueError" in str(value)
    assert engine.batches[0] == 4  # the call broke: then each alone
    sent = served(FaultyEngine(), ["a cat", "no memory at all", "a dog"])
    assert [len(codes(messages)) for messages in sent] == [1, 0, 1]


def test_a_model_that_fails_on_a_whole_batch_draws_each_alone():
    engine = StandInEngine(0)
    alone = engine.draw_many
    engine.draw_many = lambda jobs: (
        alone(jobs) if len(jobs) == 1 else [EngineError("drawing failed: ValueError")] * len(jobs)
    )
    assert all(isinstance(picture, Picture) for picture in draw_pictures(engine, [wanted("a cat"), wanted("a dog")]))


def test_memory_that_runs_out_for_one_in_a_call_is_tried_smaller_for_him_only():
    engine = FaultyEngine()
    pictures = draw_pictures(engine, [wanted("a cat"), wanted("memory")])
    assert (
        [picture.width for picture in pictures] == [1024, 512]
        and "memory ran out" in pictures[1].note
        and not pictures[0].note
    )
    assert engine.batches == [2, 1, 1]


def test_a_lost_device_is_lost_for_all():
    with pytest.raises(DeviceLost):
        draw_pictures(FaultyEngine(), [wanted("a cat"), wanted("poison")])


def test_who_breaks_the_device_does_not_take_the_others_down_twice():
    """The first call is lost with everybody in it; then each is tried alone,
    and only the one who broke it stays without.
    """

    class Batching(FaultyEngine):
        def __init__(self):
            super().__init__()
            self.best_batch = 3

    async def serve():
        hub = Hub(Worker(in_this_process(Batching), retry_s=0.01))
        running = asyncio.create_task(hub.run())
        while hub.worker.state != "ready":
            await asyncio.sleep(0.01)
        people = []
        for prompt in ("poison", "a cat", "a dog"):
            inbox = Inbox()
            session = hub.join(wire.NEW_SESSION, inbox)
            session.settings = dataclasses.replace(session.settings, prompt=prompt)
            hub.receive(session, wire.Begin(1, Stroke(1, Tool.BRUSH, 96)))
            hub.receive(session, wire.Points(2, 1, wire_points(LINE)))
            people.append(inbox.messages)
        async with asyncio.timeout(10):
            while not all(codes(messages) for messages in people[1:]) or hub.worker.starts < 3:
                await asyncio.sleep(0.01)
        running.cancel()
        hub.worker.stop(2)
        return people

    people = asyncio.run(serve())
    errors = [
        sum(isinstance(message, wire.ErrorText) and "illegal memory" in message.text for message in messages)
        for messages in people
    ]
    assert [len(codes(messages)) for messages in people] == [0, 1, 1] and errors == [2, 1, 1]


CHANGED = {
    "prompt": "a dog",
    "style": "3d",
    "seed": 5,
    "steps": 2,
    "guidance": 1.0,
    "control_strength": 0.5,
    "control_start": 0.2,
    "control_end": 0.5,
    "width": 512,
    "height": 512,
    "painting": True,
    "strength": 0.9,
    "preview": True,
}


def test_requests_that_may_share_a_call_are_jobs_that_the_engine_batches():
    """Both keys come from `DrawSettings.batch_key`; what a request says of itself must be what its job says."""
    fields = (*dataclasses.fields(Settings), *dataclasses.fields(DrawSettings))
    plain = {field.name: field.default for field in fields if field.name != "draw"}
    engine, jobs = StandInEngine(0), []
    engine.draw_many = lambda batch: jobs.extend(batch) or [OutOfMemory("not drawn")] * len(batch)
    paper = Stroke(2, Tool.PAINT, 96, STROKE.points, (200, 30, 30))
    kinds = [
        plain,
        *({**plain, name: CHANGED.get(name, default)} for name, default in plain.items()),
        {**plain, "painting": True, "strength": 0.9},
    ]
    requests = [DrawRequest.of((STROKE, paper), settings_of(**kind)) for kind in kinds]
    for request in requests:
        draw_pictures(engine, [PictureRequest(request, Raster())])
    assert set(CHANGED) == set(plain), "say in CHANGED how the new setting can differ"
    for one, job in zip(requests, jobs, strict=True):
        for other, other_job in zip(requests, jobs, strict=True):
            assert one.batch_key != other.batch_key or job.batch_key == other_job.batch_key, (
                one.settings,
                other.settings,
            )


@pytest.mark.parametrize(
    ("taught", "branch", "painting"),
    [(True, True, False), (False, True, False), (True, False, False), (True, True, True)],
)
def test_paint_goes_with_the_lines_to_a_model_that_reads_colors(taught, branch, painting):
    engine = StandInEngine(0.0)
    engine.model.colored_pages, engine.has_branch = taught, branch
    paint = Stroke(2, Tool.PAINT, 900, pack_points([(500.0, 300.0, 1.0, 0.0, 0.0, 0.0)]), (215, 51, 43))
    request = DrawRequest.of((STROKE, paint), settings_of(width=512, height=1024, painting=painting))
    [picture] = draw_pictures(engine, [PictureRequest(request, Raster())])
    assert isinstance(picture, Picture)
    [colors] = engine.colors
    if not (taught and branch and not painting):
        assert colors is None
        return
    assert colors.shape == (1024, 512, 4) and tuple(colors[300, 244]) == (215, 51, 43, 255)  # of the visible paper
    assert not colors[500, 244].any(), "a line is no color"
    bare = DrawRequest.of((STROKE,), settings_of())
    draw_pictures(engine, [PictureRequest(bare, Raster())])
    assert engine.colors[-1] is None
