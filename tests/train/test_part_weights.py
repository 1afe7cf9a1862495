"""Small parts count: a part's share of the squared error grows with the square root of its area."""

from __future__ import annotations

import pytest
import torch

from sprint_live.train.networks.part_weights import part_weights


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
