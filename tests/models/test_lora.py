"""A LoRA adds scale * alpha / rank * B A to the weights it names, and to nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from diffusers import SanaSprintPipeline
from safetensors.torch import save_file

from sprint_live.engine.loading.lora import apply_lora
from sprint_live.errors import ArgumentError, WeightsError
from support.small_model import make_tiny_transformer

pytest.importorskip("peft")
LAYERS = ("transformer_blocks.0.attn1.to_q", "transformer_blocks.2.attn2.to_out.0")
RANK = 4


def low_rank(transformer) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(6)
    state = {}
    for layer in LAYERS:
        rows, columns = transformer.get_submodule(layer).weight.shape
        state[f"{layer}.lora_A.weight"] = torch.randn(RANK, columns, generator=generator) * 0.3
        state[f"{layer}.lora_B.weight"] = torch.randn(rows, RANK, generator=generator) * 0.3
    return state


def write_lora(folder: Path, state: dict[str, torch.Tensor], alpha: float | None = None) -> Path:
    """As diffusers writes it; alpha goes into the metadata."""
    about = (
        None if alpha is None else {"r": RANK, "lora_alpha": alpha, "target_modules": list(LAYERS), "peft_type": "LORA"}
    )
    SanaSprintPipeline.save_lora_weights(folder, transformer_lora_layers=state, transformer_lora_adapter_metadata=about)
    return folder / "pytorch_lora_weights.safetensors"


@torch.no_grad()
def output(transformer) -> torch.Tensor:
    generator = torch.Generator().manual_seed(7)
    latent, text = torch.randn(1, 32, 4, 4, generator=generator), torch.randn(1, 5, 24, generator=generator)
    return transformer(
        latent, text, torch.tensor([0.5]), guidance=torch.tensor([0.45]), encoder_attention_mask=torch.ones(1, 5)
    ).sample


@pytest.mark.parametrize("scale", [1.0, -0.5, 0.0])
@pytest.mark.parametrize("alpha", [None, 8.0])
def test_the_weights_become_w_plus_scale_b_a(tmp_path, scale: float, alpha: float | None) -> None:
    before, after = make_tiny_transformer(), make_tiny_transformer()
    state = low_rank(before)
    assert apply_lora(after, write_lora(tmp_path, state, alpha), scale=scale) == len(LAYERS)
    factor = scale * ((alpha or RANK) / RANK)
    with torch.no_grad():
        for layer in LAYERS:
            update = state[f"{layer}.lora_B.weight"].double() @ state[f"{layer}.lora_A.weight"].double()
            weight = before.get_submodule(layer).weight
            weight.copy_((weight.double() + factor * update).float())
    expected, found = before.state_dict(), after.state_dict()
    assert expected.keys() == found.keys()  # the layers are plain again
    for name, tensor in expected.items():
        assert torch.allclose(found[name], tensor, rtol=0, atol=1e-6), name
    assert torch.allclose(output(after), output(before), rtol=1e-4, atol=1e-5)
    if scale:
        assert not torch.allclose(output(after), output(make_tiny_transformer()), rtol=1e-2, atol=1e-2)


def test_what_is_no_lora_of_this_model_is_refused(tmp_path) -> None:
    transformer = make_tiny_transformer()
    state = {f"transformer.{name}": tensor for name, tensor in low_rank(transformer).items()}
    path = tmp_path / "x.safetensors"
    wrong_shape = {name: tensor[:, :-1].contiguous() if "lora_A" in name else tensor for name, tensor in state.items()}
    for bad, message in (
        (
            {name.replace("transformer.", "unet.", 1): tensor for name, tensor in state.items()},
            r"unet\.transformer_blocks",
        ),
        ({name.replace("blocks.0", "blocks.99"): tensor for name, tensor in state.items()}, r"transformer_blocks\.99"),
        ({"transformer.patch_embed.proj.weight": torch.zeros(1)}, "patch_embed"),
        (wrong_shape, "does not fit this transformer"),
    ):
        save_file(bad, path)
        with pytest.raises(WeightsError, match=message):
            apply_lora(transformer, path)
        transformer = make_tiny_transformer()
    path.write_bytes(b"no safetensors")
    with pytest.raises(WeightsError, match="cannot be read as safetensors"):
        apply_lora(transformer, path)


@pytest.mark.parametrize("scale", [float("nan"), float("inf"), 11.0])
def test_a_scale_out_of_range_is_refused(tmp_path, scale: float) -> None:
    transformer = make_tiny_transformer()
    with pytest.raises(ArgumentError, match="LoRA scale"):
        apply_lora(transformer, write_lora(tmp_path, low_rank(transformer)), scale=scale)
