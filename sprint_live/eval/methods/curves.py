"""Methods compared over minutes: a record for each judged run, then means over seeds as a table and curves.

A record is a JSON object: {method, seed, minutes, updates, seconds, samples_a_second, peak_memory_bytes} and figures.
A figure is a number, or {value or mean, low, high} with the interval over pictures.

Knows: records, matplotlib.  Must not know: networks, how runs were trained.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sprint_live.errors import ArgumentError, refusal

FIGURES = {
    "kernel_distance": "kernel distance, edge network",
    "frechet_distance": "Fréchet distance, edge network",
    "second_kernel_distance": "kernel distance, random network",
    "second_frechet_distance": "Fréchet distance, random network",
    "edge_recall": "edge recall",
    "collapsed_seeds": "collapsed seeds",
}
LEADING = "kernel_distance"
_T_975 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)  # Student's t, 1 to 9 degrees of freedom
Record = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A mean over seeds with its 95 % interval (Student's t); of one seed the interval over its pictures."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """One method at one mark, over `seeds` seeds. updates, samples_a_second: means. peak_memory_bytes: the largest, or
    None."""

    method: str
    minutes: float
    seeds: int
    updates: float
    samples_a_second: float
    peak_memory_bytes: int | None
    figures: Mapping[str, Spread]


def number(figure: float | Mapping[str, float]) -> float:
    """The value of a figure without its interval."""
    return figure if isinstance(figure, int | float) else figure.get("mean", figure.get("value", float("nan")))


def spread(figures: Sequence[float | Mapping[str, float]]) -> Spread:
    """Of one figure of every seed.

    Raises:
        ArgumentError: more than ten seeds.
    """
    values = np.array([number(figure) for figure in figures])
    if len(values) > len(_T_975) + 1:
        raise ArgumentError(refusal(got=f"{len(values)} seeds", accepted="1 to 10", fix="leave some out"))
    value = float(values.mean())
    if len(values) > 1:
        reach = _T_975[len(values) - 2] * float(values.std(ddof=1)) / len(values) ** 0.5
        return Spread(value=value, low=value - reach, high=value + reach)
    only = figures[0]
    if isinstance(only, int | float):
        return Spread(value=value, low=value, high=value)
    return Spread(value=value, low=only["low"], high=only["high"])


def rows(records: Sequence[Record]) -> list[Row]:
    """Methods in the order of their first record, marks rising; a mark counts as soon as one seed has it."""
    found = []
    for method in dict.fromkeys(record["method"] for record in records):
        mine = [record for record in records if record["method"] == method]
        for minutes in sorted({record["minutes"] for record in mine}):
            members = [record for record in mine if record["minutes"] == minutes]
            peaks = [member["peak_memory_bytes"] for member in members if member["peak_memory_bytes"] is not None]
            found.append(
                Row(
                    method=method,
                    minutes=minutes,
                    seeds=len(members),
                    updates=float(np.mean([member["updates"] for member in members])),
                    samples_a_second=float(np.mean([member["samples_a_second"] for member in members])),
                    peak_memory_bytes=max(peaks, default=None),
                    figures={
                        name: spread([member[name] for member in members])
                        for name in FIGURES
                        if all(member.get(name) is not None for member in members)
                    },
                )
            )
    return found


def told_apart(table: Sequence[Row], figure: str = LEADING) -> tuple[int, int]:
    """(pairs of methods whose intervals do not overlap, all pairs), at the last mark that every method has."""
    marks = [{row.minutes for row in table if row.method == method} for method in {row.method for row in table}]
    shared = set.intersection(*marks) if marks else set()
    if not shared:
        return 0, 0
    last = [row.figures[figure] for row in table if row.minutes == max(shared) and figure in row.figures]
    pairs = list(itertools.combinations(last, 2))
    return sum(a.high < b.low or b.high < a.low for a, b in pairs), len(pairs)


def markdown(table: Sequence[Row]) -> str:
    """One table a mark, the best kernel distance first, and whether the runs were long enough to tell methods apart."""
    parts = []
    for minutes in sorted({row.minutes for row in table}):
        lines = [
            f"### After {minutes:g} minutes",
            "",
            f"| method | seeds | {' | '.join(FIGURES.values())} | updates | samples/s | peak memory, MiB |",
            "|---" * (5 + len(FIGURES)) + "|",
        ]
        members = [row for row in table if row.minutes == minutes]
        for row in sorted(members, key=lambda row: row.figures[LEADING].value):
            cells = [row.method, str(row.seeds), *(_cell(row.figures.get(name)) for name in FIGURES)]
            peak = "-" if row.peak_memory_bytes is None else f"{row.peak_memory_bytes / 2**20:.0f}"
            lines.append(f"| {' | '.join([*cells, f'{row.updates:.0f}', f'{row.samples_a_second:.3g}', peak])} |")
        parts.append("\n".join(lines))
    apart, pairs = told_apart(table)
    verdict = f"{apart} of {pairs} pairs of methods are told apart by {FIGURES[LEADING]}."
    if pairs and not apart:
        verdict += " The runs were too short, or the seeds too few, for an order."
    return "\n\n".join([*parts, verdict]) + "\n"


def _cell(found: Spread | None) -> str:
    return "-" if found is None else f"{found.value:.3g} ({found.low:.3g} to {found.high:.3g})"


def plot(table: Sequence[Row], teacher: Record | None, path: Path) -> None:
    """Every figure against minutes (above) and against updates (below), a band for the interval; teacher: dashed.

    Raises:
        ArgumentError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ArgumentError(
            refusal(got="no matplotlib", accepted="matplotlib 3.9 or later", fix='pip install "sprint-live[train]"')
        ) from error
    shown = [name for name in FIGURES if any(name in row.figures for row in table)]
    figure = Figure(figsize=(3.6 * len(shown), 6.4), layout="constrained")
    grid = figure.subplots(2, len(shown), squeeze=False)
    methods = list(dict.fromkeys(row.method for row in table))
    for (line, axis), (column, name) in itertools.product(enumerate(("minutes", "updates")), enumerate(shown)):
        panel = grid[line][column]
        for index, method in enumerate(methods):
            mine = [row for row in table if row.method == method and name in row.figures]
            at = [getattr(row, axis) for row in mine]
            panel.plot(at, [row.figures[name].value for row in mine], marker="o", color=f"C{index}", label=method)
            low, high = ([getattr(row.figures[name], end) for row in mine] for end in ("low", "high"))
            panel.fill_between(at, low, high, color=f"C{index}", alpha=0.15)
        if teacher is not None and teacher.get(name) is not None:
            panel.axhline(number(teacher[name]), color="#333333", linestyle="--", linewidth=1, label="teacher")
        panel.set_xscale("log")
        panel.set_xlabel(axis, fontsize=8)
        panel.set_title(FIGURES[name], fontsize=9)
        panel.tick_params(labelsize=8)
    grid[0][0].legend(fontsize=7)
    figure.savefig(path, dpi=110)
