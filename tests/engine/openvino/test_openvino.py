"""OpenVINO draws what the plain pipeline draws: to a gray level in float32, and within a stated error in bfloat16."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
import torch

from sprint_live.api.draw_settings import DrawSettings
from sprint_live.api.pin import Pin
from sprint_live.engine.denoising.plain import Denoising, PlainDenoiser
from sprint_live.engine.engine import Engine
from sprint_live.engine.stage_runner import keep_pinned
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import ArgumentError
from sprint_live.models.zoo import find_model
from support.small_model import make_tiny_pipeline

if importlib.util.find_spec("openvino") is None:
    pytest.skip("needs the extra [openvino]", allow_module_level=True)

from sprint_live.engine.openvino import graphs
from sprint_live.engine.openvino.cached_model import facts_of
from sprint_live.engine.openvino.networks import OpenVinoNetworks, native_precisions
from sprint_live.engine.openvino.stages import OpenVinoDecoder, OpenVinoDenoiser, OpenVinoEncoder

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("graphs")


@pytest.fixture(scope="module")
def pipeline():
    return make_tiny_pipeline()


@pytest.fixture(scope="module")
def networks(pipeline, cache):
    return OpenVinoNetworks(pipeline, cache=cache)


@pytest.fixture(scope="module")
def page_u8():
    return np.random.default_rng(0).integers(0, 256, (256, 384), dtype=np.uint8)


def asked_for(pipeline, prompts, latents, *, settings, height_width=(256, 384), strengths=None, painting=False):
    """A request for one picture a prompt; `latents`: the control (or the painting) to follow, or None."""
    encoded = [pipeline.encode_as_trained(prompt) for prompt in prompts]
    return Denoising(
        settings=settings,
        height_width=height_width,
        prompts=tuple(prompts),
        text_BLD=torch.cat([text for text, _ in encoded]),
        text_mask_BL=torch.cat([mask for _, mask in encoded]),
        seeds=tuple(range(len(prompts))),
        control_strengths=strengths or (settings.control_strength,) * len(prompts),
        control_BCYX=None if painting else latents,
        painting_BCYX=latents if painting else None,
    )


def both(pipeline, networks, asked):
    with torch.inference_mode():
        return PlainDenoiser(pipeline).denoise(asked), OpenVinoDenoiser(networks).denoise(asked)


def control_of(num_pictures, rows=4, columns=6):
    return torch.randn(num_pictures, 32, rows, columns, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize(
    "height, width, prompt", [(256, 384, "a cat"), (384, 256, "a red cat in a red house"), (256, 256, "")]
)
def test_latents_are_the_plain_ones_at_every_shape_and_prompt(pipeline, networks, height, width, prompt):
    control = control_of(1, height // 64, width // 64)
    asked = asked_for(pipeline, [prompt], control, settings=DrawSettings(), height_width=(height, width))
    plain, fast = both(pipeline, networks, asked)
    assert plain.std() > 0.1
    torch.testing.assert_close(fast, plain, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    "changes",
    [
        {"control_strength": 0.5},
        {"guidance": 1.0},
        {"steps": 2},
        {"steps": 4, "control_end": 0.5},
        {"steps": 2, "control_start": 0.5},
    ],
)
def test_every_setting_counts_as_in_the_plain_way(pipeline, networks, changes):
    control = control_of(1)
    plain, fast = both(pipeline, networks, asked_for(pipeline, ["a cat"], control, settings=DrawSettings(**changes)))
    usual, _ = both(pipeline, networks, asked_for(pipeline, ["a cat"], control, settings=DrawSettings()))
    assert (plain - usual).abs().max() > 1e-3, "the setting must change the picture, or this shows nothing"
    torch.testing.assert_close(fast, plain, rtol=1e-4, atol=2e-4)


def test_without_lines_and_from_a_painting(pipeline, networks):
    for asked in (
        asked_for(pipeline, ["a cat"], None, settings=DrawSettings()),
        asked_for(pipeline, ["a cat"], control_of(1), settings=DrawSettings(steps=2, strength=0.5), painting=True),
    ):
        plain, fast = both(pipeline, networks, asked)
        torch.testing.assert_close(fast, plain, rtol=1e-4, atol=2e-4)


@pytest.mark.parametrize("steps", [2, 4])
def test_what_is_pinned_counts_at_every_step(pipeline, networks, steps):
    pin = Pin.around(
        np.array([(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)]),
        np.random.default_rng(2).normal(size=(32, 4, 6)).astype(np.float16),
    )
    free = asked_for(pipeline, ["a cat"], control_of(1), settings=DrawSettings(steps=steps))
    plain, fast = both(pipeline, networks, dataclasses.replace(free, on_clean=keep_pinned([pin])))
    torch.testing.assert_close(fast, plain, rtol=1e-4, atol=2e-4)
    outside = torch.tensor(pin.mask_YX == 0)
    assert (plain - both(pipeline, networks, free)[0])[:, :, outside].abs().max() > 1e-3


def test_two_pictures_in_one_batch_keep_their_own_words_and_strengths(pipeline, networks):
    asked = asked_for(
        pipeline, ["a dog", "a red house in a cat"], control_of(2), settings=DrawSettings(), strengths=(1.0, 0.3)
    )
    plain, fast = both(pipeline, networks, asked)
    torch.testing.assert_close(fast, plain, rtol=1e-4, atol=1e-4)


def test_a_page_is_encoded_as_the_pipeline_does_and_only_when_it_changed(pipeline, networks, page_u8):
    encoder = OpenVinoEncoder(networks)
    for page in (page_u8, np.dstack([page_u8, 255 - page_u8, page_u8 // 2])):
        image = (
            torch.from_numpy(np.atleast_3d(page).copy())
            .permute(2, 0, 1)[None]
            .float()
            .div_(127.5)
            .sub_(1)
            .expand(1, 3, -1, -1)
        )
        torch.testing.assert_close(encoder.encode(page), pipeline.encode_pixels(image), rtol=1e-4, atol=1e-4)
    before, changed_u8 = encoder.encode(page_u8, client="ada"), page_u8.copy()
    assert encoder.last == "whole"
    assert encoder.encode(page_u8.copy(), client="ada") is before and encoder.last == "unchanged"
    changed_u8[200, 100] ^= 255
    assert (encoder.encode(changed_u8, client="ada") - before).abs().max() > 1e-4
    assert torch.equal(encoder.encode(page_u8, client="bob"), before)


def test_a_picture_is_decoded_as_the_pipeline_does(pipeline, networks):
    clean = 2 * torch.randn(2, 32, 4, 6, generator=torch.Generator().manual_seed(3))
    plain = (pipeline.decode(clean, "np") * 255).round().astype(np.uint8)
    assert plain.min() == 0 or plain.max() == 255, "the ends of the range must be met: they are clipped"
    for one, other in zip(OpenVinoDecoder(networks).decode(clean), plain, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 1


def test_without_a_branch_the_transformer_draws_alone(cache):
    pipeline = make_tiny_pipeline(controlnet=None)
    plain, fast = both(
        pipeline, OpenVinoNetworks(pipeline, cache=cache), asked_for(pipeline, ["a cat"], None, settings=DrawSettings())
    )
    torch.testing.assert_close(fast, plain, rtol=1e-4, atol=1e-4)


@pytest.fixture
def conversions(monkeypatch):
    """Only the graph that is quickest to make; a list that grows with every conversion."""
    made, recipes, convert = [], graphs._recipes, graphs._convert
    monkeypatch.setattr(graphs, "_recipes", lambda pipeline: {"page": recipes(pipeline)["page"]})
    monkeypatch.setattr(graphs, "_convert", lambda *arguments: made.append(1) or convert(*arguments))
    return made


def test_graphs_are_kept_and_only_used_for_the_same_weights(conversions, tmp_path):
    pipeline = make_tiny_pipeline()
    graphs.graphs(pipeline, tmp_path)
    graphs.graphs(pipeline, tmp_path)
    assert len(conversions) == 1, "the second time they are read"
    with torch.no_grad():
        pipeline.transformer.proj_out.weight[0, 0] += 1e-3
    graphs.graphs(pipeline, tmp_path)
    assert len(conversions) == 2, "other weights, other graphs"


def test_a_damaged_graph_is_made_again(conversions, pipeline, tmp_path):
    graphs.graphs(pipeline, tmp_path)
    (file,) = tmp_path.rglob("*.xml")
    whole = file.read_bytes()
    file.write_bytes(whole[:1000])
    graphs.graphs(pipeline, tmp_path)
    assert len(conversions) == 2 and len(file.read_bytes()) == len(whole)


def test_a_cache_that_cannot_be_written_is_said_and_lived_with(conversions, pipeline, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.warns(UserWarning, match="cannot be kept"):
        made = graphs.graphs(pipeline, tmp_path / "taken")
    assert set(made) == {"page"}


def test_openvino_reports_to_nobody(tmp_path):
    """In a fresh Python with a fresh home: its telemetry is not loaded, and no client id was made for it."""
    code = (
        "import sys; from sprint_live.engine.openvino.networks import native_precisions; assert native_precisions(); "
        "import openvino.tools.ovc; assert not sys.modules['openvino_telemetry']"
    )
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "TF_BUILD", "JENKINS_URL")}
    subprocess.run([sys.executable, "-c", code], env={**environment, "HOME": str(tmp_path)}, check=True, timeout=120)
    assert not (tmp_path / "intel").exists()


def test_an_unknown_precision_is_refused(pipeline, cache):
    with pytest.raises(ArgumentError, match="float32, bfloat16"):
        OpenVinoNetworks(pipeline, precision="int4", cache=cache)


def test_only_models_that_were_compared_are_run_unasked(pipeline, monkeypatch):
    monkeypatch.setattr(
        "sprint_live.engine.openvino.choose.OpenVinoNetworks",
        lambda pipeline, precision: networks_of(pipeline, precision),
    )
    built = []
    assert Engine(pipeline, find_model("sprint-tiny"), without=("openvino",)).best_batch == 1

    def networks_of(pipeline, precision):
        built.append(precision)
        trial_ms = {"bfloat16": 1.0, "float32": 2.0}[precision]
        return SimpleNamespace(trial_ms=lambda: trial_ms, facts=facts_of(pipeline))

    strange = dataclasses.replace(find_model("sprint-tiny"), name="strange", openvino=False)
    assert "strange was not compared" in Engine(pipeline, strange).explain() and not built
    assert Engine(pipeline, strange, also=("openvino",)).best_batch == 4
    Engine(pipeline, find_model("sprint-tiny"), without=("openvino-bfloat16",))
    Engine(pipeline, find_model("sprint-tiny"), without=("openvino",))
    assert built == [*(["bfloat16"] if "bfloat16" in native_precisions() else []), "float32", "float32"]


@pytest.mark.parametrize(
    "precision, drawing, least_db",
    [("float32", "cat", 80), ("bfloat16", "cat", 50), ("float32", "lines", 80), ("bfloat16", "lines", 38)],
)
def test_sprint_tiny_keeps_its_picture(precision, drawing, least_db):
    """Two loose lines leave most to the noise, and small errors grow:
    41 dB, where four whole drawings measured 52 to 56.
    """
    from sprint_live import load_engine

    if precision == "bfloat16" and precision not in native_precisions():
        pytest.skip("this CPU does not multiply bfloat16")
    page_u8 = np.full((512, 512), 255, np.uint8)
    page_u8[100:110, 80:400] = page_u8[100:400, 80:90] = 0
    if drawing == "cat":
        page_u8 = cv2.imread(str(ROOT / "assets/drawings/cat.png"), cv2.IMREAD_GRAYSCALE)
    pictures = [
        load_engine("sprint-tiny", without=without)
        .draw(page_u8, "a red house, comic", seed=5, size=512)
        .pixels_u8.astype(float)
        for without in (switch_names(), () if precision == "bfloat16" else ("openvino-bfloat16",))
    ]
    assert 10 * np.log10(255**2 / np.square(pictures[0] - pictures[1]).mean()) > least_db
