"""Recorded calls: fixed buffers, copies only of what is new, one recording a shape;
and that the network can be compiled whole.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from test_fast_network import Case, assert_same, make
from torch import Tensor

import sprint_live
from sprint_live.engine.denoising.cuda_graphs import KEPT_GRAPHS, Graphed
from sprint_live.engine.denoising.network import FastNetwork, FastOptions


class InPlaceRecorder:
    """Stands in for a CUDA graph: running again reads the same buffers and writes the same result."""

    def __init__(self) -> None:
        self.recorded = self.replayed = 0

    def record(self, call: Callable[[], Tensor]) -> tuple[Callable[[], None], Tensor]:
        self.recorded += 1
        result = call().clone()

        def replay() -> None:
            self.replayed += 1
            result.copy_(call())

        return replay, result


def test_a_recording_is_replayed_with_the_inputs_of_now_and_keeps_none_of_them() -> None:
    recorder = InPlaceRecorder()
    graphed = Graphed(lambda key, arguments: arguments[0] * arguments[1][0] + key, recorder)
    a, b = torch.ones(3), torch.full((3,), 2.0)
    first = graphed(1, (a, [b]))
    second = graphed(1, (b, [b]))
    assert first.tolist() == [3, 3, 3] and second.tolist() == [5, 5, 5]  # the first result was not written over
    assert graphed(1, (a, [b])).tolist() == [3, 3, 3]  # back to a tensor of before
    assert (recorder.recorded, recorder.replayed) == (1, 3)
    assert graphed(2, (a, [b])).tolist() == [4, 4, 4]
    assert graphed(1, (torch.ones(4), [torch.ones(4)])).tolist() == [2, 2, 2, 2]
    assert graphed(1, (a.double(), [b.double()])).dtype == torch.float64
    assert recorder.recorded == 4
    assert a.tolist() == [1, 1, 1] and b.tolist() == [2, 2, 2]


def test_what_is_the_same_tensor_is_not_copied(monkeypatch) -> None:
    graphed = Graphed(lambda key, arguments: arguments[0] + arguments[1], InPlaceRecorder())
    a, b = torch.zeros(2), torch.ones(2)
    graphed("", (a, b))
    b += 5  # nobody does this to a kept tensor; here it shows that it was not read again
    assert graphed("", (a, b)).tolist() == [1, 1]
    assert graphed("", (a, b.clone())).tolist() == [6, 6]


def test_recordings_are_bounded() -> None:
    recorder = InPlaceRecorder()
    graphed = Graphed(lambda key, arguments: arguments[0], recorder)
    for size in [*range(1, KEPT_GRAPHS + 3), KEPT_GRAPHS + 2, 1]:
        graphed("", (torch.ones(size),))
    assert recorder.recorded == KEPT_GRAPHS + 3


@pytest.mark.parametrize(("topology", "stem"), [("released", "shared"), ("diffusers", "own"), (None, "shared")])
def test_the_network_through_recordings_is_the_plain_one(topology: str | None, stem: str) -> None:
    base, branch = make("sprint", topology, stem)
    recorder = InPlaceRecorder()
    network = FastNetwork(base, branch, FastOptions(bucket=64, packed=False), recorder=recorder)
    cases = [Case(base, branch), Case(base, branch, seed=1), Case(base, branch, s=0.3), Case(base, branch)]
    for index, case in enumerate(cases):
        case.strength = torch.tensor([0.2 + index])
        assert_same(case.fast(network, [index % 2]) if index != 1 else case.fast(network), case.plain())
    assert recorder.recorded == 1 and recorder.replayed == 4


def test_the_network_can_be_compiled_as_one_graph() -> None:
    """Traced whole (fullgraph), run eagerly: inductor's own code is measured, not tested."""
    base, branch = make("sprint", "released", "own")
    network = FastNetwork(base, branch, FastOptions(packed=False, compile="eager"))
    case = Case(base, branch)
    assert_same(case.fast(network, ["noise"]), case.plain())


def test_what_this_machine_cannot_do_is_refused_with_the_reason(tiny_model_folder) -> None:
    engine = sprint_live.load_engine(tiny_model_folder, device="cpu", also=("cuda-graph", "compile"))
    said = engine.explain()
    assert "cuda-graph" in said and "(cpu has none)" in said
    assert "(packed-weights is on, and faster on a CPU)" in said
