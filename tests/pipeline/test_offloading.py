"""Offloading to a GPU that is not there: every weight is fetched before it is read, and lies in main memory afterwards.

An operation between tensors of the two raises `WrongDevice`, so a weight that is left behind fails the picture.
"""

from __future__ import annotations

import pytest
import torch

from sprint_live.engine.autoencoder.pixel_switches import pixel_rewrites
from sprint_live.engine.denoising.fast import why_not_fast
from sprint_live.engine.openvino.choose import why_not_openvino
from sprint_live.engine.switches import Switches
from sprint_live.models.zoo import find_model
from support.gpu import SimulatedGpu, WrongDevice
from support.small_model import make_tiny_pipeline

PAGE = torch.zeros(1, 3, 128, 128)
PAGE[..., 60:68, :] = 1
MODELS = ("text_encoder", "transformer", "controlnet", "vae")


def draw(pipeline) -> torch.Tensor:
    """A controlled picture that starts from another one: all models are asked."""
    call = {"control_image": PAGE, "image": PAGE, "strength": 0.5, "height": 128, "width": 128, "output_type": "pt"}
    return pipeline(
        "a red cat", **call, use_resolution_binning=False, generator=torch.Generator().manual_seed(0)
    ).images


def model_offload(pipeline) -> None:
    pipeline.enable_model_cpu_offload(device="cuda")


def sequential_offload(pipeline) -> None:
    pipeline.enable_sequential_cpu_offload(device="cuda")


def group_offload(**kind: object):
    def run(pipeline) -> None:
        devices = {"onload_device": torch.device("cuda"), "offload_device": torch.device("cpu")}
        pipeline.enable_group_offload(**devices, **kind)

    return run


KINDS = {
    "model": model_offload,
    "sequential": sequential_offload,
    "blocks": group_offload(offload_type="block_level", num_blocks_per_group=1),
    "leaves": group_offload(offload_type="leaf_level"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_weight_is_fetched_and_brought_back(kind: str) -> None:
    pipeline = make_tiny_pipeline()
    plain = draw(pipeline)
    with SimulatedGpu():
        KINDS[kind](pipeline)
        assert pipeline._execution_device.type == "cuda"
        for _ in range(2):
            made = draw(pipeline)
            left = [(name, weights) for name in MODELS for weights in getattr(pipeline, name).parameters()]
            left = [one for one in left if one[1].is_cuda and not one[1].is_meta]
            assert not left, [name for name, _ in left]
    torch.testing.assert_close(made.cpu(), plain, rtol=1e-4, atol=1e-4)


def test_a_weight_that_is_not_fetched_fails_the_picture() -> None:
    pipeline = make_tiny_pipeline()
    with SimulatedGpu():
        pipeline.enable_model_cpu_offload(device="cuda")
        pipeline.vae._hf_hook.pre_forward = lambda module, *args, **kwargs: (args, kwargs)
        with pytest.raises(WrongDevice):
            draw(pipeline)


@pytest.mark.parametrize("name", ["transformer", "controlnet", "vae"])
def test_the_engine_refuses_what_hooked_networks_would_lose_and_says_why(monkeypatch, name: str) -> None:
    pipeline, model = make_tiny_pipeline(), find_model("sprint-tiny")
    monkeypatch.setattr("importlib.util.find_spec", lambda package: package)
    draw(pipeline)
    assert why_not_openvino(pipeline, model, asked=True) is None
    part = next(iter(getattr(pipeline, name).children()))
    hook = part.register_forward_hook(lambda module, args, result: None)
    reason = why_not_openvino(pipeline, model, asked=True)
    assert reason is not None and "forward" in reason
    switches = Switches("cpu")
    on = pixel_rewrites(pipeline.vae, switches, has_preview=False, has_tiny=False)
    assert bool(on) == (name != "vae") and (why_not_fast(pipeline) is None) == (name == "vae")
    said = [line for line in switches.lines() if "forward of the autoencoder" in line]
    assert bool(said) == (name == "vae")
    hook.remove()
    assert why_not_openvino(pipeline, model, asked=True) is None
