"""A stand-in engine: sleeps, then stamps a code of the sketch and the settings into the pixels, proof against JPEG."""

from __future__ import annotations

import dataclasses
import io
import threading
import time
import zlib
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import torch
from PIL import Image

from sprint_live.errors import SprintLiveError

CELL_PX = 32


@dataclass
class StandInFrame:
    image: Image.Image
    timings_ms: dict[str, float]
    latent_CYX: np.ndarray | None = None
    preview: bool = False

    @property
    def pixels_u8(self) -> np.ndarray:
        return np.asarray(self.image)

    @property
    def jpeg(self) -> bytes:
        data = io.BytesIO()
        self.image.save(data, "JPEG", quality=80, subsampling=2)
        return data.getvalue()


class StandInEngine:
    """`delay_s` a picture; `codes` lists every picture's code; `fail` raises once when set to an exception."""

    def __init__(self, delay_s: float = 0.05) -> None:
        self.delay_s = delay_s
        self.best_batch = 1
        self.batches: list[int] = []
        self.codes: list[int] = []
        self.calls: list[dict] = []
        self.sketches: list[np.ndarray] = []
        self.paintings: list[np.ndarray | None] = []
        self.colors: list[np.ndarray | None] = []
        self.has_branch = self.has_guidance = True
        self.has_preview = False
        self.detectors = {"dark": "dark pixels", "nothing": "no lines at all"}
        self.fail: BaseException | None = None
        self.gate: threading.Event | None = None
        self.model = SimpleNamespace(
            name="stand-in",
            title="Stand-in",
            styles={"plain": "{prompt}", "3d": "{prompt}, 3d"},
            sizes=(1024,),
            shapes=((512, 1024), (1024, 768)),
            default_size=1024,
            license="test",
            colored_pages=False,
            refines=True,
            styled=lambda prompt, style: prompt + (", 3d" if style == "3d" else ""),
        )

    def warm(self) -> None:
        """Nothing to warm."""

    def draw_many(self, jobs):
        """One call, whatever is in it; `batches` remembers how many people it was for."""
        self.batches.append(len(jobs))
        return [self._frame_or_error(job) for job in jobs]

    def _frame_or_error(self, job):
        self.colors.append(job.colors)
        try:
            return self.draw(
                job.sketch,
                job.prompt,
                **dataclasses.asdict(job.settings),
                size=job.size,
                painting=job.painting,
                preview=job.preview,
                pin=job.pin,
            )
        except SprintLiveError as error:
            return error

    def draw(
        self,
        sketch,
        prompt,
        *,
        seed,
        steps,
        guidance,
        control_strength,
        control_start,
        control_end,
        size,
        painting=None,
        strength=0.6,
        preview=False,
        pin=None,
    ):
        start_s = time.perf_counter()
        if self.fail is not None:
            error, self.fail = self.fail, None
            raise error
        if self.gate is not None:
            self.gate.wait(10)
        code = code_of(sketch, prompt, seed, steps, painting, strength, pin.to_bytes() if pin else b"")
        image, latent_CYX = kept_under(pin, stamped(sketch, code, painting, size))
        time.sleep(max(0.0, self.delay_s - (time.perf_counter() - start_s)))
        self.calls.append(
            {
                "prompt": prompt,
                "seed": seed,
                "steps": steps,
                "strength": control_strength,
                "size": size,
                "guidance": guidance,
                "control": (control_start, control_end),
                "preview": preview,
                "pinned": pin is not None,
            }
        )
        self.sketches.append(sketch)
        self.paintings.append(painting)
        self.codes.append(code)
        return StandInFrame(
            image, {"total": (time.perf_counter() - start_s) * 1e3}, latent_CYX, preview and self.has_preview
        )

    def detect(self, photo, *, detector):
        if self.fail is not None:
            error, self.fail = self.fail, None
            raise error
        gray = photo.mean(axis=2)
        return np.where(gray < 100, 255, 0).astype(np.uint8) if detector == "dark" else np.zeros(gray.shape, np.uint8)


def code_of(
    sketch: np.ndarray,
    prompt: str,
    seed: int,
    steps: int,
    painting: np.ndarray | None = None,
    strength: float = 0.6,
    pin: bytes = b"",
) -> int:
    """32 bits that depend on every pixel of the sketch and the painting, on the settings and on what is pinned."""
    painted = f"|{strength}|{zlib.crc32(painting.tobytes())}" if painting is not None else ""
    return zlib.crc32(f"{prompt}|{seed}|{steps}{painted}".encode() + pin, zlib.crc32(sketch.tobytes()))


def kept_under(pin, image: Image.Image) -> tuple[Image.Image, np.ndarray]:
    """The picture with what is pinned put back, and its latent: its means in 16 x 16 cells; the code's row stays."""
    pixels = np.asarray(image).copy()
    cells = np.asarray(image.resize((16, 16), Image.Resampling.BOX))
    latent_CYX = (cells.astype(np.float32) / 128 - 1).transpose(2, 0, 1).astype(np.float16)
    if pin is not None:
        latent_CYX = pin.blend(torch.tensor(latent_CYX, dtype=torch.float32)[None])[0].numpy().astype(np.float16)
        kept = Image.fromarray(
            np.clip((latent_CYX.astype(np.float32) + 1) * 128, 0, 255).astype(np.uint8).transpose(1, 2, 0)
        )
        mask = np.asarray(Image.fromarray(pin.mask_YX).resize(image.size, Image.Resampling.NEAREST)) > 0
        mask[: image.size[0] // 32] = False
        pixels[mask] = np.asarray(kept.resize(image.size, Image.Resampling.NEAREST))[mask]
    return Image.fromarray(pixels), latent_CYX


def stamped(sketch: np.ndarray, code: int, painting: np.ndarray | None = None, size=(1024, 1024)) -> Image.Image:
    """A picture of `size` (height, width) with the code as 32 black and white cells in its first row."""
    pixels = np.repeat((255 - sketch // 2)[..., None], 3, axis=2) if painting is None else painting.copy()
    pixels = np.asarray(Image.fromarray(pixels).resize(size[::-1])).copy() if pixels.shape[:2] != size else pixels
    bits = np.array([(code >> bit) & 1 for bit in range(32)], dtype=np.uint8) * 255
    cell_px = size[1] // 32
    pixels[:cell_px] = np.repeat(bits, cell_px)[None, :, None]
    return Image.fromarray(pixels)


def read_code(jpeg: bytes) -> int:
    """The code in a picture."""
    pixels = np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"))
    cell_px = pixels.shape[1] // 32
    row = pixels[cell_px // 2, cell_px // 2 :: cell_px]
    return sum(1 << bit for bit in range(32) if row[bit] > 127)
