"""stats.jsonl of a run folder: a line every few updates, each number the mean over them.

Knows: files.  Must not know: what the numbers mean.
"""

from __future__ import annotations

import json
from pathlib import Path

STATS_NAME = "stats.jsonl"


def read_stats(folder: Path) -> list[dict[str, float]]:
    """The lines of a run folder's stats.jsonl; a last line cut short by a kill is left out."""
    path = folder / STATS_NAME
    lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


def drop_later_lines(path: Path, step: int) -> None:
    """Forget statistics of updates made after the last checkpoint: they will be made again."""
    kept = [line for line in read_stats(path.parent) if line["step"] <= step]
    partial = path.with_suffix(".partial")
    partial.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
    partial.replace(path)
