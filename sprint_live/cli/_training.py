"""What the commands that train students from the command line share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    from torch import Tensor

    from sprint_live.engine.engine import Engine
    from sprint_live.train.ablations import NoSheet


def black_latents(engine: Engine, side_px: int) -> dict[int, Tensor]:
    """Latent side -> the latent (32, Y, X) of a black picture of side_px pixels, of unit deviation."""
    import torch

    black = torch.full((1, 3, side_px, side_px), -1.0, device=engine.device)
    latent = engine.pipeline.encode_pixels(black).float().cpu()[0]
    return {latent.shape[-1]: latent}


def null_sheet(engine: Engine) -> NoSheet:
    """The model's own embedding of the empty caption, and no pictures."""
    from sprint_live.train.ablations import NoSheet

    text_BLD, mask_BL = engine.pipeline.encode_as_trained("")
    return NoSheet(text_BLD[0, : int(mask_BL[0].sum())].float().clone())


def check_latents(folder: Path) -> None:
    """Raises ArgumentError where no encoded scenes lie."""
    if not any(folder.glob("latents-*.safetensors")):
        raise ArgumentError(
            refusal(
                got=f"{folder} without latents-*.safetensors",
                accepted="encoded scenes",
                fix="sprint-live train encode makes them",
            )
        )
