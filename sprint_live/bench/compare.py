"""A comparison of two benchmark files: what got faster, and whether the two may be compared.

Knows: the files.  Must not know: how they were measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sprint_live.errors import ArgumentError, refusal

SETTINGS = ("what", "model", "weights", "switches")
IGNORED = ("load_average",)  # of the moment, not of the machine


def read_report(path: Path) -> dict[str, Any]:
    """A benchmark file. Raises: ArgumentError if it is none."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArgumentError(f"cannot read {path}: {error}; fix: name a file that `sprint-live bench` wrote") from error
    if not isinstance(report, dict) or not {"hardware", "versions"} <= set(report):
        raise ArgumentError(
            refusal(
                got=f"{path} without hardware and versions",
                accepted="a file that `sprint-live bench` wrote",
                fix="name another",
            )
        )
    return report


def comparison(first: Mapping[str, Any], second: Mapping[str, Any], names: tuple[str, str]) -> str:
    """Markdown: warnings, then a row for every measured number in both, with second / first.

    Raises:
        ArgumentError: they have no measured number in common.
    """
    left, right = dict(_measured(first)), dict(_measured(second))
    common = [name for name in left if name in right]
    if not common:
        raise ArgumentError(
            refusal(
                got="two files without a measured number in common",
                accepted="files of the same kind of measurement",
                fix="name another",
            )
        )
    lines = [f"**Not comparable as they are: {difference}**\n" for difference in differences(first, second)]
    lines += [f"| | {names[0]} | {names[1]} | ratio |", "|---|---|---|---|"]
    for name in common:
        ratio = f"{right[name] / left[name]:.3f}" if left[name] else "-"
        lines.append(f"| `{name}` | {left[name]:g} | {right[name]:g} | {ratio} |")
    return "\n".join(lines) + "\n"


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """The differences in hardware, versions and settings, each in words."""
    found = []
    for group in ("hardware", "versions"):
        names = sorted({*first[group], *second[group]} - set(IGNORED))
        found += [
            f"{group} {name}: {first[group].get(name)} and {second[group].get(name)}"
            for name in names
            if first[group].get(name) != second[group].get(name)
        ]
    return found + [
        f"{name} differs" for name in SETTINGS if name in first and name in second and first[name] != second[name]
    ]


def _measured(value: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Medians, and other numbers that have a unit in their name, by their path in the file."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in ("hardware", "versions"):
                yield from _measured(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _measured(inner, f"{path}/{index}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        name = path.rpartition("/")[2]
        if name in ("median", "times_slower", "gflop_per_frame", "pictures_a_second") or name.endswith(("_mib", "_s")):
            yield path, float(value)
