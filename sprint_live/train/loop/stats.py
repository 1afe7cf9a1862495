"""stats.jsonl of a run folder: one line every few updates, with the means over them.

Knows: files.  Must not know: what the numbers mean.
"""

from __future__ import annotations

import json
from pathlib import Path

STATS_NAME = "stats.jsonl"


def read_stats(folder: Path) -> list[dict[str, float]]:
    """The lines of a run folder's stats.jsonl. An incomplete last line is left out."""
    path = folder / STATS_NAME
    lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


def drop_later_lines(path: Path, step: int) -> None:
    """Remove the lines after the last checkpoint: these updates will be repeated."""
    kept = [line for line in read_stats(path.parent) if line["step"] <= step]
    partial = path.with_suffix(".partial")
    partial.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
    partial.replace(path)
