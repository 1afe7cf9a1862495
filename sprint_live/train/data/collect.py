"""Builds a dataset folder from the user's own pictures, and makes their control maps.

Each picture gets the map of one of the chosen detectors, redrawn in a random drawing style. So the model learns the
lines of people and not of one detector. Every fiftieth picture is held out.

Knows: sources, detectors, shards.  Must not know: models, training.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from controlnet.maps import Detect, detector_names, load_detector
from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.data import manifest, shards
from sprint_live.train.data.pictures import UnusablePicture, read_square
from sprint_live.train.data.redraw import redraw
from sprint_live.train.data.samples import Source
from sprint_live.train.data.sketches import sample_style

HELD_OUT_EVERY = 50
MAX_HELD_OUT = 200


@dataclass(frozen=True, kw_only=True)
class PictureOptions:
    """Options of one build. detectors: one of them is chosen at random for every picture. license: of the pictures,
    written into the manifest.
    """

    out: Path
    detectors: tuple[str, ...] = ("canny",)
    side_px: int = 1024
    pictures_per_shard: int = 500
    seed: int = 0
    num_workers: int = 2
    license: str = "not stated"

    def __post_init__(self) -> None:
        unknown = [name for name in self.detectors if name not in detector_names()]
        if unknown or not self.detectors:
            raise ArgumentError(
                refusal(
                    got=f"detectors {list(self.detectors)}",
                    accepted=", ".join(detector_names()),
                    fix="name one or more of these",
                )
            )
        if not 64 <= self.side_px <= 4096 or self.pictures_per_shard < 1:
            raise ArgumentError(
                refusal(
                    got=f"side {self.side_px}, {self.pictures_per_shard} pictures a shard",
                    accepted="64..4096 pixels, 1 or more",
                    fix="use the model's size: 1024",
                )
            )


class _PictureShards:
    """Makes the shards of a plan. Random numbers depend on (seed, picture) only."""

    def __init__(self, source: Source, options: PictureOptions, plan: dict[str, list[int]]) -> None:
        self._source, self._options, self._plan = source, options, plan

    def pairs(self, shard: str) -> Iterator[shards.Pair | shards.Left]:
        for index in self._plan[shard]:
            rng = np.random.default_rng([self._options.seed, index])
            try:
                sample = self._source.read(index)
                picture = read_square(sample.encoded, self._options.side_px)
            except UnusablePicture as error:
                yield shards.Left(name=self._source.name(index), reason=str(error))
                continue
            except Exception as error:  # noqa: BLE001  # one file of somebody's million never ends a build
                reason = f"unreadable: {type(error).__name__}: {error}"
                yield shards.Left(name=self._source.name(index), reason=reason[:500])
                continue
            detector = str(rng.choice(self._options.detectors))
            sketch = redraw(_detector(detector)(picture), sample_style(rng, self._options.side_px), rng)
            yield shards.Pair(
                picture_u8=picture, sketch_u8=sketch, caption=sample.caption, origin=f"{sample.name}, {detector}"
            )


@functools.cache
def _detector(name: str) -> Detect:
    return load_detector(name)


def build_pictures(source: Source, options: PictureOptions) -> Path:
    """Write all shards that are missing; return the manifest's path.

    Raises:
        InputError: the folder was begun with other pictures or options, or no picture can be used.
    """
    digest = source.digest()
    numbers = {"detectors": list(options.detectors), "side_px": options.side_px, "seed": options.seed}
    manifest.begin(options.out, {"pictures_per_shard": options.pictures_per_shard, "pictures": digest, **numbers})
    plan = _plan(len(source), options.pictures_per_shard)
    shards.write_missing(_PictureShards(source, options, plan), options.out, list(plan), options.num_workers)
    return manifest.finish(
        options.out,
        {
            **numbers,
            "sources": {"pictures": {"licence": options.license, "num_pictures": len(source), "sha256": digest}},
        },
    )


def _plan(num_pictures: int, per_shard: int) -> dict[str, list[int]]:
    """Which pictures go into which shard. A small collection has no held-out pictures."""
    held_out = list(range(HELD_OUT_EVERY - 1, num_pictures, HELD_OUT_EVERY))[:MAX_HELD_OUT]
    rest = sorted(set(range(num_pictures)) - set(held_out))
    groups = [rest[start : start + per_shard] for start in range(0, len(rest), per_shard)]
    plan = dict(zip(shards.shard_names(len(groups)), groups, strict=True))
    return {**plan, shards.HELD_OUT: held_out} if held_out else plan
