"""The two topologies and the two stems: each against diffusers' own classes or a loop written out, and told apart."""

from __future__ import annotations

import copy

import pytest
import torch
from diffusers.models.controlnets import SanaControlNetModel

from controlnet import SanaSprintControlNet, controlled_forward, plain_attention
from controlnet.branch import BLOCK_SETTINGS
from controlnet.graft import graft
from sprint_live.errors import ArgumentError
from support.small_model import TINY_TRANSFORMER, make_tiny_branch, make_tiny_transformer

S = torch.tensor([0.3127, 0.8])


def normal(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


LATENT, CONTROL, TEXT = normal(1, 2, 32, 3, 4), normal(2, 2, 32, 3, 4), normal(3, 2, 6, 24)
MASK = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])
GUIDANCE = torch.tensor([0.45, 0.2])
CALL = {"timestep": S, "guidance": GUIDANCE, "text_mask": MASK}


def run(base, branch, **changes) -> torch.Tensor:
    return controlled_forward(base, LATENT, TEXT, **(CALL | changes), controlnet=branch, control_latent_BCYX=CONTROL)


def relative_error(ours: torch.Tensor, expected: torch.Tensor) -> float:
    return ((ours - expected).abs().max() / expected.abs().max()).item()


def make_teacher(**changes):
    """A teacher of other weights than the Sprint base: no guidance, no qk-norm."""
    teacher = make_tiny_transformer(guidance_embeds=False, **({"qk_norm": None} | changes))
    generator = torch.Generator().manual_seed(8)
    for parameter in teacher.parameters():
        parameter.data += 0.05 * torch.randn(parameter.shape, generator=generator)
    return teacher


def with_topology(branch: SanaSprintControlNet, topology: str) -> SanaSprintControlNet:
    """The same weights under another topology, with the shared stem."""
    other = SanaSprintControlNet(
        num_layers=3, topology=topology, **{name: branch.config[name] for name in BLOCK_SETTINGS}
    ).eval()
    other.load_state_dict(branch.state_dict())
    return other


def residuals_by_hand(topology: str, teacher, branch, time: torch.Tensor) -> list[torch.Tensor]:
    """The branch on its teacher, written out: what it answers whatever base it sits on."""
    tokens = teacher.patch_embed(LATENT)
    six, _ = teacher.time_embed(time, batch_size=2, hidden_dtype=torch.float32)
    words = teacher.caption_norm(teacher.caption_projection(TEXT))
    bias = (1 - MASK[:, None].float()) * -10000.0

    def through(block, state):
        return block(state, None, words, bias, six, 3, 4)

    state = through(teacher.transformer_blocks[0], tokens) if topology == "released" else tokens
    state = state + branch.before_proj(teacher.patch_embed(CONTROL))
    residuals = []
    for block, projection in zip(branch.blocks, branch.after_proj, strict=True):
        state = through(block, state)
        residuals.append(projection(state))
    return residuals


def base_by_hand(topology: str, base, residuals: list[torch.Tensor]) -> torch.Tensor:
    """The Sprint base with residuals that are given."""
    if topology == "diffusers":
        return base(
            LATENT,
            encoder_hidden_states=TEXT,
            timestep=S,
            guidance=GUIDANCE,
            encoder_attention_mask=MASK,
            controlnet_block_samples=tuple(residuals),
            return_dict=False,
        )[0]

    def add_before(index: int):
        return lambda module, args: (args[0] + residuals[index - 1], *args[1:])

    handles = [
        base.transformer_blocks[index].register_forward_pre_hook(add_before(index))
        for index in range(1, len(residuals) + 1)
    ]
    try:
        return base(
            LATENT,
            encoder_hidden_states=TEXT,
            timestep=S,
            guidance=GUIDANCE,
            encoder_attention_mask=MASK,
            return_dict=False,
        )[0]
    finally:
        for handle in handles:
            handle.remove()


@torch.no_grad()
@pytest.mark.parametrize("topology", ["released", "diffusers"])
def test_a_grafted_branch_answers_as_on_its_teacher(tiny_transformer, topology: str) -> None:
    teacher = make_teacher()
    branch = with_topology(make_tiny_branch(teacher), topology)
    residuals = residuals_by_hand(topology, teacher, branch, torch.tensor([312.0, 800.0]))
    expected = base_by_hand(topology, tiny_transformer, residuals)
    assert relative_error(run(tiny_transformer, graft(teacher, branch)), expected) <= 1e-5
    assert relative_error(run(tiny_transformer, branch), expected) > 1e-2  # on the base's stem it is another branch


