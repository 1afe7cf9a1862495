"""RCGM and TwinFlow: one update against the formulas in float64, and a ring in two dimensions."""

from __future__ import annotations

import copy
import itertools
import math

import pytest
import torch
from torch import Tensor, nn

from sprint_live.errors import ArgumentError
from sprint_live.train.methods import rcgm, twinflow

COUNT, DIM, STRENGTH = 8, 3, 0.8


class Net(nn.Module):
    """F(x, t, r, words) of samples (B, DIM); words (B,)."""

    def __init__(self, dim: int = DIM, width: int = 16) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(dim + 13, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU())
        self.out = nn.Linear(width, dim)

    def forward(self, x: Tensor, t: Tensor, r: Tensor, words: Tensor) -> Tensor:
        angles = torch.stack([t.abs(), r.abs()], 1)[..., None] * torch.tensor([1.0, 3.0]).to(x) * math.pi / 2
        told = torch.cat([angles.sin().flatten(1), angles.cos().flatten(1)], 1)
        sign = (t < 0).to(x)[:, None]
        told = torch.cat([told, sign, sign * t[:, None], words[:, None], t.abs()[:, None], r.abs()[:, None]], 1)
        return self.out(self.layers(torch.cat([x, told], 1)))


def _setup(weights: twinflow.Weights):
    torch.manual_seed(0)
    net, averaged = Net().double(), Net().double()
    words = torch.randn(COUNT, dtype=torch.float64)
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(COUNT, DIM, generator=generator, dtype=torch.float64)
    draws = twinflow.Draws.like(x, generator)

    def told(model: Net, given: Tensor) -> rcgm.Velocity:
        return lambda x_t, t, r, rows: model(x_t, t, r, given[rows])

    guide = twinflow.self_guide(told(averaged, words), told(averaged, 0 * words), STRENGTH)
    found = twinflow.update(told(net, words), told(averaged, words), guide, x, draws, weights)
    return net, averaged, words, x, draws, found


def _by_the_formulas(net: Net, averaged: Net, words: Tensor, x: Tensor, draws: twinflow.Draws, fakes: bool) -> Tensor:
    """The loss, one sample at a time, written from section 1 and 2 of the method and not from the code."""

    def ask(model, x_t, t, r, word):
        one = lambda value: torch.as_tensor(value, dtype=torch.float64).reshape(1)  # noqa: E731
        return model(x_t[None], one(t), one(r), one(word))[0]

    def d(a, b):
        m = ((a - b) ** 2).mean()
        return m * (m.detach() / 1e-6 + 1) ** -0.5 / 1e-3

    per_sample, rectified = [], []
    quarter = COUNT // 4 if fakes else None
    for i in range(COUNT):
        kind = i // quarter if fakes else (0, 0, 0, 1, 1, 2, 2, 2)[i]
        t, u, word, z, clean = draws.t[i].item(), draws.u[i].item(), words[i], draws.z[i], x[i]
        if kind == 3:
            with torch.no_grad():
                clean = draws.own_z[i] - ask(net, draws.own_z[i], 1.0, 0.0, word)
            F = ask(net, (1 - t) * clean + t * z, -t, -t, word)
            per_sample.append(d(F, z - clean))
            continue
        t, r = {0: (1.0, 0.0), 1: (t, t - 0.05 * u * t), 2: (t, t - u * t)}[kind]
        x_t = (1 - t) * clean + t * z
        F = ask(net, x_t, t, r, word)
        with torch.no_grad():
            v = z - clean
            if 0 < t < 1:
                v = v + 0.8 * (ask(averaged, x_t, t, t, word) - ask(averaged, x_t, t, t, 0.0))
            h, R = 0.01, F - v
            if t >= r + h:
                y, start, S = x_t - h * v, max(t - h, r), 0
                corners = [start, (start + r) / 2, r]
                for a, b in itertools.pairwise(corners):
                    piece = (a - b) * ask(averaged, y, a, b, word)
                    y, S = y - piece, S + piece
                R = ((t - r) * F - S) / h - v
            wanted = F - R.clamp(-1, 1)
        per_sample.append((1 + math.tan(0.4 * math.pi * (1 - (t - r)))) * d(F, wanted))
        if kind == 0 and fakes:
            with torch.no_grad():
                a = draws.again_t[i].item()
                again = (1 - a) * (z - F) + a * draws.again_z[i]
                D = (ask(net, again, a, a, word) - ask(net, again, -a, -a, word)).clamp(-1, 1)
            rectified.append(d(F, F.detach() + D))
    loss = torch.stack(per_sample).mean()
    return loss + 0.75 * torch.stack(rectified).mean() if fakes else loss


@pytest.mark.parametrize("fakes", [True, False])
def test_an_update_is_that_of_the_formulas(fakes):
    net, averaged, words, x, draws, found = _setup(twinflow.TWINFLOW if fakes else twinflow.RCGM)
    gradients = torch.autograd.grad(found.loss, list(net.parameters()))
    wanted = _by_the_formulas(net, averaged, words, x, draws, fakes)
    expected = torch.autograd.grad(wanted, list(net.parameters()))
    torch.testing.assert_close(found.loss, wanted, rtol=1e-9, atol=1e-9)
    for one, other in zip(gradients, expected, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-6, atol=1e-9)
    names = {"rcgm", "residual_clamped", "flow_at_t", "loss"}
    more = {"adversarial", "flow_at_minus_t", "rectify", "difference", "difference_clamped"}
    assert found.terms.keys() == (names | more if fakes else names)


