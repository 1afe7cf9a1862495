"""What a failure of the model becomes."""

from __future__ import annotations

import pytest
import torch

from sprint_live.engine.failures import typed_failure
from sprint_live.errors import ArgumentError, DeviceLost, EngineError, OutOfMemory, told_by


@pytest.mark.parametrize(
    ("error", "kind", "code", "text"),
    [
        (torch.OutOfMemoryError("no room"), OutOfMemory, "engine.out_of_memory", "640x512"),
        (RuntimeError("can't allocate memory"), OutOfMemory, "engine.out_of_memory", "640x512"),
        (torch.AcceleratorError("illegal memory access"), DeviceLost, "engine.device_failed", "illegal memory access"),
        (KeyError("w"), EngineError, "engine.failed", "KeyError: 'w'"),
    ],
)
def test_a_failure_becomes_an_error_of_ours_with_a_code_and_its_cause(error, kind, code, text):
    typed = typed_failure(error, (512, 640))
    assert type(typed) is kind and told_by(typed).code == code and text in str(typed) and typed.__cause__ is error


def test_an_error_of_ours_stays_what_it_is():
    refused = ArgumentError("no")
    assert typed_failure(refused, (512, 640)) is refused and refused.__cause__ is None
