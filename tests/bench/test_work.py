"""Work, rates and floors: counted by hand where a hand can count."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from sprint_live.bench.clock import Elapsed, spread, timed
from sprint_live.bench.rates import Rates, measure_rates
from sprint_live.bench.work import Work, _counted, count_work
from support.small_model import make_tiny_pipeline

CPU = torch.device("cpu")


def test_a_convolution_and_a_matrix_are_counted_as_by_hand():
    model = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.Flatten(2), nn.Linear(64, 16, bias=False))
    image = torch.randn(1, 3, 8, 8)
    with torch.inference_mode():
        result, work = _counted(lambda: model(image), [model], image)
    assert work.conv_gflop == pytest.approx(2 * 9 * 3 * 8 * 64 / 1e9) and work.gemm_gflop == pytest.approx(
        2 * 8 * 64 * 16 / 1e9
    )
    weights, given, between, given_back = 9 * 3 * 8 + 64 * 16, 3 * 64, 8 * 64, 8 * 16
    assert work.least_mib == pytest.approx(4 * (weights + given + given_back) / 2**20)
    assert work.moved_mib == pytest.approx(4 * (weights + given + 2 * between + given_back) / 2**20)
    assert work.num_kernels == 2 and result.shape == (1, 8, 16)  # a flattened tensor is a view, no work


def test_the_floor_is_the_longer_of_arithmetic_and_traffic():
    rates = Rates(gemm_gflop_s={"float32": 100.0}, conv_gflop_s={"float32": 50.0}, copy_gb_s=10.0)
    work = Work(conv_gflop=1.0, gemm_gflop=2.0, least_mib=1.0, moved_mib=9.0, num_kernels=3, dtype=torch.float32)
    assert work.floor_ms(rates) == pytest.approx(20 + 20)
    slow_memory = Rates(gemm_gflop_s={"float32": 100.0}, conv_gflop_s={"float32": 50.0}, copy_gb_s=0.001)
    assert work.floor_ms(slow_memory) == pytest.approx(2**20 / 0.001e9 * 1e3)


def test_a_picture_is_twice_the_work_in_two_steps_and_four_times_at_twice_the_side():
    pipeline = make_tiny_pipeline()
    for module in (pipeline.text_encoder, pipeline.vae, pipeline.transformer, pipeline.controlnet):
        module.requires_grad_(False)  # as an engine's are: torch's counter hooks into gradients otherwise
    once, twice, larger = (
        count_work(pipeline, prompt="cat", page_pm1=torch.zeros(1, 3, side, side), steps=steps)
        for side, steps in ((256, 1), (256, 2), (512, 1))
    )
    assert set(once) == {"encode", "denoise", "decode"}
    assert twice["denoise"].gemm_gflop > 1.8 * once["denoise"].gemm_gflop and twice["decode"] == once["decode"]
    assert larger["encode"].conv_gflop == pytest.approx(4 * once["encode"].conv_gflop)
    assert (
        once["encode"].moved_mib > once["encode"].least_mib > 0
        and once["denoise"].num_kernels > once["decode"].num_kernels
    )


def test_rates_are_of_the_formats_that_are_asked_for(monkeypatch):
    monkeypatch.setattr("sprint_live.bench.rates.timed", lambda call, device: (None, Elapsed(2.0)))
    rates = measure_rates(CPU, [torch.float32, torch.float32])
    assert rates.gemm_gflop_s == {"float32": round(2 * 1024**3 / 2e-3 / 1e9, 2)} == rates.as_json()["gemm_gflop_s"]
    assert rates.copy_gb_s == round(2 * 64 * 2**20 / 2e-3 / 1e9, 2)


def test_a_call_is_timed_and_its_value_kept():
    import time

    value, elapsed = timed(lambda: time.sleep(0.02) or "picture", CPU)
    assert value == "picture" and 20 <= elapsed.wall_ms < 500 and elapsed.device_ms is None


def test_spread_is_what_it_says():
    assert spread(range(101)) == {"median": 50, "p95": 95, "min": 0, "max": 100}
