"""Weights of the squared error: a small part counts as much as it is looked at.

A plain mean over image tokens hardly hears of an eye or a door: they are a hundredth of the picture. Every token that
lies on a named part is weighted by the part's size, so that a part's share of the loss grows with the square root of
its area. The minimum stays where it was: what is best at a token does not depend on the weight of the token.

    w_q = 1/2 + sum_p c_pq sqrt(8 / max(1, sum_q' c_pq')),   divided by its mean over the batch

c_pq in [0, 1]: how much of image token q is part p.
Knows: coverage.  Must not know: networks, how scenes are drawn.
Legend: B batch, P parts, N image tokens.
"""

from __future__ import annotations

from torch import Tensor

_ELSEWHERE = 0.5
_PLAIN_AREA = 8.0  # tokens; a part of this size has weight 1


def part_weights(coverage_BPN: Tensor) -> Tensor:
    """The weights above, (B, N), of coverage (B, P, N) in [0, 1]; their mean is 1."""
    area_BP1 = coverage_BPN.sum(-1, keepdim=True).clamp(min=1)
    weight_BN = _ELSEWHERE + (coverage_BPN * (_PLAIN_AREA / area_BP1).sqrt()).sum(1)
    return weight_BN / weight_BN.mean()
