"""HED on its shipped weights equals the network written out in numpy, and finds the boundaries of a picture we know."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.numpy import load_file

from controlnet import hed_network
from controlnet.hed_network import HedNetwork, edge_probability, features, load_network
from controlnet.maps import load_detector
from sprint_live.errors import ArgumentError, WeightsError
from sprint_live.thinning import thin
from support.models import slow_hed

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "hed"
PHOTOS = sorted((Path(__file__).parent / "photos").glob("*.jpg"))


def photo(path: Path, width: int) -> np.ndarray:
    image = Image.open(path).convert("RGB")
    return np.asarray(image.resize((width, round(image.height * width / image.width)), Image.LANCZOS))


@pytest.mark.parametrize("path", PHOTOS, ids=[path.stem for path in PHOTOS])
def test_a_photograph_equals_the_reference(path: Path) -> None:
    image_u8 = photo(path, width=101)  # odd, so that every pooling has a last column of its own
    expected = slow_hed.probability(image_u8)
    assert expected.max() > 0.8 and expected.min() < 0.02
    assert np.abs(edge_probability(image_u8) - expected).max() < 1e-5


def test_features_equal_the_reference_and_know_no_batch() -> None:
    pictures_u8 = np.stack([photo(path, width=90)[:57, :61] for path in PHOTOS])
    found = features(pictures_u8)
    assert found.shape == (3, hed_network.NUM_FEATURES) == (3, 1472) and found.dtype == np.float32
    expected = np.concatenate([hidden.mean((0, 1)) for hidden in slow_hed.activations(pictures_u8[1])])
    assert np.abs(found[1] - expected).max() < 1e-5 * np.abs(expected).max()
    assert np.array_equal(features(pictures_u8[1:2])[0], found[1])


def test_the_files_are_the_ones_recorded_and_small() -> None:
    weights = ASSETS / "hed.safetensors"
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == hed_network.WEIGHTS_SHA256
    assert (ASSETS / "SHA256SUMS").read_text() == f"{hed_network.WEIGHTS_SHA256}  hed.safetensors\n"
    assert weights.stat().st_size <= 30_000_000
    tensors = load_file(weights)
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float16)}
    assert set(tensors) == set(HedNetwork().state_dict())


def test_the_converter_moves_every_axis_to_its_place() -> None:
    spec = importlib.util.spec_from_file_location("hed_convert", ASSETS / "convert.py")
    convert = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(convert)
    keras = {}
    for name, tensor in load_file(ASSETS / "hed.safetensors").items():
        part, *where = name.split(".")
        block = int(where[0]) + 1
        if part == "sides":
            group = f"dsn{block}/vars"
        else:
            group = f"block{block}/layers/conv2d{'' if where[1] == '0' else '_' + where[1]}/vars"
        kernel = np.moveaxis(tensor, (0, 1), (3, 2)) if tensor.ndim == 4 else tensor
        keras.setdefault(group, {})["0" if tensor.ndim == 4 else "1"] = kernel
    made = convert.read_layers(keras)
    assert made.keys() == HedNetwork().state_dict().keys()
    assert all(np.array_equal(made[name], tensor) for name, tensor in load_file(ASSETS / "hed.safetensors").items())


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped"])
def test_a_missing_or_damaged_weight_file_is_named(monkeypatch, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "hed.safetensors"
    if damage != "missing":
        data = bytearray((ASSETS / "hed.safetensors").read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data if damage == "flipped" else data[:-7])
    monkeypatch.setattr(hed_network, "WEIGHTS", path)
    load_network.cache_clear()
    with pytest.raises(WeightsError, match=r"hed\.safetensors.*fix: "):
        load_network()


def test_what_is_no_picture_is_refused() -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    for bad in (picture[..., 0], picture.astype(np.float32), picture[:0], np.zeros((1025, 1024, 3), np.uint8)):
        with pytest.raises(ArgumentError, match="got .*accepted: .*fix: "):
            edge_probability(bad)
        with pytest.raises(ArgumentError, match="got .*accepted: .*fix: "):
            features(bad[None])
    for bad in (picture, np.zeros((0, 8, 8, 3), np.uint8), [picture]):
        with pytest.raises(ArgumentError, match="stack"):
            features(bad)


def scene(grain: float) -> tuple[np.ndarray, np.ndarray]:
    """(a blue disc and a red box on a light wall (192, 256, 3), their boundaries (H, W) bool,
    known by construction).
    """
    y, x = np.mgrid[:192, :256]
    disc = np.hypot(x - 84, y - 96) <= 52
    box = (np.abs(x - 190) <= 34) & (np.abs(y - 100) <= 50)
    image = np.full((192, 256, 3), (226, 222, 214), np.float64)
    image[disc], image[box] = (40, 60, 120), (190, 50, 40)
    image += np.random.default_rng(0).normal(0, grain, image.shape)
    boundary = np.zeros(disc.shape, bool)
    for shape in (disc, box):
        boundary |= shape & ~cv2.erode(shape.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    return np.clip(image, 0, 255).round().astype(np.uint8), boundary


def boundary_f(lines: np.ndarray, boundary: np.ndarray, reach_px: float) -> float:
    """F of precision (lines near the boundary) and recall (boundary near the lines), both (H, W) bool."""

    def share_near(some: np.ndarray, others: np.ndarray) -> float:
        distance_px = cv2.distanceTransform((~others).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        return float((distance_px[some] <= reach_px).mean()) if some.any() and others.any() else 0.0

    precision, recall = share_near(lines, boundary), share_near(boundary, lines)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def test_the_f_measure_by_hand() -> None:
    boundary = np.zeros((20, 20), bool)
    boundary[10] = True
    shifted, half = np.roll(boundary, 3, axis=0), boundary.copy()
    half[:, 10:] = False
    assert boundary_f(boundary, boundary, 2) == 1
    assert boundary_f(shifted, boundary, 2) == 0 and boundary_f(shifted, boundary, 3) == 1
    assert boundary_f(half, boundary, 0) == pytest.approx(2 / 3)  # precision 1, recall 1/2


@pytest.mark.parametrize("grain", [0, 8])
def test_it_finds_the_boundaries_and_leaves_the_grain(grain: float) -> None:
    """Within 2 px; the tolerance of BSDS500, 0.75 % of the diagonal, is 2.4 px here."""
    image_u8, boundary = scene(grain)
    scores = {
        name: boundary_f(thin(load_detector(name)(image_u8) > 127), boundary, 2)
        for name in ("hed_soft", "hed_scribble", "canny")
    }
    assert scores["hed_soft"] > 0.98 and scores["hed_scribble"] > 0.98
    assert scores["canny"] > 0.98 if grain == 0 else scores["canny"] < 0.75


def test_an_edge_lies_where_the_step_is() -> None:
    """All five scales are enlarged without a shift: the peak is at the step, from the left as from the right."""
    step = np.full((96, 128, 3), 20, np.uint8)
    step[:, 64:] = 230
    for image_u8 in (step, 250 - step, step[:, ::-1]):
        assert abs(float(edge_probability(image_u8)[32:64].mean(0).argmax()) - 63.5) <= 1
        assert abs(float(edge_probability(image_u8.transpose(1, 0, 2))[:, 32:64].mean(1).argmax()) - 63.5) <= 1


def test_it_reads_red_green_blue() -> None:
    """Trained on photographs, it answers differently for a swapped order:
    a picture is given as RGB and nothing else.
    """
    image_u8 = photo(PHOTOS[0], width=96)
    assert np.abs(edge_probability(image_u8) - edge_probability(image_u8[..., ::-1])).max() > 0.1


def test_the_network_is_shared_and_frozen() -> None:
    network = load_network()
    assert network is load_network() and not network.training
    assert all(parameter.dtype == torch.float32 and not parameter.requires_grad for parameter in network.parameters())