@torch.no_grad()
def test_a_teacher_with_qk_norm_and_dense_time_keeps_both(tiny_transformer) -> None:
    """The dialect of sprint-tiny's own teacher."""
    teacher = make_teacher(qk_norm="rms_norm_across_heads")
    branch = make_tiny_branch(teacher)
    expected = base_by_hand("released", tiny_transformer, residuals_by_hand("released", teacher, branch, S))
    dense = graft(teacher, branch, timestep_scale=1.0, integer_timestep=False)
    assert relative_error(run(tiny_transformer, dense), expected) <= 1e-5
    assert relative_error(run(tiny_transformer, graft(teacher, branch)), expected) > 1e-3


@torch.no_grad()
def test_a_branch_of_another_sprint_model_reads_guidance(tiny_transformer) -> None:
    other = make_tiny_transformer()
    grafted = graft(other, make_tiny_branch(other), timestep_scale=1.0, integer_timestep=False)
    assert grafted.config.guidance_embeds
    assert torch.equal(run(tiny_transformer, grafted), run(tiny_transformer, make_tiny_branch(tiny_transformer)))
    teacher = make_teacher(qk_norm="rms_norm_across_heads")
    with pytest.raises(ArgumentError, match="guidance_embeds"):
        run(teacher, grafted, guidance=None)


@torch.no_grad()
def test_the_two_topologies_differ_and_which_is_which(tiny_transformer) -> None:
    released = make_tiny_branch(tiny_transformer)
    theirs = with_topology(released, "diffusers")
    first, second = run(tiny_transformer, released), run(tiny_transformer, theirs)
    assert relative_error(first, second) > 1e-2
    # diffusers: SanaControlNetModel behind SanaTransformer2DModel, with the base's own embeddings inside
    sizes = {name: TINY_TRANSFORMER[name] for name in BLOCK_SETTINGS if name in TINY_TRANSFORMER and name != "qk_norm"}
    teacher = make_tiny_transformer(guidance_embeds=False, qk_norm=None)
    branch = make_tiny_branch(teacher)
    port = SanaControlNetModel(num_layers=3, caption_channels=24, **sizes).eval()
    state = {
        name: tensor
        for name, tensor in teacher.state_dict().items()
        if name in port.state_dict() and not name.startswith("transformer_blocks")
    }
    for name, tensor in branch.state_dict().items():
        state[
            name.replace("blocks.", "transformer_blocks.")
            .replace("after_proj.", "controlnet_blocks.")
            .replace("before_proj.", "input_block.")
        ] = tensor
    port.load_state_dict(state)
    plain = {"encoder_hidden_states": TEXT, "timestep": S, "encoder_attention_mask": MASK, "return_dict": False}
    expected = teacher(LATENT, **plain, controlnet_block_samples=port(LATENT, controlnet_cond=CONTROL, **plain)[0])[0]
    assert relative_error(run(teacher, with_topology(branch, "diffusers"), guidance=None), expected) <= 1e-5
    assert relative_error(run(teacher, branch, guidance=None), expected) > 1e-2


@torch.no_grad()
@pytest.mark.parametrize("topology", ["released", "diffusers"])
def test_a_fresh_grafted_branch_changes_nothing_and_features_stay_block_outputs(
    tiny_transformer, topology: str
) -> None:
    teacher = make_teacher()
    fresh = graft(teacher, with_topology(SanaSprintControlNet.from_transformer(teacher, num_layers=3), topology))
    plain = controlled_forward(tiny_transformer, LATENT, TEXT, **CALL)
    assert torch.equal(run(tiny_transformer, fresh), plain)
    strong = graft(teacher, with_topology(make_tiny_branch(teacher), topology))
    left = {}
    hooks = [
        block.register_forward_hook(lambda m, args, out, index=index: left.update({index: out}))
        for index, block in enumerate(tiny_transformer.transformer_blocks)
    ]
    _, features = run(tiny_transformer, strong, return_features=[1, 3])
    for hook in hooks:
        hook.remove()
    assert torch.equal(features[0], left[1]) and torch.equal(features[1], left[3])


def test_save_and_load_keep_the_dialect(tmp_path, tiny_transformer) -> None:
    teacher = make_teacher()
    for topology in ("released", "diffusers"):
        grafted = graft(teacher, with_topology(make_tiny_branch(teacher), topology))
        grafted.save_pretrained(tmp_path / topology)
        loaded = SanaSprintControlNet.from_pretrained(tmp_path / topology)
        assert (loaded.config.topology, loaded.config.stem, loaded.own_stem.block is None) == (
            topology,
            "own",
            topology == "diffusers",
        )
        with torch.no_grad():
            assert torch.equal(run(tiny_transformer, loaded), run(tiny_transformer, grafted))


