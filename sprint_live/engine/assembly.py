"""Assembles the parts of an engine: the stages of a loaded pipeline, or of a model whose graphs are cached.

Modules that need torch are imported only when they draw: without them a start takes a third of the time and half the
memory.

Knows: the pipeline, kept models, the stages, the switches.  Must not know: jobs, locks, people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from sprint_live.engine.control_pages import ControlPages
from sprint_live.engine.openvino.cached_model import CachedModel
from sprint_live.engine.openvino.choose import choose_openvino
from sprint_live.engine.openvino.stages import OpenVinoDecoder, OpenVinoDenoiser, OpenVinoEncoder
from sprint_live.engine.prompt_cache import Encoded, PromptCache
from sprint_live.engine.stage_runner import Stages
from sprint_live.engine.switches import Switches
from sprint_live.models.bert import Int8Bert
from sprint_live.models.zoo import ZooModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from sprint_live.engine.autoencoder.preview import PreviewDecoder
    from sprint_live.engine.openvino.networks import OpenVinoNetworks
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

CPU = torch.device("cpu")


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """The stages and facts of a model. has_guidance: whether guidance reaches it. graphs: whether OpenVINO draws."""

    stages: Stages
    has_guidance: bool
    graphs: bool


def assemble(
    source: SanaSprintControlNetPipeline | CachedModel,
    model: ZooModel,
    switches: Switches,
    *,
    detector: str,
    preview: PreviewDecoder | None,
) -> Assembled:
    """Assemble the parts of an engine; afterwards `switches` says what is on.

    A kept model that OpenVINO does not run here is read as a pipeline.
    """
    graphs = choose_openvino(source, model, switches)
    if graphs is not None and isinstance(source, CachedModel):
        read_prompt = Int8Bert(source.folder, graphs.facts.num_tokens)
        return _with_graphs(graphs, model, switches, detector=detector, read_prompt=read_prompt, preview=None)
    return _with_modules(
        source.load() if isinstance(source, CachedModel) else source,
        graphs,
        model,
        switches,
        detector=detector,
        preview=preview,
    )


def _with_modules(
    pipeline: SanaSprintControlNetPipeline,
    graphs: OpenVinoNetworks | None,
    model: ZooModel,
    switches: Switches,
    *,
    detector: str,
    preview: PreviewDecoder | None,
) -> Assembled:
    from controlnet.forward import refuse_foreign_branch
    from sprint_live.engine.autoencoder.decoder import PictureDecoder
    from sprint_live.engine.autoencoder.encoder import PageEncoder
    from sprint_live.engine.autoencoder.pixel_switches import pixel_rewrites
    from sprint_live.engine.autoencoder.preview import PreviewDecoder
    from sprint_live.engine.denoising.choose import choose_denoiser

    if pipeline.controlnet is not None:
        refuse_foreign_branch(pipeline.transformer, pipeline.controlnet)
    pipeline.set_progress_bar_config(disable=True)
    for component in (pipeline.text_encoder, pipeline.vae, pipeline.transformer, pipeline.controlnet):
        if component is not None:
            component.requires_grad_(False)
    tiny = None if preview is None else preview.control_encoder
    rewrites = pixel_rewrites(pipeline.vae, switches, has_preview=preview is not None, has_tiny=tiny is not None)
    small = PreviewDecoder(preview.vae, rewrites) if preview is not None and "preview-decoder" in switches else None
    if graphs is not None:
        read_prompt = pipeline.encode_as_trained
        return _with_graphs(graphs, model, switches, detector=detector, read_prompt=read_prompt, preview=small)
    full = PageEncoder(pipeline.vae, rewrites)
    stages = Stages(
        control=ControlPages.of(model, detector),
        read_prompt=_remembered(pipeline.encode_as_trained, switches),
        encoder=PageEncoder(tiny, rewrites) if tiny is not None and "tiny-encoder" in switches else full,
        painting_encoder=full,
        denoiser=choose_denoiser(pipeline, model, switches),
        decoder=PictureDecoder(pipeline.vae, rewrites),
        preview=small,
        nvjpeg="nvjpeg" in switches,
        has_branch=pipeline.controlnet is not None,
        device=pipeline.device,
    )
    return Assembled(stages=stages, has_guidance=bool(pipeline.transformer.config.guidance_embeds), graphs=False)


def _with_graphs(
    graphs: OpenVinoNetworks,
    model: ZooModel,
    switches: Switches,
    *,
    detector: str,
    read_prompt: Callable[[str], Encoded],
    preview: PreviewDecoder | None,
) -> Assembled:
    encoder = OpenVinoEncoder(graphs)
    stages = Stages(
        control=ControlPages.of(model, detector),
        read_prompt=_remembered(read_prompt, switches),
        encoder=encoder,
        painting_encoder=encoder,
        denoiser=OpenVinoDenoiser(graphs),
        decoder=OpenVinoDecoder(graphs),
        preview=preview,
        nvjpeg="nvjpeg" in switches,
        has_branch=graphs.facts.has_branch,
        device=CPU,
    )
    return Assembled(stages=stages, has_guidance=graphs.facts.has_guidance, graphs=True)


def _remembered(read_prompt: Callable[[str], Encoded], switches: Switches) -> Callable[[str], Encoded]:
    return PromptCache(read_prompt) if "prompt-cache" in switches else read_prompt
