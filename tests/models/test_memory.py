"""The memory table's figures, counted again: parameters and working memory on the meta device, bytes in real files."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import torch
from diffusers import AutoencoderDC, SanaTransformer2DModel
from safetensors.torch import load_file
from transformers import Gemma2Config, Gemma2Model

from controlnet.branch import SanaSprintControlNet
from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.engine.autoencoder.encoder import PageEncoder
from sprint_live.engine.autoencoder.pixel_switches import pixel_rewrites
from sprint_live.engine.loading.placement import component_bytes
from sprint_live.engine.switches import Switches
from sprint_live.models.fit import AS_PUBLISHED, LISTED, Fit
from sprint_live.models.memory import MIB, Part, peak_memory, published_bytes
from sprint_live.models.zoo import find_model
from support.gpu import SimulatedGpu
from support.models.live_bytes import working_mib

RELEASED = ("sana-sprint-0.6b", "sana-sprint-1.6b")
GIB = 2**30
BF16 = torch.bfloat16


@functools.cache
def on_meta(name: str, component: str) -> torch.nn.Module:
    """A component of a released model with its published configuration, bfloat16, without memory."""
    config = dict(find_model(name).configs[component])
    with torch.device("meta"):
        if component == "text_encoder":
            return Gemma2Model(Gemma2Config(**config)).to(BF16).eval()
        module = {"transformer": SanaTransformer2DModel, "vae": AutoencoderDC}[component](**config)
        return torch.nn.Module.to(module, BF16).eval()


def counted(module: torch.nn.Module) -> tuple[int, int]:
    linear = sum(layer.weight.numel() for layer in module.modules() if isinstance(layer, torch.nn.Linear))
    return sum(tensor.numel() for tensor in module.parameters()), linear


@pytest.mark.parametrize(("name", "millions"), [("sana-sprint-0.6b", 594), ("sana-sprint-1.6b", 1610)])
def test_the_transformer_has_the_published_size(name: str, millions: int) -> None:
    transformer, parts = on_meta(name, "transformer"), find_model(name).parts
    assert round(counted(transformer)[0] / 1e6) == millions
    assert counted(transformer) == (parts["transformer"].parameters, parts["transformer"].linear_parameters)
    with torch.device("meta"):
        branch = SanaSprintControlNet.from_transformer(transformer)
    assert counted(branch) == (parts["controlnet"].parameters, parts["controlnet"].linear_parameters)


def test_autoencoder_and_text_encoder_have_the_published_size() -> None:
    parts, vae = find_model(RELEASED[0]).parts, on_meta(RELEASED[0], "vae")
    assert counted(vae.encoder)[0] == parts["encoder"].parameters and round(parts["encoder"].parameters / 1e6) == 153
    assert counted(vae.decoder)[0] == parts["decoder"].parameters and round(parts["decoder"].parameters / 1e6) == 159
    text = parts["text_encoder"]
    assert counted(on_meta(RELEASED[0], "text_encoder")) == (text.parameters, text.linear_parameters)
    assert round(text.parameters / 1e6) == 2614


def test_counting_live_bytes_on_a_case_done_by_hand() -> None:
    layer = torch.nn.Linear(1024, 1024, device="meta")  # its 4 MiB do not count
    ones = functools.partial(torch.empty, 1024, 1024, device="meta")  # 4 MiB
    assert working_mib(layer, ones) == 4
    assert working_mib(layer, lambda: layer(ones())) == 8  # argument and result
    assert working_mib(layer, lambda: layer(layer(ones()))) == 8  # the first argument is gone by then
    assert working_mib(layer, lambda: torch.add(kept := ones(), layer(kept))) == 12


@pytest.mark.parametrize(
    "fit",
    [Fit(tile=tile, autoencoder_float32=float32) for tile in (False, True) for float32 in (False, True)],
    ids=lambda fit: fit.words,
)
def test_working_memory_and_copies_of_the_autoencoder_as_the_engine_runs_it(fit: Fit) -> None:
    parts, bytes_each = find_model(RELEASED[0]).parts, 4 if fit.autoencoder_float32 else 2
    with SimulatedGpu(shapes_only=True) as gpu:
        vae = on_gpu_autoencoder(torch.float32 if fit.autoencoder_float32 else BF16)
        if fit.tile:
            vae.enable_tiling()
        rewrites = pixel_rewrites(vae, Switches("cuda"), has_preview=False, has_tiny=False)
        latent, kept = torch.empty(1, 32, 32, 32, device="cuda"), []
        for half, build, run in (
            ("encoder", PageEncoder, lambda encoder: encoder.encode(np.zeros((1024, 1024), np.uint8))),
            ("decoder", PictureDecoder, lambda decoder: decoder.decode(latent)),
        ):
            alive = gpu.holdings.live
            kept.append(network := build(vae, rewrites))
            copied = 0 if fit.tile else parts[half].copied_parameters
            assert gpu.holdings.live - alive == copied * bytes_each, half
            gpu.holdings.peak = alive = gpu.holdings.live
            run(network)
            figure = ("working", *["tiled"] * fit.tile, *["float32"] * fit.autoencoder_float32, "mib")
            stated = getattr(parts[half], "_".join(figure))
            assert (gpu.holdings.peak - alive) / MIB == pytest.approx(stated, rel=1e-3), half


def on_gpu_autoencoder(dtype: torch.dtype) -> AutoencoderDC:
    with torch.device("cuda"):
        vae = AutoencoderDC(**find_model(RELEASED[0]).configs["vae"])
    return torch.nn.Module.to(vae, dtype).eval().requires_grad_(False)


@pytest.mark.parametrize("name", RELEASED)
def test_working_memory_of_the_transformer(name: str) -> None:
    transformer = on_meta(name, "transformer")
    empty = functools.partial(torch.empty, dtype=BF16, device="meta")

    def call() -> object:
        mask = torch.ones(1, 300, device="meta")
        return transformer(
            empty(1, 32, 32, 32), empty(1, 300, 2304), empty(1).float(), guidance=empty(1), encoder_attention_mask=mask
        )

    assert working_mib(transformer, call) == pytest.approx(find_model(name).parts["transformer"].working_mib, rel=1e-3)


def test_working_memory_of_the_text_encoder() -> None:
    text = on_meta(RELEASED[0], "text_encoder")
    tokens = torch.ones(1, 512, dtype=torch.long, device="meta")
    found = working_mib(text, lambda: text(tokens, attention_mask=tokens))
    assert found == pytest.approx(
        find_model(RELEASED[0]).parts["text_encoder"].working_mib, rel=0.1
    )  # masks differ by version


def test_what_fits_which_card() -> None:
    small, large = (find_model(name).parts for name in RELEASED)
    for fit in (Fit(offload_text=True), Fit(quantize_text="nf4"), Fit(quantize_text="int8"), Fit(tile=True)):
        assert peak_memory(small, fit).bytes < 7.9 * GIB, fit
    assert peak_memory(small, AS_PUBLISHED).bytes > 8 * GIB
    for fit in (Fit(offload_text=True), Fit(quantize_text="nf4"), Fit(quantize_text="int8"), Fit(tile=True)):
        assert peak_memory(large, fit).bytes < 11 * GIB, fit
    assert all(fit in LISTED for fit in (AS_PUBLISHED, Fit(offload_text=True), Fit(quantize_text="nf4")))


def test_a_peak_done_by_hand() -> None:
    parts = {
        "text_encoder": Part(parameters=1000 * MIB, linear_parameters=800 * MIB, working_mib=10),
        "transformer": Part(parameters=100 * MIB, working_mib=5),
        "controlnet": Part(parameters=50 * MIB),
        "encoder": Part(parameters=20 * MIB, copied_parameters=3 * MIB, working_mib=300, working_tiled_mib=60),
        "decoder": Part(
            parameters=30 * MIB,
            copied_parameters=4 * MIB,
            working_mib=400,
            working_float32_mib=700,
            working_tiled_mib=50,
        ),
    }
    rest, copies = 512 + 2 * (100 + 20 + 30 + 50 + 3 + 4), 2 * (3 + 4)
    for fit, prompt_mib, picture_mib in (
        (AS_PUBLISHED, rest + 2000 + 10, rest + 2000 + 400),
        (Fit(offload_text=True), rest + 2000 + 10, rest + 400),
        (Fit(tile=True), rest - copies + 2000 + 10, rest - copies + 2000 + 60),
        (Fit(quantize_text="int8"), rest + 1200 + 10, rest + 1200 + 400),
        (Fit(quantize_text="nf4"), rest + 850 + 10, rest + 850 + 400),
        (Fit(autoencoder_float32=True), rest + 100 + copies + 2000 + 10, rest + 100 + copies + 2000 + 700),
    ):
        peak = peak_memory(parts, fit)
        assert (peak.prompt_bytes, peak.picture_bytes) == (prompt_mib * MIB, picture_mib * MIB), fit
        assert peak.bytes == max(peak.prompt_bytes, peak.picture_bytes)
    assert peak_memory(parts, AS_PUBLISHED, branch=False).bytes == (rest - 100 + 2400) * MIB
    assert published_bytes(parts) == (2000 + 200 + 4 * 50) * MIB


@pytest.mark.parametrize("component", ["text_encoder", "transformer", "vae"])
def test_bytes_counted_in_files_are_the_bytes_of_the_loaded_weights(released_folder, component: str) -> None:
    tensors = [
        tensor for path in (released_folder / component).glob("*.safetensors") for tensor in load_file(path).values()
    ]
    for dtype in (torch.float32, torch.bfloat16):
        assert component_bytes(released_folder / component, dtype) == sum(tensor.to(dtype).nbytes for tensor in tensors)
    linear = Part(
        parameters=counted(_loaded(released_folder, component))[0],
        linear_parameters=counted(_loaded(released_folder, component))[1],
    )
    assert component_bytes(released_folder / component, torch.bfloat16) == linear.weights_bytes()
    if component == "vae":
        return  # never quantized
    for quantization in ("int8", "nf4"):
        assert component_bytes(released_folder / component, torch.bfloat16, quantization) == pytest.approx(
            linear.weights_bytes(quantization), abs=1
        )


def _loaded(folder, component: str) -> torch.nn.Module:
    kinds = {"text_encoder": Gemma2Model, "transformer": SanaTransformer2DModel, "vae": AutoencoderDC}
    return kinds[component].from_pretrained(folder / component)