def test_a_graft_is_a_copy_and_leaves_its_parts_alone(tiny_transformer) -> None:
    teacher = make_teacher()
    branch = make_tiny_branch(teacher)
    before = copy.deepcopy(branch.state_dict())
    grafted = graft(teacher, branch)
    assert all(parameter.requires_grad for parameter in grafted.parameters()) and not grafted.training
    with torch.no_grad():
        for parameter in grafted.parameters():
            parameter.zero_()
    assert all(torch.equal(tensor, before[name]) for name, tensor in branch.state_dict().items())
    assert teacher.patch_embed.proj.weight.any() and teacher.transformer_blocks[0].ff.conv_point.weight.any()


@pytest.mark.parametrize("topology", ["released", "diffusers"])
@pytest.mark.parametrize("through_time", [False, True])
def test_forward_mode_through_a_graft_is_the_transpose_of_reverse_mode(topology: str, through_time: bool) -> None:
    """<w, J v> = <J^T w, v>: training differentiates a grafted branch with torch.func.jvp.
    Dense time has a derivative.
    """
    base, teacher = make_tiny_transformer().double(), make_teacher().double()
    branch = with_topology(make_tiny_branch(teacher), topology).double()
    grafted = graft(teacher, branch, timestep_scale=1.0, integer_timestep=False)
    fixed = {
        "guidance": GUIDANCE.double(),
        "text_mask": MASK,
        "controlnet": grafted,
        "control_latent_BCYX": CONTROL.double(),
    }
    direction = normal(4, 2, 32, 3, 4).double()
    time_direction = torch.full((2,), float(through_time), dtype=torch.float64)

    def predict(x: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
        return controlled_forward(base, x, TEXT.double(), timestep=s, **fixed)

    latent, s, weight = LATENT.double(), S.double(), normal(5, 2, 32, 3, 4).double()
    with plain_attention(base, grafted):
        value, tangent = torch.func.jvp(predict, (latent, s), (direction, time_direction))
        expected, pull_back = torch.func.vjp(predict, latent, s)
    by_latent, by_time = pull_back(weight)
    assert torch.equal(value, expected)
    forward, reverse = (weight * tangent).sum(), (by_latent * direction).sum() + (by_time * time_direction).sum()
    assert (forward - reverse).abs() < 1e-6 * forward.abs()
    assert by_time.abs().min() > 1e-3


def test_no_derivative_flows_through_a_whole_number_of_time(tiny_transformer) -> None:
    teacher = make_teacher()
    stem = graft(teacher, make_tiny_branch(teacher)).own_stem
    from controlnet.stem import Inputs

    def six(s: torch.Tensor) -> torch.Tensor:
        return stem(Inputs(latent_BCYX=LATENT, text_BLD=TEXT, timestep=s, text_mask=MASK))[1].time_B6D

    with torch.no_grad(), plain_attention(stem):
        value, tangent = torch.func.jvp(six, (S,), (torch.ones(2),))
        assert not tangent.any()
        assert torch.equal(value, six(torch.tensor([0.3129, 0.8001])))
        assert not torch.equal(value, six(torch.tensor([0.3131, 0.8001])))


@pytest.mark.parametrize(
    ("graft_it", "message"),
    [
        (lambda teacher, branch: graft(teacher, graft(teacher, branch)), "own stem"),
        (
            lambda teacher, branch: graft(
                make_tiny_transformer(guidance_embeds=False, qk_norm="rms_norm_across_heads"), branch
            ),
            "qk_norm",
        ),
        (lambda teacher, branch: graft(make_tiny_transformer(num_layers=3), branch), "3 blocks for a base of 3"),
        (
            lambda teacher, branch: graft(
                make_tiny_transformer(interpolation_scale=1, guidance_embeds=False, qk_norm=None), branch
            ),
            "positional",
        ),
        (
            lambda teacher, branch: run(make_tiny_transformer(num_attention_heads=2, cross_attention_dim=16), branch),
            "width",
        ),
        (
            lambda teacher, branch: run(make_tiny_transformer(caption_channels=48), graft(teacher, branch)),
            "caption_channels",
        ),
        (lambda teacher, branch: SanaSprintControlNet(topology="both"), "topology"),
        (lambda teacher, branch: SanaSprintControlNet(stem="none"), "stem"),
    ],
)
def test_what_does_not_fit_is_refused(graft_it, message: str) -> None:
    teacher = make_teacher()
    with pytest.raises(ArgumentError, match=f"{message}.*fix: "):
        graft_it(teacher, make_tiny_branch(teacher))
