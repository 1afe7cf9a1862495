"""The preview decoder learns what the full decoder draws, and its checkpoint goes on where it stopped."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from safetensors.torch import save_file

from sprint_live.errors import InputError
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.networks import preview
from sprint_live.train.networks.latent_datasets import latent_sides_in
from support.small_model import make_tiny_autoencoder

CPU = torch.device("cpu")


@pytest.fixture
def recipe(tmp_path):
    latents = tmp_path / "latents"
    latents.mkdir()
    generator = torch.Generator().manual_seed(0)
    save_file(
        {"picture": torch.randn(8, 32, 2, 2, generator=generator).half(), "control": torch.zeros(8, 32, 2, 2).half()},
        latents / "latents-00000-02.safetensors",
    )
    save_file(
        {"text": torch.zeros(8, 1, 4).half(), "length": torch.ones(8, dtype=torch.int16)},
        latents / "text-00000.safetensors",
    )
    loop = LoopOptions(num_updates=50, batch_size=4, learning_rate=3e-3, warmup_updates=5, dtype="float32")
    return preview.PreviewRecipe(latents=latents, out=tmp_path / "run", loop=loop)


def test_it_learns_the_pictures_of_the_full_decoder(recipe):
    vae = make_tiny_autoencoder()
    assert preview.train(recipe, vae, CPU)
    before, after = read_stats(recipe.out)
    assert after["psnr_db"] > before["psnr_db"] + 1 and after["edges"] < before["edges"]
    latent = torch.randn(4, 32, 2, 2, generator=torch.Generator().manual_seed(1))
    target = vae.decode_half(latent / vae.config.scaling_factor)
    trained, untrained = preview.load_trained(recipe.out), preview.SprintPreviewDecoder()
    errors = [(network.decode(latent).sample - target).square().mean() for network in (trained, untrained)]
    assert errors[0] < errors[1] / 2


def test_an_interrupted_run_goes_on_and_the_weights_fit_the_budget(recipe, tmp_path):
    stopped = dataclasses.replace(recipe, loop=dataclasses.replace(recipe.loop, num_updates=2, max_minutes=0.0))
    assert not preview.train(stopped, make_tiny_autoencoder(), CPU)
    assert preview.train(
        dataclasses.replace(stopped, loop=dataclasses.replace(stopped.loop, max_minutes=1.0)),
        make_tiny_autoencoder(),
        CPU,
    )
    preview.export(recipe.out, tmp_path / "model")
    assert (tmp_path / "model/preview/diffusion_pytorch_model.safetensors").stat().st_size < 3e6


def test_a_folder_without_latents_names_the_stage_to_run(tmp_path):
    with pytest.raises(InputError, match="encode stage"):
        latent_sides_in(tmp_path)
