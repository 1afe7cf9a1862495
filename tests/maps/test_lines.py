"""What happens between the network's answer and the lines: the released steps, thickness, scaling;
and the quick detector.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from controlnet import hed_network
from controlnet.maps import hed_scribble, hed_soft, load_detector, set_thickness
from sprint_live.errors import ArgumentError
from support.models import slow_hed


def ridge(height: int = 60, width: int = 80, peak_u8: int = 255) -> np.ndarray:
    """A soft map with one upright edge in column 40, rising a little from top to bottom.

    It must rise: where a ridge is level along its length, the released thinning calls all of it a peak.
    """
    across = np.exp(-((np.arange(width) - 40) ** 2) / 50)
    return (peak_u8 * np.linspace(0.9, 1, height)[:, None] * across).astype(np.uint8)


def bumps(height: int, width: int, scale_px: float) -> np.ndarray:
    """Smooth random hills, mean 0, standard deviation 1."""
    rough = np.random.default_rng(3).normal(size=(height, width)).astype(np.float32)
    smooth = cv2.GaussianBlur(rough, (0, 0), scale_px)
    return (smooth - smooth.mean()) / smooth.std()


def test_a_lone_edge_becomes_a_line_11_pixels_wide() -> None:
    """A peak of 255 blurred with sigma 3 is 255 x 0.133 exp(-d^2 / 18): 8.5 at d = 5, and 4.6 at d = 6, which OpenCV's
    8-bit blur rounds to 4. So 5 + 1 + 5 columns are over 4."""
    lines = hed_scribble.draw_peaks(ridge())
    assert np.array_equal(np.flatnonzero(lines[30]), np.arange(35, 46))
    assert set(np.unique(lines)) == {0, 255}


def test_an_edge_below_half_is_no_line() -> None:
    """The blur before thinning costs a ridge of this width a seventh: 160 stays over 127, 140 does not."""
    assert hed_scribble.draw_peaks(ridge(peak_u8=160)).any()
    assert not hed_scribble.draw_peaks(ridge(peak_u8=140)).any()


def test_peaks_equal_the_slow_reference() -> None:
    soft_u8 = np.clip(128 + 60 * bumps(70, 90, 4.0), 0, 255).astype(np.uint8)
    peaks, blurred = slow_hed.scribble_margins(soft_u8)
    assert 20 < peaks.sum() < 2000
    certain = np.abs(blurred - 4.5) > 0.6  # OpenCV rounds the blur of uint8 twice, once a direction
    lines = hed_scribble.draw_peaks(soft_u8)
    assert certain.mean() > 0.95 and (lines > 0).any() and (lines == 0).any()
    assert np.array_equal(lines[certain] > 0, blurred[certain] > 4.5)


@pytest.mark.parametrize(
    ("thickness", "width"), [(0, 8), (1, 11), (2, 11), (3, 11), (4, 12), (5, 12), (6, 13), (20, 20)]
)
def test_thickness_is_the_released_one(thickness: int, width: int) -> None:
    """0 erodes by 4x4 and so takes 3 px; n dilates by n // 2 and so adds n // 2 - 1 px."""
    line = hed_scribble.draw_peaks(ridge())
    before = line.copy()
    assert (set_thickness(line, thickness)[30] > 0).sum() == width
    assert np.array_equal(line, before)


@pytest.mark.parametrize("thickness", [-1, 65, 1.0, True, None, "2"])
def test_thickness_is_bounded(thickness: object) -> None:
    with pytest.raises(ArgumentError, match="thickness .*0 to 64"):
        set_thickness(ridge(), thickness)


def test_the_soft_map_is_the_probability_rounded_down(monkeypatch) -> None:
    probability = np.linspace(0, 1, 256 * 4, dtype=np.float32).reshape(32, 32)
    monkeypatch.setattr(hed_network, "edge_probability", lambda image_u8: probability)
    image_u8 = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    assert np.array_equal(hed_soft.detect(image_u8), np.floor(probability * 255).astype(np.uint8))


@pytest.mark.parametrize("name", ["hed_soft", "hed_scribble"])
@pytest.mark.parametrize("shape", [(1500, 1100), (1, 3_000_000)])
def test_a_large_picture_is_scaled_for_the_network_and_back(monkeypatch, name: str, shape: tuple[int, int]) -> None:
    seen = []

    def stand_in(image_u8: np.ndarray) -> np.ndarray:
        seen.append(image_u8.shape)
        return (image_u8[..., 0] > 127).astype(np.float32)

    monkeypatch.setattr(hed_network, "edge_probability", stand_in)
    image_u8 = np.zeros(shape, np.uint8)
    image_u8[:, shape[1] // 2 - 20 : shape[1] // 2 + 20] = 255
    found = load_detector(name)(image_u8)
    assert found.shape == shape
    assert len(seen) == 1 and seen[0][0] * seen[0][1] <= hed_network.MAX_PIXELS
    if shape[0] > 1:
        assert seen[0][0] / seen[0][1] == pytest.approx(shape[0] / shape[1], rel=0.01)
        assert found[:, 550].min() == 255 and not found[:, :400].any()
    if name == "hed_scribble":
        assert set(np.unique(found)) <= {0, 255}


def test_the_quick_detector_draws_one_line_beside_a_step_and_none_on_a_slope() -> None:
    detect = load_detector("difference_of_gaussians")
    step = np.full((128, 160), 90, np.uint8)
    step[:, 80:] = 170
    columns = np.flatnonzero(detect(step)[64])
    assert len(columns) and columns.min() >= 76 and columns.max() < 80  # on the dark side, touching the step
    slope = np.tile(np.linspace(20, 230, 160).astype(np.uint8), (128, 1))
    assert not detect(slope)[:, 8:-8].any()


def test_the_quick_detector_sees_colors_of_one_brightness() -> None:
    image_u8 = np.full((96, 96, 3), (200, 60, 60), np.uint8)
    image_u8[:, 48:] = (60, 131, 60)  # the same gray
    assert np.ptp(cv2.cvtColor(image_u8, cv2.COLOR_RGB2GRAY)) <= 1
    assert load_detector("difference_of_gaussians")(image_u8)[48].max() == 255


def test_the_quick_detector_is_steadier_than_canny_under_camera_grain() -> None:
    """Change between two frames that differ by grain only, as a share of the lines in them, over three photographs:
    0.19 against 0.28 here.
    """
    rng = np.random.default_rng(0)
    change = dict.fromkeys(("difference_of_gaussians", "canny"), 0.0)
    for path in sorted((Path(__file__).parent / "photos").glob("*.jpg")):
        photo = np.asarray(Image.open(path), np.float64)
        frames_u8 = [np.clip(photo + rng.normal(0, 3, photo.shape), 0, 255).astype(np.uint8) for _ in range(2)]
        for name in change:
            first, second = (load_detector(name)(frame_u8).astype(np.float64) for frame_u8 in frames_u8)
            change[name] += np.abs(first - second).sum() / ((first.sum() + second.sum()) / 2) / 3
    assert change["difference_of_gaussians"] < 0.75 * change["canny"], change
