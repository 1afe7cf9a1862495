"""The released models at their true shapes on a simulated GPU: no numbers, no memory, every operation.

Also small models with numbers, and the peak of every stage of a picture.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator

import torch
from diffusers import AutoencoderDC, SanaTransformer2DModel, SCMScheduler
from transformers import Gemma2Config, Gemma2Model

from controlnet.branch import SanaSprintControlNet
from sprint_live.bench.random_text import RandomTokenizer
from sprint_live.engine.autoencoder.preview import PreviewDecoder
from sprint_live.engine.engine import Engine
from sprint_live.engine.loading.placement import component_dtypes, offload
from sprint_live.engine.stopwatch import StopWatch
from sprint_live.models.autoencoders import dc_ae_lite
from sprint_live.models.fit import AS_PUBLISHED, Fit
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from sprint_live.models.zoo import find_model
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline
from support.gpu.devices import CUDA
from support.gpu.quantized import quantize
from support.gpu.simulated import SimulatedGpu

BRANCH_LAYERS = 7
TEXT_TOKENS = 300


class _LongPrompts(RandomTokenizer):
    """The instruction and a prompt of the released models are 512 tokens long,
    which is what the memory table counts.
    """

    def encode(self, text: str) -> list[int]:
        return (super().encode(text) * 512)[: 512 - TEXT_TOKENS + 2]


def released_engine(
    name: str,
    fit: Fit = AS_PUBLISHED,
    *,
    branch: bool = True,
    tiny: str | None = None,
    without: Collection[str] = (),
    also: Collection[str] = (),
) -> Engine:
    """A released model as `read_pipeline` builds it from its files, on a simulated GPU that knows shapes only.

    tiny: the name of a tiny autoencoder beside it, as `read_preview` builds it.
    """
    model = find_model(name)
    dtypes = component_dtypes(CUDA, bfloat16=model.bfloat16, autoencoder_float32=fit.autoencoder_float32)

    def built(component: str, make) -> torch.nn.Module:
        before = torch.get_default_dtype()
        torch.set_default_dtype(dtypes[component])
        try:
            with torch.device(CUDA):
                module = make().eval().requires_grad_(False)
        finally:
            torch.set_default_dtype(before)
        return module

    text_encoder = built("text_encoder", lambda: Gemma2Model(Gemma2Config(**model.configs["text_encoder"])))
    quantize(text_encoder, fit.quantize_text)
    transformer = built("transformer", lambda: SanaTransformer2DModel(**model.configs["transformer"]))
    vae = built("vae", lambda: AutoencoderDC(**model.configs["vae"]))
    if fit.offload_text:
        offload(text_encoder, CUDA)
    if fit.tile:
        vae.enable_tiling()
    controlnet = None
    if branch:
        controlnet = built(
            "controlnet", lambda: SanaSprintControlNet.from_transformer(transformer, num_layers=BRANCH_LAYERS)
        )
    quantize(transformer, fit.quantize_transformer)
    pipeline = SanaSprintControlNetPipeline(
        tokenizer=_LongPrompts(),
        text_encoder=text_encoder,
        vae=vae,
        transformer=transformer,
        controlnet=controlnet,
        scheduler=SCMScheduler(**model.configs["scheduler"]),
        max_sequence_length=TEXT_TOKENS,
        use_instruction=True,
    )
    preview = None if tiny is None else PreviewDecoder(built("vae", TINY[tiny]))
    return Engine(pipeline, model, preview=preview, without=without, also=also)


def _dc_ae_lite() -> torch.nn.Module:
    module = AutoencoderDC(**dc_ae_lite.CONFIG)
    module.encoder = None
    return module


TINY = {"taesana": TinySanaAutoencoder, "dc-ae-lite": _dc_ae_lite}


@contextlib.contextmanager
def peaks_by_stage(gpu: SimulatedGpu) -> Iterator[dict[str, int]]:
    """The most bytes alive on the GPU while each stage of a picture ran."""
    peaks: dict[str, int] = {}
    measured = StopWatch.stage

    @contextlib.contextmanager
    def stage(self: StopWatch, name: str) -> Iterator[None]:
        gpu.holdings.peak = gpu.holdings.live
        with measured(self, name):
            yield
        peaks[name] = max(peaks.get(name, 0), gpu.holdings.peak)

    StopWatch.stage = stage
    try:
        yield peaks
    finally:
        StopWatch.stage = measured
