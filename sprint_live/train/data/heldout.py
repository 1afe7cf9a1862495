"""Held-out scenes for `sprint-live eval --pairs`: untrained pictures with sketch, caption and contours.

The scenes have a seed that no data build uses. Their emoji also occur in the training scenes, in other colors, sizes,
positions and combinations. So a distance to these pictures measures how well the distribution was learned. It does not
measure how well a model draws unknown things; drawings by people do.

Knows: scenes and sketches.  Must not know: shards, models, how pictures are judged.
"""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from sprint_live.train.data.cutouts import read_cutouts
from sprint_live.train.data.scenes import Scene, SceneMaker
from sprint_live.train.data.sketches import SketchStyle, draw_sketch

HELD_OUT_SEED = 20_990_101  # builds draw from [seed, shard] with seed 0 unless told; this one is never a default
STEADY = SketchStyle(
    thickness_px=2.0, wobble_px=0.0, simplify_px=0.5, keep_inner=1.0, gap=0.0, fill_dots=False, detector=False
)


def write_pairs(
    node_modules: Path, out: Path, *, num_pairs: int, side_px: int = 512, seed: int = HELD_OUT_SEED
) -> None:
    """Write NAME.png, NAME.sketch.png (black on white), NAME.contours.png and NAME.txt for `num_pairs` scenes,
    and pairs.json.

    Scene i depends on the seed and i only, so a longer set begins with the shorter one. Existing files are kept.

    Raises:
        InputError: the npm packages are missing or not as expected.
    """
    maker = SceneMaker(read_cutouts(node_modules))
    out.mkdir(parents=True, exist_ok=True)
    for index in tqdm(range(num_pairs), desc="held-out scenes", unit="scene"):
        caption = out / f"{index:05d}.txt"
        if caption.exists():
            continue
        scene = maker.make(side_px, np.random.default_rng([seed, index]))
        _write(out / f"{index:05d}.png", cv2.cvtColor(scene.picture_u8, cv2.COLOR_RGB2BGR))
        _write(out / f"{index:05d}.sketch.png", 255 - scene.sketch_u8)
        _write(out / f"{index:05d}.contours.png", 255 - contours(scene, seed=index))
        caption.write_text(scene.caption, encoding="utf-8")  # last: a pair whose caption is there is whole
    (out / "pairs.json").write_text(
        json.dumps({"num_pairs": num_pairs, "side_px": side_px, "seed": seed}, indent=1), encoding="utf-8"
    )


def contours(scene: Scene, *, seed: int) -> np.ndarray:
    """All lines of a scene, (S, S) uint8, white on black: true outlines, and the inner edges that the sketch maker
    finds.

    There is no ground truth for inner edges. These are the edges that training sketches are made from, before they are
    bent, broken or left out.
    """
    return draw_sketch(scene.picture_u8, scene.owner_u8, STEADY, np.random.default_rng(seed))


def _write(path: Path, pixels_u8: np.ndarray) -> None:
    written = cv2.imencode(".png", pixels_u8)[1]
    path.write_bytes(written.tobytes())
