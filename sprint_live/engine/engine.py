"""The engine: one call from a sketch and a prompt to a finished JPEG, with the time of every stage.

It runs the pipeline's own stages one after another, so its pictures are the pipeline's, bit for bit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor

from controlnet.forward import refuse_foreign_branch
from controlnet.maps import load_detector
from sprint_live.engine.detect import DEFAULT_DETECTOR, detect_lines, detector_choices
from sprint_live.engine.frame import Frame
from sprint_live.engine.prompts import PromptCache
from sprint_live.engine.request import Settings, usable_prompt
from sprint_live.engine.sketch import fit_page, grow_lines, sketch_pixels
from sprint_live.errors import DeviceLost, EngineError, OutOfMemory, SprintLiveError
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline import SanaSprintControlNetPipeline
from sprint_live.sampler import angle_schedule

JPEG_QUALITY = 80
WARM_UP_DRAWS = 2
CPU_OUT_OF_MEMORY = "can't allocate memory"  # torch has no class of its own for it


class Engine:
    """A loaded model that draws. One thread owns it; a second caller waits.

    `model` describes it (name, title, styles, sizes, licence). Build one with `sprint_live.load_engine`.

    Raises:
        ArgumentError: no such detector, or a control branch that was made for another model.
    """

    def __init__(self, pipeline: SanaSprintControlNetPipeline, model: ZooModel, *, detector: str = "strokes") -> None:
        if pipeline.controlnet is not None:
            refuse_foreign_branch(pipeline.transformer, pipeline.controlnet)
        self.model = model
        self.pipeline = pipeline
        self.pipeline.set_progress_bar_config(disable=True)
        for component in (pipeline.text_encoder, pipeline.vae, pipeline.transformer, pipeline.controlnet):
            if component is not None:
                component.requires_grad_(False)
        self._detect = load_detector(detector)
        self._prompts = PromptCache(pipeline.encode_prompt)
        self._lock = threading.Lock()

    @property
    def device(self) -> torch.device:
        """Where the model runs."""
        return self.pipeline.device

    @property
    def has_branch(self) -> bool:
        """Whether lines count: without a control branch only the prompt and a painting speak."""
        return self.pipeline.controlnet is not None

    def draw(
        self,
        sketch: Image.Image | np.ndarray,
        prompt: str,
        *,
        seed: int = 0,
        steps: int = 1,
        guidance: float = 4.5,
        control_strength: float = 1.0,
        control_start: float = 0.0,
        control_end: float = 1.0,
        size: int | tuple[int, int] = 1024,
        painting: Image.Image | np.ndarray | None = None,
        strength: float = 0.6,
    ) -> Frame:
        """Draw a picture of `prompt` along the lines of `sketch`, from the colours of `painting`.

        sketch: PIL or uint8 (H, W), (H, W, 3) or (H, W, 4), dark on light or light on dark, alpha on white; one of
        another shape than the picture is centred. size: side in pixels, one of `model.sizes`, or (height, width), one of
        `model.shapes`. Without a line, without a branch or at control_strength 0, the sketch says nothing. control_start, control_end: the fractions of the steps between
        which its lines count. painting: as the sketch, in colour. strength: how much of it is painted over, 0.05 to 1:
        all `steps` are run, from `strength` of the way to pure noise (`painting_angles`). The same arguments give the
        same bytes.

        Raises:
            SketchError, PromptError, ArgumentError: an input is refused; the message says what is accepted.
            OutOfMemory, EngineError: the model failed; the engine stays usable.
            DeviceLost: the device failed; this process cannot use it any more.
        """
        settings = Settings(
            seed=seed,
            steps=steps,
            guidance=guidance,
            control_strength=control_strength,
            control_start=control_start,
            control_end=control_end,
            strength=strength,
            size=size,
            sizes=self.model.sizes,
            shapes=self.model.shapes,
        )
        prompt = usable_prompt(prompt)
        pixels_u8 = sketch_pixels(sketch)
        painted_u8 = None if painting is None else sketch_pixels(painting)
        with self._lock:
            try:
                with torch.inference_mode():
                    return self._draw(pixels_u8, painted_u8, prompt, settings)
            except SprintLiveError:
                raise
            except Exception as error:
                if isinstance(error, torch.OutOfMemoryError) or CPU_OUT_OF_MEMORY in str(error):
                    torch.cuda.empty_cache()
                    raise OutOfMemory(f"out of memory drawing {settings.size} px; fix: draw smaller") from error
                if isinstance(error, torch.AcceleratorError):  # "illegal memory access" and the like: the context is poisoned
                    raise DeviceLost(f"the device failed: {error}"[:500]) from error
                raise EngineError(f"drawing failed: {type(error).__name__}: {error}") from error

    @property
    def detectors(self) -> dict[str, str]:
        """What `detect` can find lines with: a title for people by name, the default first."""
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
        """Lines of a photo, (H, W) uint8, white on black; see `detect_lines`. Not the model's work: it waits for no drawing."""
        return detect_lines(photo, detector, thickness=thickness, invert=invert, size=size)

    def warm(self) -> None:
        """Draw twice what a first visitor would ask for, so that nobody waits for caches and kernels."""
        page_u8 = np.full((self.model.default_size,) * 2, 255, np.uint8)
        cv2.circle(page_u8, (page_u8.shape[1] // 2, page_u8.shape[0] // 2), page_u8.shape[0] // 4, 0, 8, cv2.LINE_AA)
        for _ in range(WARM_UP_DRAWS):
            self.draw(page_u8, "a cat")

    def _draw(self, pixels_u8: np.ndarray, painted_u8: np.ndarray | None, prompt: str, settings: Settings) -> Frame:
        watch = _StopWatch()
        pipe = self.pipeline
        height, width = settings.height_width
        with watch.stage("map"):
            map_u8 = grow_lines(fit_page(self._detect(pixels_u8), height, width), self.model.line_growth_px)
            controlled = self.has_branch and settings.wants_control and bool(map_u8.any())
        with watch.stage("text"):
            prompt_embeds, prompt_attention_mask = self._prompts(prompt)
        with watch.stage("encode"):
            control_latents = self._encode(map_u8) if controlled else None
            image_latents = None if painted_u8 is None else self._encode(fit_page(painted_u8, height, width, background=255))
        with watch.stage("denoise"):
            clean = pipe(
                prompt_embeds=prompt_embeds,
                prompt_attention_mask=prompt_attention_mask,
                control_latents=control_latents,
                control_strength=settings.control_strength,
                control_start=settings.control_start,
                control_end=settings.control_end,
                image_latents=image_latents,
                strength=1.0,  # the schedule below has it already
                timesteps=None if painted_u8 is None else painting_angles(settings.steps, settings.strength),
                num_inference_steps=settings.steps,
                guidance_scale=settings.guidance,
                height=height,
                width=width,
                generator=torch.Generator().manual_seed(settings.seed),
                output_type="latent",
            ).images
            self._finish()
        with watch.stage("decode"):
            picture_u8 = self._decode(clean)
        with watch.stage("jpeg"):
            jpeg = encode_jpeg(picture_u8)
        return Frame(pixels_u8=picture_u8, jpeg=jpeg, timings_ms=watch.timings_ms(), controlled=controlled)

    def _encode(self, page_u8: np.ndarray) -> Tensor:
        """Scaled latent of a page (H, W) or (H, W, 3)."""
        pixels_HWC = torch.tensor(np.atleast_3d(page_u8), device=self.device)
        image_pm1 = pixels_HWC.permute(2, 0, 1)[None].float().div_(255).mul_(2).sub_(1)
        return self.pipeline.encode_image(image_pm1.expand(1, 3, -1, -1), *page_u8.shape[:2])

    def _decode(self, clean_BCYX: Tensor) -> np.ndarray:
        """The pipeline's rounding to uint8, done on the device and without a detour over float pictures."""
        vae = self.pipeline.vae
        image = vae.decode(clean_BCYX.to(vae.dtype) / vae.config.scaling_factor, return_dict=False)[0][0].float()
        image = image.div_(2).add_(0.5).clamp_(0, 1).mul_(255).round_().to(torch.uint8)
        return np.ascontiguousarray(image.permute(1, 2, 0).cpu().numpy())

    def _finish(self) -> None:
        """Let asynchronous work end, so that a stage's time is its own."""
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)


def painting_angles(steps: int, strength: float) -> list[float]:
    """Angles of a run that starts from a painting: the text-to-image schedule, shrunk to begin at strength x pi/2.

    diffusers' `strength` skips whole steps of n instead, so that with one step it has no effect at all. Where it can
    express such a run (k of n linear steps: steps = k, strength = k / n here) both draw the same picture.
    """
    return (angle_schedule(steps) * strength).tolist()


def encode_jpeg(picture_u8: np.ndarray) -> bytes:
    """(H, W, 3) RGB uint8 -> JPEG, quality 80, 4:2:0 (the fastest to decode in a browser)."""
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
    done, data = cv2.imencode(".jpg", cv2.cvtColor(picture_u8, cv2.COLOR_RGB2BGR), options)
    assert done
    return data.tobytes()


class _StopWatch:
    """Wall-clock milliseconds by stage."""

    def __init__(self) -> None:
        self._begin = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self._stages[name] = (time.perf_counter() - begin) * 1000

    def timings_ms(self) -> dict[str, float]:
        """Stages in order, then "total"."""
        return {**self._stages, "total": (time.perf_counter() - self._begin) * 1000}
