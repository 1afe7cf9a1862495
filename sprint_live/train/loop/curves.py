"""Loss curves of all stages of a work folder in one PNG.

Knows: stats.jsonl.  Must not know: what was trained.
"""

from __future__ import annotations

from pathlib import Path

from sprint_live.errors import InputError
from sprint_live.train.loop.stats import STATS_NAME, read_stats

FILE_NAME = "curves.png"


def plot(work: Path) -> Path:
    """Write WORK/curves.png: one row for each run folder, one column for each number. Returns its path.

    Raises:
        InputError: no run folder below `work` has statistics, or matplotlib is missing.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise InputError("plots need matplotlib; fix: pip install matplotlib, or install sprint-live[train]") from error
    runs = {path.parent.name: read_stats(path.parent) for path in sorted(work.glob(f"*/{STATS_NAME}"))}
    runs = {name: lines for name, lines in runs.items() if lines}
    if not runs:
        raise InputError(f"{work} has no run folder with a {STATS_NAME}; train a stage first, or check the path")
    noted = {
        name: sorted({key for line in lines for key in line} - {"step", "elapsed_s"}) for name, lines in runs.items()
    }
    num_columns = max(1, *(len(keys) for keys in noted.values()))
    figure = Figure(figsize=(3.2 * num_columns, 2.4 * len(runs)), layout="constrained")
    axes = figure.subplots(len(runs), num_columns, squeeze=False)
    for row, (name, lines) in zip(axes, runs.items(), strict=True):
        for axis, key in zip(row, noted[name], strict=False):
            points = [(line["step"], line[key]) for line in lines if key in line]
            axis.plot(*zip(*points, strict=True), linewidth=1)
            axis.set_title(f"{name}: {key}".replace("_", " "), fontsize=8)
            axis.set_xlabel("update", fontsize=7)
            axis.tick_params(labelsize=7)
            if min(value for _, value in points) > 0:
                axis.set_yscale("log")
        for axis in row[len(noted[name]) :]:
            axis.set_axis_off()
    figure.savefig(work / FILE_NAME, dpi=110)
    return work / FILE_NAME
