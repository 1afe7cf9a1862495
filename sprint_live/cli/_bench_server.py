"""The parts of `sprint-live bench` that measure the server on an engine of exactly 50 ms: a crowd that draws, a crowd that returns."""

from __future__ import annotations

from pathlib import Path

__all__ = ["load", "returns"]


def load(num_people: int, seconds: float, strokes_before: int, out: Path | None) -> int:
    """`--load PEOPLE`: a report and its plot. strokes_before: on everybody's paper at the beginning."""
    from sprint_live.live.loadtest.load import measure_load
    from sprint_live.live.loadtest.plot import plot_load, require_matplotlib

    require_matplotlib()  # before the ten minutes, not after them
    measured = measure_load(num_people, seconds, strokes_before=strokes_before)
    long_drawings = f"-strokes-{strokes_before}" if strokes_before else ""
    out = out or Path("assets/bench") / f"load-{num_people}{long_drawings}.json"
    what = f"{num_people} people, 10 strokes a second each, on a stand-in engine of 50 ms"
    report = _written(f"{what}; {strokes_before} strokes before" if strokes_before else what, measured, out)
    plot_load(report, out.with_suffix(".png"))
    overhead_ms, rss_mib = measured["overhead_ms"], measured["rss_mib"]
    print(
        f"overhead p50 {overhead_ms['p50']:.1f} ms, p99 {overhead_ms['p99']:.1f} ms, {measured['pictures']} pictures, left over {measured['left_over']},"
    )
    print(
        f"memory {rss_mib['begin']:.0f} MiB at the beginning, {rss_mib['warm']:.0f} warm, {rss_mib['end']:.0f} at the end ",
        end="",
    )
    print(
        f"({measured['rss_growth']:+.1%}, {measured['leak_mib_an_hour']:+.1f} MiB an hour); written to {out}, drawn in {out.with_suffix('.png').name}"
    )
    return 0


def returns(num_people: int, within_s: float, out: Path | None) -> int:
    """`--returns PEOPLE`: a report."""
    from sprint_live.live.loadtest.reconnects import measure_returns

    measured = measure_returns(num_people, within_s)
    out = out or Path("assets/bench") / f"returns-{num_people}.json"
    _written(f"{num_people} people come back within {within_s:g} s, on a stand-in engine of 50 ms", measured, out)
    for name in ("same_server", "restarted_server"):
        told = measured[name]
        print(
            f"{name.replace('_', ' ')}: {told['restored']} restored, {told['resumed']} of them resumed, all after {told['all_after_s']:.1f} s, ",
            end="",
        )
        print(f"each within {told['each_ms']['p99']:.0f} ms (p99)")
    print(f"written to {out}")
    return 0


def _written(what: str, measured: dict, out: Path) -> dict:
    import torch

    from sprint_live.bench.circumstances import circumstances, write_report

    report = {"what": what, **measured, **circumstances(torch.device("cpu"))}
    write_report(report, out)
    return report
