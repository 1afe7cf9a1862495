"""The control branch and the joined forward pass: topology, exactness, and every differentiation mode."""

from __future__ import annotations

import pytest
import torch

from controlnet import SanaSprintControlNet, controlled_forward, plain_attention
from controlnet.stem import text_bias_from_mask
from sprint_live.errors import ArgumentError
from support.small_model import make_tiny_branch, make_tiny_transformer


def inputs(dtype: torch.dtype = torch.float32, batch: int = 2) -> dict:
    generator = torch.Generator().manual_seed(3)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype)

    mask = torch.ones(batch, 6, dtype=torch.int64)
    mask[1, 4:] = 0
    return {
        "latent_BCYX": normal(batch, 32, 3, 4),
        "text_BLD": normal(batch, 6, 24),
        "timestep": torch.linspace(0.3, 1.0, batch, dtype=dtype),
        "guidance": torch.full((batch,), 0.45, dtype=dtype),
        "text_mask": mask,
    }


def control(batch: int = 2, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.randn(batch, 32, 3, 4, generator=torch.Generator().manual_seed(4)).to(dtype)


def upstream(transformer, arguments: dict) -> torch.Tensor:
    return transformer(
        arguments["latent_BCYX"],
        encoder_hidden_states=arguments["text_BLD"],
        timestep=arguments["timestep"],
        guidance=arguments.get("guidance"),
        encoder_attention_mask=arguments["text_mask"],
        return_dict=False,
    )[0]


@torch.no_grad()
def test_without_a_branch_it_is_diffusers_forward_bit_for_bit(tiny_transformer) -> None:
    assert torch.equal(controlled_forward(tiny_transformer, **inputs()), upstream(tiny_transformer, inputs()))
    teacher = make_tiny_transformer(guidance_embeds=False, qk_norm=None)
    arguments = inputs() | {"guidance": None}
    assert torch.equal(controlled_forward(teacher, **arguments), upstream(teacher, arguments))


@torch.no_grad()
def test_a_fresh_branch_changes_nothing_bit_for_bit(tiny_transformer) -> None:
    fresh = SanaSprintControlNet.from_transformer(tiny_transformer, num_layers=3).eval()
    joined = controlled_forward(tiny_transformer, **inputs(), controlnet=fresh, control_latent_BCYX=control())
    assert torch.equal(joined, upstream(tiny_transformer, inputs()))
    assert not any(parameter.any() for parameter in fresh.before_proj.parameters())
    copied = fresh.blocks[1].state_dict()
    assert all(torch.equal(copied[k], v) for k, v in tiny_transformer.transformer_blocks[1].state_dict().items())
    assert copied["ff.conv_point.weight"].data_ptr() != (
        tiny_transformer.transformer_blocks[1].ff.conv_point.weight.data_ptr()
    )


@torch.no_grad()
def test_residual_k_enters_base_block_k_plus_1_and_the_branch_starts_at_block_0_output(
    tiny_transformer, tiny_branch
) -> None:
    seen, entered = {}, []
    hooks = [
        block.register_forward_hook(lambda module, args, out, index=index: seen.update({index: (args[0], out)}))
        for index, block in enumerate(tiny_transformer.transformer_blocks)
    ]
    hooks.append(tiny_branch.blocks[0].register_forward_hook(lambda module, args, out: entered.append(args)))
    controlled_forward(tiny_transformer, **inputs(), controlnet=tiny_branch, control_latent_BCYX=control())
    for hook in hooks:
        hook.remove()

    embedded = tiny_transformer.patch_embed(control())
    assert torch.equal(entered[0][0], seen[0][1] + tiny_branch.before_proj(embedded))
    text, bias, time = entered[0][2:5]
    residuals = tiny_branch(seen[0][1], embedded, text, bias, time, 3, 4).controlnet_block_samples
    assert len(residuals) == 3
    for index in range(1, 5):
        arrived = seen[index][0] - seen[index - 1][1]
        expected = residuals[index - 1] if index <= 3 else torch.zeros_like(arrived)
        assert torch.allclose(arrived, expected, atol=1e-5), index
        assert index > 3 or expected.abs().max() > 0.1


@torch.no_grad()
def test_conditioning_scale_is_a_factor_per_sample(tiny_transformer, tiny_branch) -> None:
    def run(scale) -> torch.Tensor:
        return controlled_forward(
            tiny_transformer,
            **inputs(),
            controlnet=tiny_branch,
            control_latent_BCYX=control(),
            conditioning_scale=scale,
        )

    off, full = upstream(tiny_transformer, inputs()), run(1.0)
    assert torch.equal(run(0.0), off)
    assert not torch.allclose(full, off, atol=1e-2)
    mixed = run(torch.tensor([0.0, 1.0]))
    assert torch.equal(mixed[0], off[0]) and torch.equal(mixed[1], full[1])
    half = run(0.5)
    assert not torch.allclose(half, full, atol=1e-3) and not torch.allclose(half, off, atol=1e-3)


@torch.no_grad()
def test_masked_words_have_no_effect(tiny_transformer) -> None:
    arguments = inputs()
    changed = arguments["text_BLD"].clone()
    changed[1, 4:] += 5.0
    before = controlled_forward(tiny_transformer, **arguments)
    after = controlled_forward(tiny_transformer, **(arguments | {"text_BLD": changed}))
    assert torch.equal(before, after)
    for mask in (arguments["text_mask"].bool(), arguments["text_mask"].float()):
        assert torch.equal(before, controlled_forward(tiny_transformer, **(arguments | {"text_mask": mask})))
    ready = text_bias_from_mask(arguments["text_mask"], torch.float32)
    assert torch.equal(before, controlled_forward(tiny_transformer, **(arguments | {"text_mask": ready})))
    assert not torch.allclose(before, controlled_forward(tiny_transformer, **(arguments | {"text_mask": None})))


@torch.no_grad()
def test_features_are_block_outputs(tiny_transformer, tiny_branch) -> None:
    outputs = {}
    hook = tiny_transformer.transformer_blocks[3].register_forward_hook(lambda m, a, out: outputs.update({3: out}))
    plain = controlled_forward(tiny_transformer, **inputs())
    prediction, features = controlled_forward(tiny_transformer, **inputs(), return_features=[3, 0])
    hook.remove()
    assert torch.equal(plain, prediction)
    assert torch.equal(features[0], outputs[3]) and features[1].shape == (2, 12, 32)
    assert not torch.equal(features[0], features[1])


def test_save_and_load(tmp_path, tiny_branch) -> None:
    tiny_branch.save_pretrained(tmp_path)
    loaded = SanaSprintControlNet.from_pretrained(tmp_path)
    assert (tmp_path / "diffusion_pytorch_model.safetensors").is_file()
    assert loaded.config.num_layers == 3
    state = tiny_branch.state_dict()
    assert all(torch.equal(tensor, state[name]) for name, tensor in loaded.state_dict().items())


def test_plain_attention_equals_diffusers_and_is_put_back(tiny_transformer, tiny_branch) -> None:
    arguments = inputs() | {"controlnet": tiny_branch, "control_latent_BCYX": control()}
    processors = [m.processor for m in tiny_transformer.modules() if hasattr(m, "processor")]
    with torch.no_grad():
        fused = controlled_forward(tiny_transformer, **arguments)
        with plain_attention(tiny_transformer, tiny_branch):
            plain = controlled_forward(tiny_transformer, **arguments)
    assert torch.allclose(fused, plain, atol=2e-5)
    assert [m.processor for m in tiny_transformer.modules() if hasattr(m, "processor")] == processors
    with pytest.raises(RuntimeError, match="on purpose"), plain_attention(tiny_transformer):
        raise RuntimeError("on purpose")
    assert [m.processor for m in tiny_transformer.modules() if hasattr(m, "processor")] == processors


@pytest.mark.parametrize("through_time", [False, True])
def test_forward_mode_derivative_equals_finite_differences(through_time: bool) -> None:
    transformer = make_tiny_transformer().double()
    branch = make_tiny_branch(transformer).double()
    fixed = inputs(torch.float64)
    latent, time = fixed.pop("latent_BCYX"), fixed.pop("timestep")
    direction = control(dtype=torch.float64)
    time_direction = torch.full_like(time, 1.0 if through_time else 0.0)
    hint = control(dtype=torch.float64)

    def predict(x: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
        return controlled_forward(transformer, x, timestep=s, **fixed, controlnet=branch, control_latent_BCYX=hint)

    with torch.no_grad(), plain_attention(transformer, branch):
        # diffusers rounds time embeddings and RMSNorm statistics to float32, hence the wide step
        step = 1e-3
        value, tangent = torch.func.jvp(predict, (latent, time), (direction, time_direction))
        ahead = predict(latent + step * direction, time + step * time_direction)
        behind = predict(latent - step * direction, time - step * time_direction)
        numeric = (ahead - behind) / (2 * step)
        with torch.autograd.forward_ad.dual_level():
            dual = torch.autograd.forward_ad.make_dual
            out = predict(dual(latent, direction), dual(time, time_direction))
            other = torch.autograd.forward_ad.unpack_dual(out).tangent
    assert torch.allclose(value, predict(latent, time), rtol=1e-6)
    assert ((tangent - numeric).norm() / numeric.norm()).item() < 2e-3
    assert torch.allclose(tangent, other, rtol=1e-6)


def test_backward_reaches_branch_and_base_under_autocast() -> None:
    transformer = make_tiny_transformer()
    branch = make_tiny_branch(transformer)
    with torch.autocast("cpu", torch.bfloat16):
        out = controlled_forward(
            transformer,
            **inputs(),
            controlnet=branch,
            control_latent_BCYX=control(),
            conditioning_scale=torch.tensor([1.0, 0.0]),
        )
    reference = controlled_forward(
        transformer,
        **inputs(),
        controlnet=branch,
        control_latent_BCYX=control(),
        conditioning_scale=torch.tensor([1.0, 0.0]),
    )
    assert ((out.float() - reference).norm() / reference.norm()).item() < 0.05
    out.float().square().mean().backward()
    for name, parameter in [*branch.named_parameters(), *transformer.named_parameters()]:
        assert parameter.grad is not None and torch.isfinite(parameter.grad).all(), name
    assert branch.before_proj.weight.grad.abs().max() > 0


def test_jvp_under_autocast_is_finite() -> None:
    transformer = make_tiny_transformer()
    arguments = inputs()
    latent = arguments.pop("latent_BCYX")
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16), plain_attention(transformer):
        value, tangent = torch.func.jvp(lambda x: controlled_forward(transformer, x, **arguments), (latent,), (latent,))
    assert torch.isfinite(value).all() and torch.isfinite(tangent).all() and tangent.abs().max() > 0


@pytest.mark.parametrize(
    "change",
    [
        {"guidance": None},
        {"control_latent_BCYX": torch.zeros(2, 32, 3, 4)},
        {"return_features": [5]},
    ],
)
def test_mismatched_arguments_are_refused(tiny_transformer, change: dict) -> None:
    with pytest.raises(ArgumentError, match="fix: "):
        controlled_forward(tiny_transformer, **(inputs() | change))


def test_a_branch_needs_a_deeper_base(tiny_transformer) -> None:
    with pytest.raises(ArgumentError, match="1..4"):
        SanaSprintControlNet.from_transformer(tiny_transformer, num_layers=5)
