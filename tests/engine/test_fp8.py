"""Products and convolutions in float8: near what they replace, refused where a device has none, walked on "cuda"."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from sprint_live.bench.autoencoders import psnr_db
from sprint_live.bench.random_weights import random_engine
from sprint_live.engine import fp8
from sprint_live.engine.denoising.linear import Linear
from sprint_live.engine.fp8 import Fp8Conv, Fp8Matrix, can_be_fp8, quantized, why_not_fp8, with_fp8
from support.gpu import SimulatedGpu
from support.models.released_small import small_released

CPU, CUDA = torch.device("cpu"), torch.device("cuda:0")
PAGE_U8 = np.full((256, 256), 255, np.uint8)
PAGE_U8[100:110, 40:200] = 0


def error(found: torch.Tensor, expected: torch.Tensor) -> float:
    return float((found.float() - expected.float()).norm() / expected.float().norm())


def numbers(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def test_numbers_keep_three_bits_and_their_largest() -> None:
    x = numbers(64, 32) * torch.logspace(-3, 3, 64)[:, None]
    values, scale = quantized(x, x.abs().amax(1, keepdim=True))
    assert values.dtype == torch.float8_e4m3fn and float(values.float().abs().max()) == 448
    assert error(values.float() * scale, x) < 0.04
    zeros, scale = quantized(torch.zeros(4, 32), torch.zeros(4, 1))
    assert bool(torch.isfinite(zeros.float() * scale).all())


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_product_is_near_the_exact_one_row_by_row(dtype: torch.dtype) -> None:
    x = (numbers(2, 5, 64) * torch.logspace(-2, 2, 10).view(2, 5, 1)).to(dtype)
    weight = numbers(48, 64).to(dtype)
    found, expected = Fp8Matrix(weight)(x), x @ weight.t()
    assert found.shape == (2, 5, 48) and found.dtype == dtype
    for one, other in zip(found.flatten(0, 1), expected.flatten(0, 1), strict=True):
        assert error(one, other) < 0.07  # small rows as near as large ones: each has its scale


def test_a_layer_uses_it_with_bias_and_activation_where_sizes_allow() -> None:
    x, weight, bias = numbers(3, 32), numbers(48, 32), numbers(48)
    found = Linear(weight, bias, packed=False, fp8=True, activation="swish")(x)
    assert 0 < error(found, nn.functional.silu(x @ weight.t() + bias)) < 0.07
    odd = numbers(40, 24)
    assert not can_be_fp8(odd) and torch.equal(
        Linear(odd, None, packed=False, fp8=True)(x[:, :24]), Linear(odd, None, packed=False)(x[:, :24])
    )


@pytest.mark.parametrize("kernel", [1, 3])
@pytest.mark.parametrize("band_bytes", [1, 1 << 26])
def test_a_convolution_is_near_the_exact_one_in_bands_and_at_every_edge(
    monkeypatch, kernel: int, band_bytes: int
) -> None:
    monkeypatch.setattr(fp8, "BAND_BYTES", band_bytes)
    conv = nn.Conv2d(256, 48, kernel, padding=kernel // 2).requires_grad_(False)
    x = numbers(2, 256, 5, 7)
    found, expected = Fp8Conv(conv)(x), conv(x)
    assert found.shape == expected.shape
    assert error(found, expected) < 0.07
    for edge in (np.s_[..., 0, :], np.s_[..., -1, :], np.s_[..., 0], np.s_[..., -1]):
        assert error(found[edge], expected[edge]) < 0.08


@pytest.mark.parametrize(
    "conv",
    [
        nn.Conv2d(64, 64, 3, padding=1),
        nn.Conv2d(256, 256, 3, padding=1, stride=2),
        nn.Conv2d(256, 256, 3),
        nn.Conv2d(256, 256, 3, padding=1, groups=256),
        nn.Conv2d(256, 40, 3, padding=1),
        nn.Conv2d(256, 256, 5, padding=2),
        nn.Conv2d(256, 256, 3, padding=1, padding_mode="reflect"),
    ],
)
def test_other_convolutions_stay_what_they_are(conv: nn.Conv2d) -> None:
    assert with_fp8(conv) is conv and isinstance(with_fp8(nn.Conv2d(256, 32, 3, padding=1)), Fp8Conv)


def test_a_device_without_float8_is_told(monkeypatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: (8, 6))
    assert why_not_fp8(CUDA) == "compute capability 8.6, float8 needs 8.9"
    assert why_not_fp8(CPU) is None and why_not_fp8(torch.device("mps")) == "mps has no float8 products"


def drawn(device: torch.device, *also: str, gpu: SimulatedGpu | None = None) -> np.ndarray:
    engine = random_engine(small_released(), device, also=also)
    if gpu is not None:
        gpu.forget()
    assert set(also) <= engine.switched_on and ("fp8-linear" not in also or "packed-weights" not in engine.switched_on)
    return engine.draw(PAGE_U8, "a cat", size=256, seed=3).pixels_u8


def test_pictures_are_near_and_another_and_the_gpus_are_the_cpus(monkeypatch) -> None:
    monkeypatch.setattr(fp8, "MIN_CHANNELS", 16)  # the small decoder has 16 and 32
    exact = drawn(CPU)
    for also in (["fp8-linear"], ["fp8-decoder"]):
        here = drawn(CPU, *also)
        assert 25 < psnr_db(exact, here) < 90, also
        with SimulatedGpu() as gpu:
            there = drawn(CUDA, *also, gpu=gpu)
            assert psnr_db(here, there) > 35 and not gpu.doubles, also
