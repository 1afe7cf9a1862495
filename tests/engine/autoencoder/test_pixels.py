"""Pixels at both ends of the engine: the fast classes give what the pipeline gives."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
import torch

from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.engine.autoencoder.encoder import PageEncoder
from sprint_live.engine.autoencoder.pixel_switches import pixel_rewrites
from sprint_live.engine.autoencoder.pixels import changed_box
from sprint_live.engine.autoencoder.preview import PreviewDecoder, load_preview
from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import PIXEL_SWITCHES, REWRITES
from sprint_live.engine.switches import Switches
from sprint_live.errors import WeightsError
from sprint_live.models.preview import SprintPreviewDecoder
from sprint_live.models.zoo import find_model
from support.small_model import make_tiny_autoencoder, make_tiny_released_autoencoder

CPU = torch.device("cpu")


@pytest.mark.parametrize("channels", [1, 3])
def test_a_page_is_encoded_as_the_pipeline_encodes_it(tiny_pipeline, channels):
    page_u8 = np.random.default_rng(0).integers(0, 256, (192, 128, channels), np.uint8)
    page_u8 = page_u8[..., 0] if channels == 1 else page_u8
    image_pm1 = torch.from_numpy(np.atleast_3d(page_u8)).permute(2, 0, 1)[None].expand(1, 3, -1, -1) / 255 * 2 - 1
    expected = tiny_pipeline.encode_pixels(image_pm1)
    torch.testing.assert_close(PageEncoder(tiny_pipeline.vae).encode(page_u8), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("channels", [(), (3,)])
def test_the_changed_box_is_the_smallest_in_cells(channels):
    before_u8 = np.zeros((64, 96, *channels), np.uint8)
    assert changed_box(before_u8, before_u8.copy(), 8) is None
    for pixels, expected in [
        (((17, 40), (23, 55)), (2, 3, 5, 7)),
        (((0, 0),), (0, 1, 0, 1)),
        (((63, 95),), (7, 8, 11, 12)),
        (((8, 7), (15, 8)), (1, 2, 0, 2)),
    ]:
        now_u8 = before_u8.copy()
        for row, column in pixels:
            now_u8[row, column] = 1
        assert changed_box(before_u8, now_u8, 8) == expected


def test_a_latent_is_decoded_as_the_pipeline_decodes_it(tiny_pipeline):
    clean = torch.randn(2, 32, 3, 2, generator=torch.Generator().manual_seed(0)) * 3
    expected = (tiny_pipeline.decode(clean, "np") * 255).round().astype(np.uint8)
    pictures = PictureDecoder(tiny_pipeline.vae).decode(clean)
    assert len(pictures) == 2 and all(
        picture.shape == (192, 128, 3) and picture.flags.c_contiguous for picture in pictures
    )
    assert np.array_equal(np.stack(pictures), expected)
    assert expected.min() == 0 and expected.max() == 255, "clamping at both ends is not tested"


def test_a_model_folder_without_a_preview_has_none(tmp_path):
    assert load_preview(tmp_path, CPU, torch.float32) is None


def test_a_preview_is_half_as_wide_as_the_picture(tmp_path):
    network = SprintPreviewDecoder(block_out_channels=(8, 16, 32), layers_per_block=(1, 1, 1))
    network.half().save_pretrained(tmp_path / "preview")
    (preview_u8,) = load_preview(tmp_path, CPU, torch.float32).decode(torch.randn(1, 32, 3, 2))
    (picture_u8,) = PictureDecoder(make_tiny_autoencoder()).decode(torch.randn(1, 32, 3, 2))
    assert picture_u8.shape == (2 * preview_u8.shape[0], 2 * preview_u8.shape[1], 3) and preview_u8.dtype == np.uint8


def test_a_preview_is_rewritten_as_the_full_decoder_is():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = SprintPreviewDecoder(block_out_channels=(8, 16, 32), layers_per_block=(1, 1, 1)).requires_grad_(False)
    clean = torch.randn(2, 32, 6, 8, generator=torch.Generator().manual_seed(0))
    for expected, found in zip(
        PreviewDecoder(network).decode(clean),
        PreviewDecoder(network, (*REWRITES, "quick-pixels")).decode(clean),
        strict=True,
    ):
        difference = np.abs(found.astype(int) - expected)
        assert difference.max() <= 1 and (difference > 0).mean() < 1e-4


def test_a_public_tiny_decoder_in_the_folder_of_a_model_is_used(tmp_path):
    """AutoencoderTiny at a reduced width, with the 32x of Sana's latents."""
    from diffusers import AutoencoderTiny

    levels = 6
    network = AutoencoderTiny(
        encoder_block_out_channels=(4,) * levels,
        decoder_block_out_channels=(4,) * levels,
        num_encoder_blocks=(1,) * levels,
        num_decoder_blocks=(1,) * levels,
        latent_channels=32,
        scaling_factor=0.5,
    )
    network.save_pretrained(tmp_path / "preview")
    clean = torch.randn(1, 32, 2, 2, generator=torch.Generator().manual_seed(0))
    (preview_u8,) = load_preview(tmp_path, CPU, torch.float32).decode(clean)
    assert preview_u8.shape == (64, 64, 3)
    expected = network.decode(clean / 0.5).sample[0].permute(1, 2, 0).detach().numpy()
    assert np.abs(preview_u8 - ((expected / 2 + 0.5).clip(0, 1) * 255)).max() <= 0.51


