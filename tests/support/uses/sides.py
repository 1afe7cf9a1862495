"""A random small model as a pipeline of diffusers and as ours, and the comparison of what a use gives on both."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import torch
from diffusers import (
    AutoencoderDC,
    DiffusionPipeline,
    FlowMatchEulerDiscreteScheduler,
    SanaControlNetModel,
    SanaControlNetPipeline,
    SanaSprintImg2ImgPipeline,
    SanaSprintPipeline,
    SanaTransformer2DModel,
    SCMScheduler,
)
from PIL import Image
from transformers import Gemma2Config, Gemma2Model, GemmaTokenizer

from controlnet import SanaSprintControlNet
from sprint_live import SanaSprintControlNetPipeline

Verdict = Literal["same", "better", "different"]
HEADS = {
    "patch_size": 1,
    "in_channels": 4,
    "out_channels": 4,
    "num_layers": 2,
    "num_attention_heads": 2,
    "attention_head_dim": 4,
    "num_cross_attention_heads": 2,
    "cross_attention_head_dim": 4,
    "cross_attention_dim": 8,
    "caption_channels": 8,
    "sample_size": 32,
}
TOLERANCE = 1e-4  # of the largest number


@dataclass(frozen=True)
class Side:
    """One of the two, and a folder that is its own."""

    is_ours: bool
    folder: Path

    @property
    def sprint_class(self) -> type[DiffusionPipeline]:
        return SanaSprintControlNetPipeline if self.is_ours else SanaSprintPipeline

    def sprint(self, **changes: object) -> DiffusionPipeline:
        """Text to image; `changes` replace components."""
        return _quiet(self.sprint_class(**(sprint_parts() | changes)))

    def from_image(self) -> DiffusionPipeline:
        """Image to image."""
        made = SanaSprintControlNetPipeline if self.is_ours else SanaSprintImg2ImgPipeline
        return _quiet(made(**sprint_parts()))

    def control(self) -> DiffusionPipeline:
        """With a branch: diffusers' own is of the many-step model."""
        parts = sprint_parts()
        with torch.random.fork_rng():
            torch.manual_seed(7)
            if self.is_ours:
                branch = SanaSprintControlNet.from_transformer(parts["transformer"], num_layers=1).eval()
            else:
                branch = SanaControlNetModel(**(HEADS | {"num_layers": 1})).eval()
                parts |= {"transformer": _transformer({}), "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0)}
            for weights in branch.parameters():
                if not weights.any():
                    torch.nn.init.normal_(weights, std=0.2)
        made = SanaSprintControlNetPipeline if self.is_ours else SanaControlNetPipeline
        return _quiet(made(**parts, controlnet=branch))

    def saved(self, **asked: object) -> Path:
        """A folder with a saved text-to-image pipeline."""
        folder = self.folder / "saved"
        self.sprint().save_pretrained(folder, **asked)
        return folder


class Use(NamedTuple):
    """`run` gives something that can be compared, or raises; `why` says it where the verdict is not "same"."""

    name: str
    run: Callable[[Side], object]
    verdict: Verdict = "same"
    why: str = ""


def sprint_parts() -> dict[str, object]:
    """Components of SanaSprintPipeline, seeded."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return {
            "tokenizer": _tokenizer(),
            "text_encoder": _text_encoder(),
            "vae": _autoencoder(),
            "transformer": _transformer({"qk_norm": "rms_norm_across_heads", "guidance_embeds": True}),
            "scheduler": SCMScheduler(),
        }


def _transformer(changes: Mapping[str, object]) -> SanaTransformer2DModel:
    return SanaTransformer2DModel(**HEADS, **changes).eval()


def _autoencoder() -> AutoencoderDC:
    blocks = ("ResBlock", "EfficientViTBlock")
    return AutoencoderDC(
        in_channels=3,
        latent_channels=4,
        attention_head_dim=2,
        encoder_block_types=blocks,
        decoder_block_types=blocks,
        encoder_block_out_channels=(8, 8),
        decoder_block_out_channels=(8, 8),
        encoder_qkv_multiscales=((), (5,)),
        decoder_qkv_multiscales=((), (5,)),
        encoder_layers_per_block=(1, 1),
        decoder_layers_per_block=(1, 1),
        downsample_block_type="conv",
        upsample_block_type="interpolate",
        scaling_factor=0.41407,
    ).eval()


def _text_encoder() -> Gemma2Model:
    sizes = {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    heads = {"num_key_value_heads": 2, "head_dim": 8, "vocab_size": 128, "attn_implementation": "eager"}
    return Gemma2Model(Gemma2Config(**sizes, **heads)).eval()


def _tokenizer() -> GemmaTokenizer:
    words = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "\N{LOWER ONE EIGHTH BLOCK}", *string.printable]
    return GemmaTokenizer(vocab={word: index for index, word in enumerate(words)}, merges=[])


def _quiet(pipeline: DiffusionPipeline) -> DiffusionPipeline:
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def draw(pipeline: DiffusionPipeline, **changes: object) -> object:
    """The pictures (B, 3, 32, 32) of a short call; `seeds` makes a generator, or one each of a list."""
    short = {"prompt": "a cat", "height": 32, "width": 32, "max_sequence_length": 16, "complex_human_instruction": None}
    call = {**short, "use_resolution_binning": False, "output_type": "pt", "generator": seeded(), **changes}
    seeds = call.pop("seeds", None)
    if seeds is not None:
        call["generator"] = [seeded(seed) for seed in seeds] if isinstance(seeds, list) else seeded(seeds)
    return pipeline(**call)[0]


def outcome(use: Use, side: Side) -> object:
    """What the use gives, or the exception that it ends in."""
    try:
        return use.run(side)
    except Exception as error:  # noqa: BLE001  # a use may fail in any way; which is compared
        return error


def same(one: object, other: object) -> bool:
    """Equal, numbers up to rounding; exceptions where both are refusals or of one type."""
    if isinstance(one, Exception) or isinstance(other, Exception):
        both = isinstance(one, Exception) and isinstance(other, Exception)
        refusals = isinstance(one, ValueError) and isinstance(other, ValueError)
        return both and (refusals or type(one) is type(other))
    if isinstance(one, Image.Image) and isinstance(other, Image.Image):
        one, other = np.asarray(one) / 255, np.asarray(other) / 255
    if isinstance(one, np.ndarray | torch.Tensor) and isinstance(other, np.ndarray | torch.Tensor):
        one, other = torch.as_tensor(one).float(), torch.as_tensor(other).float()
        near = TOLERANCE * max(1.0, float(other.abs().max()))
        return one.shape == other.shape and bool(torch.allclose(one, other, atol=near, rtol=0))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return one == other
