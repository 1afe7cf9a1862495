"""What got slower between two benchmark files, by more than the runs of each scatter.

Knows: the files.  Must not know: how they were measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

BASELINE = "baseline_ms"


def slower(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """A line for each median that grew by more than its spread, the larger (p95 - median) / median of both files.

    Where both files hold the plain pipeline's milliseconds, medians are taken relative to it: another machine, or
    another load, then counts for nothing. Without them they are milliseconds as they are.
    """
    units = [report.get(BASELINE, {}).get("median") for report in (first, second)]
    relative = all(units)
    old_unit, new_unit = units if relative else (1.0, 1.0)
    left, right = dict(_spreads(first)), dict(_spreads(second))
    lines = []
    for name in (name for name in left if name in right and not name.startswith("baseline")):
        old, new = left[name], right[name]
        if not old["median"] or not new["median"]:
            continue
        ratio = (new["median"] / new_unit) / (old["median"] / old_unit)
        allowed = 1 + max((one["p95"] - one["median"]) / one["median"] for one in (old, new))
        if ratio > allowed:
            to = ", relative to the plain pipeline of each file" if relative else ""
            lines.append(f"`{name}`: {ratio:.2f} times, its spread allows {allowed:.2f}{to}")
    return lines


def _spreads(value: object, path: str = "") -> Iterator[tuple[str, Mapping[str, float]]]:
    """What `clock.spread` wrote, by its path in the file."""
    if isinstance(value, Mapping):
        if {"median", "p95"} <= set(value):
            yield path, value
            return
        for name, inner in value.items():
            yield from _spreads(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _spreads(inner, f"{path}/{index}")
