"""Released checkpoints: converted by the command, equal to a second implementation, native and grafted; refusals."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch

from controlnet import SanaSprintControlNet, controlled_forward
from controlnet.convert import read_released
from sprint_live.cli import main
from sprint_live.errors import ArgumentError, WeightsError
from support.branch_inputs import S, draw_inputs, relative_error
from support.models.released_file import CAPTION, HEADS, WIDTH, make_released_state
from support.models.slow_sana import residuals, teacher
from support.small_model import make_tiny_transformer


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    return make_released_state()


@pytest.fixture(scope="module")
def released(state, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("released") / "Sana_Toy_ControlNet_HED.pth"
    torch.save({"state_dict": state, "epoch": 1}, path)
    return path


@pytest.fixture(scope="module")
def grafted_folder(released, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("converted") / "branch"
    assert main(["convert", str(released), "--out", str(out), "--cross-attention-heads", str(HEADS)]) == 0
    return out


def by_hand(function, state, index: int, *more) -> object:
    weights = {name: tensor.double() for name, tensor in state.items()}
    drawn = {name: tensor[index].double() for name, tensor in draw_inputs().items()}
    return function(weights, drawn["latent"], drawn["control"], S[index], drawn["text"], drawn["mask"], HEADS, *more)


@torch.no_grad()
@pytest.mark.parametrize("strength", [1.0, 0.4])
def test_native_teacher_and_branch_equal_the_description(released, state, strength: float) -> None:
    base, branch = read_released(released, cross_attention_heads=HEADS)
    drawn = draw_inputs()
    ours = controlled_forward(
        base,
        drawn["latent"],
        drawn["text"],
        timestep=torch.tensor([312.0, 999.0]),
        text_mask=drawn["mask"],
        controlnet=branch,
        control_latent_BCYX=drawn["control"],
        conditioning_scale=strength,
    )
    for index in range(2):
        assert relative_error(ours[index], by_hand(teacher, state, index, strength)) <= 1e-5


@torch.no_grad()
def test_the_converted_branch_answers_a_sprint_base_in_the_teachers_dialect(grafted_folder, state) -> None:
    """Each residual arrives whole at the input of the next Sprint block;
    base values as the Sprint base has them alone.
    """
    branch = SanaSprintControlNet.from_pretrained(grafted_folder)
    base = make_tiny_transformer(
        num_attention_heads=2,
        attention_head_dim=32,
        num_cross_attention_heads=4,
        cross_attention_head_dim=16,
        cross_attention_dim=WIDTH,
        caption_channels=CAPTION,
        num_layers=5,
    )
    drawn = draw_inputs()
    arrived: dict[int, torch.Tensor] = {}
    left: dict[int, torch.Tensor] = {}
    for index, block in enumerate(base.transformer_blocks):
        block.register_forward_hook(
            lambda m, args, out, index=index: (arrived.update({index: args[0]}), left.update({index: out}), None)[2]
        )
    controlled_forward(
        base,
        drawn["latent"],
        drawn["text"],
        timestep=torch.tensor(S),
        guidance=torch.full((2,), 0.45),
        text_mask=drawn["mask"],
        controlnet=branch,
        control_latent_BCYX=drawn["control"],
    )
    for sample in range(2):
        for index, expected in enumerate(by_hand(residuals, state, sample)):
            residual = arrived[index + 1][sample] - left[index][sample]
            assert relative_error(residual, expected) <= 1e-5, (sample, index)
    assert torch.equal(arrived[4], left[3])


def test_the_command_writes_what_from_pretrained_reads(grafted_folder, released, tmp_path, capsys) -> None:
    branch = SanaSprintControlNet.from_pretrained(grafted_folder)
    config = branch.config
    assert (config.topology, config.stem, config.timestep_scale, config.integer_timestep) == (
        "released",
        "own",
        1000.0,
        True,
    )
    assert (config.num_layers, branch.width, config.caption_channels, config.mlp_ratio, config.qk_norm) == (
        3,
        WIDTH,
        CAPTION,
        2.5,
        None,
    )
    assert sorted(path.name for path in grafted_folder.iterdir()) == [
        "SHA256SUMS",
        "config.json",
        "diffusion_pytorch_model.safetensors",
    ]
    arguments = ["convert", str(released), "--cross-attention-heads", str(HEADS), "--out"]
    assert main([*arguments, str(tmp_path / "shared"), "--stem", "shared"]) == 0
    assert "3 blocks of width 64" in capsys.readouterr().out
    shared = SanaSprintControlNet.from_pretrained(tmp_path / "shared")
    assert shared.own_stem is None and torch.equal(
        shared.blocks[2].attn1.to_v.weight, branch.blocks[2].attn1.to_v.weight
    )
    assert main([*arguments, str(grafted_folder)]) == 2
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize(("width", "heads"), [(1152, 16), (2240, 20)])
def test_released_widths_need_no_number_of_heads(monkeypatch, width: int, heads: int) -> None:
    from controlnet import convert

    assert convert._heads(width, None) == heads
    assert convert._ratio(round(2.5 * width), width) == 2.5


def test_precision_of_the_file_is_kept(tmp_path) -> None:
    torch.save({"state_dict": make_released_state(dtype=torch.bfloat16)}, tmp_path / "bf16.pth")
    base, branch = read_released(tmp_path / "bf16.pth", cross_attention_heads=HEADS)
    assert base.dtype == branch.dtype == torch.bfloat16


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda state: state.pop("controlnet.1.after_proj.bias"), "1 missing: controlnet.1.after_proj.bias"),
        (
            lambda state: state.update({"blocks.0.attn.q_norm.weight": torch.ones(2)}),
            "1 unexpected: blocks.0.attn.q_norm.weight",
        ),
        (
            lambda state: [state.pop(key) for key in list(state) if key.startswith("controlnet.")],
            "missing: controlnet.0.after_proj.bias",
        ),
        (lambda state: state.pop("x_embedder.proj.weight"), "missing: x_embedder.proj.weight"),
        (lambda state: state.update({"blocks.999999999.x": torch.ones(1)}), "up to 256 blocks"),
        (lambda state: state.update({"blocks.3.attn.proj.weight": torch.ones(3, 3)}), "other shapes"),
        (lambda state: state.update({"blocks.3.attn.qkv.weight": torch.ones(2, 3)}), "other shapes"),
        (lambda state: state.update({"x_embedder.proj.weight": torch.ones(3)}), "another rank"),
    ],
)
def test_other_checkpoints_are_refused_with_the_keys(tmp_path, state, change, message: str) -> None:
    changed = dict(state)
    change(changed)
    path = tmp_path / "changed.pth"
    torch.save({"state_dict": changed}, path)
    with pytest.raises(WeightsError, match=message):
        read_released(path, cross_attention_heads=HEADS)


def test_a_positional_embedding_is_left_out_with_a_warning(tmp_path, state) -> None:
    torch.save({"state_dict": state | {"pos_embed": torch.ones(1, 4, WIDTH)}}, tmp_path / "pos.pth")
    with pytest.warns(UserWarning, match="positional embedding"):
        base, _ = read_released(tmp_path / "pos.pth", cross_attention_heads=HEADS)
    assert base.config.interpolation_scale is None


class Shell:
    """What an attacker would put into a .pth."""

    def __reduce__(self):
        return Path.touch, (Path(__file__).with_name("pwned"),)


def test_files_that_are_not_tensors_are_refused_and_not_run(tmp_path, state, capsys) -> None:
    files = {
        "attack.pth": lambda path: torch.save({"state_dict": {"a": Shell()}}, path),
        "pickle.pth": lambda path: path.write_bytes(pickle.dumps(Shell(), protocol=2)),
        "cut.pth": lambda path: (torch.save({"state_dict": state}, path), path.write_bytes(path.read_bytes()[:5000])),
        "bare.pth": lambda path: torch.save(state, path),
        "list.pth": lambda path: torch.save([1, 2], path),
        "text.pth": lambda path: path.write_text("hello"),
        "empty.pth": lambda path: path.write_bytes(b""),
    }
    for name, write in files.items():
        write(tmp_path / name)
        assert main(["convert", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 1, name
        assert str(tmp_path / name) in capsys.readouterr().err
    assert not Path(__file__).with_name("pwned").exists() and not (tmp_path / "out").exists()
    assert main(["convert", str(tmp_path / "none.pth"), "--out", str(tmp_path / "out")]) == 1


def test_a_width_nobody_released_needs_its_heads(released) -> None:
    for heads in (None, 0, 7):
        with pytest.raises(ArgumentError, match="--cross-attention-heads"):
            read_released(released, cross_attention_heads=heads)
