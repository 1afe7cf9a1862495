"""Stages of a recipe on a simulated GPU that knows shapes only, one update a phase.

Blocks of a network are alike, so two stand for all; width, canvas, batch and text are the recipe's own.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.fx.experimental import _config as fake_tensors

from sprint_live.models.autoencoder import SprintTinyAutoencoder
from sprint_live.models.preview import SprintPreviewDecoder
from sprint_live.train import stages, student_stage
from sprint_live.train.ablations import NoSheet
from sprint_live.train.dry_run import planned_network
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run
from sprint_live.train.methods import mean_velocity, tbcm
from sprint_live.train.networks import autoencoder, blocks, distillation, preview, teacher
from sprint_live.train.networks.discriminator import Discriminator
from sprint_live.train.networks.network import Network
from sprint_live.train.networks.part_areas import MAX_PARTS
from sprint_live.train.networks.signed_time import MeanVelocityStudent
from sprint_live.train.networks.student import StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.recipe import Recipe
from sprint_live.train.workspace import Workplace
from support.gpu.devices import CUDA
from support.gpu.simulated import SimulatedGpu

NETWORKS = (
    *(TeacherAndBranch, StudentAndBranch, MeanVelocityStudent, Discriminator),
    *(SprintTinyAutoencoder, SprintPreviewDecoder),
)
LOADING = (teacher, distillation, tbcm, mean_velocity, student_stage)
NUM_BLOCKS, NUM_SCENES = 2, 6


@dataclasses.dataclass(frozen=True)
class Walked:
    """gpu: what was written down. saved: what each phase wrote into its checkpoint."""

    gpu: SimulatedGpu
    saved: list[dict[str, Any]]


def walk_stage(recipe: Recipe, stage: str, folder: Path) -> Walked:
    """One update of every phase of a stage, in a work folder below `folder`, teacher's paths included."""
    network = _few_blocks(_planned(recipe, folder))
    short, place = _one_update(recipe, network), _workplace(folder, recipe)
    sheet, saved = NoSheet(torch.zeros(2, int(network.transformer["caption_channels"]))), []
    pixels_u8 = np.zeros((2, 512, 512, 3), np.uint8)
    known = {"network_of": lambda *_: network, "make_sheet": lambda *_: sheet}
    with contextlib.ExitStack() as stack:
        gpu = stack.enter_context(SimulatedGpu(shapes_only=True, number=1.0))
        for patch in (
            *_built_on_the_gpu(gpu),
            mock.patch.multiple(checkpoint, write=lambda _, state: saved.append(state), read=lambda *_, **__: None),
            mock.patch.multiple(stages, load_autoencoder=lambda *_: SprintTinyAutoencoder(), **known),
            mock.patch.multiple(student_stage, black_latent=_black_latent, **known),
            mock.patch.object(NoSheet, "vae", None, create=True),
            mock.patch.object(autoencoder, "_load", lambda *_: (pixels_u8, pixels_u8)),
            mock.patch.object(preview, "export", lambda *_: None),
            mock.patch.object(Run, "loop", _samples_apart(gpu, Run.loop)),
        ):
            stack.enter_context(patch)
        assert stages.run_stage(stage, short, place)
    return Walked(gpu, saved)


def _built_on_the_gpu(gpu: SimulatedGpu) -> Iterator[Any]:
    """Networks are built where they are trained, and no file of weights is read; blocks that are recomputed are seen as
    in the forward pass; a mask picks every row.
    """
    again = functools.partial(blocks.checkpoint, context_fn=lambda: (contextlib.nullcontext(), gpu.seen_by_python()))
    yield mock.patch.object(blocks, "checkpoint", again)
    yield mock.patch.object(fake_tensors, "meta_nonzero_assume_all_nonzero", True)
    for module in LOADING:
        yield mock.patch.object(module, "load_averaged", lambda *_: None)
    for kind in NETWORKS:
        yield mock.patch.object(kind, "__init__", _on_the_gpu(kind.__init__))


def _samples_apart(gpu: SimulatedGpu, loop: Callable[..., bool]) -> Callable[..., bool]:
    """Samples are drawn, and neither their products nor their waits are written down: they are no part of an update."""

    def run(self: Run, update: Callable[[int], None], sample: Callable[[Path], None]) -> bool:
        def apart(path: Path) -> None:
            products, waits = gpu.products.copy(), gpu.waits.copy()
            sample(path)
            gpu.products, gpu.waits = products, waits

        return loop(self, update, apart)

    return run


def _on_the_gpu(build: Callable[..., None]) -> Callable[..., None]:
    def built(self: nn.Module, *args: object, **kwargs: object) -> None:
        with torch.device(CUDA):
            build(self, *args, **kwargs)

    return built


def _black_latent(vae: None, side: int) -> torch.Tensor:
    return torch.zeros(32, side, side)


def _planned(recipe: Recipe, folder: Path) -> Network:
    paths = dict.fromkeys(("work", "node_modules", "text_encoder", "drawings"), folder)
    return planned_network(recipe, Workplace(**paths, max_minutes=1, device=CUDA))


def _few_blocks(network: Network) -> Network:
    count = min(NUM_BLOCKS, int(network.transformer["num_layers"]))
    return dataclasses.replace(
        network,
        transformer={**network.transformer, "num_layers": count},
        num_branch_blocks=min(1, network.num_branch_blocks),
        feature_blocks=(0, count - 1),
    )


def _one_update(recipe: Recipe, network: Network) -> Recipe:
    """Blocks are not compiled: torch.compile itself writes kernels. The paths of a teacher are one batch."""

    def short(loop: LoopOptions | None) -> LoopOptions | None:
        return None if loop is None else dataclasses.replace(loop, num_updates=1, compile=False, stats_every=1)

    phases = {
        stage: tuple(dataclasses.replace(phase, loop=short(phase.loop)) for phase in getattr(recipe, stage))
        for stage in ("teacher", "student")
    }
    loops = {stage: short(getattr(recipe, stage)) for stage in ("autoencoder", "preview")}
    return dataclasses.replace(recipe, network=network, num_paths=min(1, recipe.num_paths), **phases, **loops)


def _workplace(folder: Path, recipe: Recipe) -> Workplace:
    """Encoded scenes of every canvas size, captions of the recipe's width, and the parts that they name."""
    paths = dict.fromkeys(("node_modules", "text_encoder", "drawings"), folder)
    place = Workplace(**paths, work=folder / "work", max_minutes=60, device=CUDA)
    tokens, width = (32, 384) if recipe.released is None else (recipe.released.text_tokens, 2304)
    place.latents.mkdir(parents=True)
    for side in {side for phase in recipe.teacher + recipe.student for side in phase.latent_sides}:
        latents = {name: torch.zeros(NUM_SCENES, 32, side, side, dtype=torch.half) for name in ("picture", "control")}
        save_file(latents, place.latents / f"latents-00000-{side:02d}.safetensors")
        if any(phase.grounding for phase in recipe.teacher):
            parts = {
                "coverage": torch.zeros(NUM_SCENES, MAX_PARTS, side, side, dtype=torch.uint8),
                "span": torch.zeros(NUM_SCENES, MAX_PARTS, tokens, dtype=torch.bool),
            }
            save_file(parts, place.latents / f"grounding-00000-{side:02d}.safetensors")
    text = torch.zeros(NUM_SCENES, tokens, width, dtype=torch.half)
    length = torch.full((NUM_SCENES,), 5, dtype=torch.int16)
    save_file({"text": text, "length": length}, place.latents / "text-00000.safetensors")
    return place
