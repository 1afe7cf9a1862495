"""Whatever sits on the forward of a component runs: hooks, offloading, compiled graphs, layerwise casting."""

from __future__ import annotations

import copy

import accelerate
import numpy as np
import pytest
import torch
from accelerate.hooks import ModelHook, add_hook_to_module
from diffusers.hooks import apply_group_offloading
from PIL import Image

from controlnet.forward import controlled_forward
from controlnet.graft import graft
from controlnet.joined import called_with_branch
from controlnet.stem import Inputs
from sprint_live.engine.denoising.fast import why_not_fast
from support.small_model import make_tiny_branch, make_tiny_pipeline, make_tiny_transformer

CPU = torch.device("cpu")


def lines() -> Image.Image:
    page = np.zeros((128, 128), np.uint8)
    page[60:68] = 255
    return Image.fromarray(page)


def draw(pipeline, **changes) -> torch.Tensor:
    call = {"prompt": "a red cat", "control_image": lines(), "height": 128, "width": 128, "output_type": "pt"}
    return pipeline(**(call | changes), use_resolution_binning=False, generator=torch.Generator().manual_seed(0)).images


def inputs() -> Inputs:
    generator = torch.Generator().manual_seed(1)
    return Inputs(
        latent_BCYX=torch.randn(2, 32, 3, 4, generator=generator),
        text_BLD=torch.randn(2, 6, 24, generator=generator),
        timestep=torch.tensor([0.9, 0.4]),
        guidance=torch.tensor([0.45, 0.45]),
        text_mask=torch.tensor([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]]),
    )


@torch.no_grad()
@pytest.mark.parametrize("topology", ["released", "diffusers"])
@pytest.mark.parametrize("stem", ["shared", "own"])
@pytest.mark.parametrize("scale", [1.0, 0.3, torch.tensor([0.2, 0.9])])
def test_a_called_base_gives_the_numbers_of_the_written_out_loop_bit_for_bit(topology, stem, scale) -> None:
    base = make_tiny_transformer()
    branch = make_tiny_branch(base)
    branch.register_to_config(topology=topology)
    if stem == "own":
        branch = graft(base, branch, timestep_scale=1.0, integer_timestep=False)
    given, control = inputs(), torch.randn(2, 32, 3, 4, generator=torch.Generator().manual_seed(2))
    expected = controlled_forward(
        base,
        given.latent_BCYX,
        given.text_BLD,
        timestep=given.timestep,
        guidance=given.guidance,
        text_mask=given.text_mask,
        controlnet=branch,
        control_latent_BCYX=control,
        conditioning_scale=scale,
    )
    found = called_with_branch(base, given, controlnet=branch, control_latent_BCYX=control, conditioning_scale=scale)
    assert torch.equal(found, expected)
    plain = called_with_branch(base, given)
    assert not torch.equal(plain, found)
    assert torch.equal(
        plain, called_with_branch(base, given, controlnet=branch, control_latent_BCYX=control, conditioning_scale=0.0)
    )


def test_forward_hooks_of_every_component_are_called() -> None:
    pipeline = make_tiny_pipeline()
    plain, calls = draw(pipeline), dict.fromkeys(("text_encoder", "transformer", "controlnet"), 0)
    for name in calls:

        def count(module, args, result, name=name) -> None:
            calls[name] += 1

        getattr(pipeline, name).register_forward_hook(count)
    assert torch.equal(draw(pipeline), plain)
    assert calls == {"text_encoder": 1, "transformer": 2, "controlnet": 2}


def test_a_hook_of_accelerate_may_change_the_answer() -> None:
    class Zero(ModelHook):
        def post_forward(self, module, output):
            return (torch.zeros_like(output[0]),)

    pipeline = make_tiny_pipeline()
    plain = draw(pipeline)
    add_hook_to_module(pipeline.transformer, Zero())
    assert not torch.equal(draw(pipeline), plain)


def on_meta(module: torch.nn.Module) -> list[str]:
    return [name for name, tensor in module.named_parameters() if tensor.device.type == "meta"]


def test_sequential_offloading_fetches_every_weight() -> None:
    pipeline = make_tiny_pipeline()
    plain = draw(pipeline)
    for name in ("text_encoder", "transformer", "controlnet"):
        accelerate.cpu_offload(getattr(pipeline, name), CPU, offload_buffers=True)
        assert on_meta(getattr(pipeline, name)) or name == "text_encoder"
    assert torch.equal(draw(pipeline), plain)
    assert on_meta(pipeline.transformer) and on_meta(pipeline.controlnet)


