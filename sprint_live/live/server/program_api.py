"""Drawing for programs: the functions behind Gradio's API, and so behind MCP. gradio_api.py names the endpoints.

All programs together get one picture at a time, on the same engine as the canvas. Programs and people take turns, so a
program delays people by one picture at most.

Knows: the worker, photos.  Must not know: Gradio, sessions, sockets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.prompt import usable_prompt
from sprint_live.coded_text import coded
from sprint_live.errors import (
    ArgumentError,
    BusyError,
    CheckRefused,
    SketchError,
    SketchTooLarge,
)
from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.image_decoding import MAX_PHOTO_BYTES, read_photo, with_dark_lines
from sprint_live.live.rendering.drawing_engine import DrawingEngine, RenderedFrame
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.server.xmp import jpeg_with_facts
from sprint_live.live.wire.protocol import ModelInfo

__all__ = ["Drawn", "ProgramApi", "png_of"]

DRAW_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as JPEG bytes, and what made it."""

    jpeg: bytes
    facts: dict[str, Any]


def _nobody() -> AbstractAsyncContextManager[str]:
    return nullcontext("")


class ProgramApi:
    """Functions from values to values. A refusal is a SprintLiveError with a text for the caller."""

    def __init__(self, worker: Worker, entered: Callable[[], AbstractAsyncContextManager[str]] = _nobody) -> None:
        """entered: a context around every use of the engine, to acquire one first; it gives the name to draw under."""
        self._worker, self._entered = worker, entered
        self._turn = asyncio.Lock()

    async def draw(self, sketch: Path, settings: Settings, width: int, height: int) -> Drawn:
        """Draw the picture of a sketch, dark on light or light on dark.

        width, height: in pixels; 0 and 0 for the model's own size.
        Raises: SketchError, SketchTooLarge, ArgumentError, BusyError before the model is ready; the engine's errors.
        """
        sketch_u8 = await asyncio.to_thread(_pixels, sketch)
        model = self._ready()
        if not model.has_colors:
            sketch_u8 = cv2.cvtColor(sketch_u8, cv2.COLOR_RGB2GRAY)
        if settings.style and settings.style not in model.styles:
            given = {"style": repr(settings.style), "styles": ", ".join(model.styles)}
            raise ArgumentError(coded("style.unknown", given))
        width, height = (width, height) if width or height else model.sizes[0]
        if (width, height) not in model.sizes:
            sizes = ", ".join(f"{w}x{h}" for w, h in model.sizes)
            raise ArgumentError(coded("settings.size", {"size": f"{width}x{height}", "sizes": sizes}))

        def draw(engine: DrawingEngine) -> RenderedFrame:
            prompt = engine.model.styled(usable_prompt(settings.prompt), settings.style)
            job = DrawJob(sketch=sketch_u8, prompt=prompt, settings=settings.draw, size=(height, width), client=client)
            [frame] = engine.draw_many([job])
            if isinstance(frame, Exception):
                raise frame
            return frame

        moderator = self._worker.moderator
        if refused := await moderator.prompt(usable_prompt(settings.prompt)):
            raise CheckRefused(refused)
        async with self._turn, self._entered() as client:
            frame = await self._worker.use(draw, timeout_s=DRAW_WITHIN_S)
        if refused := await moderator.picture(lambda: frame.jpeg):
            raise CheckRefused(refused)
        timings_ms = {stage: round(ms, 2) for stage, ms in frame.timings_ms.items()}
        facts = {
            "model": model.name,
            "seed": settings.draw.seed,
            "steps": settings.draw.steps,
            "width": width,
            "height": height,
            "timings_ms": timings_ms,
        }
        about = {
            "prompt": usable_prompt(settings.prompt),
            "style": settings.style,
            "control_strength": settings.draw.control_strength,
        }
        return Drawn(
            jpeg_with_facts(frame.jpeg, {**about, **{name: facts[name] for name in ("seed", "steps", "model")}}),
            facts,
        )

    async def lines(self, photo: Path, detector: str, polarity: str) -> np.ndarray:
        """The lines of a photo as a sketch: (H, W) uint8, black on white.

        detector: a name from `model`, "" for the first.
        Raises: as `draw`.
        """
        photo_u8 = with_dark_lines(await asyncio.to_thread(_pixels, photo), polarity)
        names = [name for name, _ in self._ready().detectors]
        name = detector or next(iter(names), "")
        if name not in names:
            given = {"detector": repr(detector), "detectors": ", ".join(names) or "-"}
            raise ArgumentError(coded("detector.unknown", given))
        async with self._turn:
            return 255 - await self._worker.detect(photo_u8, name, timeout_s=DRAW_WITHIN_S)

    def model(self) -> dict[str, Any]:
        """The loaded model: name, title, license, and the styles, sizes and detectors that the other calls take.

        Raises: BusyError before it is ready.
        """
        model = self._ready()
        return {
            "name": model.name,
            "title": model.title,
            "licence": model.license,
            "styles": list(model.styles),
            "sizes": [list(size) for size in model.sizes],
            "detectors": dict(model.detectors),
        }

    def _ready(self) -> ModelInfo:
        if self._worker.state != WorkerState.READY or self._worker.model is None:
            raise BusyError(self._worker.failure or coded("model.not_ready"))
        return self._worker.model


def png_of(pixels_u8: np.ndarray) -> bytes:
    """PNG bytes of (H, W) uint8."""
    return cv2.imencode(".png", pixels_u8)[1].tobytes()


def _pixels(path: Path) -> np.ndarray:
    """A file that came with a call. Raises: SketchError, SketchTooLarge."""
    try:
        num_bytes = path.stat().st_size
        if num_bytes > MAX_PHOTO_BYTES:
            raise SketchTooLarge(coded("image.too_many_bytes", {"bytes": num_bytes, "most": MAX_PHOTO_BYTES}))
        return read_photo(path.read_bytes(), paper="auto")
    except OSError as error:
        raise SketchError(coded("image.file_unreadable")) from error
