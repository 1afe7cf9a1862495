"""The engine against the plain pipeline, and its promises: same bytes, polarity, cache, typed refusals."""

from __future__ import annotations

import dataclasses
import io
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

import sprint_live
from controlnet.maps import strokes
from sprint_live.api.frame import Frame
from sprint_live.api.prompt import MAX_PROMPT_BYTES, usable_prompt
from sprint_live.engine.prompt_cache import PromptCache
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import (
    ArgumentError,
    EngineError,
    OutOfMemory,
    PromptError,
    PromptTooLong,
)

SIZE = 256
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def engine(tiny_model_folder) -> sprint_live.Engine:
    return sprint_live.load_engine(tiny_model_folder, device="cpu")


@pytest.fixture(scope="module")
def plain_engine(tiny_model_folder) -> sprint_live.Engine:
    return sprint_live.load_engine(tiny_model_folder, device="cpu", without=switch_names())


@pytest.fixture(scope="module")
def sketch() -> np.ndarray:
    page = np.full((SIZE, SIZE), 255, np.uint8)
    cv2.circle(page, (128, 120), 70, 0, 5, cv2.LINE_AA)
    return page


@pytest.mark.parametrize(("steps", "strength"), [(1, 1.0), (1, 0.5), (2, 1.0), (4, 0.0)])
def test_without_its_switches_the_engine_is_the_pipeline(
    plain_engine, tiny_pipeline, sketch, steps: int, strength: float
) -> None:
    frame = plain_engine.draw(
        sketch, "A red cat ", seed=3, steps=steps, control_strength=strength, size=SIZE, guidance=3.0
    )
    picture = tiny_pipeline(
        "A red cat ",
        control_image=Image.fromarray(strokes.detect(sketch)).convert("RGB"),
        controlnet_conditioning_scale=strength,
        num_inference_steps=steps,
        guidance_scale=3.0,
        generator=torch.Generator().manual_seed(3),
        height=SIZE,
        width=SIZE,
        use_resolution_binning=False,
    ).images[0]
    assert np.array_equal(np.asarray(picture), frame.pixels_u8)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"steps": 2, "guidance": 2.0, "control_strength": 0.6},
        {"steps": 4, "control_start": 0.25, "control_end": 0.75},
        {"steps": 2, "strength": 0.5, "painting": True},
        {"control_strength": 0.0},
    ],
)
def test_with_them_it_draws_the_same_picture(engine, plain_engine, sketch, settings: dict) -> None:
    painting = np.dstack([sketch, 255 - sketch, np.roll(sketch, 40)]) if settings.get("painting") else None
    for _ in range(2):  # computed, and with what was kept
        frames = [
            one.draw(sketch, "A red cat ", seed=3, size=SIZE, **{**settings, "painting": painting})
            for one in (engine, plain_engine)
        ]
        latents = [frame.latent_CYX.astype(np.float32) for frame in frames]
        assert np.abs(latents[0] - latents[1]).max() < 2e-3 * np.abs(latents[1]).max()  # float16 keeps 11 bits
        assert np.abs(frames[0].pixels_u8.astype(int) - frames[1].pixels_u8).max() <= 1


def test_bfloat16_is_for_models_it_was_measured_on_and_for_those_who_ask(
    tiny_pipeline, engine, plain_engine, sketch, monkeypatch
) -> None:
    monkeypatch.setattr("sprint_live.engine.denoising.choose.cpu_has_bfloat16", lambda: True)
    measured = dataclasses.replace(engine.model, bfloat16_psnr_db=50.0)
    below = dataclasses.replace(engine.model, bfloat16_psnr_db=40.0)
    frames = [
        sprint_live.Engine(tiny_pipeline, model, also=also).draw(sketch, "cat", size=SIZE)
        for model, also in ((measured, ()), (below, ()), (below, ("bfloat16",)))
    ]
    exact = plain_engine.draw(sketch, "cat", size=SIZE)
    errors = [
        np.abs(frame.latent_CYX.astype(np.float32) - exact.latent_CYX).max() / np.abs(exact.latent_CYX).max()
        for frame in frames
    ]
    assert errors[1] < 2e-3 < errors[0] == errors[2] < 5e-2
    assert tiny_pipeline.transformer.dtype == torch.float32  # the plain pipeline keeps its weights
    monkeypatch.setattr("sprint_live.engine.denoising.choose.cpu_has_bfloat16", lambda: False)
    slow = sprint_live.Engine(tiny_pipeline, measured, also=("bfloat16",))
    assert "does not multiply it" in slow.explain()


def test_a_frame_is_complete(engine, sketch) -> None:
    frame = engine.draw(sketch, "cat", size=SIZE)
    assert isinstance(frame, Frame) and frame.controlled
    assert frame.image.size == (SIZE, SIZE) and frame.image.mode == "RGB"
    assert np.array_equal(np.asarray(frame.image), frame.pixels_u8)
    decoded = Image.open(io.BytesIO(frame.jpeg))
    assert decoded.format == "JPEG" and decoded.size == (SIZE, SIZE)
    assert decoded.layer[0][1:3] == (2, 2) and decoded.layer[1][1:3] == (1, 1)  # 4:2:0
    assert np.abs(np.asarray(decoded).astype(int) - frame.pixels_u8).mean() < 20
    stages = dict(frame.timings_ms)
    total = stages.pop("total")
    assert set(stages) == {"map", "text", "encode", "denoise", "decode", "jpeg"}
    assert all(value >= 0 for value in stages.values()) and 0.8 * total < sum(stages.values()) <= total


