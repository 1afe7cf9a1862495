"""Shards: scenes as WebDataset tar files, written by several processes, and read again.

A sample is `0000123.jpg` (picture), `0000123.sketch.png` (white lines on black), `0000123.json` (caption, and where
it comes from) and, if the words of the parts are known, `0000123.parts.png` (part numbers). Beside a shard
lies `NAME.log.json`: how many samples it has and which were left out, and why. A finished shard is renamed into place,
so an interrupted build resumes. `held-out-*.tar` is for evaluation only.

Knows: samples and files.  Must not know: how a sample is made, models, training.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from tqdm import tqdm

from sprint_live.errors import InputError
from sprint_live.train.data.phrases import Phrase

HELD_OUT = "held-out-00000"
_JPEG_QUALITY = 94


@dataclass(frozen=True, kw_only=True)
class Pair:
    """picture (S, S, 3) uint8 RGB, sketch (S, S) uint8 white on black or (S, S, 3) where the
    page carries color, caption; `origin` says what it was made of. labels (S, S) uint8: the part number of each pixel,
    0 for none; phrases: which words of the caption name which numbers.
    """

    picture_u8: np.ndarray
    sketch_u8: np.ndarray
    caption: str
    origin: str
    labels_u8: np.ndarray | None = None
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Left:
    """A sample that was left out."""

    name: str
    reason: str


class Maker(Protocol):
    """Makes the content of a shard from its name, the same in every process. It is pickled once for each process."""

    def pairs(self, shard: str) -> Iterator[Pair | Left]:
        """The pairs of a shard, and what was left out."""
        ...


def shard_names(count: int) -> list[str]:
    """Names of `count` training shards."""
    return [f"scenes-{index:05d}" for index in range(count)]


def write_missing(maker: Maker, out: Path, names: list[str], num_workers: int) -> None:
    """Write the shards of these names that are not there yet, in `num_workers` processes, with a progress bar."""
    out.mkdir(parents=True, exist_ok=True)
    missing = [name for name in names if not _is_finished(out, name)]
    if not missing:
        return
    with multiprocessing.get_context("spawn").Pool(min(num_workers, len(missing)), _start_worker, (maker, out)) as pool:
        for _ in tqdm(pool.imap_unordered(_write_shard, missing), total=len(missing), desc="shards", unit="shard"):
            pass


_worker: tuple[Maker, Path] | None = None


def _start_worker(maker: Maker, out: Path) -> None:
    global _worker
    cv2.setNumThreads(1)
    _worker = (maker, out)


def _write_shard(name: str) -> None:
    assert _worker is not None
    maker, out = _worker
    partial, left, count = out / f"{name}.partial", [], 0
    with tarfile.open(partial, "w") as tar:
        for made in maker.pairs(name):
            if isinstance(made, Left):
                left.append({"name": made.name, "reason": made.reason})
            else:
                _add(tar, count, made)
                count += 1
    log_path(out, name).write_text(json.dumps({"num_samples": count, "left_out": left}), encoding="utf-8")
    if count:
        partial.replace(out / f"{name}.tar")
    else:
        partial.unlink()


def _add(tar: tarfile.TarFile, number: int, pair: Pair) -> None:
    jpeg_options = [
        cv2.IMWRITE_JPEG_QUALITY,
        _JPEG_QUALITY,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]
    members = {
        "jpg": cv2.imencode(".jpg", pair.picture_u8[..., ::-1], jpeg_options)[1].tobytes(),
        "sketch.png": cv2.imencode(".png", pair.sketch_u8 if pair.sketch_u8.ndim == 2 else pair.sketch_u8[..., ::-1])[
            1
        ].tobytes(),
    }
    if pair.labels_u8 is not None:
        members["parts.png"] = cv2.imencode(".png", pair.labels_u8)[1].tobytes()
    phrases = [[phrase.start, phrase.end, *phrase.ids] for phrase in pair.phrases]
    members["json"] = json.dumps({"caption": pair.caption, "origin": pair.origin, "phrases": phrases}).encode()
    for ending, payload in members.items():
        info = tarfile.TarInfo(f"{number:07d}.{ending}")
        info.size = len(payload)
        tar.addfile(info, io.BytesIO(payload))


def log_path(folder: Path, name: str) -> Path:
    """Where a shard's log lies: how many samples it has, and which were left out."""
    return folder / f"{name}.log.json"


def _is_finished(folder: Path, name: str) -> bool:
    """Whether the tar exists, or the shard is known to be empty because all of its samples were left out."""
    log = log_path(folder, name)
    return (folder / f"{name}.tar").exists() or (
        log.exists() and json.loads(log.read_text("utf-8"))["num_samples"] == 0
    )


def shard_paths(folder: Path) -> list[Path]:
    """All finished training shards of a dataset folder, in order.

    Raises:
        InputError: the folder holds none.
    """
    paths = sorted(folder.glob("scenes-*.tar"))
    if not paths:
        raise InputError(f"{folder} holds no scenes-*.tar; build them first: sprint-live data build --out {folder}")
    return paths


def held_out_paths(folder: Path) -> list[Path]:
    """Shards for evaluation only. Folders of older versions have none."""
    return sorted(folder.glob("held-out-*.tar"))


def read_shard(path: Path) -> Iterator[tuple[np.ndarray, np.ndarray, str]]:
    """Yield (picture (S, S, 3) uint8 RGB, control page (S, S, 3) uint8 RGB, caption) for every scene of a shard."""
    for sample in _samples(path):
        picture = cv2.imdecode(np.frombuffer(sample["jpg"], np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
        sketch = cv2.imdecode(np.frombuffer(sample["sketch.png"], np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
        yield np.ascontiguousarray(picture), np.ascontiguousarray(sketch), json.loads(sample["json"])["caption"]


def read_parts(path: Path) -> Iterator[tuple[str, np.ndarray | None, tuple[Phrase, ...]]]:
    """Yield (caption, part numbers (S, S) uint8 or None, phrases) for every scene of a shard."""
    for sample in _samples(path):
        told = json.loads(sample["json"])
        labels = sample.get("parts.png")
        phrases = tuple(Phrase(start=start, end=end, ids=tuple(ids)) for start, end, *ids in told.get("phrases", ()))
        read = None if labels is None else cv2.imdecode(np.frombuffer(labels, np.uint8), cv2.IMREAD_GRAYSCALE)
        yield told["caption"], read, phrases


def _samples(path: Path) -> Iterator[dict[str, bytes]]:
    """The members of each scene by their endings; its json is the last."""
    sample: dict[str, bytes] = {}
    with tarfile.open(path) as tar:
        for info in tar:
            ending = info.name.split(".", 1)[1]
            sample[ending] = tar.extractfile(info).read()
            if ending == "json":
                yield sample
                sample = {}
