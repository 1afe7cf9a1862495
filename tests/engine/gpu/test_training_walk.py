"""Updates of every stage and method of the recipes, on a simulated GPU: they end where the CPU's end, and nobody meets a stranger."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from sprint_live.train.ablations import NoSheet
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.run import LoopOptions
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.methods import mean_velocity, tbcm, twinflow
from sprint_live.train.networks import autoencoder, distillation, preview, teacher
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.networks.trajectories import TrajectoryOptions, write_trajectories
from sprint_live.train.recipes import METHODS, RECIPES
from support.gpu import SimulatedGpu
from support.gpu.devices import CPU, CUDA
from support.small_model import make_tiny_autoencoder

SMALL = dataclasses.replace(
    SPRINT_TINY,
    num_branch_blocks=1,
    feature_blocks=(0, 1),
    transformer={
        **SPRINT_TINY.transformer,
        "num_attention_heads": 1,
        "num_cross_attention_heads": 1,
        "cross_attention_dim": 32,
        "num_layers": 2,
    },
)
LOOP = LoopOptions(num_updates=2, batch_size=4, learning_rate=1e-3, warmup_updates=1, stats_every=1)
NULL = torch.randn(2, 384, generator=torch.Generator().manual_seed(0))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """Encoded scenes and a teacher's run."""
    folder = tmp_path_factory.mktemp("data")
    generator = torch.Generator().manual_seed(3)
    latents = {name: torch.randn(6, 32, 4, 4, generator=generator).half() for name in ("picture", "control")}
    save_file(latents, folder / "latents-00000-04.safetensors")
    text = torch.randn(6, 32, 384, generator=generator).half()
    save_file({"text": text, "length": torch.full((6,), 5, dtype=torch.int16)}, folder / "text-00000.safetensors")
    torch.manual_seed(0)
    source = teacher.TeacherAndBranch(SMALL)
    with torch.no_grad():
        for parameter in source.parameters():
            if not parameter.any():
                parameter.normal_(std=0.05)
    (folder / "teacher").mkdir()
    checkpoint.write(folder / "teacher", {"ema": {"teacher": source.state_dict()}})
    return folder


def _autoencoder(data: Path, out: Path, device: torch.device) -> bool:
    loop = dataclasses.replace(LOOP, batch_size=2, num_updates=1)
    return autoencoder.train(autoencoder.AutoencoderRecipe(data=data, out=out, loop=loop), device)


def _preview(data: Path, out: Path, device: torch.device) -> bool:
    loop = dataclasses.replace(LOOP, batch_size=2, num_updates=1)
    return preview.train(preview.PreviewRecipe(latents=data, out=out, loop=loop), make_tiny_autoencoder(), device)


def _teacher(data: Path, out: Path, device: torch.device, **changes: object) -> bool:
    loop = dataclasses.replace(LOOP, **changes)
    recipe = teacher.TeacherRecipe(latents=data, out=out, loop=loop, network=SMALL, latent_sides=(4,), max_time=0.5)
    return teacher.train(recipe, device, NoSheet(NULL))


def _distillation(data: Path, **changes: object) -> distillation.StudentRecipe:
    given = {"network": SMALL, "latents": data, "teacher": data / "teacher", "latent_sides": (4,), "loop": LOOP}
    return distillation.StudentRecipe(**{**given, "tangent_warmup": 1, **changes})


def _sprint(data: Path, out: Path, device: torch.device) -> bool:
    """As the released recipes: no paths, recomputed blocks."""
    recipe = _distillation(data, out=out, loop=dataclasses.replace(LOOP, recompute=True))
    return distillation.train(recipe, device, NoSheet(NULL))


def _sprint_on_paths(data: Path, out: Path, device: torch.device) -> bool:
    """As sprint-tiny's: the teacher's paths, and an anchor."""
    source = teacher.TeacherAndBranch(SMALL)
    checkpoint.load_averaged(source, data / "teacher", "teacher")
    options = TrajectoryOptions(latents=data, out=out / "paths", num_paths=4, batch_size=4, latent_sides=(4,))
    write_trajectories(source.eval().to(device), NULL.to(device), options, device)
    recipe = _distillation(data, out=out, trajectories=out / "paths", anchor=2.0, ladd=0.05)
    return distillation.train(recipe, device, NoSheet(NULL))


def _tbcm(data: Path, out: Path, device: torch.device) -> bool:
    loop = dataclasses.replace(LOOP, batch_size=tbcm.NUM_POINTS, num_updates=1)
    return tbcm.train(
        _distillation(data, out=out, loop=loop, ladd=0.0, calm_down=(1, 2)),
        device,
        NoSheet(NULL),
        {4: torch.zeros(32, 4, 4)},
    )


def _mean_velocity(
    weights: twinflow.Weights, self_guidance: float | None
) -> Callable[[Path, Path, torch.device], bool]:
    def train(data: Path, out: Path, device: torch.device) -> bool:
        recipe = mean_velocity.MeanVelocityRecipe(
            latents=data,
            teacher=data / "teacher",
            out=out,
            loop=LOOP,
            network=SMALL,
            latent_sides=(4,),
            weights=weights,
            self_guidance=self_guidance,
        )
        return mean_velocity.train(recipe, device, NoSheet(NULL))

    return train


STAGES: dict[str, Callable[[Path, Path, torch.device], bool]] = {
    "autoencoder": _autoencoder,
    "preview": _preview,
    "teacher": _teacher,
    "teacher, recomputed": lambda data, out, device: _teacher(data, out, device, recompute=True),
}
STUDENTS: dict[str, Callable[[Path, Path, torch.device], bool]] = {
    "sprint": _sprint,
    "sprint on paths": _sprint_on_paths,
    "twinflow": _mean_velocity(twinflow.TWINFLOW, 0.78),
    "twinflow-image-free": _mean_velocity(twinflow.Weights(image_free=True), None),
    "rcgm": _mean_velocity(twinflow.RCGM, 0.78),
    "tbcm": _tbcm,
}


def test_every_recipe_is_made_of_what_is_walked() -> None:
    assert set(METHODS) == {name.partition(" ")[0] for name in STUDENTS}
    for recipe in RECIPES.values():
        assert recipe.method in METHODS
        assert set(recipe.stages) - {"data", "encode", "export"} <= {*STAGES, "student"}, recipe.name


@pytest.mark.parametrize("what", [*STAGES, *STUDENTS])
def test_an_update_is_the_cpus(data: Path, tmp_path: Path, monkeypatch, what: str) -> None:
    pixels_u8 = np.random.default_rng(0).integers(0, 255, (2, 256, 256, 3), np.uint8)
    monkeypatch.setattr(autoencoder, "_load", lambda *_: (pixels_u8, pixels_u8))
    train = {**STAGES, **STUDENTS}[what]
    assert train(data, tmp_path / "cpu", CPU)
    with SimulatedGpu() as gpu:
        assert train(data, tmp_path / "gpu", CUDA)
    assert not gpu.doubles and sum(gpu.products.values()) > 20
    here, there = (read_stats(tmp_path / device) for device in ("cpu", "gpu"))
    for one, other in zip(here, there, strict=True):
        for name in one.keys() - {"elapsed_s"}:
            assert other[name] == pytest.approx(one[name], rel=1e-3, abs=1e-5), (name, one["step"])
