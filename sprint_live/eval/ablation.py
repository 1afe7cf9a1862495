"""The ablations of the paper as a table: runs that differ in one thing, scored on the same held-out sketches and noise.

WORK/ablation.json lists them: {"runs": [{"question", "variant", "run", "teacher", "steps"}]}, where run and teacher are
folders below WORK and steps is 1 unless given. A run may belong to several questions; it is scored once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal

MANIFEST = "ablation.json"
COLUMNS = {
    "edge_f": "edges, F",
    "kernel_distance": "kernel distance",
    "frechet_distance": "Fréchet distance",
    "difference_from_teacher": "from the teacher, CIELAB",
}
PLOTTED = ("edge_recall", "kernel_distance", "difference_from_teacher")
CURVES = {"gradient_norm": "gradient norm over updates", "tangent_rms": "tangent, rms before it is normalized"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the manifest. teacher: the run that this one learned from; its pictures are the reference."""

    question: str
    variant: str
    run: str
    teacher: str
    steps: int = 1

    @property
    def key(self) -> tuple[str, str, int]:
        """What is judged: entries with one key share one result."""
        return self.run, self.teacher, self.steps


def read_manifest(work: Path) -> list[Entry]:
    """The entries of WORK/ablation.json, in order.

    Raises:
        ArgumentError: there is none, it is not such a list, it is empty, or a folder it names is missing or not below
        WORK.
    """
    path = work / MANIFEST
    accepted = '{"runs": [{"question": ..., "variant": ..., "run": ..., "teacher": ..., "steps": 1}, ...]}'
    try:
        lines = json.loads(path.read_text(encoding="utf-8"))["runs"]
        entries = [Entry(**line) for line in lines]
    except OSError as error:
        raise ArgumentError(
            f"cannot read {path}: {error.strerror or error}; fix: name the folder the ablation was trained in"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArgumentError(
            refusal(got=f"{path} that is not such a list ({error})", accepted=accepted, fix="write it again")
        ) from error
    if not entries:
        raise ArgumentError(refusal(got=f"{path} without runs", accepted=accepted, fix="train some first"))
    for entry in entries:
        if not re.fullmatch(r"[\w-]+", entry.question):  # it names a file
            raise ArgumentError(
                refusal(
                    got=f"{path} with the question {entry.question!r}",
                    accepted="letters, digits, - and _",
                    fix="rename it",
                )
            )
        for folder in (entry.run, entry.teacher):
            if not (work / folder).is_dir() or work.resolve() not in (work / folder).resolve().parents:
                raise ArgumentError(
                    refusal(
                        got=f"{path} with the folder {folder!r}",
                        accepted="folders below it that exist",
                        fix="train that run, or take it out",
                    )
                )
        if isinstance(entry.steps, bool) or not isinstance(entry.steps, int) or not 1 <= entry.steps <= 4:
            raise ArgumentError(refusal(got=f"{path} with {entry.steps!r} steps", accepted="1 to 4", fix="change it"))
    return entries


def by_question(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """question -> its entries, both in the order of the manifest."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.question, []).append(entry)
    return found


def markdown(
    entries: list[Entry], rows: dict[tuple[str, str, int], dict], against: dict[tuple[str, str, str, int], dict]
) -> str:
    """One table a question; numbers as "value (low to high)". against: (question, run, teacher, steps) -> ratios to the
    question's first row, over the same pictures: narrower than two distances beside each other."""
    parts = []
    for question, members in by_question(entries).items():
        lines = [
            f"### {question}",
            "",
            (
                f"| variant | steps | edge recall | edge precision | {' | '.join(COLUMNS.values())} | kernel, x the "
                "first | Fréchet, x the first |"
            ),
            "|---" * (6 + len(COLUMNS)) + "|",
        ]
        for entry in members:
            row = rows[entry.key]
            ratios = against[question, *entry.key]
            cells = [
                entry.variant,
                str(entry.steps),
                *(_cell(row[name]) for name in ("edge_recall", "edge_precision", *COLUMNS)),
                *("1" if entry is members[0] else _cell(ratios[name]) for name in ("kernel", "frechet")),
            ]
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _cell(found: object) -> str:
    if found is None:
        return "-"
    if not isinstance(found, dict):
        return f"{found:.3g}"
    return f"{_value(found):.3g} ({found['low']:.3g} to {found['high']:.3g})"


def _value(found: dict) -> float:
    return found["mean"] if "mean" in found else found["value"]


def bar_labels(members: list[Entry]) -> list[str]:
    """The variants, with their steps where a question has several: bars with one label would lie on each other."""
    several = len({entry.steps for entry in members}) > 1
    return [
        f"{entry.variant}, {entry.steps} step{'s' * (entry.steps > 1)}" if several else entry.variant
        for entry in members
    ]


def plot(
    question: str,
    members: list[Entry],
    rows: dict[tuple[str, str, int], dict],
    curves: dict[str, dict[str, list[tuple[float, float]]]],
    path: Path,
) -> None:
    """Bars with intervals, and what `CURVES` names over the runs' updates; `curves`: name -> run -> (update, value).

    Raises:
        ArgumentError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ArgumentError(
            refusal(got="no matplotlib", accepted="matplotlib 3.9 or later", fix='pip install "sprint-live[train]"')
        ) from error
    runs = dict.fromkeys(entry.run for entry in members)
    drawn = {name: {run: by_run[run] for run in runs if by_run.get(run)} for name, by_run in curves.items()}
    drawn = {name: by_run for name, by_run in drawn.items() if by_run}
    num_panels = len(PLOTTED) + len(drawn)
    figure = Figure(figsize=(3.4 * num_panels, 1.4 + 0.35 * len(members)), layout="constrained")
    panels = figure.subplots(1, num_panels)
    names, colors = bar_labels(members), {run: f"C{index}" for index, run in enumerate(runs)}
    for index, (panel, metric) in enumerate(zip(panels, PLOTTED, strict=False)):
        found = [rows[entry.key][metric] for entry in members]
        values = [_value(one) for one in found]
        reach = [
            [max(0.0, value - one["low"]) for value, one in zip(values, found, strict=True)],
            [max(0.0, one["high"] - value) for value, one in zip(values, found, strict=True)],
        ]
        panel.barh(names, values, xerr=reach, color="#7aa6c2", ecolor="#333333", capsize=2)
        if min(values) > 0 and max(values) > 20 * min(values):
            panel.set_xscale("log")
        panel.invert_yaxis()
        panel.set_title(metric.replace("_", " "), fontsize=9)
        panel.tick_params(labelsize=8, labelleft=index == 0)
    for panel, (name, by_run) in zip(panels[len(PLOTTED) :], drawn.items(), strict=True):
        for run, points in by_run.items():
            panel.plot(*zip(*points, strict=True), label=run, color=colors[run], linewidth=1)
        panel.set_yscale("log")
        panel.set_title(CURVES[name], fontsize=9)
        panel.tick_params(labelsize=8)
        panel.legend(fontsize=7)
    figure.suptitle(question, fontsize=10)
    figure.savefig(path, dpi=110)
