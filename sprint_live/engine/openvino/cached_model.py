"""A model whose graphs an earlier start cached: everything the engine needs of it, without its torch modules.

The first start records which graphs belong to a model folder, by the sums of its files. Later starts read the graphs
and three numbers, instead of importing diffusers and transformers and reading every weight a second time.

Knows: files, sums, versions.  Must not know: how graphs are made, torch modules.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sprint_live.engine.openvino.graph_files import FORMAT, load_openvino
from sprint_live.errors import OutputError
from sprint_live.models.licenses import cache_folder, own_cache
from sprint_live.models.sums import SUMS_NAME
from sprint_live.private_folders import own_folder, why_not_own

if TYPE_CHECKING:
    import openvino

    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

GRAPHS = ("page", "step", "picture")
PACKAGES = ("openvino", "torch", "diffusers", "transformers", "tokenizers")


@dataclass(frozen=True, kw_only=True)
class ModelFacts:
    """What the engine asks of a model besides its networks. latent_ratio: pixels a side of a latent.

    pixels_a_side: how many pixels of a page one pixel of the graphs stands for, a side;
    2 where the autoencoder averages them.
    """

    num_channels: int
    text_channels: int
    num_tokens: int
    latent_ratio: int
    pixels_a_side: int
    has_branch: bool
    has_guidance: bool
    guidance_scale: float


def facts_of(pipeline: SanaSprintControlNetPipeline) -> ModelFacts:
    """The facts of a loaded model."""
    from sprint_live.engine.openvino.graphs import pixels_a_side

    config = pipeline.transformer.config
    return ModelFacts(
        num_channels=config.in_channels,
        text_channels=config.caption_channels,
        num_tokens=pipeline.config.max_sequence_length,
        latent_ratio=pipeline.vae_scale_factor,
        pixels_a_side=pixels_a_side(pipeline.vae),
        has_branch=pipeline.controlnet is not None,
        has_guidance=bool(config.guidance_embeds),
        guidance_scale=getattr(config, "guidance_embeds_scale", 1.0),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class CachedModel:
    """Graphs ("page", "step", "picture") and facts of the model in `folder`;
    `load` reads all of it as a pipeline: seconds.

    graphs_folder: where the graphs lie, and what OpenVINO compiles of them is kept.
    """

    facts: ModelFacts
    folder: Path
    graphs_folder: Path
    graphs: Mapping[str, openvino.Model]
    load: Callable[[], SanaSprintControlNetPipeline]
    device = torch.device("cpu")


def find_cached(folder: Path, load: Callable[[], SanaSprintControlNetPipeline]) -> CachedModel | None:
    """What an earlier start kept of the model in `folder`; None if there was none, under other versions,
    or damaged since.

    The sums in `folder` stand for its files, so check those first.
    """
    try:
        cache = cache_folder() / "openvino"
        if why_not_own(cache) is not None or (name := _record_name(folder)) is None:
            return None
        record = json.loads((cache / "starts" / name).read_text(encoding="utf-8"))
        facts, graphs_folder = ModelFacts(**record["facts"]), cache / record["graphs"]
        core = load_openvino().Core()
        graphs = {name: core.read_model(graphs_folder / f"{name}.xml") for name in GRAPHS}
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):  # nothing there, or nothing of ours
        return None
    return CachedModel(facts=facts, folder=folder, graphs_folder=graphs_folder, graphs=graphs, load=load)


def keep_start(folder: Path, pipeline: SanaSprintControlNetPipeline) -> None:
    """Write down for `find_cached` which graphs are those of the model in `folder`,
    if its prompts can be read without `pipeline`.
    """
    from sprint_live.engine.openvino.graphs import graphs_name
    from sprint_live.models.text import SprintTinyTextEncoder

    readable = isinstance(pipeline.text_encoder, SprintTinyTextEncoder) and not pipeline.config.use_instruction
    if not readable or (name := _record_name(folder)) is None:
        return
    record = {"graphs": graphs_name(pipeline), "facts": asdict(facts_of(pipeline))}
    try:
        file = own_folder(own_cache("openvino") / "starts") / name
        partial = file.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(record), encoding="utf-8")
        os.replace(partial, file)
    except (OSError, OutputError):  # the graphs could not be kept either, and `graphs` said so
        return


def _record_name(folder: Path) -> str | None:
    """Another one for other files or other versions of the tools; None where a tool is missing."""
    try:
        versions = [version(package) for package in PACKAGES]
    except PackageNotFoundError:
        return None
    sums = (folder / SUMS_NAME).read_bytes()
    return hashlib.sha256(json.dumps([FORMAT, versions]).encode() + sums).hexdigest()[:32] + ".json"