def test_same_inputs_same_bytes_and_every_input_counts(engine, sketch) -> None:
    base = engine.draw(sketch, "cat", seed=1, size=SIZE)
    assert base.jpeg == engine.draw(sketch, "cat", seed=1, size=SIZE).jpeg
    moved = np.roll(sketch, 60, axis=1)
    changes = [
        engine.draw(sketch, "cat", seed=2, size=SIZE),
        engine.draw(sketch, "a red house", seed=1, size=SIZE),
        engine.draw(sketch, "cat", seed=1, size=SIZE, steps=2),
        engine.draw(sketch, "cat", seed=1, size=SIZE, guidance=1.0),
        engine.draw(sketch, "cat", seed=1, size=SIZE, control_strength=0.5),
        engine.draw(moved, "cat", seed=1, size=SIZE),
    ]
    assert all(changed.jpeg != base.jpeg for changed in changes)
    assert engine.draw(sketch, "cat", seed=1, size=512).image.size == (512, 512)


def test_polarity_mode_and_alpha_do_not_matter(engine, sketch) -> None:
    base = engine.draw(sketch, "cat", size=SIZE)
    rgba = np.zeros((SIZE, SIZE, 4), np.uint8)
    rgba[..., 3] = 255 - sketch  # black ink on nothing
    for same in (255 - sketch, np.dstack([sketch] * 3), Image.fromarray(sketch), rgba):
        assert engine.draw(same, "cat", size=SIZE).jpeg == base.jpeg


@pytest.mark.parametrize("color", [0, 128, 255])
def test_a_blank_page_switches_control_off(engine, sketch, color: int) -> None:
    blank = engine.draw(np.full((50, 80), color, np.uint8), "cat", size=SIZE)
    assert not blank.controlled
    assert blank.jpeg == engine.draw(sketch, "cat", control_strength=0.0, size=SIZE).jpeg


def test_prompts_are_encoded_once_and_the_oldest_is_dropped() -> None:
    encoded = []
    cache = PromptCache(lambda prompt: encoded.append(prompt) or (prompt, prompt), capacity=2)
    for prompt in ["a", "b", "a", "c", "a", "b"]:
        assert cache(prompt) == (prompt, prompt)
    assert encoded == ["a", "b", "c", "b"]


def test_hostile_prompts_are_inert_or_refused(engine, sketch) -> None:
    assert usable_prompt("  a\x00 cat\ud800\n ") == "a  cat"
    assert len(usable_prompt("x" * 3000)) == 1000
    assert usable_prompt("\u202eabc <img onerror=1>") == "\u202eabc <img onerror=1>"
    for prompt in ("", "\ud800\udfff", "\u202e" * 1000, "é" * 4000, "🙂" * 2000):
        assert engine.draw(sketch, prompt, size=SIZE).jpeg
    for prompt in ("x" * (MAX_PROMPT_BYTES + 1), "é" * 5000, "x" * 10_000_000):
        with pytest.raises(PromptTooLong, match="8192"):
            engine.draw(sketch, prompt, size=SIZE)
    with pytest.raises(PromptError):
        engine.draw(sketch, None, size=SIZE)


@pytest.mark.parametrize(
    "change",
    [
        {"seed": -1},
        {"seed": 2**32},
        {"seed": 1.5},
        {"seed": True},
        {"steps": 0},
        {"steps": 5},
        {"steps": "1"},
        {"guidance": float("nan")},
        {"guidance": -1},
        {"guidance": "4"},
        {"control_strength": float("inf")},
        {"control_strength": 3},
        {"size": 100},
        {"size": 1e9},
        {"size": -64},
    ],
)
def test_numbers_out_of_range_are_refused(engine, sketch, change: dict) -> None:
    with pytest.raises(ArgumentError, match=f"{next(iter(change))}.*accepted: .*fix: "):
        engine.draw(sketch, "cat", **({"size": SIZE} | change))


def test_a_failure_is_typed_and_the_next_draw_works(engine, sketch, monkeypatch) -> None:
    good = engine.draw(sketch, "cat", size=SIZE).jpeg
    for raised, expected in [
        (RuntimeError("boom"), EngineError),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), OutOfMemory),
        (torch.OutOfMemoryError("no room"), OutOfMemory),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(engine._stages.decoder, "decode", _raise(raised))
            with pytest.raises(expected):
                engine.draw(sketch, "cat", size=SIZE)
        assert engine.draw(sketch, "cat", size=SIZE).jpeg == good


def _raise(error: Exception):
    def broken(*args, **kwargs):
        raise error

    return broken


def test_two_threads_get_their_own_pictures(engine, sketch) -> None:
    alone = [engine.draw(sketch, "cat", seed=seed, size=SIZE).jpeg for seed in range(4)]
    together: dict[int, bytes] = {}
    threads = [
        threading.Thread(target=lambda s=seed: together.update({s: engine.draw(sketch, "cat", seed=s, size=SIZE).jpeg}))
        for seed in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[seed] for seed in range(4)] == alone


def test_warm_draws_at_the_default_size(engine, monkeypatch) -> None:
    drawn = []
    monkeypatch.setattr(engine, "draw", lambda sketch, prompt: drawn.append(sketch.shape))
    engine.warm()
    assert drawn and set(drawn) == {(engine.model.default_size,) * 2}
