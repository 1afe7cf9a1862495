"""From a model's name to loaded modules: number formats, fits, a branch from elsewhere,
and refusals before anything is loaded.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import AutoencoderDC

import sprint_live.engine.loading.components
from sprint_live import load_engine
from sprint_live.engine.loading import placement
from sprint_live.errors import ArgumentError, OutOfMemory, SprintLiveError, WeightsError
from sprint_live.models.fit import AS_PUBLISHED, Fit
from sprint_live.models.sums import record_weights
from sprint_live.models.zoo import find_model
from sprint_live.pipeline.model_folder import load_component
from support.small_model import make_tiny_branch

CPU, CUDA, MPS = torch.device("cpu"), torch.device("cuda"), torch.device("mps")
PAGE_U8 = np.full((64, 64), 255, np.uint8)
MODEL = "someone/sprint-random"


@pytest.fixture
def checked_folder(released_folder, tmp_path) -> Path:
    """A copy of the random released model with its sums, so that it is used without a warning."""
    folder = tmp_path / "sprint-random"
    shutil.copytree(released_folder, folder)
    record_weights(folder)
    return folder


@pytest.fixture
def nothing_is_loaded(monkeypatch) -> None:
    monkeypatch.setattr(
        sprint_live.engine.loading.components,
        "load_component",
        lambda *args, **options: pytest.fail("a component was loaded"),
    )


def test_a_model_of_the_hub_draws(hub, monkeypatch) -> None:
    monkeypatch.setattr(placement, "cpu_has_bfloat16", lambda: False)
    engine = load_engine(MODEL, "cpu", accept_license=True)
    assert engine.model.name == "sprint-random" and engine.model.sizes == (32, 64, 128) and not engine.has_branch
    frame = engine.draw(PAGE_U8, "a red cat", seed=3, size=64)
    assert frame.pixels_u8.shape == (64, 64, 3) and frame.pixels_u8.std() > 0
    again = load_engine(MODEL, "cpu", offline=True).draw(PAGE_U8, "a red cat", seed=3, size=64)
    assert np.array_equal(frame.pixels_u8, again.pixels_u8)
    assert {
        module.dtype for module in (engine.pipeline.transformer, engine.pipeline.vae, engine.pipeline.text_encoder)
    } == {torch.float32}


def test_bfloat16_where_the_cpu_has_it(hub, monkeypatch) -> None:
    monkeypatch.setattr(placement, "cpu_has_bfloat16", lambda: True)
    pipeline = load_engine(MODEL, "cpu", accept_license=True, fit=Fit(autoencoder_float32=True)).pipeline
    assert (
        pipeline.transformer.dtype == pipeline.text_encoder.dtype == torch.bfloat16
        and pipeline.vae.dtype == torch.float32
    )
    assert pipeline(
        "a red cat", height=64, width=64, use_resolution_binning=False, output_type="np", num_inference_steps=1
    ).images.shape == (
        1,
        64,
        64,
        3,
    )


@pytest.mark.parametrize(
    ("device", "made_for_bfloat16", "native", "expected"),
    [
        (CUDA, False, True, torch.bfloat16),
        (CUDA, True, False, torch.float32),
        (CPU, True, True, torch.bfloat16),
        (CPU, True, False, torch.float32),
        (CPU, False, True, torch.float32),  # sprint-tiny keeps its bytes
        (MPS, True, True, torch.float32),
    ],
)
def test_number_formats(monkeypatch, device, made_for_bfloat16: bool, native: bool, expected: torch.dtype) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: native)
    monkeypatch.setattr(placement, "cpu_has_bfloat16", lambda: native)
    dtypes = placement.component_dtypes(device, bfloat16=made_for_bfloat16, autoencoder_float32=False)
    assert set(dtypes.values()) == {expected}
    kept = placement.component_dtypes(device, bfloat16=made_for_bfloat16, autoencoder_float32=True)
    assert kept == {**dtypes, "vae": torch.float32}


def test_never_float16(checked_folder) -> None:
    stored = load_engine(checked_folder, "cpu").pipeline
    for name in ("transformer", "text_encoder", "vae"):
        shutil.rmtree(checked_folder / name)
        torch.nn.Module.half(getattr(stored, name)).save_pretrained(checked_folder / name)
    record_weights(checked_folder)
    pipeline = load_engine(checked_folder, "cpu").pipeline
    for name in ("transformer", "text_encoder", "vae"):
        assert {tensor.dtype for tensor in getattr(pipeline, name).parameters()} == {torch.float32}
        with pytest.raises(WeightsError, match=f"{name} holds float16"):
            placement.check_no_float16(name, torch.nn.Module.half(getattr(pipeline, name)))


def test_too_little_memory_is_said_before_anything_is_loaded(checked_folder, monkeypatch, nothing_is_loaded) -> None:
    needed = sum(path.stat().st_size for path in checked_folder.rglob("*.safetensors"))
    monkeypatch.setattr(placement, "free_bytes", lambda device: needed // 2)
    with pytest.raises(
        OutOfMemory, match="cpu with 0.0 GiB of free memory.*at least 0.0 GiB for this model.*--quantize-text"
    ):
        load_engine(checked_folder, "cpu")
    monkeypatch.setattr(placement, "free_bytes", lambda device: None)  # where it cannot be read, loading is tried
    with pytest.raises(pytest.fail.Exception, match="a component was loaded"):
        load_engine(checked_folder, "cpu")


def test_a_gpu_must_have_what_the_table_says(monkeypatch, tmp_path) -> None:
    parts = find_model("sana-sprint-0.6b").parts
    folders = {name: tmp_path / name for name in placement.COMPONENTS_WITH_WEIGHTS}
    folders["controlnet"].mkdir()
    dtypes = dict.fromkeys(folders, torch.bfloat16)
    monkeypatch.setattr(placement, "free_bytes", lambda device: int(7.5 * 2**30))
    with pytest.raises(OutOfMemory, match="7.5 GiB of free memory.*at least 8.0 GiB"):
        placement.check_memory(folders, CUDA, AS_PUBLISHED, dtypes, parts)
    placement.check_memory(folders, CUDA, Fit(offload_text=True), dtypes, parts)


def test_free_memory_is_read() -> None:
    assert 2**27 < placement.free_bytes(CPU) < 2**45


class Traveling(torch.nn.Linear):
    """Notes where it is sent, and where its input is said to go."""

    def __init__(self) -> None:
        super().__init__(2, 2)
        self.places: list[str] = []

    def to(self, device) -> Traveling:
        self.places.append(str(device))
        return self

    def forward(self, x, *, scale):
        self.places.append("called")
        if scale.isnan():
            raise RuntimeError("broken")
        return super().forward(x) * scale


def test_an_offloaded_module_visits_the_device_for_each_call() -> None:
    module = Traveling()
    placement.offload(module, CPU)
    x, scale = torch.ones(1, 2), torch.tensor(2.0)
    assert torch.equal(module(x, scale=scale), torch.nn.functional.linear(x, module.weight, module.bias) * 2)
    with pytest.raises(RuntimeError, match="broken"):
        module(x, scale=torch.tensor(torch.nan))
    assert module.places == ["cpu"] + ["cpu", "called", "cpu"] * 2  # also after a failure


def test_inputs_travel_with_an_offloaded_module() -> None:
    module, seen = torch.nn.Linear(2, 2), []
    placement.offload(module, torch.device("meta"))
    module.register_forward_pre_hook(lambda module, args: seen.append((args[0].device.type, module.weight.device.type)))
    with pytest.raises(NotImplementedError):  # nothing comes back from the meta device; a GPU is not at hand
        module(torch.ones(1, 2))
    assert seen == [("meta", "meta")]


def test_tiles(checked_folder, tiny_model_folder, nothing_is_loaded, monkeypatch) -> None:
    with pytest.raises(ArgumentError, match="tiles with the autoencoder .*SprintTinyAutoencoder"):
        load_engine(tiny_model_folder, "cpu", fit=Fit(tile=True))
    monkeypatch.undo()
    assert not load_engine(checked_folder, "cpu").pipeline.vae.use_tiling
    vae = load_engine(checked_folder, "cpu", fit=Fit(tile=True)).pipeline.vae
    assert isinstance(vae, AutoencoderDC) and vae.use_tiling and vae.tile_sample_min_height == 512


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fit": {"quantize_text": "nf4"}}, "quantize_text nf4 on cpu.*use int8"),
        ({"fit": {"quantize_transformer": "nf4"}}, "quantize_transformer nf4 on cpu"),
        ({"fit": {"offload_text": True}}, "offload_text on a CPU"),
        ({"fit": {"quantize_text": "int4"}}, "quantize_text 'int4'; accepted: none, int8, nf4"),
        ({"fit": {"quantize_text": "int8", "offload_text": True}}, "offload_text with quantize_text"),
        (
            {"lora": Path("x.safetensors"), "fit": {"quantize_transformer": "int8"}},
            "LoRA on a quantized transformer|without the package torchao",
        ),
        ({"lora": Path("missing.safetensors")}, "LoRA missing.safetensors; accepted: a .safetensors file"),
        ({"lora": Path("x.pth")}, "a pickle is never read"),
        ({"controlnet": Path("missing")}, "control branch missing.*sprint-live convert"),
        ({"device": "warp"}, "warp"),
    ],
)
def test_refused_before_anything_is_loaded(checked_folder, nothing_is_loaded, options: dict, message: str) -> None:
    with pytest.raises(SprintLiveError, match=message):
        load_engine(checked_folder, options.pop("device", "cpu"), fit=Fit(**options.pop("fit", {})), **options)


@pytest.mark.parametrize(
    ("fit", "package"), [(Fit(quantize_text="int8"), "torchao"), (Fit(quantize_text="nf4"), "bitsandbytes")]
)
def test_a_missing_package_is_named_with_its_command(monkeypatch, fit: Fit, package: str) -> None:
    monkeypatch.setattr(placement, "find_spec", lambda name: None)
    with pytest.raises(ArgumentError, match=f"without the package {package}.*pip install {package}"):
        placement.check_fit(fit, CUDA, lora=None)


def test_nf4_is_asked_of_the_library_the_component_comes_from() -> None:
    pytest.importorskip("bitsandbytes")  # its configurations ask for the version
    for component, library in (("text_encoder", "transformers"), ("transformer", "diffusers")):
        config = placement.nf4_configuration(component)
        assert type(config).__module__.startswith(library) and config.bnb_4bit_quant_type == "nf4"
        assert config.bnb_4bit_compute_dtype == torch.bfloat16 and config.load_in_4bit


def test_nf4_replaces_the_linear_layers_of_the_text_encoder(released_folder) -> None:
    bitsandbytes = pytest.importorskip(
        "bitsandbytes"
    )  # its 4-bit layers also run on a CPU; diffusers refuses them there, transformers does not
    declared, quantization = ["transformers", "Gemma2Model"], placement.nf4_configuration("text_encoder")
    plain = load_component(released_folder, "text_encoder", declared, torch.bfloat16)
    small = load_component(
        released_folder, "text_encoder", declared, torch.bfloat16, quantization=quantization, device=CPU
    )
    placement.check_no_float16("text_encoder", small)
    assert (
        isinstance(small.layers[0].mlp.up_proj, bitsandbytes.nn.Linear4bit)
        and small.embed_tokens.weight.dtype == torch.bfloat16
    )
    ids = torch.tensor([[2, 5, 6, 7]])
    assert (
        0 < (plain(ids)[0] - small(ids)[0]).norm() / plain(ids)[0].norm() < 0.3
    )  # random weights: the worst case for 4 bits


def test_int8_keeps_the_picture_close(checked_folder) -> None:
    pytest.importorskip("torchao")
    plain = load_engine(checked_folder, "cpu").pipeline
    small = load_engine(checked_folder, "cpu", fit=Fit(quantize_text="int8", quantize_transformer="int8")).pipeline
    text, small_text = (pipeline.encode_as_trained("a red cat")[0].detach() for pipeline in (plain, small))
    assert 0 < (text - small_text).norm() / text.norm() < 0.02
    assert "int8" in str(small.transformer.transformer_blocks[0].attn1.to_q.weight).lower()
    assert plain.transformer.patch_embed.proj.weight.equal(
        small.transformer.patch_embed.proj.weight
    )  # convolutions stay


def test_a_branch_from_elsewhere(checked_folder, tmp_path) -> None:
    transformer = load_engine(checked_folder, "cpu").pipeline.transformer
    make_tiny_branch(transformer).save_pretrained(tmp_path / "branch")
    record_weights(tmp_path / "branch")
    engine = load_engine(checked_folder, "cpu", controlnet=tmp_path / "branch")
    page_u8 = PAGE_U8.copy()
    page_u8[30:34] = 0
    assert engine.has_branch
    assert not np.array_equal(
        engine.draw(page_u8, "a", size=64).pixels_u8, engine.draw(page_u8, "a", size=64, control_strength=0.0).pixels_u8
    )
