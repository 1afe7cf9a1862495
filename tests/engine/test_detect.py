"""From any photo to lines of the asked size, polarity and thickness;
what is no photo is refused before it is decoded.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import controlnet.hed_network
from controlnet.maps import detector_names, load_detector, set_thickness
from sprint_live.engine import detect
from sprint_live.engine.detect import detect_lines, detector_choices
from sprint_live.errors import ArgumentError, EngineError, SketchError, SketchTooLarge

PHOTO = Path(__file__).parents[1] / "maps" / "photos" / "coffee.jpg"  # 320x213


def test_every_source_gives_the_same_lines() -> None:
    expected = detect_lines(PHOTO, "canny", size=320)
    with Image.open(PHOTO) as image:
        decoded = image.convert("RGB")
    for source in (PHOTO.read_bytes(), decoded, np.asarray(decoded), decoded.convert("RGBA")):
        assert np.array_equal(detect_lines(source, "canny", size=320), expected)
    assert np.array_equal(expected, load_detector("canny")(np.asarray(decoded)))


@pytest.mark.parametrize("name", detector_names())
def test_size_polarity_and_thickness(name: str) -> None:
    found = detect_lines(PHOTO, name, size=160)
    assert found.shape == (106, 160) and found.dtype == np.uint8 and found.any()
    assert np.array_equal(detect_lines(PHOTO, name, size=160, invert=True), 255 - found)
    assert np.array_equal(detect_lines(PHOTO, name, size=160, thickness=8), set_thickness(found, 8))


def test_the_longer_side_is_the_size_both_ways() -> None:
    tall = np.zeros((50, 20), np.uint8)
    assert detect_lines(tall, "strokes", size=100).shape == (100, 40)
    assert detect_lines(tall.T, "strokes", size=64).shape == (26, 64)
    assert detect_lines(np.zeros((4000, 3000), np.uint8), "strokes", size=2048).shape == (2048, 1536)


def test_the_photo_is_scaled_before_lines_are_found(monkeypatch) -> None:
    """A scribble is 11 px wide whatever the size, so a photo enlarged after the network would get fat lines."""
    seen = []

    def stand_in(image_u8: np.ndarray) -> np.ndarray:
        seen.append(image_u8.shape)
        return np.zeros(image_u8.shape[:2], np.float32)

    monkeypatch.setattr(controlnet.hed_network, "edge_probability", stand_in)
    detect_lines(PHOTO, size=480)
    assert seen == [(320, 480, 3)]


def test_the_default_is_first_and_all_have_titles() -> None:
    choices = detector_choices()
    assert next(iter(choices)) == "hed_scribble" and sorted(choices) == list(detector_names()) and all(choices.values())


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"detector": "nonsense"}, "hed_scribble"),
        ({"thickness": -1}, "thickness"),
        ({"thickness": 2.0}, "thickness"),
        ({"size": 63}, "size"),
        ({"size": 2049}, "size"),
        ({"size": 512.0}, "size"),
        ({"invert": 1}, "invert"),
    ],
)
def test_refused_options_cost_no_detection(monkeypatch, options: dict, named: str) -> None:
    monkeypatch.setattr(detect, "sketch_pixels", lambda photo: pytest.fail("the photo was read"))
    with pytest.raises(ArgumentError, match=f"got .*{named}|accepted: .*{named}"):
        detect_lines(PHOTO, **options)


def test_refused_photos() -> None:
    with pytest.raises(SketchError, match="not a picture"):
        detect_lines(b"hello")
    with pytest.raises(SketchError, match=r"nowhere\.png"):
        detect_lines(Path("nowhere.png"))
    with pytest.raises(SketchError, match="got .*accepted"):
        detect_lines(None)
    with pytest.raises(SketchError, match="16 to 1"):
        detect_lines(np.zeros((10, 161), np.uint8), "canny")
    file = io.BytesIO()
    Image.new("1", (5000, 5000)).save(file, "PNG")
    with pytest.raises(SketchTooLarge):
        detect_lines(file.getvalue(), "canny")


def test_a_failing_detector_is_an_engine_error(monkeypatch) -> None:
    def fail(image_u8: np.ndarray) -> np.ndarray:
        raise RuntimeError("can't allocate memory")

    monkeypatch.setattr(controlnet.hed_network, "edge_probability", fail)
    with pytest.raises(EngineError, match=r"allocate.*fix: a smaller size"):
        detect_lines(PHOTO, size=64)


def test_the_engine_hands_it_on(monkeypatch) -> None:
    from sprint_live.engine import engine

    monkeypatch.setattr(engine, "detect_lines", lambda *given, **options: (given, options))
    idle = object.__new__(engine.Engine)  # finding lines needs no model
    assert idle.detect("photo", "canny", thickness=3, invert=True, size=512) == (
        ("photo", "canny"),
        {"thickness": 3, "invert": True, "size": 512},
    )
    assert idle.detect("photo")[1] == {"thickness": 1, "invert": False, "size": 1024}
    assert idle.detectors == detector_choices()
