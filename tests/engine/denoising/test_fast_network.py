"""The fast network against `controlled_forward`, in every dialect the released models and branches speak."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable

import pytest
import torch
from diffusers.models.normalization import RMSNorm
from torch import Tensor, nn

from controlnet.branch import SanaSprintControlNet
from controlnet.forward import controlled_forward
from controlnet.graft import graft
from sprint_live.engine.denoising import linear
from sprint_live.engine.denoising.network import KEPT_STARTS, MAX_KEPT_CAPTIONS, FastNetwork, FastOptions
from sprint_live.engine.denoising.stem import KEPT_MOMENTS, Caption, Moment
from support.small_model import make_tiny_transformer

ROWS, COLUMNS, LENGTH = 4, 6, 9
TEACHER = {"qk_norm": None, "guidance_embeds": False}
DIALECTS = {
    "sprint": {},
    "teacher": TEACHER,
    "biased": {"attention_bias": True, "norm_elementwise_affine": True},
    "patches": {"patch_size": 2, "interpolation_scale": 1},
}
ALL_OFF = dict.fromkeys(
    (field.name for field in dataclasses.fields(FastOptions) if field.name not in ("bucket", "compile")), False
)


def shake(model: nn.Module, seed: int = 5) -> nn.Module:
    """Give every parameter that starts as 0 or 1 a value of its own, so that leaving it out shows."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if isinstance(module, (RMSNorm, nn.LayerNorm)):
            for parameter in module.parameters():
                parameter.data.add_(torch.rand(parameter.shape, generator=generator) - 0.4)
    for name, parameter in model.named_parameters():
        if "before_proj" in name or "after_proj" in name:
            parameter.data.copy_(torch.randn(parameter.shape, generator=generator) * 0.3)
    return model


def make(dialect: str = "sprint", topology: str | None = "released", stem: str = "shared"):
    """A base and, unless topology is None, a branch."""
    base = shake(make_tiny_transformer(**DIALECTS[dialect]))
    if topology is None:
        return base, None
    branch = SanaSprintControlNet.from_transformer(base, num_layers=3)
    if stem == "own":
        teacher = shake(make_tiny_transformer(**{**DIALECTS[dialect], **TEACHER, "interpolation_scale": None}), seed=6)
        branch = SanaSprintControlNet.from_transformer(teacher, num_layers=3)
    settings = {name: value for name, value in branch.config.items() if not name.startswith("_")}
    with torch.random.fork_rng():
        torch.manual_seed(8)
        branch = shake(SanaSprintControlNet(**{**settings, "topology": topology}).eval(), seed=7)
    return base, graft(teacher, branch) if stem == "own" else branch


class Case:
    """Inputs of B pictures, and what both networks make of them."""

    def __init__(
        self, base, branch, *, batch: int = 1, seed: int = 0, s: float = 0.71237
    ) -> None:  # no whole number of thousandths: a teacher's cut shows
        draw = torch.Generator().manual_seed(seed)
        self.base, self.branch, self.batch = base, branch, batch
        side = base.config.patch_size
        self.latent = torch.randn(batch, 32, ROWS * side, COLUMNS * side, generator=draw)
        self.control = None if branch is None else torch.randn(self.latent.shape, generator=draw)
        self.text = torch.randn(batch, LENGTH, 24, generator=draw)
        self.mask = torch.zeros(batch, LENGTH)
        for index in range(batch):
            self.mask[index, : 3 + 2 * index] = 1
        self.guidance = torch.full((1,), 0.45) if base.config.guidance_embeds else None
        self.s = torch.full((1,), s)
        self.strength: float | Tensor = 1.0

    def plain(self) -> Tensor:
        with torch.inference_mode():
            return controlled_forward(
                self.base,
                self.latent,
                self.text,
                timestep=self.s.expand(self.batch),
                text_mask=self.mask,
                guidance=None if self.guidance is None else self.guidance.expand(self.batch),
                controlnet=None if self.control is None else self.branch,
                control_latent_BCYX=self.control,
                conditioning_scale=self.strength,
            )

    def fast(self, network: FastNetwork, keys: list[Hashable] | None = None) -> Tensor:
        captions = [
            Caption(key=("text", hash(tuple(row.flatten().tolist()))), text_1LD=row[None], mask_1L=mask[None])
            for row, mask in zip(self.text, self.mask, strict=True)
        ]
        strength = self.strength[:, None, None] if isinstance(self.strength, Tensor) else self.strength
        moment = Moment((float(self.s), self.guidance is None), self.s, self.guidance)
        with torch.inference_mode():
            return network.predict(
                self.latent, captions, moment, control_BCYX=self.control, strength=strength, start_keys=keys
            )


def assert_same(fast: Tensor, plain: Tensor) -> None:
    error = (fast - plain).abs().max() / plain.abs().max()
    assert error < 1e-5, f"relative error {error:.1e}"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("topology", "stem"),
    [(None, "shared"), ("released", "shared"), ("diffusers", "shared"), ("released", "own"), ("diffusers", "own")],
)
def test_the_fast_network_is_the_plain_one(dialect: str, topology: str | None, stem: str) -> None:
    base, branch = make(dialect, topology, stem)
    network = FastNetwork(base, branch, FastOptions())
    for batch in (1, 3):
        case = Case(base, branch, batch=batch)
        expected = case.plain()
        for keys in (None, list(range(batch)), list(range(batch))):  # computed, kept, taken from what was kept
            assert_same(case.fast(network, keys), expected)


