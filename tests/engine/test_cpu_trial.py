"""What a CPU says it can is tried: bfloat16 that fails or is slower gives way to float32, by torch and by OpenVINO."""

from __future__ import annotations

import pytest
import torch

from sprint_live.engine import cpu_features
from sprint_live.engine.openvino import choose
from sprint_live.engine.switches import Switches
from sprint_live.errors import EngineError
from sprint_live.models.zoo import find_model
from support.small_model import make_tiny_pipeline


def trial(bfloat16: float | None, float32: float = 10.0):
    """Work that takes these milliseconds; None fails."""

    def trial_ms(dtype: torch.dtype) -> float:
        taken = bfloat16 if dtype == torch.bfloat16 else float32
        if taken is None:
            raise RuntimeError("mkldnn_linear: bf16 path needs the cpu support avx512bw")
        return taken

    return trial_ms


def test_torch_takes_bfloat16_only_where_it_runs_and_pays(monkeypatch):
    assert cpu_features.why_not_bfloat16(trial(5.0)) is None
    assert "slower here: 60.00 ms for 10.00" in cpu_features.why_not_bfloat16(trial(60.0))
    assert "needs the cpu support" in cpu_features.why_not_bfloat16(trial(None))
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True}, raising=False)
    for milliseconds, wanted in ((5.0, True), (60.0, False), (None, False)):
        monkeypatch.setattr(cpu_features, "_trial_ms", trial(milliseconds))
        assert cpu_features.cpu_has_bfloat16.__wrapped__() is wanted
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict, raising=False)
    monkeypatch.setattr(cpu_features, "_trial_ms", trial(5.0))
    assert cpu_features.cpu_has_bfloat16.__wrapped__() is False


def test_the_trial_itself_runs():
    assert cpu_features._trial_ms(torch.float32) > 0


class _Networks:
    milliseconds: dict[str, float | None]

    def __init__(self, pipeline, *, precision):
        self.precision = precision

    def trial_ms(self):
        taken = self.milliseconds[self.precision]
        if taken is None:
            raise RuntimeError("Supported primitive descriptors list is empty")
        return taken


@pytest.fixture
def chosen(monkeypatch):
    """(milliseconds by precision, switches asked for) -> (the precision that draws, the switches)."""
    pipeline = make_tiny_pipeline()
    monkeypatch.setattr(choose, "OpenVinoNetworks", _Networks)
    monkeypatch.setattr(choose, "native_precisions", lambda: ["float32", "bfloat16"])
    monkeypatch.setattr(choose, "why_not_openvino", lambda *_, **__: None)

    def choose_by(bfloat16, float32, also=()):
        _Networks.milliseconds = {"bfloat16": bfloat16, "float32": float32}
        switches = Switches("cpu", also=also)
        found = choose.choose_openvino(pipeline, find_model("sprint-tiny"), switches)
        return found and found.precision, switches

    return choose_by


def test_openvino_takes_what_runs_and_is_quicker(chosen):
    precision, switches = chosen(5.0, 10.0)
    assert precision == "bfloat16" and "openvino-bfloat16" in switches and "fast-network" not in switches
    precision, switches = chosen(1254.0, 195.0)
    assert precision == "float32" and "openvino-bfloat16" not in switches
    assert any("slower here: 1254.0 ms for 195.0" in line for line in switches.lines())
    precision, switches = chosen(None, 10.0)
    assert precision == "float32" and any(
        "does not run here (RuntimeError: Supported" in line for line in switches.lines()
    )
    precision, switches = chosen(None, None)
    assert precision is None and "openvino" not in switches and "fast-network" in switches
    assert chosen(5.0, None)[0] == "bfloat16"


def test_what_was_asked_for_by_name_is_not_replaced_in_silence(chosen):
    assert chosen(60.0, 10.0, also=("openvino-bfloat16",))[0] == "bfloat16"
    with pytest.raises(EngineError, match="openvino-bfloat16, which does not run here.*fix: "):
        chosen(None, 10.0, also=("openvino-bfloat16",))
    with pytest.raises(EngineError, match="got openvino, which"):
        chosen(None, None, also=("openvino",))
