"""Small parts count: a part's share of the squared error grows with the square root of its area."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from sprint_live.train.ablations import NoSheet
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.networks import teacher
from sprint_live.train.networks.part_areas import MAX_PARTS
from sprint_live.train.networks.part_weights import part_weights
from tests.train.test_training import SMALL


def test_a_part_counts_by_the_square_root_of_its_area() -> None:
    coverage_BPN = torch.zeros(1, 3, 100)
    coverage_BPN[0, 0, :64], coverage_BPN[0, 1, 64:68] = 1, 1
    weight_N = part_weights(coverage_BPN)[0]
    assert weight_N.mean().item() == pytest.approx(1)
    nothing = weight_N[99]
    large, small = (weight_N[:64] - nothing).sum(), (weight_N[64:68] - nothing).sum()
    assert (large / small).item() == pytest.approx(4)  # sixteen times the area


def test_half_of_a_token_counts_half_and_a_speck_does_not_explode() -> None:
    coverage_BPN = torch.zeros(1, 2, 10)
    coverage_BPN[0, 0, :4], coverage_BPN[0, 0, 4], coverage_BPN[0, 1, 5] = 1, 0.5, 0.01
    weight_N = part_weights(coverage_BPN)[0]
    nothing = weight_N[9]
    assert (weight_N[4] - nothing).item() == pytest.approx((weight_N[0] - nothing).item() / 2)
    assert weight_N[5] < weight_N[0]
    assert torch.allclose(part_weights(torch.zeros(2, 3, 5)), torch.ones(2, 5))


def first_update(latents: Path, out: Path, *, weigh_parts: bool) -> dict[str, float]:
    """What a teacher writes down of its first update."""
    loop = LoopOptions(num_updates=1, batch_size=8, learning_rate=1e-3, dtype="float32", stats_every=1)
    recipe = teacher.TeacherRecipe(
        latents=latents, out=out, loop=loop, network=SMALL, latent_sides=(4,), weigh_parts=weigh_parts
    )
    assert teacher.train(recipe, torch.device("cpu"), NoSheet(torch.zeros(2, 384)))
    return json.loads((out / "stats.jsonl").read_text("utf-8").splitlines()[0])


def test_a_teacher_that_weighs_parts_takes_another_step_at_the_same_error(tmp_path: Path) -> None:
    generator = torch.Generator().manual_seed(0)
    picture, control = (torch.randn(8, 32, 4, 4, generator=generator).half() for _ in range(2))
    save_file({"picture": picture, "control": control}, tmp_path / "latents-00000-04.safetensors")
    text = torch.randn(8, 5, 384, generator=generator).half()
    save_file({"text": text, "length": torch.full((8,), 5, dtype=torch.int16)}, tmp_path / "text-00000.safetensors")
    unknown = [first_update(tmp_path, tmp_path / f"unknown-{on}", weigh_parts=on) for on in (False, True)]
    assert unknown[0]["gradient_norm"] == unknown[1]["gradient_norm"]  # the latents do not say where parts lie
    coverage = torch.zeros(8, MAX_PARTS, 4, 4, dtype=torch.uint8)
    coverage[:, 0, 0, 0] = 255
    save_file(
        {"coverage": coverage, "span": torch.zeros(8, MAX_PARTS, 5, dtype=torch.bool)},
        tmp_path / "grounding-00000-04.safetensors",
    )
    plain, weighed = (first_update(tmp_path, tmp_path / f"known-{on}", weigh_parts=on) for on in (False, True))
    assert plain["loss"] == weighed["loss"]
    assert abs(weighed["gradient_norm"] - plain["gradient_norm"]) > 0.05 * plain["gradient_norm"]
