"""Shards: scenes as WebDataset tar files, with a manifest and a contact sheet.

A sample is `0000123.jpg` (picture), `0000123.sketch.png` (white lines on black) and `0000123.json`
(caption, style).  A finished shard is renamed into place, so an interrupted build resumes.

Knows: scenes and files.  Must not know: models, training.
"""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from sprint_live.errors import InputError
from sprint_live.train.data.cutouts import PACKAGES, Cutout, read_cutouts
from sprint_live.train.data.scenes import Scene, SceneMaker

LICENCES = {"@lobehub/fluent-emoji-3d": "MIT", "@iconify-json/fluent-emoji-flat": "MIT", "@iconify-json/noto": "Apache-2.0", "emojibase-data": "MIT"}
_JPEG_QUALITY = 94


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """What one data build makes. `side_px` is half the canvas: the autoencoder averages 2x2 pixels first."""

    node_modules: Path
    out: Path
    num_scenes: int = 40_000
    scenes_per_shard: int = 500
    side_px: int = 512
    seed: int = 0
    num_workers: int = 2


def build(options: BuildOptions) -> Path:
    """Write all shards that are missing; return the manifest's path."""
    cutouts = read_cutouts(options.node_modules)
    options.out.mkdir(parents=True, exist_ok=True)
    num_shards = -(-options.num_scenes // options.scenes_per_shard)
    missing = [index for index in range(num_shards) if not _shard_path(options.out, index).exists()]
    with multiprocessing.get_context("spawn").Pool(options.num_workers, _start_worker, (cutouts, options)) as pool:
        for _ in tqdm(pool.imap_unordered(_write_shard, missing), total=len(missing), desc="shards", unit="shard"):
            pass
    contact_sheet(options.out, options.out / "contact.png")
    return _write_manifest(options, num_shards)


_worker: tuple[SceneMaker, BuildOptions] | None = None


def _start_worker(cutouts: list[Cutout], options: BuildOptions) -> None:
    global _worker
    cv2.setNumThreads(1)
    _worker = (SceneMaker(cutouts), options)


def _write_shard(shard_index: int) -> int:
    assert _worker is not None
    maker, options = _worker
    rng = np.random.default_rng([options.seed, shard_index])
    final = _shard_path(options.out, shard_index)
    partial = final.with_suffix(".partial")
    with tarfile.open(partial, "w") as tar:
        for offset in range(options.scenes_per_shard):
            _add_scene(tar, shard_index * options.scenes_per_shard + offset, maker.make(options.side_px, rng))
    partial.replace(final)
    return shard_index


def _add_scene(tar: tarfile.TarFile, number: int, scene: Scene) -> None:
    jpeg_options = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
    members = {
        "jpg": cv2.imencode(".jpg", scene.picture_u8[..., ::-1], jpeg_options)[1].tobytes(),
        "sketch.png": cv2.imencode(".png", scene.sketch_u8)[1].tobytes(),
        "json": json.dumps({"caption": scene.caption, "style": scene.style}).encode(),
    }
    for ending, payload in members.items():
        info = tarfile.TarInfo(f"{number:07d}.{ending}")
        info.size = len(payload)
        tar.addfile(info, io.BytesIO(payload))


def _shard_path(folder: Path, index: int) -> Path:
    return folder / f"scenes-{index:05d}.tar"


def shard_paths(folder: Path) -> list[Path]:
    """All finished shards of a dataset folder, in order.

    Raises:
        InputError: the folder holds none.
    """
    paths = sorted(folder.glob("scenes-*.tar"))
    if not paths:
        raise InputError(f"{folder} holds no scenes-*.tar; build them first: sprint-live train data --out {folder}")
    return paths


def read_shard(path: Path) -> Iterator[tuple[np.ndarray, np.ndarray, str]]:
    """Yield (picture (S, S, 3) uint8 RGB, sketch (S, S) uint8, caption) for every scene of a shard."""
    sample: dict[str, bytes] = {}
    with tarfile.open(path) as tar:
        for info in tar:
            ending = info.name.split(".", 1)[1]
            sample[ending] = tar.extractfile(info).read()
            if ending == "json":
                picture = cv2.imdecode(np.frombuffer(sample["jpg"], np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
                sketch = cv2.imdecode(np.frombuffer(sample["sketch.png"], np.uint8), cv2.IMREAD_GRAYSCALE)
                yield np.ascontiguousarray(picture), sketch, json.loads(sample["json"])["caption"]
                sample = {}


def contact_sheet(folder: Path, file: Path, num_columns: int = 8, num_rows: int = 6, tile_px: int = 160) -> None:
    """A PNG of the first scenes, picture beside sketch."""
    tiles = []
    for picture, sketch, _ in read_shard(shard_paths(folder)[0]):
        drawn = cv2.cvtColor(255 - sketch, cv2.COLOR_GRAY2RGB)
        tiles.append(np.hstack([cv2.resize(side, (tile_px, tile_px), interpolation=cv2.INTER_AREA) for side in (picture, drawn)]))
        if len(tiles) == num_columns * num_rows:
            break
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % num_columns)
    rows = [np.hstack(tiles[start : start + num_columns]) for start in range(0, len(tiles), num_columns)]
    cv2.imwrite(str(file), np.vstack(rows)[..., ::-1])


def _write_manifest(options: BuildOptions, num_shards: int) -> Path:
    shards = {}
    for index in tqdm(range(num_shards), desc="sha256", unit="shard"):
        path = _shard_path(options.out, index)
        shards[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    sources = {}
    for name in PACKAGES:
        package = json.loads((options.node_modules / name / "package.json").read_text())
        sources[name] = {"version": package["version"], "licence": LICENCES[name]}
    manifest = options.out / "manifest.json"
    content = {"num_scenes": num_shards * options.scenes_per_shard, "side_px": options.side_px, "seed": options.seed, "sources": sources, "sha256": shards}
    manifest.write_text(json.dumps(content, indent=1))
    return manifest
