"""A released model's real configuration with random weights, so that its speed can be measured without its files.

Times depend on shapes, not on what the weights say, with one exception: zeros may run faster, so what starts at zero is
made random, too. The constructors' own initialization keeps activations finite (`count_work` refuses what is not).

Knows: zoo entries, configurations.  Must not know: weight files, the hub, clocks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

import torch
from diffusers import AutoencoderDC, SanaTransformer2DModel, SCMScheduler
from torch import nn
from transformers import Gemma2Config, Gemma2Model

from controlnet.branch import SanaSprintControlNet
from sprint_live.bench.random_text import RandomTextEncoder, RandomTokenizer
from sprint_live.engine.autoencoder.preview import PreviewDecoder
from sprint_live.engine.engine import Engine
from sprint_live.engine.loading.placement import component_dtypes, free_bytes
from sprint_live.errors import ArgumentError, OutOfMemory, refusal
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

BRANCH_LAYERS = 7  # of the released ControlNets
MAX_SEQUENCE_LENGTH = 300
SIZES = (
    512,
    768,
    1024,
    1536,
)  # nobody looks at these pictures: any multiple of the autoencoder's ratio can be measured
ZERO_START_GAIN = 0.1
SPARE = 1.2  # of the weights, for what a picture needs besides


def random_engine(
    model: ZooModel,
    device: torch.device,
    *,
    with_text_encoder: bool = False,
    with_tiny: bool = False,
    without: Collection[str] = (),
    also: Collection[str] = (),
    seed: int = 0,
) -> Engine:
    """An engine of `model`'s published configuration, with the released branch's shape, drawing noise.

    with_text_encoder, seed: as `random_pipeline`. with_tiny: a tiny autoencoder of TAESANA's shape, random, too, draws
    its previews. without, also: as `load_engine`.

    Raises: as `random_pipeline`.
    """
    pipeline = random_pipeline(model, device, with_text_encoder=with_text_encoder, seed=seed)
    preview = random_preview(device, pipeline.vae.dtype, seed=seed) if with_tiny else None
    return Engine(pipeline, with_more_sizes(model), preview=preview, without=without, also=also)


def random_preview(device: torch.device, dtype: torch.dtype, *, seed: int = 0) -> PreviewDecoder:
    """A tiny autoencoder of TAESANA's shape with random weights."""
    with seeded(device, seed):
        return PreviewDecoder(built(TinySanaAutoencoder, device, dtype))


def with_more_sizes(model: ZooModel) -> ZooModel:
    """The entry with further sizes, for measurements only."""
    sizes = tuple(sorted({*model.sizes, *SIZES}))
    shapes = tuple(dict.fromkeys((*model.shapes, *((size, size) for size in sizes)))) if model.shapes else ()
    return replace(model, sizes=sizes, shapes=shapes)


def random_pipeline(
    model: ZooModel, device: torch.device, *, with_text_encoder: bool = False, seed: int = 0
) -> SanaSprintControlNetPipeline:
    """A pipeline of `model`'s published configuration with random weights, and a branch of the released shape.

    with_text_encoder: Gemma-2-2B with random weights instead of a random vector a word.

    Raises:
        ArgumentError: the entry has no published configuration.
        OutOfMemory: the weights would not fit.
    """
    if not {"transformer", "vae", "text_encoder", "scheduler"} <= set(model.configs):
        raise ArgumentError(
            refusal(
                got=f"--random-weights with {model.name}",
                accepted="a model with published configurations",
                fix="drop it: its weights are here",
            )
        )
    dtypes = component_dtypes(device, bfloat16=model.bfloat16, autoencoder_float32=False)
    _check_memory(model, device, dtypes["transformer"], with_text_encoder=with_text_encoder)
    with seeded(device, seed):
        text_encoder = built(
            lambda: _text_encoder(model, with_text_encoder=with_text_encoder), device, dtypes["text_encoder"]
        )
        transformer = built(
            lambda: SanaTransformer2DModel(**model.configs["transformer"]), device, dtypes["transformer"]
        )
        branch = built(
            lambda: SanaSprintControlNet.from_transformer(transformer, num_layers=BRANCH_LAYERS),
            device,
            dtypes["transformer"],
        )
        vae = built(lambda: AutoencoderDC(**model.configs["vae"]), device, dtypes["vae"])
    return SanaSprintControlNetPipeline(
        tokenizer=RandomTokenizer(),
        text_encoder=text_encoder,
        vae=vae,
        transformer=transformer,
        controlnet=branch,
        scheduler=SCMScheduler(**model.configs["scheduler"]),
        max_sequence_length=MAX_SEQUENCE_LENGTH,
        use_instruction=with_text_encoder,  # its length matters only to an encoder that reads it
    )


def randomize_zeros(module: nn.Module) -> int:
    """Give every matrix or kernel that is all zeros small random values, in place; how many there were."""
    zeros = [weight for weight in module.parameters() if weight.dim() > 1 and not bool(weight.any())]
    with torch.no_grad():
        for weight in zeros:
            weight.normal_(std=ZERO_START_GAIN / math.sqrt(weight[0].numel()))
    return len(zeros)


def _text_encoder(model: ZooModel, *, with_text_encoder: bool) -> nn.Module:
    config = model.configs["text_encoder"]
    return Gemma2Model(Gemma2Config(**config)) if with_text_encoder else RandomTextEncoder(config["hidden_size"])


def built(make: Callable[[], nn.Module], device: torch.device, dtype: torch.dtype) -> nn.Module:
    """A frozen module built where and as what it will run, nothing in it zero:
    no second copy in float32 is ever in memory.
    """
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            module = make()
    finally:
        torch.set_default_dtype(before)
    randomize_zeros(module)
    return module.eval().requires_grad_(False)


@contextmanager
def seeded(device: torch.device, seed: int) -> Iterator[None]:
    """Random numbers from `seed` inside, the caller's own again after it."""
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(seed)
        yield


def _check_memory(model: ZooModel, device: torch.device, dtype: torch.dtype, *, with_text_encoder: bool) -> None:
    parts = [part for name, part in model.parts.items() if with_text_encoder or name != "text_encoder"]
    needed, free = SPARE * sum(part.weights_bytes(bytes_each=dtype.itemsize) for part in parts), free_bytes(device)
    if free is not None and needed > free:
        got = f"{device} with {free / 2**30:.1f} GiB of free memory"
        raise OutOfMemory(
            refusal(
                got=got,
                accepted=f"at least {needed / 2**30:.1f} GiB for {model.name}",
                fix="close other programs, or measure a smaller model",
            )
        )