def test_without_pictures_none_is_read():
    weights = twinflow.Weights(image_free=True)
    net, _, words, x, draws, _ = _setup(weights)
    losses = []
    for pictures in (x, x + 7):
        guided = lambda v, x_t, t, rows: 0.5 * x_t  # noqa: E731
        ask = lambda x_t, t, r, rows: net(x_t, t, r, words[rows])  # noqa: E731
        losses.append(twinflow.update(ask, ask, guided, pictures, draws, weights).loss)
    assert torch.equal(*losses)


def test_parts_times_and_what_is_refused():
    assert twinflow.parts(32, (1, 1, 1, 1)) == (slice(0, 8), slice(8, 16), slice(16, 24), slice(24, 32))
    draws = twinflow.Draws.like(torch.zeros(4000, 1), torch.Generator().manual_seed(0))
    t, r = twinflow.times(draws, twinflow.TWINFLOW)
    assert (t[:1000] == 1).all() and (r[:1000] == 0).all()
    near, anywhere = (t - r)[1000:2000] / t[1000:2000], (t - r)[2000:3000] / t[2000:3000]
    assert near.min() >= 0 and 0.045 < near.max() <= 0.0501 and abs(anywhere.mean() - 0.5) < 0.05
    assert (t[3000:] < 0).all() and torch.equal(t[3000:], r[3000:]) and abs(t[3000:].mean() + 0.5) < 0.05
    with pytest.raises(ArgumentError, match="a batch of 3"):
        twinflow.parts(3, (1, 1, 1, 1))
    with pytest.raises(ArgumentError, match="rectify 0.75"):
        twinflow.Weights(shares=(1, 1, 1, 0))


def test_the_weight_is_one_for_the_whole_way_and_the_distance_a_root_mean_square():
    one = torch.ones(1, dtype=torch.float64)
    assert rcgm.time_weight(one, 0 * one).item() == 1 and 4.0 < rcgm.time_weight(one, one).item() < 4.2
    apart = rcgm.distance(torch.full((1, 4), 0.3, dtype=torch.float64), torch.zeros(1, 4, dtype=torch.float64))
    assert abs(apart.item() - 0.3) < 1e-5


def _ring(count: int, generator: torch.Generator) -> Tensor:
    angle = 2 * math.pi * torch.rand(count, generator=generator)
    return 1.4 * torch.stack([angle.cos(), angle.sin()], 1) + 0.05 * torch.randn(count, 2, generator=generator)


def _energy(a: Tensor, b: Tensor) -> float:
    return (2 * torch.cdist(a, b).mean() - torch.cdist(a, a).mean() - torch.cdist(b, b).mean()).item()


@pytest.fixture(scope="module")
def ring_start() -> Net:
    """A flow to the ring: good in many steps, poor in one."""
    torch.manual_seed(0)
    generator, net = torch.Generator().manual_seed(2), Net(2, 96)
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    for _ in range(1200):
        x, z, t = _ring(256, generator), torch.randn(256, 2, generator=generator), torch.rand(256, generator=generator)
        F = net((1 - t[:, None]) * x + t[:, None] * z, t, t, torch.zeros(256))
        optimizer.zero_grad()
        (F - (z - x)).square().mean().backward()
        optimizer.step()
    return net


def _one_step_distance(net: Net) -> float:
    generator = torch.Generator().manual_seed(5)
    z, zeros = torch.randn(1500, 2, generator=generator), torch.zeros(1500)
    with torch.no_grad():
        return _energy(z - net(z, zeros + 1, zeros, zeros), _ring(1500, generator))


def _taught(start: Net, weights: twinflow.Weights) -> float:
    net, averaged = copy.deepcopy(start), copy.deepcopy(start)
    generator, optimizer = torch.Generator().manual_seed(3), torch.optim.Adam(net.parameters(), 1e-3)
    zeros = torch.zeros(256)

    def told(model: Net) -> rcgm.Velocity:
        return lambda x_t, t, r, rows: model(x_t, t, r, zeros[rows])

    for step in range(700):
        x = _ring(256, generator)
        draws = twinflow.Draws.like(x, generator)
        found = twinflow.update(told(net), told(averaged), lambda v, x_t, t, rows: v, x, draws, weights)
        optimizer.zero_grad()
        found.loss.backward()
        optimizer.step()
        with torch.no_grad():
            for slow, fast in zip(averaged.parameters(), net.parameters(), strict=True):
                slow.lerp_(fast, 1 - min(0.99, (1 + step) / (10 + step)))
    return _one_step_distance(net)


def test_a_ring_is_drawn_in_one_step_and_not_with_the_difference_the_wrong_way_round(ring_start, monkeypatch):
    start = _one_step_distance(ring_start)
    by_rcgm, by_twinflow = _taught(ring_start, twinflow.RCGM), _taught(ring_start, twinflow.TWINFLOW)
    right = twinflow.velocity_difference
    monkeypatch.setattr(twinflow, "velocity_difference", lambda *given: -right(*given))
    wrong = _taught(ring_start, twinflow.TWINFLOW)
    assert start > 0.1, start
    assert by_rcgm < 0.1 * start and by_twinflow < 0.1 * start, (start, by_rcgm, by_twinflow)
    assert wrong > 10 * by_twinflow, (by_twinflow, wrong)
