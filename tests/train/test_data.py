"""The data stage: colors that are true, sketches a hand could draw, shards that survive an interruption."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from sprint_live.errors import InputError
from sprint_live.train.data import compose, manifest, shards
from sprint_live.train.data.colors import COLORS, background_rgb, name_of, recolor
from sprint_live.train.data.cutouts import Cutout, read_cutouts
from sprint_live.train.data.scenes import SceneMaker
from sprint_live.train.data.sketches import SketchStyle, draw_sketch
from support.emoji_packages import disc


@pytest.mark.parametrize("start", [(220, 40, 40), (240, 200, 40), (200, 200, 200), (60, 120, 230)])
@pytest.mark.parametrize("color", [c for c in COLORS if c.word != "gray"], ids=lambda c: c.word)
def test_a_recolored_cutout_is_the_color_its_caption_names(start, color):
    assert name_of(recolor(disc(start), color)) == color.word


def test_recoloring_keeps_dark_eyes_and_the_alpha():
    rgba = disc((240, 200, 40))
    rgba[40:50, 40:50, :3] = 5
    blue = recolor(rgba, next(c for c in COLORS if c.word == "blue"))
    assert blue[44, 44, :3].max() < 40
    assert np.array_equal(blue[..., 3], rgba[..., 3])


def test_two_colored_things_have_no_one_color_name():
    rgba = disc((220, 40, 40))
    rgba[:, 48:, :3] = (60, 120, 230)
    assert name_of(rgba) is None


def test_a_light_background_is_lighter_than_a_plain_one():
    for color in COLORS[:7]:
        assert (
            background_rgb(color, lightness=1.0).astype(int).sum()
            > background_rgb(color, lightness=0.0).astype(int).sum()
        )


def _style(**changes) -> SketchStyle:
    plain = {
        "thickness_px": 3.0,
        "wobble_px": 0.0,
        "simplify_px": 0.5,
        "keep_inner": 1.0,
        "gap": 0.0,
        "fill_dots": False,
        "detector": False,
    }
    return SketchStyle(**{**plain, **changes})


def _square_scene() -> tuple[np.ndarray, np.ndarray]:
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[64:192, 64:192] = (200, 60, 60)
    picture[110:146, 100:156] = (40, 60, 200)
    owner = np.zeros((256, 256), np.uint8)
    owner[64:192, 64:192] = 1
    return picture, owner


def test_a_steady_sketch_lies_on_the_outline_and_nowhere_else():
    picture, owner = _square_scene()
    sketch = draw_sketch(picture, owner, _style(keep_inner=0.0), np.random.default_rng(0))
    truth = cv2.morphologyEx(owner, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    near = cv2.dilate(truth, np.ones((7, 7), np.uint8))
    assert (sketch[near == 0] == 0).all()
    assert (cv2.dilate(sketch, np.ones((5, 5), np.uint8))[truth > 0] > 0).mean() > 0.98


def test_inner_strokes_gaps_and_wobble_do_what_they_say():
    picture, owner = _square_scene()

    def ink(**changes):
        return int((draw_sketch(picture, owner, _style(**changes), np.random.default_rng(3)) > 127).sum())

    assert ink(keep_inner=1.0) > ink(keep_inner=0.0) * 1.15
    assert ink(thickness_px=8.0) > ink(thickness_px=2.0) * 1.8
    straight = draw_sketch(picture, owner, _style(keep_inner=0.0), np.random.default_rng(3)) > 0
    bent = draw_sketch(picture, owner, _style(keep_inner=0.0, wobble_px=10.0), np.random.default_rng(3)) > 0
    reach = cv2.dilate(straight.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (bent & ~reach).sum() > 0.2 * bent.sum()
    broken = draw_sketch(picture, owner, _style(keep_inner=0.0, gap=0.3, wobble_px=2.0), np.random.default_rng(3)) > 0
    assert broken.sum() < 0.9 * straight.sum()


def test_cutouts_are_the_drawable_emoji_with_everyday_names(node_modules):
    found = read_cutouts(node_modules)
    assert {(c.label, c.style) for c in found} == {
        (label, style) for label in ("red apple", "cat") for style in ("3d", "flat", "noto")
    }


def test_a_missing_package_is_named_with_the_command_that_installs_it(tmp_path):
    with pytest.raises(InputError, match="npm install"):
        read_cutouts(tmp_path)


def _only_3d(node_modules: Path) -> list[Cutout]:
    return [
        Cutout(label=c.label, tags=(), group=c.group, style=style, path_or_svg=c.path_or_svg)
        for c in read_cutouts(node_modules)
        if c.style == "3d"
        for style in ("3d",)
    ]


def test_the_same_generator_state_gives_the_same_scene(node_modules, monkeypatch):
    monkeypatch.setattr("sprint_live.train.data.scenes._STYLE_WEIGHTS", {"3d": 1.0, "flat": 0.0, "noto": 0.0})
    monkeypatch.setattr("sprint_live.train.data.scenes.STYLES", ("3d",))
    maker = SceneMaker(_only_3d(node_modules))
    a, b, c = (maker.make(128, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert (
        a.caption == b.caption
        and np.array_equal(a.picture_u8, b.picture_u8)
        and np.array_equal(a.sketch_u8, b.sketch_u8)
    )
    assert not np.array_equal(a.picture_u8, c.picture_u8)
    assert "apple" in a.caption or "cat" in a.caption or "fruit" in a.caption


def _build(node_modules: Path, out: Path, **changes) -> dict:
    options = compose.SceneOptions(
        node_modules=node_modules,
        out=out,
        **{"num_scenes": 6, "scenes_per_shard": 2, "side_px": 128, "num_workers": 1, **changes},
    )
    return json.loads(compose.build_scenes(options).read_text())


def test_a_build_that_was_interrupted_writes_only_what_is_missing(node_modules, tmp_path):
    out = tmp_path / "data"
    manifest = _build(node_modules, out)
    assert sorted(manifest["sha256"]) == [
        "held-out-00000.tar",
        "scenes-00000.tar",
        "scenes-00001.tar",
        "scenes-00002.tar",
    ]
    assert manifest["num_samples"] == 8 and manifest["num_left_out"] == 0
    kept, removed = out / "scenes-00000.tar", out / "scenes-00001.tar"
    before, stamp = removed.read_bytes(), kept.stat().st_mtime_ns
    removed.unlink()
    (out / "scenes-00001.partial").write_bytes(b"half a shard")
    again = _build(node_modules, out)
    assert kept.stat().st_mtime_ns == stamp and removed.read_bytes() == before and again["sha256"] == manifest["sha256"]
    pictures = list(shards.read_shard(removed))
    assert len(pictures) == 2 and pictures[0][0].shape == (128, 128, 3) and (out / "contact.png").stat().st_size > 1000
    with pytest.raises(InputError, match="side_px.*new --out"):
        _build(node_modules, out, side_px=64)


def test_sources_have_licenses_and_a_hash_that_follows_their_content(node_modules, tmp_path):
    first = _build(node_modules, tmp_path / "a", num_scenes=2)["sources"]
    assert first["@iconify-json/noto"]["licence"] == "Apache-2.0" and all(
        len(source["sha256"]) == 64 for source in first.values()
    )
    icons = node_modules / "@iconify-json/noto/icons.json"
    icons.write_text(icons.read_text().replace("#d22", "#d23"))
    second = _build(node_modules, tmp_path / "b", num_scenes=2)["sources"]
    assert [name for name in first if first[name] != second[name]] == ["@iconify-json/noto"]


def test_held_out_scenes_are_no_training_scenes(node_modules, tmp_path):
    _build(node_modules, tmp_path / "data")
    trained = {
        picture.tobytes() for path in shards.shard_paths(tmp_path / "data") for picture, _, _ in shards.read_shard(path)
    }
    (held_out,) = shards.held_out_paths(tmp_path / "data")
    pictures = [picture.tobytes() for picture, _, _ in shards.read_shard(held_out)]
    assert len(trained) == 6 and len(pictures) == 2 and not trained & set(pictures)


def test_a_changed_or_missing_shard_is_named(node_modules, tmp_path):
    out = tmp_path / "data"
    _build(node_modules, out, num_scenes=4)
    assert manifest.check(out) == []
    (out / "scenes-00000.tar").write_bytes(b"other")
    (out / "scenes-00001.tar").unlink()
    assert manifest.check(out) == ["scenes-00000.tar: changed", "scenes-00001.tar: missing"]
