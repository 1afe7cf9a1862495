"""Painting: paint reaches the engine as a picture with its strength, lines as control;
white paper is drawn from the words.
"""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from sprint_live.live.canvas.draw_request import DrawRequest, Settings
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.render import PictureRequest
from sprint_live.live.rendering.worker import Worker
from support.client import Client
from support.drawn import LINE, OTHER, expected_code
from support.settings import settings_of
from support.standin import StandInEngine

RED = (230, 20, 30)


def stroke(stroke_id: int, tool: Tool, y: float) -> Stroke:
    return Stroke(stroke_id, tool, 960, pack_points([(x, y, 1.0, 0.0, 0.0, 8.0) for x in (200.0, 800.0)]), RED)


def drawn(engine: StandInEngine, *strokes: Stroke, **settings) -> None:
    worker = Worker(in_this_process(lambda: engine))
    ready = asyncio.Event()
    worker.on_change = ready.set
    worker.start()

    async def draw():
        while worker.state != "ready":
            await asyncio.sleep(0.01)
        await worker.draw([PictureRequest(DrawRequest.of(strokes, settings_of(**settings)), Raster())], timeout_s=10)

    asyncio.run(draw())
    worker.stop()


PAINT, LINES = stroke(1, Tool.PAINT, 300), stroke(2, Tool.BRUSH, 700)


def test_a_model_that_follows_lines_gets_them_apart_from_the_paint():
    engine = StandInEngine(0)
    drawn(engine, PAINT, LINES, painting=True)
    sketch, painting = engine.sketches[0], engine.paintings[0]
    assert sketch[700, 500] == 0 and sketch[300, 500] == 255
    assert tuple(painting[300, 500]) == RED and tuple(painting[700, 500]) == (255, 255, 255)


def test_a_model_that_does_not_gets_them_in_the_paint():
    engine = StandInEngine(0)
    engine.has_branch = False
    drawn(engine, PAINT, LINES, painting=True)
    assert tuple(engine.paintings[0][300, 500]) == RED and tuple(engine.paintings[0][700, 500]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("strokes", "settings"),
    [((PAINT, LINES), {"painting": False}), ((), {"painting": True}), ((LINES,), {"painting": True})],
)
def test_without_paint_or_wish_there_is_no_painting(strokes, settings):
    engine = StandInEngine(0)
    drawn(engine, *strokes, **settings)
    assert engine.paintings == [None]


def test_the_blank_page_is_a_picture_of_the_words_only_when_painting(live_server):
    assert DrawRequest.of((), Settings()).blank and not DrawRequest.of((), Settings(painting=True)).blank
    with Client(live_server.base) as client:
        client.settings(prompt="a dog", painting=True)
        client.settle()
        assert client.code == expected_code({}, "a dog")
        client.draw(1, LINE, tool=Tool.PAINT, rgb=RED)
        client.draw(2, OTHER)
        client.settle()
        assert np.array_equal(live_server.engine.paintings[-1][220, 200], RED)
        first = client.code
        client.settings(prompt="a dog", painting=True, strength=0.9)
        client.settle()
        assert client.code != first
        client.settings(prompt="a dog")
        client.settle()
        assert client.code == expected_code({2: OTHER}, "a dog")
