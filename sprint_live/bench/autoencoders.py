"""The tiny autoencoder beside the full one: time of each half, and what the branch and the picture make of either
encoder's latent.

With random weights the two encoders know nothing of each other, so the branch's error is that of two unrelated latents:
the most a tiny encoder could do. With released weights it is the figure that says whether `tiny-encoder` is harmless.

Knows: the engine's encoders and decoders, the pipeline.  Must not know: files, the command line.
Legend: B batch, C channels, Y X latent rows/columns.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from controlnet.maps.strokes import detect
from sprint_live.bench.clock import spread, timed
from sprint_live.bench.pages import new_pages
from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.engine.autoencoder.encoder import PageEncoder
from sprint_live.engine.switch_table import REWRITES
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

PROMPT = "a cat"
HARMLESS_DB = (
    40.0  # of the worst picture, to the one on the full encoder's latent: as far as bfloat16 alone may take it
)
HARMLESS_ERROR = 0.1  # of the branch's output, relative: a tenth of what the lines say
SEED = 1


def measure_autoencoders(
    pipeline: SanaSprintControlNetPipeline,
    tiny: TinySanaAutoencoder,
    *,
    side: int,
    runs: int,
    warm_up: int,
    advance: Callable[[], Any],
    num_pages: int = 4,
    released: bool = False,
) -> dict[str, Any]:
    """Milliseconds of encoding a new page and of decoding a latent, full and tiny in turn,
    with every rewrite that runs here.

    side: of the page in pixels. num_pages: drawings that are compared. released: all weights are as published, so that
    the comparison judges the tiny encoder. advance: called after each round.
    Returns: `ms` by way, `times_faster` of the tiny halves, and from `compare_encoders` `encoders`, tiny beside full,
    and in float32 `tiny_in_bfloat16`, the tiny encoder beside itself in bfloat16. `harmless`:
    see `is_harmless`; None where the weights do not tell.
    """
    device = pipeline.vae.device
    names = [name for name in REWRITES if name != "packed-conv" or device.type == "cpu"]
    pages = [detect(page_u8) for page_u8 in new_pages(side, side, num_pages)]
    encoders = {"full": PageEncoder(pipeline.vae, names), "tiny": PageEncoder(tiny, names)}
    decoders = {"full": PictureDecoder(pipeline.vae, names), "tiny": PictureDecoder(tiny, names)}
    with torch.inference_mode():
        latents = [encoders["full"].encode(page_u8).clone() for page_u8 in pages]
    ways: dict[str, Callable[[int], Any]] = {}
    for name in ("full", "tiny"):
        ways[f"encode {name}"] = lambda index, name=name: encoders[name].encode(pages[index % len(pages)])
        ways[f"decode {name}"] = lambda index, name=name: decoders[name].decode(latents[index % len(pages)])
    elapsed: dict[str, list[float]] = {name: [] for name in ways}
    for index in range(warm_up + runs):
        for name, call in ways.items():
            _, took = timed(lambda call=call, index=index: call(index), device)
            if index >= warm_up:
                elapsed[name].append(took.wall_ms)
        advance()
    ms = {name: spread(values) for name, values in elapsed.items()}
    encoded = compare_encoders(pipeline, encoders["full"].encode, encoders["tiny"].encode, pages)
    rounded = {}
    if tiny.dtype == torch.float32:
        quick = PageEncoder(torch.nn.Module.to(copy.deepcopy(tiny), torch.bfloat16))
        rounded["tiny_in_bfloat16"] = compare_encoders(pipeline, encoders["tiny"].encode, quick.encode, pages)
    return {
        "side": side,
        "ms": ms,
        "times_faster": {
            half: round(ms[f"{half} full"]["median"] / ms[f"{half} tiny"]["median"], 2) for half in ("encode", "decode")
        },
        "encoders": encoded,
        **rounded,
        "harmless": is_harmless(encoded) if released else None,
    }


def is_harmless(compared: Mapping[str, Any]) -> bool | None:
    """Whether `tiny-encoder` may be turned on, by what `compare_encoders` found with released weights and their branch.

    None without a branch: no line reaches the picture then, so the two pictures are equal whatever the encoders say.
    """
    if compared["branch_error"] is None:
        return None
    return compared["branch_error"] <= HARMLESS_ERROR and compared["picture_psnr_db"]["lowest"] >= HARMLESS_DB


def compare_encoders(
    pipeline: SanaSprintControlNetPipeline,
    first: Callable[[np.ndarray], Tensor],
    second: Callable[[np.ndarray], Tensor],
    pages: list[np.ndarray],
) -> dict[str, Any]:
    """How far the second encoder's latent of each page takes the branch and the one-step picture from the first's.

    Errors are relative: the norm of the difference over that of the first.
    PSNR is of uint8 pictures by the full decoder.
    """
    latent, branch, psnr = [], [], []
    decoder = PictureDecoder(pipeline.vae)
    with torch.inference_mode():
        for page_u8 in pages:
            controls = [encode(page_u8).clone() for encode in (first, second)]
            cleans, residuals = zip(
                *(_drawn(pipeline, control, page_u8.shape[:2]) for control in controls), strict=True
            )
            latent.append(_relative(*controls))
            branch.append(_relative(*residuals) if residuals[0] is not None else None)
            pictures = [decoder.decode(clean)[0] for clean in cleans]
            psnr.append(psnr_db(*pictures))
    branch_errors = [error for error in branch if error is not None]
    return {
        "pages": len(pages),
        "latent_error": round(float(np.median(latent)), 6),
        "branch_error": round(float(np.median(branch_errors)), 6) if branch_errors else None,
        "picture_psnr_db": {"median": round(float(np.median(psnr)), 2), "lowest": round(min(psnr), 2)},
    }


def psnr_db(first_u8: np.ndarray, second_u8: np.ndarray) -> float:
    """Peak signal-to-noise ratio of two uint8 pictures in dB; 99 where they are equal."""
    error = float(np.mean((first_u8.astype(np.float32) - second_u8.astype(np.float32)) ** 2))
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def _drawn(
    pipeline: SanaSprintControlNetPipeline, control: Tensor, height_width: tuple[int, ...]
) -> tuple[Tensor, Tensor | None]:
    """Clean latents of one step on a control latent, and all residuals of the branch in one vector."""
    seen: list[Tensor] = []

    def note(module: nn.Module, given: object, result: Any) -> None:
        parts = result[0] if isinstance(result, tuple) else result.controlnet_block_samples
        seen.append(torch.cat([part.float().flatten() for part in parts]))

    branch = pipeline.controlnet
    handle = None if branch is None else branch.register_forward_hook(note)
    try:
        clean = pipeline(
            PROMPT,
            control_latents=None if branch is None else control,
            num_inference_steps=1,
            height=height_width[0],
            width=height_width[1],
            use_resolution_binning=False,
            generator=torch.Generator().manual_seed(SEED),
            output_type="latent",
        ).images
    finally:
        if handle is not None:
            handle.remove()
    return clean, seen[0] if seen else None


def _relative(first: Tensor, second: Tensor) -> float:
    return float((first.float() - second.float()).norm() / first.float().norm())
