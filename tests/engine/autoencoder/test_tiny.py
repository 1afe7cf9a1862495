"""A tiny autoencoder in the engine: pictures while the pen is down, the control page where that is asked for,
on a CPU and on "cuda".
"""

from __future__ import annotations

import shutil
from collections import Counter

import cv2
import numpy as np
import pytest
import torch
from diffusers import AutoencoderDC

from sprint_live import load_engine
from sprint_live.bench.random_weights import random_engine
from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.engine.autoencoder.encoder import PageEncoder
from sprint_live.engine.autoencoder.preview import read_preview
from sprint_live.engine.autoencoder.rewrites import rewritten
from sprint_live.engine.switch_table import REWRITES
from sprint_live.errors import ArgumentError, WeightsError
from sprint_live.models.sums import record_weights
from sprint_live.models.taesana_files import write_taesana
from support.gpu import SimulatedGpu
from support.models.released_model import write_released_model
from support.models.released_small import AUTOENCODER, small_released
from support.models.taesana import make_taesana, write_published

CPU, CUDA = torch.device("cpu"), torch.device("cuda:0")


@pytest.fixture(scope="module")
def taesana():
    return make_taesana().requires_grad_(False)


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    write_taesana(*write_published(folder / "published"), folder / "taesana")
    return folder / "taesana"


def page(x: int = 100) -> np.ndarray:
    page_u8 = np.full((256, 256), 255, np.uint8)
    cv2.circle(page_u8, (x, 120), 60, 0, 4)
    return page_u8


@pytest.mark.parametrize("names", [("upsample-fold",), ("channels-last",), ("upsample-fold", "channels-last")])
def test_in_float64_a_rewrite_is_the_same_function(taesana, names) -> None:
    import copy

    double = copy.deepcopy(taesana).double()
    generator = torch.Generator().manual_seed(0)
    for network, shape in ((double.encoder, (1, 3, 96, 64)), (double.decoder, (1, 32, 3, 2))):
        given = torch.randn(*shape, generator=generator, dtype=torch.float64)
        expected, found = network(given), rewritten(network, names)(given)
        torch.testing.assert_close(found, expected, rtol=0, atol=1e-10 * float(expected.abs().max()))


def test_in_float32_all_rewrites_round_only(taesana) -> None:
    generator = torch.Generator().manual_seed(0)
    clean = torch.randn(1, 32, 3, 2, generator=generator)
    plain, lean = PictureDecoder(taesana), PictureDecoder(taesana, (*REWRITES, "quick-pixels"))
    difference = np.abs(plain.decode(clean)[0].astype(int) - lean.decode(clean)[0])
    assert plain.decode(clean)[0].shape == (96, 64, 3) and difference.max() <= 1


def drawn(engine, **settings) -> np.ndarray:
    return engine.draw(page(), "a cat", size=256, seed=3, **settings).pixels_u8


def test_previews_are_the_tiny_decoders_and_the_last_picture_is_the_full_ones() -> None:
    plain, tiny = random_engine(small_released(), CPU), random_engine(small_released(), CPU, with_tiny=True)
    assert tiny.has_preview and not plain.has_preview and "tiny-encoder" not in tiny.switched_on
    full, quick = (tiny.draw(page(), "a cat", size=256, seed=3, preview=wanted) for wanted in (False, True))
    assert np.array_equal(full.pixels_u8, drawn(plain)) and (full.preview, quick.preview) == (False, True)
    assert np.array_equal(full.latent_CYX, quick.latent_CYX)  # the same picture, drawn by another decoder
    assert quick.pixels_u8.shape == full.pixels_u8.shape and not np.array_equal(quick.pixels_u8, full.pixels_u8)
    off = random_engine(small_released(), CPU, with_tiny=True, without=["preview-decoder"])
    assert not off.has_preview and "preview-decoder is off" in off.explain()