@pytest.mark.parametrize("config", ["", "[]", json.dumps({"_class_name": "UNet2DModel"})])
def test_a_preview_folder_that_holds_something_else_is_refused(tmp_path, config):
    (tmp_path / "preview").mkdir()
    (tmp_path / "preview/config.json").write_text(config)
    with pytest.raises(WeightsError, match="fix: "):
        load_preview(tmp_path, CPU, torch.float32)


def test_switches_that_cannot_work_here_say_why(tiny_pipeline):
    on = pixel_rewrites(tiny_pipeline.vae, switches := Switches("cpu"), has_preview=False, has_tiny=False)
    assert on == {"shortcut-fold", "fused-norm", "channels-last", "packed-conv", "quick-pixels", "incremental-encode"}
    said = "\n".join(switches.lines())
    assert "repeats no pixels" in said and "no preview decoder" in said
    released = make_tiny_released_autoencoder()
    assert "upsample-fold" in pixel_rewrites(released, Switches("cpu"), has_preview=True, has_tiny=False)
    assert not {"shortcut-fold", "packed-conv"} & pixel_rewrites(
        released.bfloat16(), Switches("cpu"), has_preview=True, has_tiny=False
    )
    released.enable_tiling()
    assert not pixel_rewrites(released, Switches("cpu"), has_preview=True, has_tiny=False)


def test_pixel_switches_are_rows_of_the_table_and_on_by_default_on_a_cpu():
    off = [name for name in PIXEL_SWITCHES if name not in Switches("cpu")]
    assert off == ["fp8-decoder"]  # needs a GPU, and was measured on none


def test_an_engine_shows_its_preview_where_it_is_asked_for_one(tiny_pipeline):
    network = SprintPreviewDecoder(block_out_channels=(8, 16, 32), layers_per_block=(1, 1, 1))
    model = dataclasses.replace(find_model("sprint-tiny"), sizes=(256,), default_size=256, shapes=(), openvino=False)
    page_u8 = np.full((256, 256), 255, np.uint8)
    page_u8[100:104, 40:200] = 0
    engine = Engine(tiny_pipeline, model, preview=PreviewDecoder(network))
    full, small = engine.draw(page_u8, "a cat", size=256), engine.draw(page_u8, "a cat", size=256, preview=True)
    assert engine.has_preview and (full.preview, small.preview) == (False, True)
    assert (
        full.pixels_u8.shape == (256, 256, 3)
        and small.pixels_u8.shape == (128, 128, 3)
        and np.array_equal(full.latent_CYX, small.latent_CYX)
    )
    without = Engine(tiny_pipeline, model, preview=PreviewDecoder(network), without=("preview-decoder",))
    assert not without.has_preview and without.draw(page_u8, "a cat", size=256, preview=True).pixels_u8.shape == (
        256,
        256,
        3,
    )


def test_an_engine_draws_a_stroke_more_as_one_that_starts_with_it(tiny_pipeline):
    model = dataclasses.replace(find_model("sprint-tiny"), sizes=(512,), default_size=512, shapes=(), openvino=False)
    first_u8 = np.full((512, 512), 255, np.uint8)
    first_u8[100:104, 40:300] = 0
    then_u8 = first_u8.copy()
    then_u8[300:330, 200:204] = 0
    engine, fresh = (Engine(tiny_pipeline, model) for _ in range(2))
    engine.draw(first_u8, "a cat", size=512, client="ann")
    found, expected = engine.draw(then_u8, "a cat", size=512, client="ann"), fresh.draw(then_u8, "a cat", size=512)
    assert np.abs(found.pixels_u8.astype(int) - expected.pixels_u8).max() <= 1
