"""Chooses the denoiser of a pipeline by the switches, the networks and the processor.

Knows: switches, the networks' number formats.  Must not know: how a picture is drawn.
"""

from __future__ import annotations

import os

import torch

from sprint_live.engine.cpu_features import cpu_has_bfloat16
from sprint_live.engine.denoising.cuda_graphs import CudaRecorder
from sprint_live.engine.denoising.fast import FastDenoiser, why_not_fast
from sprint_live.engine.denoising.network import FastOptions
from sprint_live.engine.denoising.plain import Denoiser, PlainDenoiser
from sprint_live.engine.fp8 import why_not_fp8
from sprint_live.engine.switches import Switches
from sprint_live.models.licenses import own_cache
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

MIN_PSNR_DB = 45.0
GPU_BUCKET = 64  # a captured graph needs few lengths of text; on a CPU every token costs


def choose_denoiser(pipeline: SanaSprintControlNetPipeline, model: ZooModel, switches: Switches) -> Denoiser:
    """The fast denoiser if it is on and possible; impossible switches are refused with the reason."""
    refused = why_not_fast(pipeline)
    if refused is not None:
        switches.refuse("fast-network", refused)
    if "fast-network" not in switches:
        return PlainDenoiser(pipeline)
    refused = _why_not_bfloat16(pipeline, model, asked="bfloat16" in switches.asked)
    if refused is not None:
        switches.refuse("bfloat16", refused)
    on_gpu = pipeline.device.type == "cuda"
    if pipeline.device.type != "cpu" and "packed-weights" in switches:
        switches.refuse("packed-weights", f"a CPU's; the model is on {pipeline.device.type}")
    if not on_gpu and "cuda-graph" in switches:
        switches.refuse("cuda-graph", f"{pipeline.device.type} has none")
    if "fp8-linear" in switches:
        _refuse_fp8(switches, pipeline.device)
    if "compile" in switches:
        _refuse_or_prepare_compile(switches)
    options = FastOptions(
        prompt_kv="prompt-kv" in switches,
        valid_tokens="valid-tokens" in switches,
        adaln_cache="adaln-cache" in switches,
        block0_cache="block0-cache" in switches,
        fused_qkv="fused-qkv" in switches,
        packed="packed-weights" in switches,
        folded_text="folded-text" in switches,
        fp8="fp8-linear" in switches,
        bucket=GPU_BUCKET if on_gpu else 1,
        compile="inductor" if "compile" in switches else "",
    )
    recorder = CudaRecorder() if "cuda-graph" in switches else None
    return FastDenoiser(pipeline, options, dtype=torch.bfloat16 if "bfloat16" in switches else None, recorder=recorder)


def _refuse_fp8(switches: Switches, device: torch.device) -> None:
    """Float8 products take the place of packed ones, where the device has them."""
    if why := why_not_fp8(device):
        switches.refuse("fp8-linear", why)
    elif "packed-weights" in switches:
        switches.refuse("packed-weights", "fp8-linear is on")


def _refuse_or_prepare_compile(switches: Switches) -> None:
    """Compiled code is kept in this user's cache, unless TORCHINDUCTOR_CACHE_DIR says where;
    packed weights cannot be compiled.
    """
    if "packed-weights" in switches:
        switches.refuse("compile", "packed-weights is on, and faster on a CPU")
        return
    if "compile" in switches and "TORCHINDUCTOR_CACHE_DIR" not in os.environ:
        os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(own_cache("compiled"))


def _why_not_bfloat16(pipeline: SanaSprintControlNetPipeline, model: ZooModel, *, asked: bool) -> str | None:
    if pipeline.transformer.dtype != torch.float32:
        return f"the model runs in {str(pipeline.transformer.dtype).removeprefix('torch.')}"
    if not cpu_has_bfloat16():
        return "this processor does not multiply it"
    if not asked and (model.bfloat16_psnr_db or 0) < MIN_PSNR_DB:
        return f"not measured for {model.name}"
    return None
