"""diffusers' pipelines over the same small components, and what both sides are called with."""

from __future__ import annotations

import torch
from diffusers import SanaSprintPipeline

SMALL = {"height": 128, "width": 128, "use_resolution_binning": False}
LATENT = {"prompt": "a red cat", "output_type": "latent", **SMALL}


def seeded(seed: int = 3) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def upstream(pipeline, pipeline_class=SanaSprintPipeline):
    parts = {name: getattr(pipeline, name) for name in ("tokenizer", "text_encoder", "vae", "transformer", "scheduler")}
    theirs = pipeline_class(**parts)
    theirs.vae_scale_factor = 64
    theirs.set_progress_bar_config(disable=True)
    return theirs