def test_the_pipeline_offloads_its_models_one_after_another() -> None:
    """With the CPU in the place of the card; accelerate cannot put layers back there,
    so the test above goes by hand.
    """
    pipeline = make_tiny_pipeline()
    plain = draw(pipeline)
    pipeline.enable_model_cpu_offload(device="cpu")
    assert torch.equal(draw(pipeline), plain) and torch.equal(draw(pipeline), plain)


def test_the_pipeline_groups_all_of_itself() -> None:
    pipeline = make_tiny_pipeline()
    plain = draw(pipeline)
    pipeline.enable_group_offload(onload_device=CPU, offload_device=CPU, offload_type="leaf_level")
    assert torch.equal(draw(pipeline), plain)


def test_the_engine_leaves_hooked_networks_to_the_pipeline_and_says_why() -> None:
    pipeline = make_tiny_pipeline()
    draw(pipeline)
    assert why_not_fast(pipeline) is None
    hook = pipeline.controlnet.register_forward_hook(lambda module, args, result: None)
    assert "forward" in why_not_fast(pipeline)
    hook.remove()
    assert why_not_fast(pipeline) is None
    accelerate.cpu_offload(pipeline.transformer, CPU)
    assert "offloading" in why_not_fast(pipeline)


@pytest.mark.parametrize("kind", ["block_level", "leaf_level"])
def test_group_offloading_fetches_every_weight(kind: str) -> None:
    pipeline = make_tiny_pipeline()
    plain = draw(pipeline)
    settings = {"num_blocks_per_group": 1} if kind == "block_level" else {}
    for name in ("transformer", "controlnet"):
        apply_group_offloading(
            getattr(pipeline, name), onload_device=CPU, offload_device=CPU, offload_type=kind, **settings
        )
    assert torch.equal(draw(pipeline), plain)


def test_layerwise_casting_reaches_transformer_and_branch() -> None:
    pipeline = make_tiny_pipeline()
    plain = draw(pipeline, output_type="latent")
    for module in (pipeline.transformer, pipeline.controlnet):
        module.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.float32)
        assert any(tensor.dtype == torch.float8_e4m3fn for tensor in module.parameters())
    cast = draw(pipeline, output_type="latent")
    assert torch.isfinite(cast).all() and 0 < (cast - plain).abs().max() < plain.abs().max()


def test_compiled_components_compile_and_see_a_control_that_comes_later() -> None:
    pipeline = make_tiny_pipeline()
    expected = [draw(pipeline, control_image=None), draw(pipeline), draw(pipeline, control_image=None)]
    graphs: list[object] = []

    def backend(graph, examples):
        graphs.append(graph)
        return graph.forward

    torch._dynamo.reset()
    pipeline.transformer.compile(backend=backend)
    pipeline.controlnet.compile(backend=backend)
    found = [draw(pipeline, control_image=None)]
    assert graphs
    found += [draw(pipeline), draw(pipeline, control_image=None)]
    torch._dynamo.reset()
    for one, other in zip(found, expected, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5)
    assert not torch.allclose(found[0], found[1])


def test_a_graph_made_before_the_joint_does_not_hide_it() -> None:
    base = make_tiny_transformer()
    branch, given = make_tiny_branch(base), inputs()
    control = torch.randn(2, 32, 3, 4, generator=torch.Generator().manual_seed(2))
    expected = called_with_branch(copy.deepcopy(base), given, controlnet=branch, control_latent_BCYX=control)
    base.compile(backend="eager")
    base(given.latent_BCYX, given.text_BLD, given.timestep, given.guidance, given.text_mask)
    found = called_with_branch(base, given, controlnet=branch, control_latent_BCYX=control)
    torch._dynamo.reset()
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)


def test_the_branch_checkpoints_and_gives_gradients() -> None:
    base = make_tiny_transformer()
    branch, given = make_tiny_branch(base), inputs()
    control = torch.randn(2, 32, 3, 4, generator=torch.Generator().manual_seed(2))

    def gradients() -> list[torch.Tensor]:
        branch.zero_grad()
        called_with_branch(base, given, controlnet=branch, control_latent_BCYX=control).square().mean().backward()
        return [parameter.grad.clone() for parameter in branch.parameters() if parameter.grad is not None]

    plain = gradients()
    branch.enable_gradient_checkpointing()
    assert branch.is_gradient_checkpointing
    for one, other in zip(gradients(), plain, strict=True):
        torch.testing.assert_close(one, other)
