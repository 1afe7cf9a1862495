"""Every rewrite of the autoencoder computes what it replaces:
alone, all together, at both configurations, off the square.
"""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch import nn

from sprint_live.engine.autoencoder import rewrites
from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.engine.autoencoder.rewrites import FoldedUpBlock, PackedConv, rewritten
from sprint_live.engine.switch_table import REWRITES
from support.small_model import make_tiny_autoencoder, make_tiny_released_autoencoder

AUTOENCODERS = {"sprint-tiny": make_tiny_autoencoder, "released": make_tiny_released_autoencoder}


@pytest.fixture(scope="module", params=AUTOENCODERS)
def vae(request):
    return AUTOENCODERS[request.param]().requires_grad_(False)


def halves(vae, dtype):
    """Encoder and decoder with an input each, 3 x 2 latents."""
    generator = torch.Generator().manual_seed(0)
    cells = 4 if vae.config.in_channels == 3 else 1  # keep the stage before the last off 1x1
    sides = [side * 2 ** (len(vae.config.encoder_block_out_channels) - 1) // cells for side in (3 * cells, 2 * cells)]
    image = torch.randn(1, vae.config.in_channels, *sides, generator=generator).to(dtype)
    latent = torch.randn(1, 32, 3, 2, generator=generator).to(dtype)
    return (vae.encoder, image), (vae.decoder, latent)


@pytest.mark.parametrize(
    "names",
    [("upsample-fold",), ("shortcut-fold",), ("channels-last",), ("upsample-fold", "shortcut-fold", "channels-last")],
    ids="+".join,
)
def test_in_float64_a_rewrite_is_the_same_function(vae, names):
    """Beside fused-norm, because diffusers' norm takes its mean in float32 whatever it is given."""
    for network, given in halves(copy.deepcopy(vae).double(), torch.float64):
        expected = rewritten(network, ("fused-norm",))(given)
        found = rewritten(network, ("fused-norm", *names))(given)
        torch.testing.assert_close(found, expected, rtol=0, atol=1e-10 * float(expected.abs().max()))


def test_the_fused_norm_is_the_norm_to_float32(vae):
    for network, given in halves(vae, torch.float32):
        expected = network(given)
        torch.testing.assert_close(
            rewritten(network, ("fused-norm",))(given), expected, rtol=0, atol=1e-5 * float(expected.abs().max())
        )


def test_in_float32_all_together_round_only(vae):
    for network, given in halves(vae, torch.float32):
        expected = network(given)
        lean = rewritten(network, REWRITES)
        found = lean(given.contiguous(memory_format=torch.channels_last))
        torch.testing.assert_close(found, expected, rtol=0, atol=2e-5 * float(expected.abs().max()))
        assert any(isinstance(module, PackedConv) for module in lean.modules())
    assert any(isinstance(module, FoldedUpBlock) for module in lean.modules()) == (
        vae.config.upsample_block_type == "interpolate"
    )


def test_shortcuts_are_not_folded_in_bfloat16(vae):
    half = copy.deepcopy(vae).bfloat16()
    lean = rewritten(half.decoder, REWRITES)
    assert lean.in_shortcut and not any(isinstance(module, PackedConv) for module in lean.modules())
    assert torch.equal(rewritten(half.decoder, ("shortcut-fold",)).conv_in.weight, half.decoder.conv_in.weight)


def test_the_original_is_left_alone_and_unchanged_weights_are_shared(vae):
    before = {name: (tensor.clone(), tensor.stride()) for name, tensor in vae.state_dict().items()}
    kinds = [type(module) for module in vae.modules()]
    lean = rewritten(vae.decoder, REWRITES)
    assert [type(module) for module in vae.modules()] == kinds
    assert all(
        torch.equal(tensor, before[name][0]) and tensor.stride() == before[name][1]
        for name, tensor in vae.state_dict().items()
    )
    assert lean.norm_out.weight.data_ptr() == vae.decoder.norm_out.weight.data_ptr()
    assert all(module.inplace is False for module in vae.modules() if isinstance(module, nn.SiLU))


@pytest.mark.parametrize("batch", [1, 2])
def test_pictures_differ_by_one_level_in_one_of_ten_thousand_values(vae, batch):
    clean = torch.randn(batch, 32, 2, 3, generator=torch.Generator().manual_seed(1)) * 2
    plain, lean = PictureDecoder(vae), PictureDecoder(vae, (*REWRITES, "quick-pixels"))
    for expected, found in zip(plain.decode(clean), lean.decode(clean), strict=True):
        assert found.shape == expected.shape and found.dtype == np.uint8 and found.flags.c_contiguous
        difference = np.abs(found.astype(int) - expected)
        assert difference.max() <= 1 and (difference > 0).mean() < 1e-4 and expected.std() > 10


def test_tiles_are_left_to_the_autoencoder():
    vae = make_tiny_released_autoencoder().requires_grad_(False)
    vae.enable_tiling(
        tile_sample_min_height=64, tile_sample_min_width=64, tile_sample_stride_height=48, tile_sample_stride_width=48
    )
    clean = torch.randn(1, 32, 3, 3, generator=torch.Generator().manual_seed(2))
    assert np.array_equal(PictureDecoder(vae, REWRITES).decode(clean)[0], PictureDecoder(vae).decode(clean)[0])


def test_this_build_of_torch_packs():
    assert rewrites.can_pack()
