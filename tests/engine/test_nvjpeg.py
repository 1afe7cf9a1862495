"""JPEG on the GPU is a slot: filled where torchvision is installed and the device is CUDA.
No GPU is needed to test that.
"""

from __future__ import annotations

import sys
import types

import pytest
import torch

from sprint_live.engine import jpeg


def test_a_cpu_has_no_nvjpeg():
    assert "CUDA" in jpeg.why_not_nvjpeg(torch.device("cpu"))


@pytest.mark.parametrize("installed", [True, False])
def test_without_torchvision_it_says_what_to_install(monkeypatch, installed):
    monkeypatch.setattr(jpeg, "find_spec", lambda name: object() if installed else None)
    why = jpeg.why_not_nvjpeg(torch.device("cuda"))
    assert why == "" if installed else "pip install torchvision" in why


def test_torchvision_is_given_channels_first_and_the_quality_of_the_cpu(monkeypatch):
    given = {}

    def encode_jpeg(image, quality):
        given.update(shape=tuple(image.shape), quality=quality, contiguous=image.is_contiguous())
        return torch.tensor([0xFF, 0xD8], dtype=torch.uint8)

    fake = types.ModuleType("torchvision.io")
    fake.encode_jpeg = encode_jpeg
    monkeypatch.setitem(sys.modules, "torchvision", types.ModuleType("torchvision"))
    monkeypatch.setitem(sys.modules, "torchvision.io", fake)
    assert jpeg.encode_on_device(torch.zeros(4, 6, 3, dtype=torch.uint8)) == b"\xff\xd8"
    assert given == {"shape": (3, 4, 6), "quality": 80, "contiguous": True}
