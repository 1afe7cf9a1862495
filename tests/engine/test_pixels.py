"""Pixels at both ends of the engine: the fast classes give what the pipeline gives."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from small_model import make_tiny_autoencoder

from sprint_live.engine.decoder import PictureDecoder
from sprint_live.engine.encoder import PageEncoder
from sprint_live.engine.preview import PreviewDecoder, load_preview
from sprint_live.engine.rewrites import REWRITES
from sprint_live.errors import WeightsError
from sprint_live.models.preview import SprintPreviewDecoder

CPU = torch.device("cpu")


@pytest.mark.parametrize("channels", [1, 3])
def test_a_page_is_encoded_as_the_pipeline_encodes_it(tiny_pipeline, channels):
    page_u8 = np.random.default_rng(0).integers(0, 256, (192, 128, channels), np.uint8)
    page_u8 = page_u8[..., 0] if channels == 1 else page_u8
    image_pm1 = torch.from_numpy(np.atleast_3d(page_u8)).permute(2, 0, 1)[None].expand(1, 3, -1, -1) / 255 * 2 - 1
    expected = tiny_pipeline.encode_image(image_pm1, 192, 128)
    torch.testing.assert_close(PageEncoder(tiny_pipeline.vae).encode(page_u8), expected, rtol=0, atol=1e-6)


def test_a_latent_is_decoded_as_the_pipeline_decodes_it(tiny_pipeline):
    clean = torch.randn(2, 32, 3, 2, generator=torch.Generator().manual_seed(0)) * 3
    expected = (tiny_pipeline.decode(clean, "np") * 255).round().astype(np.uint8)
    pictures = PictureDecoder(tiny_pipeline.vae).decode(clean)
    assert len(pictures) == 2 and all(picture.shape == (192, 128, 3) and picture.flags.c_contiguous for picture in pictures)
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
    network = SprintPreviewDecoder(block_out_channels=(8, 16, 32), layers_per_block=(1, 1, 1)).requires_grad_(False)
    clean = torch.randn(2, 32, 3, 2, generator=torch.Generator().manual_seed(0)) * 2
    for expected, found in zip(PreviewDecoder(network).decode(clean), PreviewDecoder(network, (*REWRITES, "quick-pixels")).decode(clean), strict=True):
        difference = np.abs(found.astype(int) - expected)
        assert difference.max() <= 1 and (difference > 0).mean() < 1e-4


def test_a_public_tiny_decoder_in_the_folder_of_a_model_is_used(tmp_path):
    """AutoencoderTiny at a reduced width, with the 32x of Sana's latents."""
    from diffusers import AutoencoderTiny

    levels = 6
    network = AutoencoderTiny(
        encoder_block_out_channels=(4,) * levels, decoder_block_out_channels=(4,) * levels, num_encoder_blocks=(1,) * levels, num_decoder_blocks=(1,) * levels,
        latent_channels=32, scaling_factor=0.5)
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
