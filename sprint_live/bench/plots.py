"""Benchmark reports as pictures, written beside their JSON.

Knows: reports, matplotlib.  Must not know: how they were measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sprint_live.errors import ArgumentError, OutputError, refusal

STAGES = ("map", "text", "encode", "denoise", "decode", "jpeg")
DPI = 110


def require_matplotlib() -> None:
    """Raises ArgumentError, before anything is measured, where plots cannot be drawn."""
    if find_spec("matplotlib") is None:
        raise ArgumentError(
            refusal(
                got="--plot without the package matplotlib",
                accepted="an installation that has it",
                fix="pip install matplotlib, or drop --plot",
            )
        )


def plot_drawing(report: Mapping[str, Any], out: Path) -> None:
    """Stages with their floors as bars, and the engine beside the baselines. Raises: OutputError."""
    figure, (stages, ways) = figure_of(2, 9, 3.4)
    names = [name for name in STAGES if name in report["engine_ms"]]
    stages.bar(names, [report["engine_ms"][name]["median"] for name in names], color="#4c6ef5", label="median")
    floors = [report["stages"].get(name, {}).get("floor_ms", 0.0) for name in names]
    stages.bar(names, floors, width=0.4, color="#212529", label="floor")
    stages.set(title="stages of the engine", ylabel="ms")
    stages.legend(frameon=False)
    bars = {
        "engine": report["engine_wall"]["median"],
        **{name: other["median"] for name, other in report["baselines"].items()},
    }
    ways.barh(list(bars)[::-1], list(bars.values())[::-1], color=["#adb5bd"] * (len(bars) - 1) + ["#4c6ef5"])
    ways.set(title="whole drawing, in turn", xlabel="ms, median")
    save_figure(figure, out)


def plot_curves(report: Mapping[str, Any], out: Path) -> None:
    """Milliseconds against megapixels, steps, dirty area, and people in a call. Raises: OutputError."""
    figure, axes = figure_of(4, 13, 3.2)
    curves = report["curves"]
    points = (
        ("megapixels", [(one["megapixels"], one["ms"]["total"]) for one in curves["size"]]),
        ("steps", [(one["steps"], one["ms"]["total"]) for one in curves["steps"]]),
        ("share of the page that changed", [(one["share"], one["ms"]["total"]) for one in curves["dirty"]]),
        ("people in a call", [(one["batch"], one["ms"]) for one in curves["batch"]["points"]]),
    )
    for axis, (label, values) in zip(axes, points, strict=True):
        axis.plot(
            [x for x, _ in values], [ms["median"] for _, ms in values], marker="o", color="#4c6ef5", label="median"
        )
        axis.plot([x for x, _ in values], [ms["p95"] for _, ms in values], linestyle=":", color="#868e96", label="p95")
        axis.set(xlabel=label, ylabel="ms")
        axis.set_ylim(bottom=0)
    axes[0].legend(frameon=False)
    rate = axes[3].twinx()
    rate.plot(
        [one["batch"] for one in curves["batch"]["points"]],
        [one["pictures_a_second"] for one in curves["batch"]["points"]],
        marker="s",
        color="#e8590c",
    )
    rate.set_ylabel("pictures a second", color="#e8590c")
    rate.set_ylim(bottom=0)
    save_figure(figure, out)


def plot_memory(report: Mapping[str, Any], out: Path) -> None:
    """Memory against drawings. Raises: OutputError."""
    figure, [axis] = figure_of(1, 6, 3.2)
    for name in ("rss", "device"):
        if name in report["memory"]:
            axis.plot(report["memory"]["drawn"], report["memory"][name]["mib"], label=name)
    axis.set(xlabel="drawings", ylabel="MiB")
    axis.set_ylim(bottom=0)
    axis.legend(frameon=False)
    save_figure(figure, out)


def plot_site(report: Mapping[str, Any], out: Path) -> None:
    """Megabytes and seconds of two visits, and the stages of a picture in the page. Raises: OutputError."""
    figure, (sent, times, stages) = figure_of(3, 11, 3.2)
    names = ("first_visit", "second_visit")
    visits = [report[name] for name in names]
    titles = [name.replace("_", " ") for name in names]
    labels = [f"{title}\n{visit['requests']} requests" for title, visit in zip(titles, visits, strict=True)]
    model = [visit["model_megabytes"] for visit in visits]
    sent.bar(labels, model, color="#4c6ef5", label="model and runtime")
    page = [visit["megabytes"] - part for visit, part in zip(visits, model, strict=True)]
    sent.bar(labels, page, bottom=model, color="#adb5bd", label="page")
    sent.set(title="sent", ylabel="MB")
    sent.legend(frameon=False)
    for label, color in (("ink", "#adb5bd"), ("model", "#74c0fc"), ("picture", "#4c6ef5")):
        times.plot(titles, [visit[f"{label}_s"] for visit in visits], marker="o", color=color, label=label)
    times.set(title="from the address until there is", ylabel="s")
    times.set_ylim(bottom=0)
    times.legend(frameon=False)
    sizes = report["bench"]["sizes"]
    squares, bottom = [f"{size['side']}x{size['side']}" for size in sizes], [0.0] * len(sizes)
    for name in STAGES:
        if name not in sizes[0]["ms"]:
            continue
        medians = [size["ms"][name]["median"] for size in sizes]
        stages.bar(squares, medians, bottom=bottom, label=name)
        bottom = [low + median for low, median in zip(bottom, medians, strict=True)]
    stages.set(title=f"a picture, {report['bench']['threads']} threads", ylabel="ms, medians")
    stages.legend(frameon=False)
    save_figure(figure, out)


def figure_of(num_axes: int, width: float, height: float) -> tuple[Any, list[Any]]:
    """A figure of so many axes in a row, width and height in inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(1, num_axes, squeeze=False)[0])


def save_figure(figure: Any, out: Path) -> None:
    """Write a figure, making its folder. Raises: OutputError."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(out, dpi=DPI)
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror or error}; fix: choose another --out") from error
