"""A load measurement as a picture: overhead in windows of 10 s against the promise,
and the memory of the server beside it.

Needs matplotlib (extra `train`); imported only when asked for.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sprint_live.errors import ArgumentError, refusal

__all__ = ["PROMISED_P99_MS", "plot_load", "require_matplotlib"]

PROMISED_P99_MS = 50.0


def require_matplotlib() -> None:
    """Raises: ArgumentError without matplotlib."""
    if find_spec("matplotlib") is None:
        raise ArgumentError(
            refusal(got="no matplotlib", accepted="matplotlib 3.9 or newer", fix="pip install matplotlib")
        )


def plot_load(report: dict[str, Any], out: Path) -> None:
    """Write a PNG of a report of `measure_load`.

    Raises: ArgumentError without matplotlib.
    """
    require_matplotlib()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    windows, strokes = report["windows"], report.get("strokes_before", 0)
    on_strokes = f" on {strokes:,} strokes" if strokes else ""
    from_s = [window["from_s"] for window in windows]
    figure, (above, below) = pyplot.subplots(
        2, 1, figsize=(8, 5), sharex=True, height_ratios=(2, 1), layout="constrained"
    )
    for name in ("p50", "p95", "p99"):
        above.step(from_s, [window[name] for window in windows], where="post", label=name)
    above.axhline(PROMISED_P99_MS, color="gray", linestyle="--", linewidth=1, label="promised for p99")
    above.set(
        ylabel="overhead, ms",
        ylim=(0, None),
        title=f"{report['people']} people, {report['strokes_a_second_each']:.0f} strokes a second each{on_strokes}",
    )
    above.legend(ncols=4, fontsize="small", frameon=False)
    below.step(from_s, [window["rss_mib"] for window in windows], where="post", color="black")
    below.set(xlabel="seconds", ylabel="memory, MiB", ylim=(0, 1.2 * max(window["rss_mib"] for window in windows)))
    figure.savefig(out, dpi=110)
    pyplot.close(figure)
