"""The plan of a dataset folder, its manifest with the sha256 of every shard, and its contact sheet.

Knows: files of a dataset folder.  Must not know: how a sample is made, models, training.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from tqdm import tqdm

from sprint_live.errors import InputError
from sprint_live.train.data.shards import held_out_paths, log_path, read_shard, shard_paths


def contact_sheet(folder: Path, file: Path, num_columns: int = 8, num_rows: int = 6, tile_px: int = 160) -> None:
    """A PNG of the first scenes, picture beside sketch."""
    tiles = []
    for picture, sketch, _ in read_shard(shard_paths(folder)[0]):
        drawn = 255 - sketch
        tiles.append(
            np.hstack([cv2.resize(side, (tile_px, tile_px), interpolation=cv2.INTER_AREA) for side in (picture, drawn)])
        )
        if len(tiles) == num_columns * num_rows:
            break
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % num_columns)
    rows = [np.hstack(tiles[start : start + num_columns]) for start in range(0, len(tiles), num_columns)]
    Image.fromarray(np.vstack(rows)).save(file)


def left_out(folder: Path) -> list[dict[str, str]]:
    """Every sample that was left out of a dataset folder: {"name", "reason"}."""
    return [
        entry for log in sorted(folder.glob("*.log.json")) for entry in json.loads(log.read_text("utf-8"))["left_out"]
    ]


def finish(folder: Path, facts: dict[str, object]) -> Path:
    """Write contact.png and manifest.json (the given facts, counts, sha256 of every shard); return the manifest's path.

    Raises:
        InputError: no sample can be used.
    """
    left = left_out(folder)
    if left and not list(folder.glob("scenes-*.tar")):
        raise InputError(
            f"none of {len(left)} samples could be used; the first: {left[0]['name']}: {left[0]['reason']}"
        )
    contact_sheet(folder, folder / "contact.png")
    hashes = {
        path.name: _sha256(path)
        for path in tqdm([*shard_paths(folder), *held_out_paths(folder)], desc="sha256", unit="shard")
    }
    counts = {
        name: json.loads(log_path(folder, Path(name).stem).read_text("utf-8"))["num_samples"]
        for name in hashes
        if log_path(folder, Path(name).stem).exists()
    }
    content = {
        **facts,
        "num_samples": sum(counts.values()),
        "num_left_out": len(left),
        "left_out": left,
        "sha256": hashes,
    }
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return manifest


def begin(out: Path, plan: dict[str, object]) -> None:
    """Write the plan of a dataset folder, so that a resumed build never mixes two collections.

    Raises:
        InputError: the folder was begun with another plan.
    """
    out.mkdir(parents=True, exist_ok=True)
    file = out / "plan.json"
    if not file.exists():
        file.write_text(json.dumps(plan, indent=1), encoding="utf-8")
    elif json.loads(file.read_text("utf-8")) != plan:
        before = json.loads(file.read_text("utf-8"))
        changed = sorted(name for name in {**before, **plan} if before.get(name) != plan.get(name))
        raise InputError(
            f"{out} was begun with other {', '.join(changed)} (see {file}); fix: use a new --out folder, or remove "
            "this one"
        )


def check(folder: Path) -> list[str]:
    """Names of shards that do not match the manifest, with what is wrong.

    Raises:
        InputError: the folder has no manifest.
    """
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise InputError(f"{folder} has no manifest.json; build it first: sprint-live data build --out {folder}")
    wrong = []
    for name, expected in tqdm(json.loads(manifest.read_text("utf-8"))["sha256"].items(), desc="sha256", unit="shard"):
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif _sha256(path) != expected:
            wrong.append(f"{name}: changed")
    return wrong


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