@pytest.mark.parametrize("turned_off", ["nothing", "everything", *ALL_OFF])
@pytest.mark.parametrize("bucket", [1, 4])
def test_every_option_alone_changes_nothing(turned_off: str, bucket: int) -> None:
    base, branch = make()
    off = {"nothing": {}, "everything": ALL_OFF}.get(turned_off, {turned_off: False})
    network = FastNetwork(base, branch, FastOptions(**off, bucket=bucket))
    for case in (Case(base, branch), Case(base, branch, batch=2)):
        case.strength = torch.tensor([0.3, 1.7]) if case.batch == 2 else 0.3
        assert_same(case.fast(network, list(range(case.batch))), case.plain())


def test_nothing_kept_is_used_for_another_input() -> None:
    """Every input of the network in turn is another one, and the caches notice."""
    base, branch = make("sprint", "released", "own")
    network = FastNetwork(base, branch, FastOptions())
    first = Case(base, branch)
    first.fast(network, ["noise"])
    other = Case(base, branch, seed=1)
    changes = {
        "control": {"control": other.control},
        "text": {"text": other.text},
        "time": {"s": torch.full((1,), 0.31)},
        "noise": {"latent": other.latent},
        "strength": {"strength": 0.2},
    }
    for name, change in changes.items():
        case = Case(base, branch)
        vars(case).update(change)
        expected = case.plain()
        assert (expected - first.plain()).abs().max() > 1e-3, name
        assert_same(case.fast(network, ["another" if name == "noise" else "noise"]), expected)


@pytest.mark.parametrize(
    ("topology", "stem", "blocks_again"),
    [("released", "shared", 4 + 3), ("diffusers", "shared", 3 + 3), ("released", "own", 4 + 3)],
)
def test_what_no_line_reaches_is_computed_once(topology: str, stem: str, blocks_again: int, monkeypatch) -> None:
    from sprint_live.engine.denoising.block import FastBlock

    base, branch = make("sprint", topology, stem)
    network = FastNetwork(base, branch, FastOptions())
    case = Case(base, branch)
    case.fast(network, ["noise"])
    calls = {"block": 0, "text": 0, "modulation": 0}

    def count(kind: str, name: str) -> None:
        inner = getattr(FastBlock, name)
        monkeypatch.setattr(
            FastBlock, name, lambda self, *args: calls.update({kind: calls[kind] + 1}) or inner(self, *args)
        )

    for kind, name in (("block", "__call__"), ("text", "text"), ("modulation", "modulation")):
        count(kind, name)
    case.control = case.control + 1
    assert_same(case.fast(network, ["noise"]), case.plain())
    assert calls == {"block": blocks_again, "text": 0, "modulation": 0}


def test_what_is_kept_is_bounded() -> None:
    base, branch = make("sprint", "released", "own")
    network = FastNetwork(base, branch, FastOptions(packed=False))
    case = Case(base, branch)
    for index in range(70):
        case.s, case.text = torch.full((1,), index / 100), case.text + 1
        case.fast(network, [index])
    assert len(network._starts) == KEPT_STARTS
    for stem in (network._base, network._own):
        assert len(stem._captions) == MAX_KEPT_CAPTIONS and len(stem._moments) == KEPT_MOMENTS


def test_a_text_that_is_all_padding_is_read_as_the_plain_network_reads_it() -> None:
    base, branch = make()
    case = Case(base, branch)
    case.mask[:] = 0
    assert_same(case.fast(FastNetwork(base, branch, FastOptions())), case.plain())


def test_weights_are_shared_with_the_plain_modules() -> None:
    base, _ = make(topology=None)
    before = base.transformer_blocks[2].attn1.to_k.weight.clone()
    FastNetwork(base, None, FastOptions(packed=False))
    attention = base.transformer_blocks[2].attn1
    assert torch.equal(attention.to_k.weight, before)
    assert attention.to_k.weight.untyped_storage().data_ptr() == attention.to_q.weight.untyped_storage().data_ptr()


def test_bfloat16_stays_bfloat16_and_near() -> None:
    """The released models run in bfloat16 on a GPU; both ways of computing it err alike."""
    base, branch = make()
    exact = Case(base, branch).plain()
    base, branch = base.bfloat16(), branch.bfloat16()
    case = Case(base, branch)
    for name in ("latent", "control", "text", "guidance"):
        setattr(case, name, getattr(case, name).bfloat16())
    fast, plain = case.fast(FastNetwork(base, branch, FastOptions())), case.plain()
    assert fast.dtype == plain.dtype == torch.bfloat16
    errors = [(found.float() - exact).abs().mean() for found in (fast, plain)]
    assert errors[0] < 1.2 * errors[1]


def test_a_cpu_that_refuses_to_pack_bfloat16_multiplies_it_unpacked(monkeypatch) -> None:
    """A CPU without AVX-512 refuses bfloat16 weights in oneDNN's layout; float32 still packs there."""
    reorder = torch.ops.mkldnn._reorder_linear_weight

    def refuse(weight: torch.Tensor) -> torch.Tensor:
        if weight.dtype == torch.bfloat16:
            raise RuntimeError("bf16 path needs the cpu support avx512bw")
        return reorder(weight)

    linear._packs_here.cache_clear()
    monkeypatch.setattr(torch.ops.mkldnn, "_reorder_linear_weight", refuse)
    try:
        assert not linear.can_pack(torch.bfloat16, torch.device("cpu"), 1)
        assert linear.can_pack(torch.float32, torch.device("cpu"), 1)
    finally:
        linear._packs_here.cache_clear()
