"""The engine: one call from a sketch and a prompt to a finished JPEG, with the time of every stage.

With every switch off it runs the pipeline's own stages one after another, and its pictures are the pipeline's, bit for
bit; `switch_table.py` says what each optimization changes. Where a person painted on the page, the engine keeps those
colors (`controlnet.maps.keep_colors`), after the pipeline's last stage.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from PIL import Image

from sprint_live.api.draw_job import DrawJob, Pin
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.api.frame import Frame
from sprint_live.engine.assembly import assemble
from sprint_live.engine.checked_job import CheckedJob, check_job
from sprint_live.engine.detect import DEFAULT_DETECTOR, detect_lines, detector_choices
from sprint_live.engine.explain import explain
from sprint_live.engine.failures import typed_failure
from sprint_live.engine.openvino.cached_model import CachedModel
from sprint_live.engine.switch_table import switch_names
from sprint_live.engine.switches import Switches
from sprint_live.errors import SprintLiveError
from sprint_live.models.zoo import ZooModel

if TYPE_CHECKING:
    from sprint_live.engine.autoencoder.preview import PreviewDecoder
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

WARM_UP_DRAWS = 2
MAX_BATCH = 16
# sprint-tiny on two cores: 19.4 pictures a second alone, 25.2 by fours, 26.1 by eights, which wait 0.3 s (bench curves)
OPENVINO_BATCH = 4


class Engine:
    """A loaded model that draws. One thread owns it; a second caller waits.

    `model` describes it (name, title, styles, sizes, license). Build one with `sprint_live.load_engine`. preview: the
    small decoder of this model, if it has one. without, also: names of switches to turn off and on (`switch_table.py`).

    Raises:
        ArgumentError: no such detector or switch, or a control branch that was made for another model.
    """

    best_batch = 1
    """Jobs of one `batch_key` that are drawn fastest together; 1 where one after another is as fast."""

    def __init__(
        self,
        pipeline: SanaSprintControlNetPipeline | CachedModel,
        model: ZooModel,
        *,
        detector: str = "strokes",
        preview: PreviewDecoder | None = None,
        without: Collection[str] = (),
        also: Collection[str] = (),
    ) -> None:
        self.model = model
        self._switches = Switches(pipeline.device.type, without=without, also=also)
        parts = assemble(pipeline, model, self._switches, detector=detector, preview=preview)
        self._stages, self._has_guidance = parts.stages, parts.has_guidance and model.guidance_counts
        self._load_pipeline: Callable[[], SanaSprintControlNetPipeline] = (
            functools.cache(pipeline.load) if isinstance(pipeline, CachedModel) else lambda: pipeline
        )
        if parts.graphs:
            self.best_batch = OPENVINO_BATCH
        self._last: Frame | None = None
        self._lock = threading.Lock()

    @property
    def device(self) -> torch.device:
        """Where the model runs."""
        return self._stages.device

    @property
    def pipeline(self) -> SanaSprintControlNetPipeline:
        """The model as a diffusers pipeline; read now if this engine started from kept graphs, which takes seconds."""
        return self._load_pipeline()

    @property
    def switched_on(self) -> frozenset[str]:
        """Names of the optimizations that are on."""
        return frozenset(name for name in switch_names() if name in self._switches)

    def why_switch(self, name: str) -> str:
        """Why an optimization is on or off here, for people."""
        return self._switches.why(name)

    @property
    def has_branch(self) -> bool:
        """Whether lines guide the picture. Without a control branch, only the prompt and a painting do."""
        return self._stages.has_branch

    @property
    def has_preview(self) -> bool:
        """Whether `draw(preview=True)` is faster than without: the model has a preview decoder."""
        return self._stages.preview is not None

    @property
    def has_guidance(self) -> bool:
        """Whether `guidance` is worth choosing: it reaches the model, and `ZooModel.guidance_counts`."""
        return self._has_guidance

    def draw(
        self,
        sketch: Image.Image | np.ndarray,
        prompt: str,
        *,
        seed: int = DrawSettings.seed,
        steps: int = DrawSettings.steps,
        guidance: float = DrawSettings.guidance,
        control_strength: float = DrawSettings.control_strength,
        control_start: float = DrawSettings.control_start,
        control_end: float = DrawSettings.control_end,
        size: int | tuple[int, int] = 1024,
        painting: Image.Image | np.ndarray | None = None,
        strength: float = DrawSettings.strength,
        preview: bool = False,
        pin: Pin | None = None,
        client: str = "",
        colors: np.ndarray | None = None,
    ) -> Frame:
        """Draw a picture of `prompt` along the lines of `sketch`, from the colors of `painting`.

        sketch: PIL or uint8 (H, W), (H, W, 3) or (H, W, 4), dark on light or light on dark, alpha on white; one of
        another shape than the picture is centered. A model with `colored_pages` is told the color of its colored areas
        (`controlnet.maps.lines_and_colors`). colors: its paint (H, W, 4), premultiplied, where that is known apart from
        its lines. size: side in pixels, one of `model.sizes`, or (height, width), one of `model.shapes`. Without a
        line, without a branch or at control_strength 0, the sketch has no effect. control_start, control_end: the
        fractions of the steps between which its lines are active. painting: as the sketch, in color. strength: how much
        of it is painted over, 0.05 to 1: all `steps` are run, from `strength` of the way to pure noise
        (`painting_angles`). preview: the model's small decoder will do, where it has one. pin: keeps a part of an
        earlier picture. client: whose drawing it is; the next one of the same client is usually this one with a stroke
        more. The same arguments give the same bytes.

        Raises:
            SketchError, PromptError, ArgumentError: an input is refused; the message says what is accepted.
            OutOfMemory, EngineError: the model failed; the engine stays usable.
            DeviceLost: the device failed; this process cannot use it any more.
        """
        settings = DrawSettings(
            control_strength=control_strength,
            control_start=control_start,
            control_end=control_end,
            guidance=guidance,
            strength=strength,
            seed=seed,
            steps=steps,
        )
        job = DrawJob(
            sketch=sketch,
            prompt=prompt,
            settings=settings,
            size=size,
            painting=painting,
            preview=preview,
            pin=pin,
            client=client,
            colors=colors,
        )
        drawn = self.draw_many([job])[0]
        if isinstance(drawn, SprintLiveError):
            raise drawn
        return drawn

    def draw_many(self, jobs: Sequence[DrawJob]) -> list[Frame | SprintLiveError]:
        """A frame or an error for every job, in order; see `draw`.

        Jobs with equal `batch_key` go through the model together, up to 16 at once; others one after another. A refused
        job harms no other; a failure of the model fails its whole batch. The pixels of a picture drawn in a batch may
        differ by one level from the same job's drawn alone: sums are rounded in another order.
        """
        answers: dict[int, Frame | SprintLiveError] = {}
        batches: dict[object, list[tuple[int, CheckedJob]]] = {}
        for index, job in enumerate(jobs):
            try:
                checked = check_job(job, self.model)
                batches.setdefault(job.batch_key, []).append((index, checked))
            except SprintLiveError as refused:
                answers[index] = refused
        with self._lock:
            for batch in batches.values():
                for begin in range(0, len(batch), MAX_BATCH):
                    answers |= self._draw_batch(dict(batch[begin : begin + MAX_BATCH]))
        return [answers[index] for index in range(len(jobs))]

    def _draw_batch(self, jobs: dict[int, CheckedJob]) -> dict[int, Frame | SprintLiveError]:
        """A frame by each job's index, or the same error for all of them."""
        try:
            with torch.inference_mode():
                frames = self._stages.run(list(jobs.values()))
        except Exception as error:  # noqa: BLE001  # whatever it is, these jobs' callers get it, typed
            return dict.fromkeys(jobs, typed_failure(error, next(iter(jobs.values())).height_width))
        self._last = frames[-1]
        return dict(zip(jobs, frames, strict=True))

    def explain(self) -> str:
        """The switches with their reasons, and the milliseconds of the last picture by stage, as text for people."""
        return explain(self.pipeline, self._switches, self._last)

    @property
    def detectors(self) -> dict[str, str]:
        """The detectors of `detect`: name -> title for people, the default first."""
        return detector_choices()

    def detect(
        self,
        photo: bytes | Path | Image.Image | np.ndarray,
        detector: str = DEFAULT_DETECTOR,
        *,
        thickness: int = 1,
        invert: bool = False,
        size: int = 1024,
    ) -> np.ndarray:
        """Lines of a photo, (H, W) uint8, white on black; see `detect_lines`.
        It does not use the model, so it never waits for a drawing.
        """
        return detect_lines(photo, detector, thickness=thickness, invert=invert, size=size)

    def warm(self) -> None:
        """Draw two typical pictures, so that caches and kernels are ready for the first person."""
        page_u8 = np.full((self.model.default_size,) * 2, 255, np.uint8)
        cv2.circle(page_u8, (page_u8.shape[1] // 2, page_u8.shape[0] // 2), page_u8.shape[0] // 4, 0, 8, cv2.LINE_AA)
        for _ in range(WARM_UP_DRAWS):
            self.draw(page_u8, "a cat")
