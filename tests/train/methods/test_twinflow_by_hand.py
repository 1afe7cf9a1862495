"""TwinFlow's update against a second writing of its equations: NumPy, float64, gradients worked out by hand.

F is linear in its weights W, so dL/dW = sum_i phi_i^T dL/dF_i. With d(a, b) = m sg[(m / A^2 + 1)^(-1/2)] / A and m the
mean of (a - b)^2 over K elements, dL/dF = 2 (a - b) / (K A sqrt(m / A^2 + 1)). Nothing here is differentiated by torch.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sprint_live.train.methods import twinflow

K, BATCH, FEATURES = 4, 20, 23
H, A, E = 0.01, 1e-3, 0.78
Array = np.ndarray


def _phi(x: Array, t: Array, r: Array, word: Array) -> Array:
    """Features (B, FEATURES) of samples (B, K), signed times (B,) and one number for the words (B,)."""
    times = [np.cos(2 * t), np.sin(3 * t), r * t, np.abs(r) ** 1.5, (t < 0) * (1 + t)]
    told = np.stack([*times, word, word * t], 1)
    return np.concatenate([x, np.tanh(x * (1 + told[:, :1])), x * told[:, 1:2], x * told[:, 5:6], told], 1)


def _by_hand(case: dict, weights: twinflow.Weights) -> tuple[float, Array, dict[str, float]]:
    """Loss, dL/dW, and the shares of R and D outside of -1 .. 1."""
    W, slow, word, x, draws = (case[name] for name in ("W", "slow", "word", "x", "draws"))
    z, own_z, again_z, t, u, again_t = draws
    ends = np.round(np.cumsum((0, *weights.shares)) / sum(weights.shares) * BATCH).astype(int)
    kind = np.searchsorted(ends[1:], np.arange(BATCH), side="right")  # 0 end to end, 1 near, 2 any, 3 fake
    t, r, x = t.copy(), np.zeros(BATCH), x.copy()
    t[kind == 0] = 1
    r[kind == 1] = (t - 0.05 * u * t)[kind == 1]
    r[kind == 2] = (t - u * t)[kind == 2]
    fake = kind == 3
    one = np.ones(BATCH)
    drawn = own_z - _phi(own_z, one, 0 * one, word) @ W
    x[fake | weights.image_free] = drawn[fake | weights.image_free]
    x_t, v = (1 - t)[:, None] * x + t[:, None] * z, z - x
    signed_t, signed_r = np.where(fake, -t, t), np.where(fake, -t, r)
    phi = _phi(x_t, signed_t, signed_r, word)
    F = phi @ W

    taught = v.copy()
    if case["teacher"] is None:
        lift = (_phi(x_t, t, t, word) - _phi(x_t, t, t, 0 * word)) @ slow
        taught[t < 1] += E * lift[t < 1]
    else:
        taught = _phi(x_t, t, t, word) @ case["teacher"]
    y, now, S = x_t - H * taught, np.maximum(t - H, r), np.zeros_like(x)
    corners = [now + (r - now) * k / max(1, weights.num_pieces) for k in range(weights.num_pieces + 1)]
    for k in range(weights.num_pieces):
        piece = (corners[k] - corners[k + 1])[:, None] * (_phi(y, corners[k], corners[k + 1], word) @ slow)
        y, S = y - piece, S + piece
    R = ((t - r)[:, None] * F - S) / H - taught
    short = (t < r + H) | (weights.num_pieces == 0)
    R[short] = (F - taught)[short]
    gap = np.where(fake[:, None], F - v, np.clip(R, -1, 1))
    w = np.where(fake, 1.0, 1 + np.tan(0.4 * np.pi * (1 - (t - r))))

    def d(gap: Array) -> tuple[Array, Array]:
        m = (gap**2).mean(1)
        root = np.sqrt(m / A**2 + 1)
        return m / root / A, 2 * gap / (K * A * root[:, None])

    apart, slope = d(gap)
    loss, dF = (w * apart).mean(), w[:, None] * slope / BATCH
    outside = {"R": (np.abs(R[~fake]) > 1).mean()}
    if weights.rectify:
        e2e = kind == 0
        a = again_t[e2e]
        again = (1 - a)[:, None] * (z - F)[e2e] + a[:, None] * again_z[e2e]
        D = (_phi(again, a, a, word[e2e]) - _phi(again, -a, -a, word[e2e])) @ W
        apart, slope = d(-np.clip(D, -1, 1))
        loss += weights.rectify * apart.mean()
        dF[e2e] += weights.rectify * slope / e2e.sum()
        outside["D"] = (np.abs(D) > 1).mean()
    return loss, phi.T @ dF, outside


def _case(seed: int, teacher: bool) -> dict:
    rng = np.random.default_rng(seed)
    W = 0.6 * rng.standard_normal((FEATURES, K))
    return {
        "W": W,
        "slow": W + 0.05 * rng.standard_normal(W.shape),
        "teacher": 0.6 * rng.standard_normal(W.shape) if teacher else None,
        "word": rng.standard_normal(BATCH),
        "x": rng.standard_normal((BATCH, K)),
        "draws": [rng.standard_normal((BATCH, K)) for _ in range(3)] + [rng.random(BATCH) for _ in range(3)],
    }


CASES = {
    "twinflow, self-guided": (False, twinflow.TWINFLOW),
    "twinflow, a teacher's velocity": (True, twinflow.TWINFLOW),
    "image-free": (True, twinflow.Weights(image_free=True)),
    "rcgm": (False, twinflow.RCGM),
    "flow matching": (False, twinflow.Weights(shares=(0, 1, 0, 0), rectify=0.0, num_pieces=0)),
    "other shares, one piece": (False, twinflow.Weights(shares=(2, 1, 1, 1), rectify=0.5, num_pieces=1)),
    "three pieces": (False, twinflow.Weights(num_pieces=3)),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", range(3))
def test_loss_and_gradient_are_those_worked_out_by_hand(name, seed):
    teacher, weights = CASES[name]
    case = _case(seed, teacher)
    words = case["word"]

    def network(values: torch.Tensor, word: np.ndarray):
        def ask(x_t, t, r, rows):
            return torch.from_numpy(_phi(x_t.numpy(), t.numpy(), r.numpy(), word[rows])) @ values

        return ask

    W, slow = torch.from_numpy(case["W"]).requires_grad_(), torch.from_numpy(case["slow"])
    guide = twinflow.self_guide(network(slow, words), network(slow, 0 * words), E)
    if teacher:
        ask = network(torch.from_numpy(case["teacher"]), words)
        guide = lambda v, x_t, t, rows: ask(x_t, t, t, rows)  # noqa: E731
    z, own_z, again_z, t, u, again_t = (torch.from_numpy(values) for values in case["draws"])
    draws = twinflow.Draws(z=z, own_z=own_z, again_z=again_z, t=t, u=u, again_t=again_t)
    found = twinflow.update(network(W, words), network(slow, words), guide, torch.from_numpy(case["x"]), draws, weights)
    (gradient,) = torch.autograd.grad(found.loss, W)
    loss, by_hand, outside = _by_hand(case, weights)
    assert abs(found.loss.item() - loss) < 1e-9 * loss
    np.testing.assert_allclose(gradient.numpy(), by_hand, rtol=0, atol=1e-9 * np.abs(by_hand).max())
    assert found.terms["residual_clamped"] == pytest.approx(outside["R"])
    assert 0 < outside["R"] < 1, "both sides of the clamp are met"
    if weights.rectify:
        assert found.terms["difference_clamped"] == pytest.approx(outside["D"]) and 0 < outside["D"] < 1