def test_the_control_page_goes_through_the_tiny_encoder_where_it_is_asked_for_and_a_painting_never() -> None:
    plain, tiny = (random_engine(small_released(), CPU, with_tiny=True, also=also) for also in ((), ["tiny-encoder"]))
    assert "tiny-encoder" in tiny.switched_on
    assert not np.array_equal(drawn(tiny), drawn(plain))
    painting = np.dstack([page(150)] * 3)
    settings = {"painting": painting, "control_strength": 0.0, "strength": 0.5, "steps": 2}
    assert np.array_equal(drawn(tiny, **settings), drawn(plain, **settings))
    latents = []
    for engine in (plain, tiny):
        engine._stages.encoder.encode(page(), client="a")
        latents.append(engine._stages.encoder.encode(page(140), client="a"))
        assert 0 < engine._stages.encoder.last < 1  # a stroke more: only the rectangle is encoded again
    assert latents[0].shape == latents[1].shape == (1, 32, 8, 8)


def test_without_a_tiny_encoder_the_switch_says_why() -> None:
    engine = random_engine(small_released(), CPU, also=["tiny-encoder"])
    assert "tiny-encoder" not in engine.switched_on
    assert "preview-decoder is off" in engine.explain() or "--tiny-autoencoder taesana" in engine.explain()


@pytest.mark.parametrize("also", [[], ["tiny-encoder"]])
def test_on_cuda_a_preview_is_the_cpus_and_waits_no_more(also) -> None:
    settings = {"preview": True, "client": "one"}
    here = drawn(random_engine(small_released(), CPU, with_tiny=True, also=also), **settings)
    with SimulatedGpu() as gpu:
        engine = random_engine(small_released(), CUDA, with_tiny=True, also=also)
        assert np.abs(drawn(engine, **settings).astype(int) - here).max() <= 2
        gpu.forget()
        engine.draw(page(140), "a cat", size=256, seed=3, **settings)
        waits = Counter(wait.what for wait in gpu.waits)
        assert waits == {"synchronize": 1, "download": 2} and not gpu.doubles
        assert not gpu.not_channels_last


def test_a_preview_fits_where_its_weights_say(taesana) -> None:
    """Of shapes only: what lies on the GPU is the weights that the table counts."""
    with SimulatedGpu(shapes_only=True) as gpu:
        network = torch.nn.Module.to(make_meta(), torch.bfloat16)
        gpu.adopt(network)
        assert gpu.holdings.live == 2 * sum(tensor.numel() for tensor in taesana.parameters())


def make_meta():
    from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder

    with torch.device("meta"):
        return TinySanaAutoencoder()


# from files


def test_a_folder_is_read_in_the_models_number_format(tiny_folder, taesana) -> None:
    for dtype in (torch.float32, torch.bfloat16):
        preview = read_preview(tiny_folder, CPU, dtype)
        assert {tensor.dtype for tensor in preview.vae.parameters()} == {dtype} and preview.control_encoder is not None
    page_u8 = np.where(page() < 128, 255, 0).astype(np.uint8)
    found = PageEncoder(read_preview(tiny_folder, CPU, torch.float32).vae).encode(page_u8)
    assert torch.equal(found, PageEncoder(taesana).encode(page_u8))


def test_of_an_autoencoder_dc_only_the_decoder_is_kept(tmp_path) -> None:
    AutoencoderDC(**AUTOENCODER).save_pretrained(tmp_path / "lite")
    preview = read_preview(tmp_path / "lite", CPU, torch.float32)
    assert preview.control_encoder is None and preview.vae.encoder is None
    (picture_u8,) = preview.decode(torch.randn(1, 32, 2, 3))
    assert picture_u8.shape == (64, 96, 3)


def test_load_engine_takes_it_and_refuses_another_models_latents(tiny_folder, tiny_model_folder, tmp_path) -> None:
    with pytest.raises(
        ArgumentError, match="autoencoder is a SprintTinyAutoencoder.*32 channels at 1/32, factor 0.41407"
    ):
        load_engine(tiny_model_folder, "cpu", tiny_autoencoder=tiny_folder)
    folder = write_released_model(tmp_path / "released")
    record_weights(folder)
    engine = load_engine(folder, "cpu", tiny_autoencoder=tiny_folder, also=["tiny-encoder"])
    assert engine.has_preview
    size = engine.model.default_size
    frame = engine.draw(page(), "a red cat", size=size, preview=True)
    assert frame.preview and frame.pixels_u8.shape == (size, size, 3)
    damaged = shutil.copytree(tiny_folder, tmp_path / "damaged")
    (damaged / "config.json").write_text("{}")
    with pytest.raises(WeightsError, match="config.json with sha256"):
        load_engine(folder, "cpu", tiny_autoencoder=damaged)
