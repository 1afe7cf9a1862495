"""The plan of each suite: prompts, file names, seeds, shards, and when it is complete.

A seed belongs to a picture, not to a process: any number of shards draws the same set, and a second call draws the
missing files. Figures are given only for the complete set: 30,000 pictures, 2,212 pictures, 1,065 grids.

Knows: the published layouts.  Must not know: models, scores.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sprint_live.errors import InputError, refusal
from sprint_live.suites import dpg, geneval

PUBLISHED = {
    "sana-sprint-0.6b": {"fid": 6.54, "clip": 28.40, "geneval": 0.76},
    "sana-sprint-1.6b": {"fid": 6.50, "clip": 28.45, "geneval": 0.77},
}
"""Two steps at 1024 px, as the authors print them (asset/docs/sana_sprint.md)."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One file to draw: where (below the run), its prompt, and a seed a picture: one, or four for a grid."""

    file: str
    prompt: str
    seeds: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Suite:
    """total: files of a whole run. source: where its prompts are published."""

    name: str
    total: int
    source: str
    read: Callable[[Path], list[Item]]


def _lines(file: Path, source: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            refusal(
                got=f"no {file}",
                accepted=f"the suite's own files, from {source}",
                fix="name their folder: --suite-data",
            )
        ) from error


_MJHQ = "https://huggingface.co/datasets/playgroundai/MJHQ-30K (meta_data.json, mjhq30k_imgs.zip)"
_GENEVAL = "https://github.com/djghosh13/geneval (prompts/evaluation_metadata.jsonl)"
_DPG = "https://github.com/TencentQQGYLab/ELLA (dpg_bench/prompts, dpg_bench/dpg_bench.csv)"


def _mjhq(folder: Path) -> list[Item]:
    entries = json.loads(_lines(folder / "meta_data.json", _MJHQ))
    return [
        Item(file=f"{name}.jpg", prompt=entry["prompt"], seeds=(index,))
        for index, (name, entry) in enumerate(entries.items())
    ]


def geneval_metadata(folder: Path) -> list[dict]:
    """The 553 lines of evaluation_metadata.jsonl.

    Raises:
        InputError: a task has another number of prompts.
    """
    lines = [json.loads(line) for line in _lines(folder / "evaluation_metadata.jsonl", _GENEVAL).splitlines() if line]
    found = {task: sum(line["tag"] == task for line in lines) for task in geneval.TASKS}
    if found != geneval.TASKS or len(lines) != sum(geneval.TASKS.values()):
        raise InputError(
            refusal(
                got=f"{len(lines)} prompts, {found}", accepted=f"553, {geneval.TASKS}", fix=f"copy {_GENEVAL} again"
            )
        )
    return lines


def _geneval(folder: Path) -> list[Item]:
    return [
        Item(
            file=f"{index:05d}/samples/{sample:04d}.png",
            prompt=line["prompt"],
            seeds=(geneval.SAMPLES * index + sample,),
        )
        for index, line in enumerate(geneval_metadata(folder))
        for sample in range(geneval.SAMPLES)
    ]


def _dpg(folder: Path) -> list[Item]:
    files = sorted((folder / "prompts").glob("*.txt"))
    return [
        Item(
            file=f"{file.stem}.png",
            prompt=_lines(file, _DPG).strip(),
            seeds=tuple(dpg.TILES * index + tile for tile in range(dpg.TILES)),
        )
        for index, file in enumerate(files)
    ]


SUITES: Mapping[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite(name="mjhq", total=30_000, source=_MJHQ, read=_mjhq),
        Suite(name="geneval", total=2_212, source=_GENEVAL, read=_geneval),
        Suite(name="dpg", total=1_065, source=_DPG, read=_dpg),
    )
}


def items(suite: Suite, data: Path) -> list[Item]:
    """All of the suite's files, in the published order.

    Raises:
        InputError: its prompts are missing, or they are more or fewer than the suite's.
    """
    found = suite.read(data)
    if len(found) != suite.total or len({item.file for item in found}) != suite.total:
        raise InputError(
            refusal(
                got=f"{len(found)} files to draw from {data}",
                accepted=f"{suite.total:,} for {suite.name}",
                fix=f"copy all of {suite.source}",
            )
        )
    return found


def of_shard(found: list[Item], index: int, count: int) -> list[Item]:
    """Every `count`-th item from `index` on.

    Raises:
        InputError: no such shard.
    """
    if count < 1 or not 0 <= index < count:
        raise InputError(
            refusal(got=f"shard {index} of {count}", accepted="0/1, or 0/4 to 3/4 for four", fix="change --shard")
        )
    return found[index::count]


def missing(found: list[Item], run: Path) -> list[Item]:
    """Items whose file is not there yet."""
    return [item for item in found if not (run / item.file).is_file()]
