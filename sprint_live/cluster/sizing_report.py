"""Writes the sizing: numbers (JSON), a table (Markdown), and a plot (PNG, if matplotlib is installed).

Knows: the result of `sizing.size`.  Must not know: the simulation, Ray.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sprint_live.errors import OutputError

__all__ = ["markdown", "write_sizing"]

NOTE = (
    "Simulated with the scheduler itself on a clock of its own; the engine takes the ms in the first column of "
    "numbers, the network nothing. A GPU holds as many people as get the picture of a finished stroke within {wait:g} "
    "s, {share} times of 100. How often pens are down is assumed, not measured: {habits} of the time, strokes of 0.8 "
    "s. The GPUs for many people are what consistent hashing needs until everybody has room; a person whom a full "
    "replica refuses opens the page again, twice at most."
)


def write_sizing(engines: Sequence[dict[str, Any]], out: Path) -> None:
    """`engines`: results of `size`, each with its "name". Writes `out` (.json) and its neighbors .md and .png.

    Raises: OutputError.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps({"engines": list(engines)}, indent=1) + "\n", "utf-8")
        out.with_suffix(".md").write_text(markdown(engines), "utf-8")
        _plot(engines, out.with_suffix(".png"))
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror or error}; fix: choose another --out") from error


def markdown(engines: Sequence[dict[str, Any]]) -> str:
    """People a GPU by habit, and GPUs by number of people."""
    first = engines[0]
    habits = ", ".join(f"{name} {habit['pen_down']:.0%}" for name, habit in first["habits"].items())
    fleets = [row["people"] for row in next(iter(first["gpus"].values()))]
    head = ["engine", "ms a picture", "habit", "people a GPU", *(f"GPUs for {people:,}" for people in fleets)]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for engine in engines:
        for habit, people in engine["people_a_gpu"].items():
            gpus = [str(row["gpus"]) for row in engine["gpus"][habit]]
            lines.append(
                f"| {' | '.join([engine['name'], format(engine['call_ms']['1'], 'g'), habit, str(people), *gpus])} |"
            )
    note = NOTE.format(wait=first["wait_s"], share=first["share"], habits=habits)
    return "\n".join([*lines, "", note, ""])


def _plot(engines: Sequence[dict[str, Any]], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    for number, engine in enumerate(engines):
        for style, (habit, curve) in zip(("-", "--", ":"), engine["curve"].items(), strict=False):
            color = f"C{number}"
            left.plot(
                [row["people"] for row in curve],
                [row["wait_p95_s"] for row in curve],
                style,
                color=color,
                marker=".",
                label=f"{engine['name']}, {habit}",
            )
            rows = engine["gpus"][habit]
            right.plot([row["people"] for row in rows], [row["gpus"] for row in rows], style, color=color, marker=".")
    left.axhline(engines[0]["wait_s"], color="gray", linewidth=1)
    left.set(xlabel="people at one GPU", ylabel="stroke to its picture, p95, s", xscale="log", ylim=(0, 2.5))
    left.legend(fontsize="x-small", frameon=False)
    right.set(xlabel="people", ylabel="GPUs", xscale="log", yscale="log")
    figure.savefig(out, dpi=110)
    pyplot.close(figure)
