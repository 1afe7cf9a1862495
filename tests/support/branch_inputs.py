"""What a small released branch is given, and how far two answers to it are apart."""

from __future__ import annotations

import torch

from support.models.released_file import CAPTION, CHANNELS

ROWS, COLUMNS, WORDS = 3, 4, 6
S = (0.3127, 0.9999)


def draw_inputs() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(11)
    mask = torch.ones(2, WORDS, dtype=torch.int64)
    mask[1, 4:] = 0
    return {
        "latent": torch.randn(2, CHANNELS, ROWS, COLUMNS, generator=generator),
        "control": torch.randn(2, CHANNELS, ROWS, COLUMNS, generator=generator),
        "text": torch.randn(2, WORDS, CAPTION, generator=generator),
        "mask": mask,
    }


def relative_error(ours: torch.Tensor, exact: torch.Tensor) -> float:
    return ((ours.double() - exact).abs().max() / exact.abs().max()).item()
