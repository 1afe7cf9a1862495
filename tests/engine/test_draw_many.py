"""Several drawings in one call: the same pictures as one after another, and no job harms another."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest
import torch

import sprint_live
from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DRAW_SETTINGS, DrawSettings
from sprint_live.api.frame import Frame
from sprint_live.engine.autoencoder.preview import PreviewDecoder
from sprint_live.errors import ArgumentError, EngineError
from sprint_live.models.preview import SprintPreviewDecoder

SIZE = 256


@pytest.fixture(scope="module")
def engine(tiny_model_folder) -> sprint_live.Engine:
    return sprint_live.load_engine(tiny_model_folder, device="cpu")


def page(x: int = 128, *, ink: bool = True) -> np.ndarray:
    sheet = np.full((SIZE, SIZE), 255, np.uint8)
    if ink:
        cv2.circle(sheet, (x, 120), 70, 0, 5, cv2.LINE_AA)
    return sheet


def job(**changes) -> DrawJob:
    settings = DrawSettings(**{name: changes.pop(name) for name in DRAW_SETTINGS if name in changes})
    return DrawJob(**{"sketch": page(), "prompt": "cat", "size": SIZE, "settings": settings, **changes})


def alone(engine, one: DrawJob) -> Frame:
    arguments = {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}
    return engine.draw(**dataclasses.asdict(arguments.pop("settings")), **arguments)


def test_a_batch_draws_what_each_job_draws_alone(engine, monkeypatch) -> None:
    jobs = [
        job(seed=1),
        job(seed=2, prompt="a red house", sketch=page(90), control_strength=0.5),
        job(seed=3, sketch=page(ink=False)),
        job(seed=1, prompt="a dog with a much longer prompt"),
    ]
    batches = []
    run = type(engine._stages).run
    monkeypatch.setattr(type(engine._stages), "run", lambda self, some: batches.append(len(some)) or run(self, some))
    together = engine.draw_many(jobs)
    assert batches == [4]
    for one, frame in zip(jobs, together, strict=True):
        expected = alone(engine, one)
        assert frame.controlled == expected.controlled
        assert np.abs(frame.latent_CYX - expected.latent_CYX).max() < 2e-3 * np.abs(expected.latent_CYX).max()
        assert np.abs(frame.pixels_u8.astype(int) - expected.pixels_u8).max() <= 1
    assert len({frame.jpeg for frame in together}) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"size": 512},
        {"steps": 2},
        {"guidance": 2.0},
        {"control_start": 0.5},
        {"control_end": 0.5},
        {"painting": page()},
        {"painting": page(), "strength": 0.3},
        {"preview": True},
    ],
)
def test_what_the_whole_batch_shares_is_in_the_key(change: dict) -> None:
    assert job(**change).batch_key != job().batch_key


@pytest.mark.parametrize(
    "change",
    [{"sketch": page(60)}, {"prompt": "x"}, {"seed": 9}, {"control_strength": 0.3}, {"strength": 0.2}, {"client": "b"}],
)
def test_what_is_each_jobs_own_is_not(change: dict) -> None:
    assert job(**change).batch_key == job().batch_key
    assert job(size=(SIZE, SIZE)).batch_key == job().batch_key


def test_paintings_of_one_strength_go_together(engine) -> None:
    colors = np.dstack([page(), page(60), page(200)])
    jobs = [job(painting=colors, strength=0.5), job(painting=255 - colors, strength=0.5, seed=4)]
    assert jobs[0].batch_key == jobs[1].batch_key != job(painting=colors, strength=0.6).batch_key
    for one, frame in zip(jobs, engine.draw_many(jobs), strict=True):
        assert np.abs(frame.pixels_u8.astype(int) - alone(engine, one).pixels_u8).max() <= 1


def test_a_refused_job_and_another_size_harm_nobody(engine) -> None:
    answers = engine.draw_many([job(), job(prompt=None), job(size=[3]), job(size=512), job(sketch="no picture")])
    assert [type(answer).__name__ for answer in answers] == [
        "Frame",
        "PromptError",
        "ArgumentError",
        "Frame",
        "SketchError",
    ]
    assert answers[3].pixels_u8.shape == (512, 512, 3)
    with pytest.raises(ArgumentError, match="seed"):
        engine.draw(page(), "cat", seed=-1, size=SIZE)
    assert engine.draw_many([]) == []


def test_a_failure_fails_its_batch_and_no_other(engine, monkeypatch) -> None:
    decode = engine._stages.decoder.decode

    def broken(latent):
        if latent.shape[-1] == 512 // 64:
            raise RuntimeError("boom")
        return decode(latent)

    monkeypatch.setattr(engine._stages.decoder, "decode", broken)
    answers = engine.draw_many([job(size=512), job(), job(size=512, seed=2)])
    assert isinstance(answers[1], Frame)
    assert all(isinstance(answers[index], EngineError) and "boom" in str(answers[index].__cause__) for index in (0, 2))


def test_a_pin_has_the_last_word_on_its_own_job_only(engine) -> None:
    class Gray:
        def blend(self, clean_BCYX: torch.Tensor) -> torch.Tensor:
            assert clean_BCYX.shape == (1, 32, SIZE // 64, SIZE // 64)
            return torch.zeros_like(clean_BCYX)

    pinned, free = engine.draw_many([job(pin=Gray()), job()])
    assert not pinned.latent_CYX.any() and free.latent_CYX.any()
    assert pinned.jpeg != free.jpeg


def test_a_frame_carries_the_latent_it_was_decoded_from(engine) -> None:
    frame = engine.draw(page(), "cat", size=SIZE)
    assert frame.latent_CYX.dtype == np.float16 and frame.latent_CYX.shape == (32, 4, 4)
    again = engine._stages.decoder.decode(torch.tensor(frame.latent_CYX, dtype=torch.float32)[None])[0]
    assert np.abs(again.astype(int) - frame.pixels_u8).mean() < 1


def test_a_preview_is_said_to_be_one_and_only_where_there_is_a_small_decoder(tiny_pipeline, engine) -> None:
    network = SprintPreviewDecoder(block_out_channels=(8, 16, 32), layers_per_block=(1, 1, 1))
    with_preview = sprint_live.Engine(tiny_pipeline, engine.model, preview=PreviewDecoder(network))
    assert with_preview.has_preview and not engine.has_preview
    small, full = with_preview.draw(page(), "cat", size=SIZE, preview=True), with_preview.draw(page(), "cat", size=SIZE)
    assert small.preview and small.pixels_u8.shape == (SIZE // 2, SIZE // 2, 3)
    assert not full.preview and full.pixels_u8.shape == (SIZE, SIZE, 3)
    assert not engine.draw(page(), "cat", size=SIZE, preview=True).preview
