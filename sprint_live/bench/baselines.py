"""The baselines: diffusers' pipelines and our plain one, from a sketch to a PIL picture.

diffusers' pipelines get their prompt as embeddings; the teacher behind SanaControlNetPipeline is random, in the shape
that the Sprint model was distilled from: no CFG, one step.

Knows: diffusers' pipelines, the model's components.  Must not know: the engine's fast paths, clocks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from diffusers import (
    FlowMatchEulerDiscreteScheduler,
    SanaControlNetModel,
    SanaControlNetPipeline,
    SanaSprintPipeline,
    SanaTransformer2DModel,
)
from diffusers.image_processor import PixArtImageProcessor
from PIL import Image

from controlnet.maps.strokes import detect
from sprint_live.bench.random_weights import built, seeded
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

PLAIN = "plain pipeline"
SPRINT = "diffusers SanaSprintPipeline"
CONTROLNET = "diffusers SanaControlNetPipeline"
BRANCH_SETTINGS = (
    *(
        "in_channels",
        "out_channels",
        "num_attention_heads",
        "attention_head_dim",
        "num_cross_attention_heads",
        "cross_attention_head_dim",
        "cross_attention_dim",
    ),
    *(
        "caption_channels",
        "mlp_ratio",
        "attention_bias",
        "sample_size",
        "patch_size",
        "norm_elementwise_affine",
        "norm_eps",
        "interpolation_scale",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """what: what it does and leaves out. draw(page_u8, seed): a picture."""

    what: str
    draw: Callable[[np.ndarray, int], Image.Image]


def baselines(
    pipeline: SanaSprintControlNetPipeline, *, prompt: str, size: tuple[int, int], steps: int
) -> dict[str, Baseline]:
    """The baselines by name; size: (height, width). Without a control branch there is no ControlNet to compare with."""
    height, width = size
    text_BLD, mask_BL = pipeline.encode_as_trained(prompt)
    common = {"num_inference_steps": steps, "height": height, "width": width}
    embedded = {"prompt_embeds": text_BLD, "prompt_attention_mask": mask_BL, "use_resolution_binning": False, **common}

    def plain(page_u8: np.ndarray, seed: int) -> Image.Image:
        control = None if pipeline.controlnet is None else _control(page_u8)
        return pipeline(
            prompt, control_image=control, generator=_noise(seed), use_resolution_binning=False, **common
        ).images[0]

    found = {PLAIN: Baseline(what="SanaSprintControlNetPipeline, prompt encoded each time, without JPEG", draw=plain)}
    sprint = _fitted(SanaSprintPipeline(None, None, pipeline.vae, pipeline.transformer, pipeline.scheduler), pipeline)

    def by_sprint(page_u8: np.ndarray, seed: int) -> Image.Image:
        # its own default for the middle angle is refused by its own scheduler unless there are two steps
        middle = {} if steps == 2 else {"intermediate_timesteps": None}
        return sprint(generator=_noise(seed), **middle, **embedded).images[0]

    found[SPRINT] = Baseline(what="text to image: no sketch is encoded, no branch runs", draw=by_sprint)
    if pipeline.controlnet is not None:
        teacher, branch = _teacher(pipeline)
        control = _fitted(
            SanaControlNetPipeline(None, None, pipeline.vae, teacher, branch, FlowMatchEulerDiscreteScheduler()),
            pipeline,
        )

        def by_controlnet(page_u8: np.ndarray, seed: int) -> Image.Image:
            return control(
                control_image=_control(page_u8), guidance_scale=1.0, generator=_noise(seed), **embedded
            ).images[0]

        found[CONTROLNET] = Baseline(
            what="the teacher's shape with random weights, guidance 1 (no second pass)", draw=by_controlnet
        )
    return found


def _teacher(pipeline: SanaSprintControlNetPipeline) -> tuple[SanaTransformer2DModel, SanaControlNetModel]:
    """The undistilled transformer and diffusers' ControlNet in this model's shape, random:
    no guidance embedding, no QK norm.
    """
    config = dict(pipeline.transformer.config)
    shape = {name: config[name] for name in BRANCH_SETTINGS}
    device, dtype = pipeline.device, pipeline.transformer.dtype
    with seeded(device, 0):
        teacher = built(lambda: SanaTransformer2DModel(**shape, num_layers=config["num_layers"]), device, dtype)
        branch = built(
            lambda: SanaControlNetModel(**shape, num_layers=pipeline.controlnet.config.num_layers), device, dtype
        )
    return teacher, branch


def _fitted(
    other: SanaSprintPipeline | SanaControlNetPipeline, pipeline: SanaSprintControlNetPipeline
) -> SanaSprintPipeline | SanaControlNetPipeline:
    """diffusers counts an autoencoder's stages to know its ratio, which is wrong for one that folds pixels first."""
    other.vae_scale_factor = pipeline.vae_scale_factor
    other.image_processor = PixArtImageProcessor(vae_scale_factor=pipeline.vae_scale_factor)
    other.set_progress_bar_config(disable=True)
    return other


def _control(page_u8: np.ndarray) -> Image.Image:
    return Image.fromarray(detect(page_u8)).convert("RGB")


def _noise(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)
