"""The engine: one call from a sketch and a prompt to a finished JPEG, with the time of every stage.

It runs the pipeline's own stages one after another, so its pictures are the pipeline's, bit for bit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor

from controlnet.maps import load_detector
from sprint_live.engine.frame import Frame
from sprint_live.engine.prompts import PromptCache
from sprint_live.engine.request import Settings, usable_prompt
from sprint_live.engine.sketch import fit_square, grow_lines, sketch_pixels
from sprint_live.errors import EngineError, OutOfMemory, SprintLiveError
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline import SanaSprintControlNetPipeline

JPEG_QUALITY = 80
WARM_UP_DRAWS = 2
CPU_OUT_OF_MEMORY = "can't allocate memory"  # torch has no class of its own for it


class Engine:
    """A loaded model that draws. One thread owns it; a second caller waits.

    `model` describes it (name, title, styles, sizes, licence). Build one with `sprint_live.load_engine`.
    """

    def __init__(self, pipeline: SanaSprintControlNetPipeline, model: ZooModel, *, detector: str = "strokes") -> None:
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

    def draw(
        self,
        sketch: Image.Image | np.ndarray,
        prompt: str,
        *,
        seed: int = 0,
        steps: int = 1,
        guidance: float = 4.5,
        control_strength: float = 1.0,
        size: int = 1024,
    ) -> Frame:
        """Draw a square picture of `prompt` along the lines of `sketch`.

        sketch: PIL or uint8 (H, W), (H, W, 3) or (H, W, 4), dark on light or light on dark, alpha on white; one that
        is not square is centred. size: side in pixels, one of `model.sizes`. Without a line, or at control_strength 0,
        only the prompt speaks. The same arguments give the same bytes.

        Raises:
            SketchError, PromptError, ArgumentError: an input is refused; the message says what is accepted.
            OutOfMemory, EngineError: the model failed; the engine stays usable.
        """
        settings = Settings(
            seed=seed,
            steps=steps,
            guidance=guidance,
            control_strength=control_strength,
            size=size,
            sizes=self.model.sizes,
        )
        prompt = usable_prompt(prompt)
        pixels_u8 = sketch_pixels(sketch)
        with self._lock:
            try:
                with torch.inference_mode():
                    return self._draw(pixels_u8, prompt, settings)
            except SprintLiveError:
                raise
            except Exception as error:
                if isinstance(error, torch.OutOfMemoryError) or CPU_OUT_OF_MEMORY in str(error):
                    torch.cuda.empty_cache()
                    raise OutOfMemory(f"out of memory drawing {settings.size} px; fix: draw smaller") from error
                raise EngineError(f"drawing failed: {type(error).__name__}: {error}") from error

    def warm(self) -> None:
        """Draw twice what a first visitor would ask for, so that nobody waits for caches and kernels."""
        page_u8 = np.full((self.model.default_size,) * 2, 255, np.uint8)
        cv2.circle(page_u8, (page_u8.shape[1] // 2, page_u8.shape[0] // 2), page_u8.shape[0] // 4, 0, 8, cv2.LINE_AA)
        for _ in range(WARM_UP_DRAWS):
            self.draw(page_u8, "a cat")

    def _draw(self, pixels_u8: np.ndarray, prompt: str, settings: Settings) -> Frame:
        watch = _StopWatch()
        pipe = self.pipeline
        with watch.stage("map"):
            map_u8 = grow_lines(fit_square(self._detect(pixels_u8), settings.size), self.model.line_growth_px)
            controlled = pipe.controlnet is not None and settings.control_strength > 0 and bool(map_u8.any())
        with watch.stage("text"):
            prompt_embeds, prompt_attention_mask = self._prompts(prompt)
        with watch.stage("encode"):
            control_latents = self._encode(map_u8) if controlled else None
        with watch.stage("denoise"):
            clean = pipe(
                prompt_embeds=prompt_embeds,
                prompt_attention_mask=prompt_attention_mask,
                control_latents=control_latents,
                controlnet_conditioning_scale=settings.control_strength,
                num_inference_steps=settings.steps,
                guidance_scale=settings.guidance,
                height=settings.size,
                width=settings.size,
                generator=torch.Generator().manual_seed(settings.seed),
                output_type="latent",
            ).images
            self._finish()
        with watch.stage("decode"):
            picture_u8 = self._decode(clean)
        with watch.stage("jpeg"):
            jpeg = encode_jpeg(picture_u8)
        return Frame(pixels_u8=picture_u8, jpeg=jpeg, timings_ms=watch.timings_ms(), controlled=controlled)

    def _encode(self, map_u8: np.ndarray) -> Tensor:
        map_11YX = torch.from_numpy(map_u8)[None, None].to(self.device).float().div_(255).mul_(2).sub_(1)
        return self.pipeline.encode_control(map_11YX.expand(1, 3, -1, -1), *map_u8.shape)

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
