"""A stand-in engine that takes an exact time and draws pictures as detailed as real ones; the rest is server overhead.

Knows: pixels and the clock.  Must not know: sessions, sockets, models.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from sprint_live.api.draw_job import DrawJob
from sprint_live.errors import ArgumentError, refusal

__all__ = ["TimedEngine", "TimedFrame", "TimedModel"]


@dataclass(frozen=True)
class TimedModel:
    """What the stand-in engine says of its model: 1024x1024, and no style but the plain one."""

    name: str = "timed"
    title: str = "Benchmark"
    license: str = ""
    styles: Mapping[str, str] = field(default_factory=lambda: {"plain": "{prompt}"})
    default_size: int = 1024
    sizes: tuple[int, ...] = (1024,)
    shapes: tuple[tuple[int, int], ...] = ()
    colored_pages: bool = False
    refines: bool = True

    def styled(self, prompt: str, style: str) -> str:
        """The prompt as it is."""
        return prompt


@dataclass
class TimedFrame:
    """A frame of the stand-in engine: pixels (H, W, 3) uint8 and the ms by stage."""

    pixels_u8: np.ndarray
    timings_ms: dict[str, float]
    latent_CYX: np.ndarray | None = None
    preview: bool = False

    @property
    def jpeg(self) -> bytes:
        """q80 4:2:0, as the engine sends it."""
        options = [cv2.IMWRITE_JPEG_QUALITY, 80, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
        return cv2.imencode(".jpg", self.pixels_u8, options)[1].tobytes()


class TimedEngine:
    """Takes `engine_ms` per picture. The picture has as much detail as a real one, with the sketch on top."""

    has_branch = True
    has_guidance = True
    has_preview = False
    best_batch = 1

    def __init__(self, engine_ms: float) -> None:
        self._engine_s = engine_ms / 1e3
        noise = np.random.default_rng(0).normal(128, 60, (256, 256, 3))
        smooth = cv2.GaussianBlur(cv2.resize(noise, (1024, 1024), interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
        self._scene_u8 = np.clip(smooth, 0, 255).astype(np.uint8)
        self.detectors: dict[str, str] = {}
        self.model = TimedModel()

    def warm(self) -> None:
        """Nothing needs warming up."""

    def draw_many(self, jobs: Sequence[DrawJob]) -> list[TimedFrame]:
        """Each scene under its sketch after exactly `engine_ms`, one after another."""
        return [self._draw(np.asarray(job.sketch)) for job in jobs]

    def detect(self, photo: object, *, detector: str) -> np.ndarray:
        """There are no detectors.

        Raises: ArgumentError.
        """
        raise ArgumentError(refusal(got=f"detector {detector!r}", accepted="none", fix="draw the lines by hand"))

    def _draw(self, sketch_u8: np.ndarray) -> TimedFrame:
        start_s = time.perf_counter()
        pixels_u8 = np.minimum(self._scene_u8, sketch_u8[..., None])
        time.sleep(max(0.0, self._engine_s - (time.perf_counter() - start_s)))
        total_ms = (time.perf_counter() - start_s) * 1e3
        return TimedFrame(pixels_u8, {"total": total_ms})
