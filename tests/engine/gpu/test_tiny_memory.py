"""The memory rows of the tiny autoencoders beside a walk of the engine with and without them, storage by storage."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np
import pytest

from sprint_live.models.autoencoders import autoencoder_names, find_autoencoder
from sprint_live.models.fit import AS_PUBLISHED, LISTED, Fit
from sprint_live.models.memory import CONTEXT_MIB, MIB, peak_memory
from sprint_live.models.zoo import find_model
from support.gpu import SimulatedGpu
from support.gpu.released import peaks_by_stage, released_engine

MODEL, SMALLEST = "sana-sprint-0.6b", LISTED[-1]
PICTURE = ("encode", "denoise", "decode", "jpeg")
WITHIN_WHOLE, WITHIN_ROW = 0.02, 0.1


@functools.cache
def picture_peak(fit: Fit, tiny: str | None, also: tuple[str, ...] = ()) -> int:
    """The most bytes that a picture takes on the GPU; with a tiny autoencoder a preview comes before it."""
    page_u8 = np.full((1024, 1024), 255, np.uint8)
    page_u8[300:700, 500:510] = 0
    drawn: list[Mapping[str, int]] = []
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(MODEL, fit, tiny=tiny, also=also)
        for preview in [True] * (tiny is not None) + [False]:
            with peaks_by_stage(gpu) as peaks:
                assert engine.draw(page_u8, "a cat", client="one", preview=preview).preview == preview
            drawn.append(peaks)
    return max(peaks[stage] for peaks in drawn for stage in PICTURE)


@pytest.mark.parametrize(
    ("tiny", "also", "fit"),
    [
        ("taesana", (), AS_PUBLISHED),
        ("dc-ae-lite", (), AS_PUBLISHED),
        ("taesana", (), SMALLEST),
        ("dc-ae-lite", (), SMALLEST),
    ],
    ids=str,
)
def test_a_tiny_autoencoder_takes_what_its_row_says(tiny: str, also: tuple[str, ...], fit: Fit) -> None:
    entry, parts = find_autoencoder(tiny), find_model(MODEL).parts
    halves = [half for half in (entry.encoder, entry.decoder) if half is not None]
    stated, alone = (peak_memory(parts, fit, tiny=some).picture_bytes for some in (halves, ()))
    found = picture_peak(fit, tiny, also)
    assert stated - CONTEXT_MIB * MIB == pytest.approx(found, rel=WITHIN_WHOLE)
    assert stated - alone == pytest.approx(found - picture_peak(fit, None), rel=WITHIN_ROW)


def test_the_tiny_encoder_takes_its_features_besides_and_the_full_one_is_not_run() -> None:
    """It replaces the full encoder's working memory, so the decoder is what a picture needs most for."""
    entry, parts = find_autoencoder("taesana"), find_model(MODEL).parts
    assert entry.encoder is not None
    found = picture_peak(AS_PUBLISHED, "taesana", ("tiny-encoder",))
    stated = peak_memory(parts, AS_PUBLISHED, tiny=(entry.encoder, entry.decoder)).picture_bytes - CONTEXT_MIB * MIB
    spared = (parts["encoder"].working_mib - parts["decoder"].working_mib) * MIB
    assert stated - spared == pytest.approx(found, rel=WITHIN_WHOLE) and found < stated


def test_every_tiny_autoencoder_is_walked() -> None:
    assert set(autoencoder_names()) == {"taesana", "dc-ae-lite"}
