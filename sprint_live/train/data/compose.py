"""Builds a dataset folder of scenes: drawn things and emoji, in materials, at places.

Knows: cutouts, drawn scenes, shards.  Must not know: models, training.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.data import manifest, shards
from sprint_live.train.data.cutouts import PACKAGES, Cutout, read_cutouts
from sprint_live.train.data.drawn_scenes import DrawnSceneMaker
from sprint_live.train.data.emoji_page import EmojiPages
from sprint_live.train.data.scene_mix import MIXES

LICENSES = {
    "@lobehub/fluent-emoji-3d": "MIT",
    "@iconify-json/fluent-emoji-flat": "MIT",
    "@iconify-json/noto": "Apache-2.0",
    "emojibase-data": "MIT",
}
NUM_HELD_OUT = 200
_READ_FILES = ("**/*.webp", "icons.json", "chars.json", "en/data.json")  # what cutouts read of a package


@dataclass(frozen=True, kw_only=True)
class SceneOptions:
    """Options of one build. side_px: half the side of the canvas, because sprint-tiny's autoencoder averages 2x2 pixels
    first. mix: a name in `scene_mix.MIXES`.
    """

    node_modules: Path
    out: Path
    num_scenes: int = 40_000
    scenes_per_shard: int = 500
    side_px: int = 512
    seed: int = 0
    mix: str = "even"
    num_workers: int = 2


class _SceneShards:
    """Makes the shards. The random numbers of shard N depend on (seed, N) only."""

    def __init__(self, cutouts: list[Cutout], options: SceneOptions) -> None:
        emoji = EmojiPages(cutouts)
        self._shares = [share for share, _ in MIXES[options.mix]]
        self._makers = [DrawnSceneMaker(mix, emoji) for _, mix in MIXES[options.mix]]
        self._options = options

    def pairs(self, shard: str) -> Iterator[shards.Pair]:
        held_out, number = shard == shards.HELD_OUT, int(shard.rsplit("-", 1)[1])
        rng = np.random.default_rng([self._options.seed, number, 1] if held_out else [self._options.seed, number])
        for _ in range(
            min(NUM_HELD_OUT, self._options.scenes_per_shard) if held_out else self._options.scenes_per_shard
        ):
            maker = self._makers[int(rng.choice(len(self._makers), p=self._shares))]
            scene = maker.make(self._options.side_px, rng)
            yield shards.Pair(
                picture_u8=scene.picture_u8,
                sketch_u8=scene.control_u8,
                caption=scene.caption,
                labels_u8=scene.page.labels.astype(np.uint8) if scene.phrases else None,
                phrases=scene.phrases,
                origin=f"{'drawn' if scene.page.placed else 'emoji'}, {scene.material}, {scene.place}",
            )


def build_scenes(options: SceneOptions) -> Path:
    """Write all shards that are missing; return the manifest's path.

    Raises:
        ArgumentError: there is no such mix.
        InputError: a package is missing, or the folder was begun with other options.
    """
    if options.mix not in MIXES:
        raise ArgumentError(refusal(got=f"mix {options.mix!r}", accepted=", ".join(MIXES), fix="name one of these"))
    cutouts = read_cutouts(options.node_modules)
    manifest.begin(
        options.out,
        {
            "scenes_per_shard": options.scenes_per_shard,
            "side_px": options.side_px,
            "seed": options.seed,
            "mix": options.mix,
        },
    )
    names = shards.shard_names(-(-options.num_scenes // options.scenes_per_shard))
    shards.write_missing(_SceneShards(cutouts, options), options.out, [*names, shards.HELD_OUT], options.num_workers)
    sources = {name: _source(options.node_modules / name, LICENSES[name]) for name in PACKAGES}
    return manifest.finish(options.out, {"side_px": options.side_px, "seed": options.seed, "sources": sources})


def _source(package: Path, license: str) -> dict[str, str]:
    """Version, license and sha256 of the files that are read, by package."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _READ_FILES for path in package.glob(pattern)}):
        digest.update(
            path.relative_to(package).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
        )
    return {
        "version": json.loads((package / "package.json").read_text("utf-8"))["version"],
        "licence": license,
        "sha256": digest.hexdigest(),
    }
