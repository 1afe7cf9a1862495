"""A run that can be stopped: one JSON per chunk in its folder, and a report on the finished chunks.

The same folder is gone on with: what is done is not done again. Chunks of another device do not belong to it.

Knows: files, time.  Must not know: what a chunk measures, the command line.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from sprint_live.bench.circumstances import circumstances, write_report, write_text
from sprint_live.bench.gpu.chunks import Chunk, chunks
from sprint_live.bench.gpu.engines import Bench
from sprint_live.bench.gpu.summary import plot, table
from sprint_live.errors import ArgumentError, refusal

FOLDER = "chunks"
REPORT = "gpu"


def go_on(
    bench: Bench,
    out: Path,
    *,
    minutes: float,
    only: Collection[str] = (),
    say: Callable[[str], Any],
    plots: bool = True,
) -> list[str]:
    """Measure the chunks that are missing in `out` until the time is over; returns the names of those still missing.

    only: names of chunks; () is all. say: told what begins and what it took. A chunk that fails is written down with
    its error and not tried again; delete its file to try.

    Raises:
        ArgumentError: `out` holds chunks of another device, or `only` names no chunk.
        OutputError: `out` cannot be written.
    """
    known = chunks(bench)
    strange = sorted(set(only) - {chunk.name for chunk in known})
    if strange:
        raise ArgumentError(
            refusal(
                got=f"chunk {strange[0]!r}", accepted=", ".join(chunk.name for chunk in known), fix="use one of these"
            )
        )
    about = circumstances(bench.device)
    _check_device(out, about["hardware"])
    bench.results |= read_chunks(out)
    begin_s, left = time.monotonic(), []
    for chunk in known:
        if chunk.name in bench.results or (only and chunk.name not in only):
            continue
        spent_s = time.monotonic() - begin_s
        if left or spent_s + chunk.expected_s > 60 * minutes:
            left.append(chunk.name)
            continue
        say(f"{chunk.name} (about {chunk.expected_s:.0f} s on an H100)")
        bench.results[chunk.name] = _measured(chunk, bench)
        write_report({"hardware": about["hardware"], **bench.results[chunk.name]}, _path(out, chunk.name))
        say(f"  took {bench.results[chunk.name]['took_s']:.0f} s")
    _write(bench, out, about, left, plots=plots)
    return left


def read_chunks(out: Path) -> dict[str, dict[str, Any]]:
    """What is done in a folder, by name; a damaged file counts as not done."""
    found = {}
    for path in sorted((out / FOLDER).glob("*.json")):
        try:
            one = json.loads(path.read_text(encoding="utf-8"))
            found[path.stem] = {name: value for name, value in one.items() if name != "hardware"}
        except (ValueError, AttributeError):
            continue
    return found


def read_gpu_report(out: Path) -> dict[str, Any]:
    """The report in a folder. Raises: ArgumentError if there is none."""
    path = out / f"{REPORT}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArgumentError(
            f"cannot read {path}: {error}; fix: run `sprint-live bench gpu --out {out}` without --compare first"
        ) from error


def _measured(chunk: Chunk, bench: Bench) -> dict[str, Any]:
    begin_s = time.monotonic()
    try:
        found = chunk.measure(bench)
    except Exception as error:  # noqa: BLE001  # one broken path must not cost the rest of the minutes
        found = {"error": " ".join(f"{type(error).__name__}: {error}".split())[:500]}
    return {**found, "took_s": round(time.monotonic() - begin_s, 1)}


def _check_device(out: Path, hardware: dict[str, Any]) -> None:
    for path in sorted((out / FOLDER).glob("*.json")):
        try:
            there = json.loads(path.read_text(encoding="utf-8"))["hardware"]["device"]
        except (ValueError, KeyError, TypeError):
            continue
        if there != hardware["device"]:
            raise ArgumentError(
                refusal(
                    got=f"{out} with chunks measured on {there}",
                    accepted=f"a folder of {hardware['device']}, or a new one",
                    fix="choose another --out",
                )
            )


def _path(out: Path, name: str) -> Path:
    return out / FOLDER / f"{name}.json"


def _write(bench: Bench, out: Path, about: dict[str, Any], left: list[str], *, plots: bool) -> None:
    report = {
        "what": "sprint-live bench gpu: engine, baselines, switches, memory of the released configurations",
        "weights": {
            **dict.fromkeys(bench.models, "random, of the published configuration"),
            **dict.fromkeys(bench.released, "as published"),
        },
        "runs": bench.runs,
        "chunks": bench.results,
        "left": left,
        **about,
    }
    write_report(report, out / f"{REPORT}.json")
    write_text(table(report), out / f"{REPORT}.md")
    if plots:
        plot(report, out / f"{REPORT}.png")
